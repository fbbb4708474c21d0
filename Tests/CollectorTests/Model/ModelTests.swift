import Foundation
import Testing

@testable import Collector

/// Drives the collector and a simple model of the province through the same random operations.
@Suite struct ModelTests {
    /// Of each seed; together more than 100,000.
    private static let steps = 2000

    /// `KHIEN_MODEL_SEEDS=100-200` runs others than usual.
    private static let seeds: ClosedRange<UInt64> = {
        let bounds = ProcessInfo.processInfo.environment["KHIEN_MODEL_SEEDS"]?.split(separator: "-").compactMap {
            UInt64($0)
        }
        guard let bounds, let first = bounds.first, let last = bounds.last, first <= last else { return 1...51 }
        return first...last
    }()

    /// One run of each seed, as many at a time as the machine has processors.
    @Test func theCollectorDoesWhatTheModelDoes() async throws {
        try await withTaskExecutorPreference(LongRuns.shared) {
            try await withThrowingTaskGroup(of: Search.Found?.self) { group in
                var left = Self.seeds.makeIterator()
                func add() {
                    guard let seed = left.next() else { return }
                    group.addTask { try await Search(seed: seed).run(steps: Self.steps) }
                }
                for _ in 0..<LongRuns.width { add() }
                while let found = try await group.next() {
                    if let found { Issue.record("\(found)") }
                    add()
                }
            }
        }
    }
}

/// Looks for a sequence that the collector and the model do not agree on.
struct Search {
    var seed: UInt64
    var sabotage = ""

    struct Found: CustomStringConvertible {
        var seed: UInt64
        var failure: ModelRun.Failure
        var steps: [Step]

        var description: String {
            """
            seed \(seed): \(failure)
            let steps = [
            \(steps.map { "    \($0)," }.joined(separator: "\n"))
            ]
            """
        }
    }

    /// - Returns: the shortest failing sequence that was found, or `nil`.
    func run(steps count: Int) async throws -> Found? {
        guard let (steps, failure) = try await first(in: count) else { return nil }
        return try await shrunk(steps, failure)
    }

    /// - Returns: a sequence up to the step that failed, or `nil`.
    func first(in count: Int) async throws -> (steps: [Step], failure: ModelRun.Failure)? {
        var source = OperationSource(seed: seed)
        var run = try await ModelRun(sabotage: sabotage)
        var steps: [Step] = []
        for _ in 0..<count {
            steps.append(source.next(run.province))
            if let failure = try await run.take(steps[steps.count - 1]) { return (steps, failure) }
        }
        return nil
    }

    private func shrunk(_ steps: [Step], _ failure: ModelRun.Failure) async throws -> Found {
        var shrinker = Shrinker { [sabotage] in try await ModelRun.failure(of: $0, sabotage: sabotage) != nil }
        let shrunk = try await shrinker.shrink(steps)
        let last = try await ModelRun.failure(of: shrunk, sabotage: sabotage) ?? failure
        return Found(seed: seed, failure: last, steps: shrunk)
    }
}
