import Dispatch
import Foundation

/// Threads for tests that compute for minutes.
///
/// On the pool that all tests share they would hold every thread of a small machine, and tests that watch a running program
/// would look at it seldom and too late.
final class LongRuns: TaskExecutor {
    static let shared = LongRuns()
    /// Runs at a time that make sense here.
    static let width = ProcessInfo.processInfo.activeProcessorCount

    private let queue = DispatchQueue(label: "khien.tests.long-runs", qos: .utility, attributes: .concurrent)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = asUnownedTaskExecutor()
        queue.async { job.runSynchronously(on: executor) }
    }
}
