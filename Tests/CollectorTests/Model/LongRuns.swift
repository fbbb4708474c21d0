import Dispatch

/// One thread for tests that compute for minutes.
///
/// On the pool that all tests share they would hold every thread of a small machine, and tests that watch a running program
/// would look at it seldom and too late.
final class LongRuns: TaskExecutor {
    static let shared = LongRuns()

    private let queue = DispatchQueue(label: "khien.tests.long-runs", qos: .utility)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = asUnownedTaskExecutor()
        queue.async { job.runSynchronously(on: executor) }
    }
}
