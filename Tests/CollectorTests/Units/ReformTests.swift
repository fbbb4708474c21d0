import Foundation
import Shared
import Testing

@testable import Collector

/// The reform of 2025, in which the twelve districts were merged away into communes and wards and departments went together,
/// played on the 32 units of the official appendix.
@Suite struct ReformTests {
    /// What is to be the same before and after every step.
    private struct Census: Equatable {
        var devices: [String]
        var openFindings: [String]
        var closedFindings: [String]
        var seatsInUse: Int
        var waiting: Int

        init(_ collector: TestCollector) throws {
            devices = try collector.text("SELECT device_id FROM device WHERE life = 0 ORDER BY 1")
            openFindings = try collector.text(
                """
                SELECT device_id || ' ' || kind || ' ' || opened_at_ms FROM finding
                WHERE closed_at_ms IS NULL AND is_listed = 1 ORDER BY 1
                """
            )
            closedFindings = try collector.text(
                """
                SELECT device_id || ' ' || kind || ' ' || closed_at_ms FROM finding
                WHERE closed_at_ms IS NOT NULL ORDER BY 1
                """
            )
            seatsInUse = try collector.number("SELECT sum(used) FROM seat_account")
            waiting = try collector.number("SELECT sum(waiting) FROM unit_figure")
        }
    }

    private static let districts = try? UnitsFile.official().units.filter { $0.group == "district" }.map(\.code)

