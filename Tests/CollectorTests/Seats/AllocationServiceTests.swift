import Shared
import Testing

@testable import Collector

@Suite struct AllocationServiceTests {
    private func decision(_ document: String = "7/QĐ", on day: String = "") throws -> Decision {
        try Decision(document: document, reason: "chuyển", effectiveOn: day)
    }

    private func take(
        _ collector: TestCollector,
        _ text: String,
        apply: Bool,
        revision: UInt64? = nil
    ) async throws -> AllocationService.Imported {
        try await collector.licenses.allocations.take(
            .init(
                file: Array(text.utf8),
                fileName: "phan-bo.csv",
                term: 0,
                decision: apply ? try decision() : nil,
                expectedRevision: try revision ?? collector.revision()
            ),
            by: .center
        )
    }

    @Test func moreComesOutOfTheReserveAndLessGoesBack() async throws {
        let collector = try TestCollector(caps: [("unit-a", 3), ("unit-b", 7)], total: 15)
        let raised = try await collector.assign("unit-a", 8)
        #expect(raised.change.former == 3 && raised.change.seats == 8)
        #expect(raised.term.sums.map { [$0.allocated, $0.reserve] } == [15, 0])
        let lowered = try await collector.assign("Sở unit-b", 1)
        #expect(lowered.change.unit == "unit-b" && lowered.term.sums?.reserve == 6)
        try collector.checkSeats()
    }

    @Test func aCodeOfBeforeIsNotTakenForItsSuccessor() async throws {
        let collector = try TestCollector(caps: [("unit-a", 3), ("unit-b", 5)], total: 10)
        let decision = try Decision(document: "1/QĐ", reason: "", effectiveOn: "")
        _ = try await collector.unitChanges.merge(["unit-b"], into: "unit-a", decision: decision, by: .center)
        let before = try collector.everything()
        #expect(await refusal { try await collector.assign("unit-b", 3) }?.code == .failedPrecondition)
        #expect(try collector.everything() == before)
        #expect(try collector.account("unit-a") == [8, 0])
    }

    @Test func aRaiseIsRefusedWithTheFiguresWhenTheReserveHasNotAsMany() async throws {
        let collector = try TestCollector(caps: [("unit-a", 3), ("unit-b", 7)], total: 15)
        let error = await refusal { try await collector.assign("unit-a", 9) }
        #expect(error?.code == .failedPrecondition)
        #expect(error?.message.contains("takes 6 out of the reserve, which has 5. Give at most 8") == true)
        #expect(error?.phrase.vietnamese.contains("dự phòng còn 5") == true)
        #expect(try collector.number("SELECT cap FROM seat_account WHERE unit_code = 'unit-a'") == 3)
    }

    @Test func aRaiseSeatsThoseWhoWaitInTheSameTransaction() async throws {
        let collector = try TestCollector(caps: [("unit-a", 1)], total: 10)
        try collector.seat(["d1", "d2", "d3", "d4"])
        let raised = try await collector.assign("unit-a", 3)
        #expect(raised.change.used == 3)
        #expect(try collector.places(["d2", "d3", "d4"]) == ["held 1", "held 1", "waiting 1"])
        try collector.checkSeats()
    }

    @Test func aDecisionSeatsAThousandAtOnceAndUpkeepTheRest() async throws {
        let collector = try TestCollector(caps: [("unit-a", 0)], total: 1100)
        try collector.seat((0..<1002).map { "d\($0)" })
        let raised = try await collector.assign("unit-a", 1100)
        #expect(raised.change.used == 1000)
        try collector.upkeep()
        #expect(try collector.number("SELECT used FROM seat_account WHERE unit_code = 'unit-a'") == 1002)
        try collector.checkSeats()
    }

