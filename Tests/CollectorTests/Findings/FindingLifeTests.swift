import Shared
import Testing

@testable import Collector

@Suite struct FindingLifeTests {
    @Test(arguments: [
        (FindingStore.formerStatement, "finding_by_device (device_id=?)"),
        (FindingStore.openStatement, "finding_open (device_id=? AND kind>?)"),
    ])
    func whatADeviceHasAndHadIsReadFromItsOwnRows(statement: String, way: String) throws {
        let plan = try TestCollector().plan(statement)
        #expect(plan.first?.hasSuffix(way) == true, "\(plan)")
    }

    private let conflict = Inventory.complete(.installed(TestCollector.approved), .installed("drweb"))
    private let clean = Inventory.complete(.installed(TestCollector.approved))
    private let unitB = Caller(name: "b", role: .unit, ownUnit: "unit-b")

    private func inConflict() throws -> (collector: TestCollector, finding: UInt64) {
        let collector = try TestCollector()
        try collector.addDevice("dev1")
        try collector.submit("dev1", conflict)
        return (collector, try collector.finding(.multipleAntivirus, of: "dev1"))
    }

    private func until(_ days: Int, _ collector: TestCollector) -> String {
        Day(milliseconds: collector.now.value, minutesAhead: 420).adding(days: days).description
    }

    private func figures(_ collector: TestCollector) throws -> [Int] {
        try ["open_violations FROM device", "open_conflicts FROM device", "conflicts FROM unit_figure ORDER BY 1 DESC"]
            .map { try collector.number("SELECT \($0)") }
    }

    @Test func numbersOfFindingsDoNotTellHowManyWereOpened() throws {
        let collector = try TestCollector()
        var numbers: [UInt64] = []
        for device in 0..<12 {
            try collector.addDevice("d\(device)")
            try collector.submit("d\(device)", conflict)
            numbers.append(try collector.finding(.multipleAntivirus, of: "d\(device)"))
        }
        #expect(numbers != numbers.sorted())
        #expect(numbers.allSatisfy { String($0).count == 8 })
    }

    @Test func aNumberThatIsTakenIsNotGivenAgain() throws {
        let (collector, _) = try inConflict()
        try collector.database.writeNow { sql in
            let ledger = FindingLedger(
                sql: sql,
                policy: try PolicyStore(sql: sql).policy(now: collector.now),
                now: collector.now
            )
            for expected in [10_000_000, 1_000_000_000] {
                let number = try ledger.freshNumber { $0.lowerBound }
                #expect(number == expected)
                try sql.execute(
                    """
                    INSERT INTO finding (finding_id, device_id, kind, products, opened_at_ms, opened_by_epoch,
                        opened_by_sequence, unit_code, deadline_ms)
                    VALUES (\(number), 'dev1', 'x\(number)', '', 1, 0, 0, 'unit-a', 1)
                    """
                )
            }
            #expect(throws: CollectorError.self) { try ledger.freshNumber { $0.lowerBound } }
        }
    }

