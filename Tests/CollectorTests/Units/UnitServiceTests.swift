import Shared
import Testing

@testable import Collector

@Suite struct UnitServiceTests {
    @Test func `a unit's page has its seats, findings, requests and figures`() async throws {
        let collector = try TestCollector(caps: [("unit-a", 3), ("unit-b", 5)], total: 10)
        try collector.addSeated("a", 4, unit: "unit-a")
        try collector.submit("a0-device", TestCollector.conflictInventory)
        _ = try await collector.requests.create(unit: "unit-a", seats: 2, reason: "x", term: 0, by: .unitA)
        collector.now = collector.now.adding(seconds: 8 * 86400)
        let details = try await collector.units.details("unit-a", for: .reader)
        #expect(details.unit.devices == 4 && details.unit.silent == 4 && details.unit.waiting == 1)
        #expect(details.terms.map(\.cap) == [3] && details.terms.map(\.used) == [3])
        #expect(details.openRequests.map(\.seats) == [2])
        let tally = Dictionary(uniqueKeysWithValues: details.findings.map { ($0.kind, $0) })
        #expect(tally[.multipleAntivirus] == FindingTally(kind: .multipleAntivirus, open: 1, overdue: 1, waived: 0))
        #expect(tally[.overCap] == FindingTally(kind: .overCap, open: 1, overdue: 0, waived: 0))
    }

    @Test func `a unit's officer does not see how many changes of units there were`() async throws {
        let collector = try TestCollector(caps: [("unit-a", 3), ("unit-b", 5)], total: 10)
        let decision = try Decision(document: "1/QĐ", reason: "", effectiveOn: "")
        for (unit, name) in [("unit-b", "Sở B"), ("unit-a", "Sở A")] {
            _ = try await collector.unitChanges.rename(
                unit,
                name: name,
                group: "",
                decision: decision,
                expectedRevision: 1,
                by: .center
            )
        }
        #expect(try await collector.units.details("unit-a", for: .unitA).changes.map(\.id) == [0])
        #expect(try await collector.units.details("unit-a", for: .center).changes.map(\.id) == [2])
    }

    /// b gets another name, gives some of its seats to a new unit, and goes into c; c goes into a.
    private func threeGenerations() async throws -> TestCollector {
        let collector = try TestCollector(caps: [("unit-a", 3), ("unit-b", 5), ("unit-c", 2), ("unit-d", 2)])
        let changes = collector.unitChanges
        _ = try await changes.rename(
            "unit-b",
            name: "Sở B",
            group: "",
            decision: .written(document: "1"),
            expectedRevision: 1,
            by: .center
        )
        _ = try await changes.split(
            "unit-b",
            into: .init(code: "unit-n", name: "Sở N", group: "department"),
            seats: 2,
            devices: [],
            decision: .written(document: "2"),
            by: .center
        )
        _ = try await changes.merge(["unit-b"], into: "unit-c", decision: .written(document: "3"), by: .center)
        _ = try await changes.merge(["unit-d"], into: "unit-n", decision: .written(document: "4"), by: .center)
        _ = try await changes.merge(["unit-c"], into: "unit-a", decision: .written(document: "5"), by: .center)
        return collector
    }

    @Test(arguments: ["unit-a", "unit-b", "unit-c"])
    func `what was decided about units of before is shown with the one that they went into`(code: String) async throws {
        let details = try await threeGenerations().units.details(code, for: .center)
        #expect(details.changes.map(\.document) == ["5", "3", "2", "1"])
        #expect(details.changes.first { $0.document == "2" }?.other == "unit-n")
    }

    @Test func `of those decisions, a unit's officer sees nothing of units that did not go into the own one`()
        async throws
    {
        let collector = try await threeGenerations()
        let own = try await collector.units.details("unit-b", for: .unitA).changes
        #expect(own.map(\.document) == ["5", "3", "2", "1"] && own.allSatisfy { $0.id == 0 })
        let split = try #require(own.first { $0.kind == .split })
        #expect(split.unit == "unit-b" && split.other == nil && split.seats == 0 && split.devices == 0)
        let officer = Caller(name: "moi", role: .unit, ownUnit: "unit-n")
        let other = try await collector.units.details("unit-d", for: officer).changes
        #expect(other.map(\.document) == ["4", "2"] && other.map(\.unit) == ["unit-n", ""])
    }

    @Test func `findings of a unit are counted over an index alone`() throws {
        let plan = try TestCollector().plan(
            """
            SELECT kind, count(*), sum(is_waived), sum(CASE WHEN is_waived = 0 AND deadline_ms < $1 THEN 1 ELSE 0 END)
            FROM finding WHERE unit_code = $2 AND closed_at_ms IS NULL AND is_listed = 1 GROUP BY kind ORDER BY kind
            """
        )
        #expect(plan.contains { $0.contains("COVERING INDEX finding_due_by_unit") }, "\(plan)")
    }

    @Test func `a unit's officer gets the own unit, and no sums of the province`() async throws {
        let collector = try TestCollector(caps: [("unit-a", 3), ("unit-b", 5)], total: 10)
        _ = try await collector.requests.create(unit: "unit-b", seats: 2, reason: "x", term: 0, by: .center)
        let own = try await collector.units.overview(withClosed: true, for: .unitA)
        #expect(own.units.map(\.code) == ["unit-a"] && own.openRequests == 0)
        #expect(own.term.sums == nil)
        #expect(own.terms.map(\.sums) == [nil])
        let all = try await collector.units.overview(for: .reader)
        #expect(all.units.count == 2 && all.openRequests == 1)
        #expect(all.term.sums?.reserve == 2 && all.term.sums?.allocated == 8)
    }

