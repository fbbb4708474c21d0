import Shared
import Testing

@testable import Collector

/// A change of units holds from the day of its decision, whatever the ledger has entered since.
@Suite struct UnitChangeDayTests {
    /// Today, 2023-11-15, unit-b was given more; the term began on 2023-10-13.
    private func collector() async throws -> TestCollector {
        let collector = try TestCollector(caps: [("unit-a", 3), ("unit-b", 2), ("unit-c", 4)], total: 12)
        try await collector.assign("unit-b", 3)
        return collector
    }

    /// The days of the entries by which a unit gave its seats away.
    private func days(_ unit: String, _ collector: TestCollector) throws -> [String] {
        try collector.text("SELECT effective_on FROM ledger WHERE from_account = 'unit:\(unit)' ORDER BY entry_id")
    }

    private static let mergers: [(unit: String, day: String, entry: String)] = [
        // After the last entry of both.
        ("unit-c", "2023-11-01", "2023-11-01"),
        // Before an entry of the unit that goes.
        ("unit-b", "2023-11-01", "2023-11-15"),
        // Before the term.
        ("unit-c", "2023-07-01", "2023-10-13"),
        ("unit-b", "2023-07-01", "2023-11-15"),
    ]

    @Test(arguments: mergers)
    func `a merger keeps its day, and its seats move on the first day that the ledger allows`(
        unit: String,
        day: String,
        entry: String
    ) async throws {
        let collector = try await collector()
        let changes = try await collector.unitChanges.merge(
            [unit],
            into: "unit-a",
            decision: try .written(day),
            by: .center
        )
        #expect(changes.map(\.effectiveOn.description) == [day])
        #expect(try collector.text("SELECT closed_on FROM unit WHERE code = '\(unit)'") == [day])
        #expect(try days(unit, collector) == [entry])
        try collector.checkSums()
    }

    @Test func `a merger into a unit that was given seats since is entered, too`() async throws {
        let collector = try await collector()
        _ = try await collector.unitChanges.merge(
            ["unit-c"],
            into: "unit-b",
            decision: try .written("2023-11-01"),
            by: .center
        )
        #expect(try days("unit-c", collector) == ["2023-11-15"])
        #expect(try collector.account("unit-b") == [7, 0])
        try collector.checkSums()
    }

    @Test(arguments: [("2023-11-01", "2023-11-15"), ("2023-07-01", "2023-11-15")])
    func `a closed unit gives its seats back on the first day that the ledger allows`(
        day: String,
        entry: String
    ) async throws {
        let collector = try await collector()
        let change = try await collector.unitChanges.close("unit-b", decision: try .written(day), by: .center)
        #expect(change.effectiveOn.description == day && change.seats == 3)
        #expect(try days("unit-b", collector) == [entry])
        try collector.checkSums()
    }

    @Test(arguments: [("unit-b", "2023-11-15"), ("unit-c", "2023-10-13")])
    func `a split that was in force before the term began is entered`(unit: String, entry: String) async throws {
        let collector = try await collector()
        let change = try await collector.unitChanges.split(
            unit,
            into: .init(code: "unit-n", name: "Xã Mới", group: "commune"),
            seats: 2,
            devices: [],
            decision: try .written("2023-07-01"),
            by: .center
        )
        #expect(change.effectiveOn == Day("2023-07-01"))
        #expect(try days(unit, collector) == [entry])
        #expect(try collector.account("unit-n") == [2, 0])
        try collector.checkSums()
    }

    @Test func `what is decided afterwards has its own day`() async throws {
        let collector = try await collector()
        try collector.pass(days: 3)
        _ = try await collector.unitChanges.merge(
            ["unit-b"],
            into: "unit-a",
            decision: try .written("2023-11-01"),
            by: .center
        )
        let error = await expectRefusal {
            try await collector.unitChanges.close("unit-a", decision: try .written("2023-10-31"), by: .center)
        }
        #expect(error?.message.contains("before the last change of \"unit-a\", which was on 2023-11-01") == true)
        _ = try await collector.unitChanges.close("unit-a", decision: try .written("2023-11-17"), by: .center)
        #expect(try days("unit-a", collector) == ["2023-11-17"])
        try collector.checkSums()
    }
}