    @Test func theUnitsOfficerAcknowledgesAndItCountsAsBefore() async throws {
        let (collector, id) = try inConflict()
        let answer = try await collector.findings.acknowledge(id, note: "on it", expected: 1, by: .unitA)
        #expect(answer.details.state == .acknowledged && answer.details.acknowledgedBy == "a")
        #expect(answer.details.revision == 2)
        #expect(try figures(collector) == [2, 1, 1])
        #expect(
            await refusal { _ = try await collector.findings.acknowledge(id, note: "", by: .center) }?.code
                == .failedPrecondition
        )
        #expect(
            try collector.number(
                "SELECT count(*) FROM audit WHERE action = 'finding-acknowledged' AND target = 'finding:\(id)'"
            ) == 1
        )
    }

    @Test func whatIsWaivedIsNotAcknowledged() async throws {
        let (collector, id) = try inConflict()
        _ = try await collector.findings.waive(id, until: until(5, collector), reason: "x", expected: 1, by: .center)
        let refused = await refusal {
            _ = try await collector.findings.acknowledge(id, note: "", expected: 2, by: .unitA)
        }
        #expect(refused?.code == .failedPrecondition)
        let details = try await collector.findings.history(id, for: .center).finding.details
        #expect(details.state == .waived && details.acknowledgedBy.isEmpty && details.revision == 2)
    }

    @Test func wordsThatAreTooLongAreRefused() async throws {
        let (collector, id) = try inConflict()
        let words = String(repeating: "x", count: 501)
        #expect(
            await refusal { _ = try await collector.findings.acknowledge(id, note: words, expected: 1, by: .unitA) }?
                .code == .invalidArgument
        )
        _ = try await collector.findings.waive(id, until: until(5, collector), reason: "x", expected: 1, by: .center)
        #expect(
            await refusal { _ = try await collector.findings.unwaive(id, reason: words, expected: 2, by: .center) }?
                .code == .invalidArgument
        )
        #expect(try await collector.findings.history(id, for: .center).finding.details.revision == 2)
    }

    @Test func officersOfOneUnitKnowEachOther() async throws {
        let (collector, id) = try inConflict()
        try collector.database.writeNow { sql in
            _ = try OfficerStore(sql: sql).insert(
                OfficerRecord(
                    name: "a",
                    role: .unit,
                    unitCode: "unit-a",
                    certificateSerial: "1",
                    createdAt: Milliseconds(1),
                    certificateExpiresAt: Milliseconds(.max)
                )
            )
        }
        _ = try await collector.findings.acknowledge(id, note: "on it", expected: 1, by: .unitA)
        let other = Caller(name: "a2", role: .unit, ownUnit: "unit-a")
        let seen = try await collector.findings.history(id, for: other)
        #expect(seen.finding.details.acknowledgedBy == "a")
        #expect(seen.events.last?.actor == "officer:a" && seen.events.last?.detail == "on it")
    }

    /// Numbers are drawn by lot, and findings that follow from a seat may open in the same millisecond.
    @Test(arguments: [(1, 2), (2, 1)])
    func theFormerFindingIsTheOneThatWasClosedLast(first: Int, last: Int) throws {
        let collector = try TestCollector()
        try collector.addDevice("dev1")
        let former = try collector.database.writeNow { sql in
            for (id, closedAt) in [(first, 100), (last, 200)] {
                try sql.execute(
                    """
                    INSERT INTO finding (finding_id, device_id, kind, products, opened_at_ms, opened_by_epoch,
                        opened_by_sequence, closed_at_ms, unit_code)
                    VALUES (\(id), 'dev1', 'over-cap', '', 100, 0, 0, \(closedAt), 'unit-a')
                    """
                )
            }
            return try FindingStore(sql: sql).former(.overCap, of: "dev1")?.id
        }
        #expect(former == Int64(last))
    }

    @Test func aWaiverTakesTheDeviceOutOfViolationUntilItsLastDayIsOver() async throws {
        let (collector, id) = try inConflict()
        let last = until(3, collector)
        let answer = try await collector.findings.waive(id, until: last, reason: "migration", expected: 1, by: .center)
        #expect(answer.details.state == .waived && answer.waivedUntil?.description == last)
        #expect(try figures(collector) == [1, 0, 0])
        // The last millisecond of the last day, on the province's clock.
        let day = try #require(Day(last))
        collector.now = Milliseconds(day.adding(days: 1).start(minutesAhead: 420) - 1)
        #expect(try collector.endWaivers() == 0)
        collector.now = Milliseconds(collector.now.value + 1)
        #expect(try collector.endWaivers() == 1)
        #expect(try collector.endWaivers() == 0)
        #expect(try figures(collector) == [2, 1, 1])
        let history = try await collector.findings.history(id, for: .unitA)
        #expect(history.finding.details.state == .open && history.finding.waivedUntil == nil)
        #expect(history.events.map(\.kind) == [.opened, .waived, .waiverEnded])
        #expect(history.events.map(\.actor) == ["device:dev1", "officer:center", "collector"])
        #expect(history.events[1].detail == "\(last): migration")
    }

    @Test func whatIsWaivedIsInNoSummaryAndInNoVerdict() async throws {
        let (collector, id) = try inConflict()
        _ = try await collector.findings.waive(id, until: until(3, collector), reason: "x", by: .center)
        func summary() async throws -> [FindingKind] {
            try await collector.devices.list(unit: "", pageSize: 0, pageToken: "", for: .center).rows
                .flatMap(\.findings)
        }
        #expect(try await summary() == [.unapprovedAntivirus])
        // Judged, not judged, and the same report once more.
        let other = Inventory.complete(
            .installed(TestCollector.approved),
            .installed("drweb"),
            .installed("x", role: .management)
        )
        #expect(try collector.submit("dev1", other).findings.map(\.kind) == [.unapprovedAntivirus])
        let report = collector.report("dev1", other)
        for _ in 0..<2 {
            #expect(try collector.submit(report).get().findings.map(\.kind) == [.unapprovedAntivirus])
        }
        // Whoever looks at the device sees it, with what it is.
        let shown = try await collector.devices.details("dev1", for: .unitA)
        #expect(shown.summary.findings == [.unapprovedAntivirus])
        #expect(shown.findings.map(\.details.state).sorted { $0.rawValue < $1.rawValue } == [.open, .waived])
        collector.advance(days: 4)
        try collector.endWaivers()
        #expect(try await summary().sorted() == [.multipleAntivirus, .unapprovedAntivirus])
        #expect(try collector.submit("dev1", nil).findings.count == 2)
    }

    @Test func endingWaiversStopsAtItsLimit() async throws {
        let collector = try TestCollector()
        for index in 1...5 {
            try collector.addDevice("dev\(index)")
            try collector.submit("dev\(index)", conflict)
            let id = try collector.finding(.multipleAntivirus, of: "dev\(index)")
            _ = try await collector.findings.waive(
                id,
                until: until(1, collector),
                reason: "x",
                by: .center
            )
        }
        collector.advance(days: 3)
        #expect(
            try [collector.endWaivers(limit: 2), collector.endWaivers(limit: 2), collector.endWaivers(limit: 2)] == [
                2, 2, 1,
            ]
        )
    }

    @Test func aWaiverIsTakenBackAndTheAcknowledgementIsStillThere() async throws {
        let (collector, id) = try inConflict()
        _ = try await collector.findings.acknowledge(id, note: "", by: .unitA)
        _ = try await collector.findings.waive(id, until: until(9, collector), reason: "x", expected: 2, by: .center)
        let answer = try await collector.findings.unwaive(id, reason: "no", expected: 3, by: .center)
        #expect(answer.details.state == .acknowledged)
        #expect(try figures(collector) == [2, 1, 1])
        #expect(
            await refusal { _ = try await collector.findings.unwaive(id, reason: "", by: .center) }?.code
                == .failedPrecondition
        )
    }

    @Test func aFindingThatComesBackSaysSoAndARunningWaiverGoesOverToIt() async throws {
        let (collector, first) = try inConflict()
        let last = until(10, collector)
        _ = try await collector.findings.waive(first, until: last, reason: "pilot", by: .center)
        collector.advance(days: 1)
        try collector.submit("dev1", clean)
        #expect(try collector.openKinds("dev1").isEmpty)
        collector.advance(days: 1)
        try collector.submit("dev1", conflict)
        let second = try collector.finding(.multipleAntivirus, of: "dev1")
        #expect(second != first)
        let history = try await collector.findings.history(second, for: .center)
        #expect(history.finding.details.state == .waived && history.finding.waivedUntil?.description == last)
        #expect(history.finding.details.waivedBy == "center" && history.finding.details.waiverReason == "pilot")
        #expect(history.events.map(\.kind) == [.opened, .waived, .closed, .reopened, .waived])
        #expect(history.events[3].detail == "\(first): DRWEB, KASPERSKY-ENDPOINT-SECURITY")
        #expect(history.events[3].findingID == Int64(second))
        #expect(history.earlier.map(\.details.finding.id) == [Int64(first)])
        #expect(try figures(collector) == [1, 0, 0])

        // After the waiver's end nothing goes over.
        collector.advance(days: 1)
        try collector.submit("dev1", clean)
        collector.advance(days: 20)
        try collector.submit("dev1", conflict)
        let third = try collector.finding(.multipleAntivirus, of: "dev1")
        let later = try await collector.findings.history(third, for: .center)
        #expect(later.finding.details.state == .open)
        #expect(later.earlier.map(\.details.finding.id) == [Int64(second), Int64(first)])
    }

    @Test func aWaiverGoesOverToTheSameProductsOrFewerOnly() async throws {
        let (collector, _) = try inConflict()
        try collector.submit("dev1", .complete(.installed("drweb"), .installed("avast")))
        let first = try collector.finding(.unapprovedAntivirus, of: "dev1")
        _ = try await collector.findings.waive(first, until: until(10, collector), reason: "pilot", by: .center)
        for (inventory, isWaived) in [
            (Inventory.complete(.installed("avast")), true), (.complete(.installed("mcafee")), false),
            (.complete(.installed("avast")), false),
        ] {
            try collector.submit("dev1", clean)
            try collector.submit("dev1", inventory)
            let id = try collector.finding(.unapprovedAntivirus, of: "dev1")
            let state = try await collector.findings.history(id, for: .center).finding.details.state
            #expect(state == (isWaived ? .waived : .open))
        }
    }

    @Test func aProductThatComesEndsTheWaiverAndRaisesTheRevision() async throws {
        let collector = try TestCollector()
        try collector.addDevice("dev1")
        try collector.submit("dev1", .complete(.installed("avast")))
        let id = try collector.finding(.unapprovedAntivirus, of: "dev1")
        _ = try await collector.findings.waive(id, until: until(10, collector), reason: "pilot", by: .center)
        #expect(try figures(collector)[0] == 0)
        try collector.submit("dev1", .complete(.installed("avast"), .installed("mcafee")))
        let history = try await collector.findings.history(id, for: .center)
        #expect(history.finding.details.state == .open && history.finding.details.revision == 4)
        #expect(history.events.map(\.kind) == [.opened, .waived, .productsChanged, .waiverEnded])
        #expect(history.events.last?.actor == "device:dev1" && history.events.last?.detail == "MCAFEE")
        #expect(try figures(collector)[0] == 2)
        // Who looked at it before the product came does not waive it with the product.
        #expect(
            await refusal {
                _ = try await collector.findings.waive(
                    id,
                    until: until(5, collector),
                    reason: "x",
                    expected: 2,
                    by: .center
                )
            }?.code == .aborted
        )
    }

    @Test func whoDoesNotSayWhatWasSeenIsRefused() async throws {
        let (collector, id) = try inConflict()
        let error = await refusal {
            _ = try await collector.findings.acknowledge(id, note: "", expected: 0, by: .center)
        }
        #expect(error?.code == .aborted)
    }

    @Test func theNewUnitLearnsNeitherTheNamesNorTheWordsOfTheFormerOnesOfficers() async throws {
        let (collector, id) = try inConflict()
        try await collector.database.write { sql in
            _ = try OfficerStore(sql: sql).insert(
                OfficerRecord(
                    name: "a",
                    role: .unit,
                    unitCode: "unit-a",
                    certificateSerial: "02",
                    createdAt: Milliseconds(1),
                    certificateExpiresAt: Milliseconds(.max)
                )
            )
        }
        _ = try await collector.findings.acknowledge(id, note: "call Mr Nam", by: .unitA)
        _ = try await collector.lifecycles.retire("dev1", reason: "old machine", by: .unitA)
        _ = try await collector.lifecycles.restore("dev1", reason: "not so old", by: .center)
        _ = try await collector.lifecycles.move("dev1", to: "unit-b", reason: "moved", expected: "", by: .center)
        let history = try await collector.findings.history(id, for: unitB)
        #expect(history.finding.details.state == .acknowledged && history.finding.details.acknowledgedBy == "officer")
        #expect(history.events.map(\.actor) == ["device:dev1", "officer"] && history.events[1].detail.isEmpty)
        let refused = await refusal {
            _ = try await collector.findings.acknowledge(id, note: "", expected: 1, by: unitB)
        }
        #expect(refused?.code == .aborted && refused?.message.contains("officer:a") == false)
        let details = try await collector.devices.details("dev1", for: unitB)
        #expect(details.findings.allSatisfy { $0.details.acknowledgedBy != "a" })
        #expect(details.events.first { $0.action == "device-retired" }?.actor == "officer")
        #expect(details.events.allSatisfy { $0.actor != "officer:a" && $0.detail != "old machine" })
        #expect(details.events.contains { $0.actor == "officer:center" && $0.detail == "not so old" })
        let all = try await collector.devices.details("dev1", for: .center)
        #expect(all.events.contains { $0.actor == "officer:a" && $0.detail == "old machine" })
    }

    @Test func whoLookedBeforeItChangedIsToldWhoChangedIt() async throws {
        let (collector, id) = try inConflict()
        _ = try await collector.findings.acknowledge(id, note: "", expected: 1, by: .unitA)
        let error = await refusal {
            _ = try await collector.findings.waive(
                id,
                until: until(5, collector),
                reason: "x",
                expected: 1,
                by: .center
            )
        }
        #expect(error?.code == .aborted)
        #expect(error?.message.contains("officer:a") == true)
        #expect(error?.phrase.vietnamese.contains("officer:a") == true)
        #expect(try collector.number("SELECT sum(is_waived) FROM finding") == 0)
        #expect(try collector.number("SELECT count(*) FROM finding_event") == 1)
    }

    @Test(arguments: [
        (-1, "reason"), (0, "reason"), (367, "reason"), (5, ""), (5, String(repeating: "x", count: 501)),
    ])
    func aWaiverOutOfItsBoundsIsRefusedAndChangesNothing(days: Int, reason: String) async throws {
        let (collector, id) = try inConflict()
        let error = await refusal {
            _ = try await collector.findings.waive(
                id,
                until: until(days, collector),
                reason: reason,
                by: .center
            )
        }
        #expect(error?.code == .invalidArgument)
        #expect(try figures(collector) == [2, 1, 1])
        #expect(try collector.number("SELECT count(*) FROM finding_event") == 0)
    }

    @Test(arguments: ["", "soon", "2023-02-30", "31/12/2023"])
    func aWaiverNeedsADay(until: String) async throws {
        let (collector, id) = try inConflict()
        #expect(
            await refusal {
                _ = try await collector.findings.waive(id, until: until, reason: "x", by: .center)
            }?.code == .invalidArgument
        )
    }

    @Test(arguments: [1, 366])
    func theFirstAndTheLastDayOfAWaiverAreTaken(days: Int) async throws {
        let (collector, id) = try inConflict()
        let answer = try await collector.findings.waive(
            id,
            until: until(days, collector),
            reason: "x",
            by: .center
        )
        #expect(answer.details.state == .waived)
    }

    @Test func aClosedFindingIsLeftAlone() async throws {
        let (collector, id) = try inConflict()
        try collector.submit("dev1", clean)
        for body in [
            { _ = try await collector.findings.acknowledge(id, note: "", by: .unitA) },
            {
                _ = try await collector.findings.waive(
                    id,
                    until: until(5, collector),
                    reason: "x",
                    by: .center
                )
            },
            { _ = try await collector.findings.unwaive(id, reason: "", by: .center) },
        ] as [() async throws -> Void] {
            #expect(await refusal(body)?.code == .failedPrecondition)
        }
        #expect(try collector.number("SELECT count(*) FROM finding_event") == 0)
    }

    @Test func onlyTheCenterWaivesAndAnotherUnitsFindingDoesNotExist() async throws {
        let (collector, id) = try inConflict()
        let day = until(5, collector)
        for caller in [Caller.unitA, .reader, unitB] {
            #expect(
                await refusal {
                    _ = try await collector.findings.waive(id, until: day, reason: "x", by: caller)
                }?.code == .permissionDenied
            )
        }
        let others = await refusal {
            _ = try await collector.findings.acknowledge(id, note: "", expected: 9, by: unitB)
        }
        let nobodys = await refusal {
            _ = try await collector.findings.acknowledge(999, note: "", expected: 9, by: unitB)
        }
        #expect(others?.code == .notFound)
        #expect(others?.message.replacing("\(id)", with: "#") == nobodys?.message.replacing("999", with: "#"))
        #expect(
            await refusal { _ = try await collector.findings.acknowledge(id, note: "", by: .reader) }?.code
                == .permissionDenied
        )
    }

    @Test func aMoveTellsNeitherUnitOfTheOther() async throws {
        let (collector, id) = try inConflict()
        try collector.submit("dev1", clean)
        _ = try await collector.lifecycles.move("dev1", to: "unit-b", reason: "moved", expected: "", by: .center)
        try collector.submit("dev1", conflict)
        let former = try await collector.findings.history(id, for: .unitA)
        #expect(former.finding.details.unitCode == "unit-a" && former.finding.details.lastReportAt == nil)
        #expect(former.finding.details.hostName.isEmpty && former.finding.details.deviceID == "dev1")
        let closed = try await collector.findings.list(.init(filter: .closed), for: .unitA).findings.rows
        #expect(closed.map(\.details.finding.id).contains(Int64(id)))
        #expect(closed.allSatisfy { $0.details.lastReportAt == nil && $0.details.hostName.isEmpty })
        #expect(try await collector.findings.history(id, for: .reader).finding.details.hostName == "dev1")
        let new = try await collector.findings.history(
            try collector.finding(.multipleAntivirus, of: "dev1"),
            for: unitB
        )
        #expect(new.earlier.map(\.details.unitCode) == [""] && new.earlier.map(\.details.unitName) == [""])
        #expect(new.earlier.map(\.details.hostName) == ["dev1"])
        #expect(
            await refusal {
                _ = try await collector.findings.history(
                    try collector.finding(.multipleAntivirus, of: "dev1"),
                    for: .unitA
                )
            }?.code == .notFound
        )
        let details = try await collector.devices.details("dev1", for: unitB)
        #expect(details.events.contains { $0.action == "device-moved" && $0.detail == "moved" })
        #expect(!details.seatEvents.contains { $0.unitCode == "unit-a" })
        #expect(!details.findings.contains { $0.details.unitCode == "unit-a" })
        let all = try await collector.devices.details("dev1", for: .center)
        #expect(all.events.contains { $0.detail == "unit-a -> unit-b: moved" })
    }
}