    @Test(arguments: ["unit-b", "Sở unit-b", "unit-x", "h-cu"])
    func `another's page is answered like one that there is not`(name: String) async throws {
        let collector = try TestCollector()
        try collector.database.writeNow { sql in
            try sql.script(
                """
                INSERT INTO unit (code, name, unit_group, position, closed_on, successor)
                VALUES ('h-cu', 'Huyện Cũ', 'district', 9, '2023-10-20', 'unit-b')
                """
            )
        }
        let error = await expectRefusal { try await collector.units.details(name, for: .unitA) }
        #expect(error?.code == .notFound)
        #expect(error?.message.hasPrefix("There is no unit \"\(name)\"") == true)
        #expect(error?.message.contains("unit-b") == name.contains("unit-b"))
    }

    @Test func `a closed unit that has devices in service stays in the list`() async throws {
        let collector = try TestCollector()
        _ = try await collector.unitChanges.close("unit-b", decision: try .written(), by: .center)
        #expect(try await collector.units.overview(for: .center).units.map(\.code) == ["unit-a"])
        // A device that had been retired there reports again.
        try collector.addDevice("late-device", unit: "unit-b")
        let units = try await collector.units.overview(for: .center).units
        #expect(units.map(\.code) == ["unit-a", "unit-b"])
        #expect(units.map(\.closedOn) == [nil, "2023-11-15"])
    }
}

@Suite struct UnitContactTests {
    private func set(
        _ change: UnitContactService.Change,
        of unit: String = "unit-a",
        revision: UInt64 = 1,
        by caller: Caller = .unitA,
        in collector: TestCollector
    ) async throws -> UnitContact {
        try await collector.unitContacts.set(change, of: unit, expectedRevision: revision, by: caller).contact
    }

    @Test func `a part that is left out stays, and an empty one goes`() async throws {
        let collector = try TestCollector()
        _ = try await set(
            .init(name: "Nguyễn Văn  An", phone: "+84 277 385 1431", email: "an@tinh.vn", trainedOn: "2023-11-01"),
            in: collector
        )
        let contact = try await set(.init(phone: ""), revision: 2, in: collector)
        #expect(contact == UnitContact(name: "Nguyễn Văn An", phone: "", email: "an@tinh.vn", trainedOn: "2023-11-01"))
        let details = try await collector.units.details("unit-a", for: .unitA)
        #expect(details.contact == contact && details.revision == 3)
    }

    @Test func `another person does not get the telephone, mail and training of the former one`() async throws {
        let collector = try TestCollector()
        // Before anybody was named, what is known stays.
        _ = try await set(.init(phone: "0277 385 1431"), in: collector)
        let first = try await set(.init(name: "An", trainedOn: "2023-11-01"), revision: 2, in: collector)
        #expect(first == UnitContact(name: "An", phone: "0277 385 1431", trainedOn: "2023-11-01"))
        #expect(try await set(.init(name: "An"), revision: 3, in: collector) == first)
        let second = try await set(.init(name: "Bình", email: "binh@tinh.vn"), revision: 3, in: collector)
        #expect(second == UnitContact(name: "Bình", email: "binh@tinh.vn"))
        let rows = try collector.database.writeNow { try AuditStore(sql: $0).rows(of: "unit:unit-a", limit: 9) }
        #expect(
            rows.map(\.detail).contains(
                "in charge: An -> Bình, telephone: 0277 385 1431 -> -, mail: - -> binh@tinh.vn, "
                    + "trained on: 2023-11-01 -> -"
            )
        )
        #expect(try await set(.init(name: ""), revision: 4, in: collector) == UnitContact())
    }

    @Test func `who sets it on an earlier look is told who was faster`() async throws {
        let collector = try TestCollector()
        _ = try await set(.init(name: "An"), in: collector)
        let error = await expectRefusal { try await set(.init(name: "Ba"), by: .center, in: collector) }
        #expect(error?.code == .aborted)
        #expect(error?.message.contains("by a.") == true, "\(error?.message ?? "-")")
        #expect(try await collector.units.details("unit-a", for: .unitA).contact.name == "An")
    }

    @Test func `what was looked at of a unit says nothing of the one that it went into`() async throws {
        let collector = try TestCollector()
        _ = try await set(.init(name: "An"), of: "unit-b", by: .center, in: collector)
        _ = try await collector.unitChanges.merge(
            ["unit-b"],
            into: "unit-a",
            decision: .written(),
            by: .center
        )
        for revision: UInt64 in 1...3 {
            let error = await expectRefusal {
                try await set(.init(name: "Ba"), of: "unit-b", revision: revision, by: .center, in: collector)
            }
            #expect(error?.code == .failedPrecondition)
        }
    }

    private static let wrong: [UnitContactService.Change] = [
        .init(name: String(repeating: "a", count: 257)), .init(name: "a\nb"), .init(phone: "call me"),
        .init(email: "nobody"), .init(email: "a@b@c"), .init(email: "@b"), .init(trainedOn: "2023-02-30"),
        .init(trainedOn: "2023-11-16"),
    ]

    @Test(arguments: wrong)
    func `a wrong part changes nothing`(change: UnitContactService.Change) async throws {
        let collector = try TestCollector()
        let before = try collector.everything()
        let error = await expectRefusal { try await set(change, in: collector) }
        #expect(error?.code == .invalidArgument)
        #expect(error?.phrase.vietnamese != error?.phrase.english)
        #expect(try collector.everything() == before)
    }

    @Test func `a reader sets nobody, and a unit's officer only the own one`() async throws {
        let collector = try TestCollector()
        let reader = await expectRefusal { try await set(.init(name: "x"), by: .reader, in: collector) }
        #expect(reader?.code == .permissionDenied)
        let other = await expectRefusal { try await set(.init(name: "x"), of: "unit-b", in: collector) }
        #expect(other?.code == .notFound)
    }
}
