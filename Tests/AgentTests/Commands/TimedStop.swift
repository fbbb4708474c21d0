import Synchronization

@testable import Agent

/// Lets waits pass in no time until they come to a sum, and then stops.
final class TimedStop: StopWaiting {
    private let clock: TestClock
    private let seconds: Double
    private let passed = Mutex(0.0)

    init(seconds: Double, clock: TestClock) {
        self.seconds = seconds
        self.clock = clock
    }

    var isStopped: Bool { uptime() >= seconds }

    /// Seconds of all waits so far.
    var uptime: @Sendable () -> Double { { self.passed.withLock { $0 } } }

    func wait(seconds: Double) -> Bool {
        clock.advance(seconds: Int64(seconds))
        return passed.withLock { passed in
            passed += seconds
            return passed >= self.seconds
        }
    }
}
