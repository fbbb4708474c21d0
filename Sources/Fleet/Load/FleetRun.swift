internal import Synchronization

/// Runs a fleet: identities, first reports, then load.
///
/// Always ends by itself.
public struct FleetRun: Sendable {
    private let plan: FleetPlan
    private let options: LoadOptions
    private let statePath: String?
    private let control: RunControl

    /// A run of these devices.
    ///
    /// - Parameters:
    ///   - plan: Which devices, and where they enroll.
    ///   - options: What they do then.
    ///   - statePath: Where identities are kept between runs; `nil` for not at all.
    ///   - control: Shows how far the run is, and can end it.
    public init(plan: FleetPlan, options: LoadOptions, statePath: String?, control: RunControl) {
        self.plan = plan
        self.options = options
        self.statePath = statePath
        self.control = control
    }

    /// Runs it all on threads of its own, and returns when they have ended.
    ///
    /// - Parameter progress: Called about once a second on the calling thread, with a line for people.
    /// - Returns: what it came to.
    /// - Throws: `FleetError`.
    public func run(progress: (String) -> Void) throws(FleetError) -> RunSummary {
        let begin = FleetClock.microseconds()
        let end = begin + Self.microseconds(options.timeLimitSeconds)
        let store: IdentityStore?
        if let statePath { store = try IdentityStore(path: statePath) } else { store = nil }
        let log: AcknowledgedLog?
        if let path = options.acknowledgedPath { log = try AcknowledgedLog(path: path) } else { log = nil }
        // Larger than that of any run before, as long as the clock does not go back.
        let epoch = UInt64(clamping: FleetClock.wallMilliseconds())
        let sessions = plan.devices.map { DeviceSession(device: $0, epoch: epoch) }

        let enrollment = try enroll(sessions, store: store, end: end, progress)
        var summary = RunSummary(
            devices: sessions.count,
            enrolled: enrollment.enrolled,
            kept: enrollment.kept,
            notEnrolled: enrollment.failed,
            messages: enrollment.messages,
            enrollmentSeconds: Self.seconds(since: begin),
            first: nil,
            load: nil
        )
        let ready = sessions.filter { $0.identity != nil }
        summary.isGivenUp = control.isGivenUp
        guard !ready.isEmpty else { return summary }
        summary.first = try phase(ready, log: log, end: end, progress) { worker, mine, _ in
            for session in mine where !worker.isOver { worker.deliverFirst(of: session) }
        }
        summary.isGivenUp = control.isGivenUp
        guard options.seconds != nil || options.rounds != nil, !control.isStopped else { return summary }
        let loadEnd = options.seconds.map { min(end, FleetClock.microseconds() + Self.microseconds($0)) } ?? end
        let start = FleetClock.microseconds()
        summary.load = try phase(ready, log: log, end: loadEnd, progress) { worker, mine, number in
            load(mine, worker: &worker, number: number, start: start)
        }
        summary.isGivenUp = control.isGivenUp
        if let lost = log?.lostLines, lost > 0 {
            throw FleetError(
                .inputOutput,
                "\(lost) acknowledgements could not be written to the file; free some space."
            )
        }
        return summary
    }

    /// Threads that are of use: a device is served by one.
    private var workers: Int { max(1, min(options.workers, plan.devices.count)) }

    private func enroll(
        _ sessions: [DeviceSession],
        store: IdentityStore?,
        end: UInt64,
        _ progress: (String) -> Void
    ) throws(FleetError) -> Enrollment.Tally {
        let total = Mutex(Enrollment.Tally())
        let workers = workers
        try WorkerPool(workers: workers).run { number in
            var enrollment = Enrollment(joins: plan.joins, store: store, control: control, end: end)
            for index in stride(from: number, to: sessions.count, by: workers) where !control.isStopped {
                enrollment.enroll(sessions[index])
            }
            let tally = enrollment.tally
            total.withLock { $0.merge(tally) }
        } tick: {
            progress("\(control.enrolled) of \(sessions.count) devices have an identity")
        }
        return total.withLock { $0 }
    }

    private func phase(
        _ sessions: [DeviceSession],
        log: AcknowledgedLog?,
        end: UInt64,
        _ progress: (String) -> Void,
        body: @escaping @Sendable (inout LoadWorker, [DeviceSession], Int) -> Void
    ) throws(FleetError) -> PhaseSummary {
        let total = Mutex(LoadTally())
        let workers = min(workers, sessions.count)
        let begin = FleetClock.microseconds()
        let processor = FleetClock.processorMicroseconds()
        try WorkerPool(workers: workers).run { number in
            let mine = stride(from: number, to: sessions.count, by: workers).map { sessions[$0] }
            var worker = LoadWorker(options: options, control: control, acknowledged: log, end: end)
            body(&worker, mine, number)
            let tally = worker.tally
            total.withLock { $0.merge(tally) }
        } tick: {
            progress("\(control.acknowledged) reports acknowledged, \(control.troubles) calls failed")
        }
        return PhaseSummary(
            tally: total.withLock { $0 },
            seconds: Self.seconds(since: begin),
            processorMicroseconds: FleetClock.processorMicroseconds() - processor
        )
    }

    /// Each report has its moment on one time-line of the whole fleet; a worker that is late does not wait.
    private func load(_ mine: [DeviceSession], worker: inout LoadWorker, number: Int, start: UInt64) {
        var slot = number
        let rounds = options.rounds ?? Int.max
        var round = 0
        while round < rounds {
            for session in mine {
                if let rate = options.rate {
                    let due = start + UInt64(Double(slot) / rate * 1_000_000)
                    guard due < worker.end else { return }
                    FleetClock.sleep(until: due) { worker.isOver }
                    slot += workers
                }
                if worker.isOver { return }
                worker.deliverNext(of: session)
            }
            round += 1
        }
    }

    private static func microseconds(_ seconds: Double) -> UInt64 {
        UInt64(max(0, min(seconds, Double(FleetLimits.seconds))) * 1_000_000)
    }

    private static func seconds(since begin: UInt64) -> Double {
        Double(FleetClock.microseconds() - begin) / 1_000_000
    }
}
