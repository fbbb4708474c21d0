import Shared
import Synchronization

@testable import Collector

/// The machine that a collector runs on: its clock, and a process that can die between two statements.
final class DyingMachine: Sendable {
    struct Death: Error {}

    private struct State {
        var now: Int64
        /// Until the process dies; `nil`: it lives.
        var statementsLeft: Int?
        var isDead = false
    }

    private let state: Mutex<State>

    init(now: Int64) {
        state = Mutex(State(now: now))
    }

    var now: Milliseconds { Milliseconds(state.withLock(\.now)) }

    var isDead: Bool { state.withLock(\.isDead) }

    func set(now: Int64) { state.withLock { $0.now = now } }

    /// Dies before this statement, counted from 0; `nil`: it lives on, or is started again.
    func die(at statement: Int?) {
        state.withLock { state in
            state.statementsLeft = statement
            state.isDead = false
        }
    }

    /// Runs what is no part of the process: an officer's look at the screen.
    func undying<Result>(_ body: () throws -> Result) rethrows -> Result {
        let left = state.withLock { state in
            defer { state.statementsLeft = nil }
            return state.statementsLeft
        }
        defer { state.withLock { $0.statementsLeft = left } }
        return try body()
    }

    /// Before every statement and every commit: whoever is dead does nothing any more.
    @Sendable func interrupt() throws {
        try state.withLock { state in
            guard let left = state.statementsLeft else { return }
            guard left > 0 else {
                state.isDead = true
                throw Death()
            }
            state.statementsLeft = left - 1
        }
    }
}
