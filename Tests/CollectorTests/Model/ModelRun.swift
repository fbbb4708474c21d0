import Messages
import Shared

@testable import Collector

/// One sequence of steps through the collector and through the model, compared after every one.
struct ModelRun {
    struct Failure: Error, CustomStringConvertible {
        /// Of the step that showed it.
        var index: Int
        var step: Step
        var message: String

        var description: String { "step \(index), \(step): \(message)" }
    }

    /// Steps between two looks at what only grows.
    private static let seldomEvery = 16

    private let collector: ModelledCollector
    private(set) var province: Province
    private var painter = Painter()
    private var index = 0

    /// With statements that break the schema, for tests of this test.
    init(sabotage: String = "") async throws {
        // Noon in UTC, so that the seconds between the steps do not change the day.
        let now: Int64 = 19_675 * Province.day + Province.day / 2
        let caps = [4, 2, 1]
        province = Province(now: now, starts: 19_643, caps: caps, total: 10)
        collector = try await ModelledCollector(now: now, starts: 19_643, caps: caps, total: 10, sabotage: sabotage)
    }

    /// Runs a whole sequence.
    /// - Returns: where the collector and the model part, or `nil`.
    static func failure(of steps: [Step], sabotage: String = "") async throws -> Failure? {
        var run = try await ModelRun(sabotage: sabotage)
        for step in steps {
            if let failure = try await run.take(step) { return failure }
        }
        return nil
    }

    /// Takes one step.
    mutating func take(_ step: Step) async throws -> Failure? {
        defer { index += 1 }
        province.now += Int64(step.seconds) * 1000
        // Requests have numbers that say nothing: their order is that of their times.
        if case .ask = step.operation { province.now += 1 }
        let before = province
        var after = province
        let isAccepted = after.apply(step)
        collector.machine.set(now: after.now)
        let (outcome, isDead) = await collector.perform(step)
        if case .days = step.operation {
            // Whoever starts it again lets it finish.
            if isDead { try await collector.keepUp() }
        } else if !isDead, (outcome == .accepted) != isAccepted {
            return failure(step, "the model \(isAccepted ? "accepts" : "refuses") it, the collector says: \(outcome)")
        }
        let isSeldom = index % Self.seldomEvery == 0
        let seen = try await look(at: after, all: isSeldom)
        if seen.picture == painter.paint(after) {
            province = after
        } else if isDead, seen.picture == painter.paint(before) {
            province = before
        } else {
            let died = isDead ? " (it died on the way)" : ""
            return failure(step, "they differ\(died)\n\(seen.picture.difference(from: painter.paint(after)))")
        }
        // What depends on the model is asked of the state that was found: that of before where all was taken back.
        let isAfter = province.now == after.now && seen.picture == painter.paint(after)
        let broken = isAfter ? seen.broken : try await look(at: province, all: isSeldom).broken
        if !broken.isEmpty { return failure(step, "broken: \(broken.joined(separator: "; "))") }
        if let account = Self.overdrawn(before, province, by: step.operation) { return failure(step, account) }
        return isSeldom ? try await lookAtFigures(step) : nil
    }

    private func failure(_ step: Step, _ message: String) -> Failure {
        Failure(index: index, step: step, message: message)
    }

    private func look(at province: Province, all: Bool) async throws -> (picture: Picture, broken: [String]) {
        try await collector.database.read { sql in
            (try Picture(sql), try Invariants.broken(in: sql, by: province, all: all))
        }
    }

    /// No account takes a seat beyond its cap; only what a merged unit brings along may stand above it.
    private static func overdrawn(_ before: Province, _ after: Province, by operation: Operation) -> String? {
        let former = before.used()
        for (account, used) in after.used() where used > after.cap(term: account[0], unit: account[1]) {
            var had = former[account] ?? 0
            if case .mergeUnits(let gone, account[1]) = operation {
                had += gone.reduce(0) { $0 + (former[[account[0], $1]] ?? 0) }
            }
            if used > had { return "an account took a seat beyond its cap: term \(account[0]), unit \(account[1])" }
        }
        return nil
    }

    /// What officers see of units, and the ledger of a day that is over.
    private func lookAtFigures(_ step: Step) async throws -> Failure? {
        let seen = try await collector.figures()
        let expected = province.figures()
        if seen != expected { return failure(step, "the list of units says\n\(seen)\ninstead of\n\(expected)") }
        // Some day between the first and now; another one each time.
        let first = 19_643
        let day = first + (index * 7919) % (province.today - first + 1)
        let ledger = try await collector.ledger(at: day)
        let balances = province.balances(at: day)
        if ledger != balances {
            return failure(step, "the ledger of day \(day) says\n\(ledger)\ninstead of\n\(balances)")
        }
        return nil
    }
}
