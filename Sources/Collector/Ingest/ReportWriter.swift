internal import Logging
internal import Metrics
internal import ServiceLifecycle
internal import Synchronization

/// The one place through which reports reach the database: gathers what arrives while a commit is being flushed, and
/// commits it all with one flush.
///
/// `submit` returns only after the transaction that holds the report is on disk. Full queues are refused, not grown.
final class ReportWriter: Service {
    /// How much is held and how much is committed at once.
    struct Limits: Sendable {
        /// Reports that may wait; each is at most half a megabyte and usually below one kilobyte.
        var queuedReports = 4096
        /// Bytes of payload that may wait.
        var queuedBytes = 64 * 1024 * 1024
        /// Reports in one transaction.
        var batchReports = 512
    }

    private struct Job {
        let report: VerifiedReport
        let continuation: CheckedContinuation<Result<SubmitOutcome, CollectorError>, Never>
    }

    private struct State {
        var queue: [Job] = []
        var queuedBytes = 0
        var isStopping = false
        var sleeper: CheckedContinuation<Void, Never>?
    }

    private let database: Database
    private let clock: WallClock
    private let shelf: CatalogShelf
    private let limits: Limits
    private let logger: Logger
    private let state = Mutex(State())
    private let batchSize = Recorder(label: "khien_report_batch_size", aggregate: true)
    private let refused = Counter(label: "khien_reports_refused_queue_full")

    init(
        database: Database,
        clock: WallClock,
        shelf: CatalogShelf,
        limits: Limits = Limits(),
        logger: Logger
    ) {
        self.database = database
        self.clock = clock
        self.shelf = shelf
        self.limits = limits
        self.logger = logger
    }

    /// Hands in a report and waits until it is on disk, or refused.
    func submit(_ report: VerifiedReport) async throws(CollectorError) -> SubmitOutcome {
        let result: Result<SubmitOutcome, CollectorError> = await withCheckedContinuation { continuation in
            let (refusal, sleeper) = state.withLock { state -> (CollectorError?, CheckedContinuation<Void, Never>?) in
                if state.isStopping {
                    return (
                        CollectorError(.unavailable, "The collector is stopping. Send the report again later."), nil
                    )
                }
                guard state.queue.count < limits.queuedReports,
                    state.queuedBytes + report.payload.count <= limits.queuedBytes
                else {
                    return (
                        CollectorError(.resourceExhausted, "The collector is busy. Send the report again later."), nil
                    )
                }
                state.queue.append(Job(report: report, continuation: continuation))
                state.queuedBytes += report.payload.count
                defer { state.sleeper = nil }
                return (nil, state.sleeper)
            }
            if let refusal {
                refused.increment()
                continuation.resume(returning: .failure(refusal))
            }
            sleeper?.resume()
        }
        return try result.get()
    }

    /// Commits until told to stop, then commits what still waits.
    func run() async throws {
        await withGracefulShutdownHandler {
            while let batch = await nextBatch() { await commit(batch) }
        } onGracefulShutdown: {
            self.stop()
        }
    }

    private func stop() {
        let sleeper = state.withLock { state -> CheckedContinuation<Void, Never>? in
            state.isStopping = true
            defer { state.sleeper = nil }
            return state.sleeper
        }
        sleeper?.resume()
    }

    /// What waits now; `nil` when nothing waits and nothing will come any more.
    private func nextBatch() async -> [Job]? {
        while true {
            let batch: [Job]? = state.withLock { state in
                let jobs = Array(state.queue.prefix(limits.batchReports))
                state.queue.removeFirst(jobs.count)
                state.queuedBytes -= jobs.reduce(0) { $0 + $1.report.payload.count }
                return jobs.isEmpty && !state.isStopping ? nil : jobs
            }
            if let batch { return batch.isEmpty ? nil : batch }
            await withCheckedContinuation { continuation in
                let isNeeded = state.withLock { state in
                    guard state.queue.isEmpty, !state.isStopping else { return false }
                    state.sleeper = continuation
                    return true
                }
                if !isNeeded { continuation.resume() }
            }
        }
    }

    private func commit(_ batch: [Job]) async {
        batchSize.record(batch.count)
        do {
            let results = try await transact(batch.map(\.report))
            for (job, result) in zip(batch, results) { job.continuation.resume(returning: result) }
        } catch {
            guard batch.count > 1 else {
                logger.error("a report could not be stored", metadata: ["error": "\(String(reflecting: error))"])
                for job in batch { job.continuation.resume(returning: .failure(error)) }
                return
            }
            // One report that the database will not take must not take its neighbors down with it.
            for job in batch { await commit([job]) }
        }
    }

    private func transact(
        _ reports: [VerifiedReport]
    ) async throws(CollectorError) -> [Result<SubmitOutcome, CollectorError>] {
        try await database.write { [shelf, clock] sql in
            // Of the moment at which the writer is free: what is committed later happened later.
            let now = clock.now()
            let processor = ReportProcessor(
                sql: sql,
                policy: try PolicyStore(sql: sql).policy(now: now),
                catalogs: shelf.current,
                now: now
            )
            let results = try reports.map { try processor.apply($0) }
            let units = Set(results.compactMap { (try? $0.get())?.unitCode })
            for unit in units { try UnitStore(sql: sql).recordReport(unit, at: now) }
            return results
        }
    }
}