    @Test func aLoweredCapEvictsNobodyTakesNobodyAndShowsTheExcess() async throws {
        let collector = try TestCollector(caps: [("unit-a", 3)])
        try collector.seat(["d1", "d2", "d3"])
        try await collector.assign("unit-a", 1)
        #expect(try collector.places(["d1", "d2", "d3"]) == ["held 1", "held 1", "held 1"])
        try collector.seat(["d4"])
        #expect(try collector.place("d4") == "waiting 1")
        let over = try await collector.licenses.seats.list(
            .init(unit: "", view: .over, idleDays: 0, pageSize: 0, pageToken: ""),
            for: .center
        )
        #expect(over.rows.map(\.seat.deviceID) == ["d4", "d3", "d2"] && over.total == 3)
        #expect(over.rows.map(\.isExcess) == [false, true, true])
        // Seats that are given back above the cap go to nobody.
        try collector.submit("d1", .complete())
        try collector.submit("d2", .complete())
        #expect(try collector.place("d4") == "waiting 1")
        try collector.submit("d3", .complete())
        #expect(try collector.place("d4") == "held 1")
        try collector.checkSeats()
    }

    @Test func theSecondOfTwoOfficersIsToldWhoWasFasterAndChangesNothing() async throws {
        let collector = try TestCollector(caps: [("unit-a", 3)], total: 10)
        let seen = try collector.revision()
        try await collector.assign("unit-a", 4)
        let error = await refusal {
            _ = try await collector.licenses.allocations.set(
                .init(term: 1, unit: "unit-a", seats: 9, decision: try decision(), expectedRevision: seen),
                by: Caller(name: "second", role: .center, ownUnit: nil)
            )
        }
        #expect(error?.code == .aborted && error?.message.contains("center changed them on 2023-11-15 05:13") == true)
        #expect(try collector.number("SELECT cap FROM seat_account") == 4)
    }

    @Test(arguments: [
        ("2023-11-14", nil), ("2023-11-15", nil), ("2023-11-16", CollectorError.Code.failedPrecondition),
        ("2023-10-12", .failedPrecondition), ("2023-02-30", .invalidArgument), ("15/11/2023", .invalidArgument),
    ])
    func aDecisionHoldsFromADayThatIsNotAheadAndNotBeforeTheLastEntry(
        day: String,
        expected: CollectorError.Code?
    ) async throws {
        let collector = try TestCollector(caps: [("unit-a", 3)], total: 10)
        let revision = try collector.revision()
        let error = await refusal {
            _ = try await collector.licenses.allocations.set(
                .init(term: 1, unit: "unit-a", seats: 5, decision: try decision(on: day), expectedRevision: revision),
                by: .center
            )
        }
        #expect(error?.code == expected)
        guard expected == nil else { return }
        // And no day of the account goes back.
        let earlier = await refusal {
            _ = try await collector.licenses.allocations.set(
                .init(
                    term: 1,
                    unit: "unit-a",
                    seats: 6,
                    decision: try decision(on: "2023-11-13"),
                    expectedRevision: try collector.revision()
                ),
                by: .center
            )
        }
        #expect(earlier?.code == .failedPrecondition)
    }

    @Test(arguments: [Caller.reader, Caller.unitA])
    func onlyTheCenterDecides(caller: Caller) async throws {
        let collector = try TestCollector()
        let set = await refusal {
            _ = try await collector.licenses.allocations.set(
                .init(term: 0, unit: "unit-a", seats: 1, decision: try decision(), expectedRevision: 0),
                by: caller
            )
        }
        let take = await refusal {
            _ = try await collector.licenses.allocations.take(
                .init(file: [], fileName: "", term: 0, decision: nil, expectedRevision: 0),
                by: caller
            )
        }
        #expect(set?.code == .permissionDenied && take?.code == .permissionDenied)
    }

    @Test func aUnitsOfficerSeesTheOwnAllocationAndNoSumsOfOthers() async throws {
        let collector = try TestCollector()
        let own = try await collector.licenses.allocations.list(term: 0, unit: "", for: .unitA)
        #expect(own.allocations.map(\.unit) == ["unit-a"] && own.summary.sums == nil)
        let all = try await collector.licenses.allocations.list(term: 0, unit: "", for: .reader)
        #expect(all.allocations.map(\.seats) == [3, 100] && all.summary.sums?.allocated == 103)
        #expect(all.allocations.map { $0.decision?.document } == ["appendix", "appendix"])
        let other = await refusal {
            _ = try await collector.licenses.allocations.list(term: 0, unit: "unit-b", for: .unitA)
        }
        let unknown = await refusal {
            _ = try await collector.licenses.allocations.list(term: 0, unit: "unit-x", for: .unitA)
        }
        #expect(other?.code == .notFound && unknown?.code == .notFound)
    }

