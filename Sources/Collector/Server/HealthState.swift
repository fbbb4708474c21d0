internal import Synchronization

/// Whether this collector takes calls, and everyone who wants to know when that changes.
final class HealthState: Sendable {
    /// What the health service says.
    enum Status: Sendable, Hashable {
        case serving
        case notServing
    }

    private struct State {
        var status = Status.notServing
        var isEnded = false
        var watchers: [Int: AsyncStream<Status>.Continuation] = [:]
        var nextWatcher = 0
    }

    /// The full names of the services that it speaks for; the empty name is the whole server.
    private let services: Set<String>
    private let watcherLimit: Int
    private let state = Mutex(State())

    init(services: Set<String>, watcherLimit: Int) {
        self.services = services.union([""])
        self.watcherLimit = watcherLimit
    }

    func knows(_ service: String) -> Bool { services.contains(service) }

    var status: Status { state.withLock { $0.status } }

    /// How many watch at this moment.
    var watcherCount: Int { state.withLock { $0.watchers.count } }

    /// All services are served from now on.
    func serve() {
        state.withLock { state in
            guard !state.isEnded else { return }
            state.status = .serving
            for watcher in state.watchers.values { watcher.yield(.serving) }
        }
    }

    /// Nothing is served any more: every watcher hears so, and then its stream ends, so that no call holds the stop up.
    func end() {
        state.withLock { state in
            state.isEnded = true
            state.status = .notServing
            for watcher in state.watchers.values {
                watcher.yield(.notServing)
                watcher.finish()
            }
            state.watchers = [:]
        }
    }

    /// The state now and after each change; a slow reader misses states in between, never the last one.
    /// - Throws: `CollectorError` (`resourceExhausted`) when too many watch already.
    func watch() throws(CollectorError) -> (id: Int, updates: AsyncStream<Status>) {
        let (updates, continuation) = AsyncStream.makeStream(of: Status.self, bufferingPolicy: .bufferingNewest(1))
        let id: Int? = state.withLock { state in
            guard state.watchers.count < watcherLimit else { return nil }
            continuation.yield(state.status)
            if state.isEnded { continuation.finish() }
            state.nextWatcher &+= 1
            if !state.isEnded { state.watchers[state.nextWatcher] = continuation }
            return state.nextWatcher
        }
        guard let id else {
            throw CollectorError(
                .resourceExhausted,
                "\(watcherLimit) calls watch this collector's health already. Use Check, or try again later."
            )
        }
        return (id, updates)
    }

    /// Ends one watcher's stream.
    func leave(_ id: Int) {
        state.withLock { $0.watchers.removeValue(forKey: id) }?.finish()
    }
}
