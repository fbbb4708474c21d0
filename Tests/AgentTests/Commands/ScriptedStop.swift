import Synchronization

@testable import Agent

/// Lets a number of waits pass in no time, and keeps how long they would have been.
final class ScriptedStop: StopWaiting {
    private let clock: TestClock
    private let rounds: Int
    private let waits = Mutex<[Double]>([])

    /// Stops after a number of waits.
    init(rounds: Int, clock: TestClock) {
        self.rounds = rounds
        self.clock = clock
    }

    var waited: [Double] { waits.withLock { $0 } }

    var isStopped: Bool { waited.count > rounds }

    /// Seconds of all waits so far.
    var uptime: @Sendable () -> Double { { self.waits.withLock { $0.reduce(0, +) } } }

    func wait(seconds: Double) -> Bool {
        clock.advance(seconds: Int64(seconds))
        return waits.withLock { waits in
            waits.append(seconds)
            return waits.count > rounds
        }
    }
}