    @Test func anImportIsADifferenceUntilItIsAppliedAndThenDoesDecreasesFirst() async throws {
        let collector = try TestCollector(caps: [("unit-a", 3), ("unit-b", 7)])
        try collector.seat(["d1", "d2", "d3", "d4"])
        let file = "mã;số lượng\r\nunit-a;9\r\nunit-b;1\r\n# total: 10\r\n"
        let shown = try await take(collector, file, apply: false, revision: 0)
        #expect(shown.changes.map { [$0.former, $0.seats, $0.used] } == [[3, 9, 3], [7, 1, 0]])
        #expect(shown.term.sums?.reserve == 0 && shown.unchanged == 0)
        #expect(try collector.number("SELECT count(*) FROM ledger") == 3)
        let applied = try await take(
            collector,
            file,
            apply: true,
            revision: shown.term.sums.map { UInt64($0.revision) }
        )
        #expect(applied.changes.map(\.used) == [4, 0] && applied.term.sums?.allocated == 10)
        #expect(try collector.place("d4") == "held 1")
        let again = try await take(collector, file, apply: true)
        #expect(again.changes.isEmpty && again.unchanged == 2)
        try collector.checkSeats()
    }

    @Test func anImportThatRestsOnAnOlderLookIsRefused() async throws {
        let collector = try TestCollector(caps: [("unit-a", 3)], total: 10)
        let seen = try collector.revision()
        try await collector.assign("unit-a", 4)
        let error = await refusal { _ = try await take(collector, "code,seats\nunit-a,5", apply: true, revision: seen) }
        #expect(error?.code == .aborted)
    }

    @Test func theOfficialAppendixCanBeImported() async throws {
        let official = try UnitsFile.official()
        let collector = try TestCollector(caps: official.units.map { ($0.code, 0) }, total: 5037)
        // The appendix has names beside the codes, and these have to fit.
        try collector.database.writeNow { sql in
            for unit in official.units {
                try sql.execute("UPDATE unit SET name = $1 WHERE code = $2", .text(unit.name), .text(unit.code))
            }
        }
        let imported = try await take(collector, OfficialAppendix.text, apply: true)
        #expect(imported.changes.count == 32 && imported.term.sums?.reserve == 0)
        try collector.checkSeats()
    }

    @Test(arguments: [
        ("code;seats\nunit-a;5\nunit-a;6", "line 3: \"unit-a\" (Sở unit-a) stands in line 2 already"),
        ("code;name;seats\nunit-a;Sở unit-b;6", "line 2: \"unit-a\" is Sở unit-a, but the name is that of \"unit-b\""),
        (
            "code;name;seats\nunit-a;Sở Unitt b;6",
            "line 2: \"unit-a\" is Sở unit-a, but the name in the line is \"Sở Unitt b\". Was \"unit-b\" (Sở unit-b) meant?"
        ),
        (
            "code;name;seats\nunit-a;Hoàn toàn khác;6",
            "line 2: \"unit-a\" is Sở unit-a, but the name in the line is \"Hoàn toàn khác\". Correct the code"
        ),
        ("code;seats\nunit-a;5\nunit-c;1", "line 3: There is no unit \"unit-c\". Was \"unit-a\""),
        ("tên;số lượng\nSo unit a;5", "line 2: There is no unit \"So unit a\". Was \"unit-a\" (Sở unit-a) meant?"),
        ("code;seats\nclosed;5", "line 2: \"closed\" (Old) has been closed since 2023-11-01 and went into \"unit-a\""),
        ("code;seats\nunit-a;9999", "The changes take"),
        ("code;seats\nunit-a;-1\nunit-b;x", "line 3: \"x\" is not a number of seats"),
    ])
    func aFileThatIsWrongIsRefusedWholeAndSaysWhere(text: String, message: String) async throws {
        let collector = try TestCollector(caps: [("unit-a", 3), ("unit-b", 7), ("closed", 0)], total: 20)
        try collector.database.writeNow {
            try $0.execute(
                "UPDATE unit SET name = 'Old', closed_on = '2023-11-01', successor = 'unit-a' WHERE code = 'closed'"
            )
        }
        let (entries, audits) = (
            try collector.number("SELECT count(*) FROM ledger"), try collector.number("SELECT count(*) FROM audit")
        )
        for apply in [false, true] {
            let error = await refusal { _ = try await take(collector, text, apply: apply) }
            let isFigures = message.hasPrefix("The changes")
            let expected = isFigures ? "\"unit-a\" holds 3 seats and is to hold 9999" : message
            #expect(error?.message.contains(expected) == true, "\(error?.message ?? "accepted")")
            #expect(error?.phrase.vietnamese.isEmpty == false)
        }
        #expect(try collector.number("SELECT count(*) FROM ledger") == entries)
        #expect(try collector.number("SELECT count(*) FROM audit") == audits)
    }

