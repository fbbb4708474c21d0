import Testing

@testable import Collector

/// Breaks the collector on purpose, where a statement can do it, and expects the model to notice.
@Suite struct ModelSensitivityTests {
    private static let sabotages = [
        // Two takers who counted the same free seat both write down the same number: what counting first and inserting then
        // leads to.
        """
        CREATE TRIGGER counted_twice AFTER UPDATE OF used ON seat_account WHEN NEW.used = OLD.used + 1 AND OLD.used = 1
        BEGIN UPDATE seat_account SET used = 1 WHERE term_id = NEW.term_id AND unit_code = NEW.unit_code; END;
        """,
        // A seat that is given back stays counted.
        """
        CREATE TRIGGER kept AFTER UPDATE OF used ON seat_account WHEN NEW.used = OLD.used - 1
        BEGIN UPDATE seat_account SET used = OLD.used WHERE term_id = NEW.term_id AND unit_code = NEW.unit_code; END;
        """,
        // Who returns waits behind the others.
        """
        CREATE TRIGGER last AFTER UPDATE OF priority ON seat WHEN NEW.priority = 0
        BEGIN UPDATE seat SET priority = 1 WHERE device_id = NEW.device_id; END;
        """,
        "DROP TRIGGER device_counted",
        "DROP TRIGGER device_findings_follow",
        "DROP TRIGGER unit_added",
    ]

    @Test(arguments: sabotages)
    func theModelNoticesWhatIsBroken(sabotage: String) async throws {
        let isFound = try await withTaskExecutorPreference(LongRuns.shared) {
            var isFound = false
            for seed in 1...UInt64(5) where !isFound {
                isFound = try await Search(seed: seed, sabotage: sabotage).first(in: 1000) != nil
            }
            return isFound
        }
        #expect(isFound)
    }

    @Test func aFailureIsMadeShort() async throws {
        let search = Search(seed: 1, sabotage: "DROP TRIGGER device_counted")
        let found = try #require(try await search.run(steps: 500))
        #expect(found.steps.count <= 4)
        #expect("\(found)".hasPrefix("seed 1: "))
        #expect(try await ModelRun.failure(of: found.steps) == nil)
    }
}
