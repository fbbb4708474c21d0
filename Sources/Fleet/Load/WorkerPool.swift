internal import Synchronization

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// Threads that each serve a part of the fleet: calls block, so that tasks of Swift's own pool would stop all others.
struct WorkerPool: Sendable {
    /// How many threads.
    let workers: Int

    /// Runs one body on each thread and returns when all have ended.
    ///
    /// - Parameters:
    ///   - body: Gets the number of its worker, from 0.
    ///   - tick: Called about once a second on the calling thread meanwhile.
    /// - Throws: `FleetError` of code `inputOutput` when not one thread could be started; with fewer than asked for, those
    ///   do the work of the others.
    func run(
        _ body: @escaping @Sendable (Int) -> Void,
        tick: () -> Void
    ) throws(FleetError) {
        let work = Work(parts: workers, body: body)
        var threads: [pthread_t] = []
        var reason: Int32 = 0
        for _ in 0..<workers {
            var thread = pthread_t()
            let context = Unmanaged.passRetained(work)
            reason = start(&thread, context)
            guard reason == 0 else {
                context.release()
                break
            }
            threads.append(thread)
        }
        guard !threads.isEmpty else {
            throw FleetError(
                .inputOutput,
                "Could not start a thread (\(String(cString: strerror(reason)))); ask for fewer --workers."
            )
        }
        while !work.waitForEnd(threads: threads.count, seconds: 1) { tick() }
        for thread in threads { pthread_join(thread, nil) }
    }

    private func start(_ thread: inout pthread_t, _ context: Unmanaged<Work>) -> Int32 {
        let attributes = UnsafeMutablePointer<pthread_attr_t>.allocate(capacity: 1)
        defer { attributes.deallocate() }
        guard pthread_attr_init(attributes) == 0 else { return ENOMEM }
        defer { pthread_attr_destroy(attributes) }
        pthread_attr_setstacksize(attributes, FleetLimits.stackBytes)
        return pthread_create(
            &thread,
            attributes,
            { context in
                guard let context else { return nil }
                Unmanaged<Work>.fromOpaque(context).takeRetainedValue().perform()
                return nil
            },
            context.toOpaque()
        )
    }

    /// What the threads have in common.
    ///
    /// Parts are handed out by a counter, so that a thread that could not be started
    /// leaves nothing undone.
    private final class Work: Sendable {
        private let parts: Int
        private let body: @Sendable (Int) -> Void
        private let next = Atomic(0)
        private let ended = Atomic(0)

        init(parts: Int, body: @escaping @Sendable (Int) -> Void) {
            self.parts = parts
            self.body = body
        }

        func perform() {
            while true {
                let part = next.add(1, ordering: .relaxed).oldValue
                guard part < parts else { break }
                body(part)
            }
            ended.add(1, ordering: .releasing)
        }

        /// Whether all threads have ended, after this many seconds at most.
        func waitForEnd(threads: Int, seconds: Int) -> Bool {
            // A hundred looks a second cost nothing beside the load, and need no condition variable.
            for _ in 0..<(seconds * 100) {
                if ended.load(ordering: .acquiring) == threads { return true }
                usleep(10_000)
            }
            return false
        }
    }
}