    @Test(arguments: ["so UNIT-a", "Sở unit-a", "Sở  unit a", "Sở Cũ"])
    func aNameBesideItsCodeMayBeWrittenInHasteOrBeAFormerOne(name: String) async throws {
        let collector = try TestCollector(caps: [("unit-a", 3)], total: 20)
        try collector.database.writeNow {
            try $0.execute("UPDATE unit SET name = 'Sở Cũ'")
        }
        _ = try await collector.unitChanges.rename(
            "unit-a",
            name: "Sở unit-a",
            group: "",
            decision: try Decision(document: "1", reason: "", effectiveOn: ""),
            expectedRevision: 1,
            by: .center
        )
        let shown = try await take(collector, "code;name;seats\nunit-a;\(name);6", apply: false)
        #expect(shown.changes.map(\.seats) == [6])
    }

    @Test func aRefusalNamesTenLinesAtMostAndFitsIntoAHeader() async throws {
        let collector = try TestCollector()
        let lines = (0..<50).map { "Đơn vị không có thật trong danh sách \($0);1" }
        let error = await refusal {
            _ = try await take(collector, "tên;số lượng\n" + lines.joined(separator: "\n"), apply: false)
        }
        let message = try #require(error?.phrase.vietnamese)
        #expect(message.split(separator: "\n").count == 12 && message.hasSuffix("và 40 dòng khác"))
        #expect(message.utf8.count < 3200)
    }

    @Test func aRefusalOfLongNamesStopsBeforeTheHeaderIsFull() async throws {
        let collector = try TestCollector()
        let lines = (0..<20).map { "\(String(repeating: "ệ", count: 64))\($0);1" }
        let error = await refusal {
            _ = try await take(collector, "tên;số lượng\n" + lines.joined(separator: "\n"), apply: false)
        }
        let message = try #require(error?.phrase.vietnamese)
        #expect(message.utf8.count < 3200)
        #expect(message.hasSuffix("và \(22 - message.split(separator: "\n").count) dòng khác"))
    }

    @Test func capsAndReserveAreTheLedgersSumsAfterManyDecisions() async throws {
        var random = SplitMix64(state: 20)
        let collector = try TestCollector(caps: (0..<6).map { ("unit-\($0)", 10) }, total: 100)
        for _ in 0..<200 {
            if Int.random(in: 0..<20, using: &random) == 0 { try collector.pass(days: 1) }
            let unit = "unit-\(Int.random(in: 0..<6, using: &random))"
            _ = await refusal { try await collector.assign(unit, UInt32.random(in: 0...40, using: &random)) }
        }
        try collector.checkSeats()
        try collector.database.writeNow { sql in
            let seats = SeatStore(sql: sql)
            for index in 0..<6 {
                let sum = try seats.balance(term: 1, account: .unit("unit-\(index)"))
                #expect(try seats.account(term: 1, unit: "unit-\(index)").cap == sum)
            }
            #expect(try seats.terms().first?.reserveSeats == seats.balance(term: 1, account: .reserve))
        }
        #expect(try collector.number("SELECT count(*) FROM ledger") > 100)
    }
}