    private static func moment(_ day: String) throws -> Milliseconds {
        // At noon by the province's clock.
        Milliseconds(try #require(Day(day)).start(minutesAhead: 420) + 43_200_000)
    }

    /// The 32 units in their second term, with 20 devices in each district and 4 in each department.
    ///
    /// One district has seats for half of its devices; in each district a device has two products, and one had.
    private func province() async throws -> TestCollector {
        let file = try UnitsFile.official()
        let collector = try TestCollector(caps: file.units.map { ($0.code, $0.seats) }, total: 5100)
        try collector.database.writeNow { sql in
            for unit in file.units {
                try sql.execute(
                    "UPDATE unit SET name = $1, unit_group = $2 WHERE code = $3",
                    .text(unit.name),
                    .text(unit.group),
                    .text(unit.code)
                )
            }
        }
        collector.now = try Self.moment("2024-10-13")
        _ = try await TermService(database: collector.database, clock: collector.clock, shelf: collector.shelf).add(
            TermService.Draft(
                productFamily: TestCollector.approved,
                totalSeats: 5100,
                startsOn: "2024-10-13",
                endsOn: "2025-10-12",
                silenceDays: 0,
                document: "HĐ-2",
                renews: 1,
                copiesAllocations: true
            ),
            by: .center
        )
        try collector.database.writeNow { sql in
            try SeatStore(sql: sql).post(
                LedgerPosting(
                    term: 2,
                    from: .unit("h-tam-nong"),
                    to: .reserve,
                    seats: 320,
                    document: "9/QĐ",
                    officer: "center",
                    effectiveOn: try #require(Day("2024-12-01"))
                ),
                now: collector.now
            )
        }
        collector.now = try Self.moment("2025-06-20")
        for unit in file.units {
            try collector.addSeated("\(unit.code)-", unit.group == "district" ? 20 : 4, unit: unit.code)
            guard unit.group == "district" else { continue }
            try collector.submit("\(unit.code)-0-device", TestCollector.conflictInventory)
            try collector.submit("\(unit.code)-1-device", TestCollector.conflictInventory)
            try collector.submit("\(unit.code)-1-device", TestCollector.approvedInventory)
        }
        return collector
    }

    private func balances(_ collector: TestCollector, on day: String) async throws -> [String: Int64] {
        let contents = try await LedgerService(database: collector.database, clock: collector.clock).contents(
            LedgerService.Question(term: 2, unit: "", day: day, pageSize: 1, pageToken: ""),
            for: .center
        )
        return Dictionary(uniqueKeysWithValues: contents.balances.map { ($0.account, $0.seats) }.filter { $0.1 != 0 })
    }

    @Test func `the twelve districts are merged away, and nothing is lost`() async throws {
        let collector = try await province()
        let districts = try #require(Self.districts)
        #expect(districts.count == 12)
        let before = try Census(collector)
        #expect(before.devices.count == 320 && before.seatsInUse == 310 && before.waiting == 10)
        #expect(before.openFindings.count == 34)
        #expect(before.closedFindings.count == 24)
        let ledger = try await balances(collector, on: "2025-06-30")
        try collector.checkSums()

        collector.now = try Self.moment("2025-07-02")
        let decision = try Decision.written("2025-07-01", document: "88/NQ")
        try await play(collector, districts: districts, by: decision) {
            try collector.checkSums()
            let now = try Census(collector)
            #expect(now.devices == before.devices)
            #expect(Set(now.closedFindings).isSuperset(of: before.closedFindings))
            #expect(now.seatsInUse + now.waiting == before.devices.count)
            #expect(now.seatsInUse >= before.seatsInUse, "a seat was lost on the way")
        }

        let after = try Census(collector)
        // Who waited in the district without seats has one now; the other findings are as old as they were.
        #expect(after.waiting == 0 && after.seatsInUse == 320)
        #expect(after.openFindings == before.openFindings.filter { !$0.contains("over-cap") })
        try await checkOldNames(collector, districts: districts)
        #expect(try await balances(collector, on: "2025-06-30") == ledger)
        let accounts = Set(districts.map { "unit:\($0)" })
        #expect(accounts.isSubset(of: ledger.keys))
        #expect(ledger["unit:tp-cao-lanh"] == 330)
        let today = try await balances(collector, on: "2025-07-01")
        #expect(accounts.isDisjoint(with: today.keys))
        let sum: Int64 = today.values.reduce(0, +)
        #expect(sum == 0 && today["contract"] == -5100)
    }

    /// Every decision of the reform, with a check after each.
    private func play(
        _ collector: TestCollector,
        districts: [String],
        by decision: Decision,
        check: () throws -> Void
    ) async throws {
        // Each district first gives a commune of its own seats and devices.
        for district in districts {
            let devices = (0..<5).map { "\(district)-\($0)-device" }
            _ = try await collector.unitChanges.split(
                district,
                into: .init(code: "x-\(district)", name: "Xã của \(district)", group: "commune"),
                seats: district == "h-tam-nong" ? 6 : 30,
                devices: devices,
                decision: decision,
                by: .center
            )
            try check()
        }
        // What is left of them goes together, three and three.
        for (index, first) in stride(from: 0, to: 12, by: 3).enumerated() {
            _ = try await collector.unitChanges.add(
                .init(code: "p-\(index)", name: "Phường \(index)", group: "commune"),
                decision: decision,
                by: .center
            )
            try check()
            _ = try await collector.unitChanges.merge(
                Array(districts[first..<first + 3]),
                into: "p-\(index)",
                decision: decision,
                by: .center
            )
            try check()
        }
        // Departments of that year.
        for (going, target) in [
            (["so-tttt"], "so-khcn"), (["so-khdt"], "so-tai-chinh"), (["so-ldtbxh"], "so-noi-vu"),
            (["so-gtvt"], "so-xay-dung"), (["so-nnptnt"], "so-tnmt"),
        ] {
            _ = try await collector.unitChanges.merge(going, into: target, decision: decision, by: .center)
            try check()
        }
        _ = try await collector.unitChanges.rename(
            "so-tnmt",
            name: "Sở Nông nghiệp và Môi trường",
            group: "",
            decision: decision,
            expectedRevision: 2,
            by: .center
        )
        try check()
    }

    private func checkOldNames(_ collector: TestCollector, districts: [String]) async throws {
        for (index, district) in districts.enumerated() {
            let details = try await collector.units.details(district, for: .center)
            #expect(details.unit.code == "p-\(index / 3)" && details.isFormer)
        }
        for name in ["Thành phố Cao Lãnh", "thành phố sa đéc"] {
            #expect(try await collector.units.details(name, for: .center).unit.code == "p-0")
        }
        for name in ["Sở Tài nguyên và Môi trường", "so-nnptnt", "Sở Nông nghiệp & Phát triển nông thôn"] {
            let unit = try await collector.units.details(name, for: .center).unit
            #expect(unit.code == "so-tnmt" && unit.name == "Sở Nông nghiệp và Môi trường")
        }
        let overview = try await collector.units.overview(for: .center)
        // Twelve districts and five departments went; twelve communes and four wards came.
        #expect(overview.units.count == 31)
        let allocated: Int = overview.units.map(\.cap).reduce(0, +)
        let reserve = try #require(overview.term.sums?.reserve)
        #expect(allocated + reserve == 5100)
        let devices: Int = overview.units.map(\.devices).reduce(0, +)
        #expect(devices == 320)
    }

    @Test func `a unit merged over several steps is found by every code of its history`() async throws {
        let collector = try TestCollector(caps: [("unit-a", 1), ("unit-b", 1), ("unit-c", 1), ("unit-d", 1)])
        for (going, target) in [("unit-a", "unit-b"), ("unit-b", "unit-c"), ("unit-c", "unit-d")] {
            _ = try await collector.unitChanges.merge([going], into: target, decision: try .written(), by: .center)
        }
        let officer = Caller(name: "d", role: .unit, ownUnit: "unit-d")
        for code in ["unit-a", "unit-b", "unit-c"] {
            #expect(try await collector.units.details(code, for: officer).unit.code == "unit-d")
        }
        #expect(
            try await collector.units.details("unit-d", for: officer).formerCodes == ["unit-a", "unit-b", "unit-c"]
        )
        #expect(try collector.account("unit-d") == [4, 0])
    }

    @Test func `a merger moves the allocation of a term that has not begun from its first day`() async throws {
        let collector = try TestCollector(caps: [("unit-a", 1), ("unit-b", 2)])
        _ = try await TermService(database: collector.database, clock: collector.clock, shelf: collector.shelf).add(
            TermService.Draft(
                productFamily: TestCollector.approved,
                totalSeats: 3,
                startsOn: "2024-10-12",
                endsOn: "2025-10-11",
                silenceDays: 0,
                document: "HĐ-2",
                renews: 1,
                copiesAllocations: true
            ),
            by: .center
        )
        _ = try await collector.unitChanges.merge(["unit-b"], into: "unit-a", decision: try .written(), by: .center)
        #expect(try collector.account("unit-a", term: 2) == [3, 0])
        #expect(
            try collector.text("SELECT effective_on FROM ledger WHERE from_account = 'unit:unit-b' ORDER BY term_id")
                == ["2023-11-15", "2024-10-12"]
        )
        try collector.checkSums()
    }
}
