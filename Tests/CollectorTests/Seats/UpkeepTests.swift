import Shared
import Testing

@testable import Collector

@Suite struct UpkeepTests {
    @Test func aSeatOfADeviceThatWasSilentForTooLongGoesToTheNextWithAnAuditRow() throws {
        let collector = try TestCollector()
        try collector.seat(["d1", "d2", "d3", "d4"])
        try collector.pass(days: 45)
        for id in ["d2", "d3", "d4"] { try collector.submit(id, nil) }
        try collector.upkeep()
        #expect(try collector.places(["d1", "d4"]) == ["held 1", "waiting 1"])
        try collector.pass(days: 1)
        for id in ["d2", "d3", "d4"] { try collector.submit(id, nil) }
        try collector.upkeep()
        #expect(try collector.places(["d1", "d2", "d3", "d4"]) == ["idle 1", "held 1", "held 1", "held 1"])
        #expect(
            try collector.number(
                "SELECT count(*) FROM audit WHERE action = 'seat-released-silent' AND target = 'd1' AND actor = 'upkeep'"
            ) == 1
        )
        #expect(try collector.openKinds("d1") == [])
        try collector.checkSeats()
    }

    @Test func anOutageOfTheCollectorTakesNobodysSeat() throws {
        let collector = try TestCollector(caps: [("unit-a", 1), ("unit-b", 1)])
        try collector.seat(["d1", "d2"])
        try collector.seat(["b1"], unit: "unit-b")
        try collector.pass(days: 200, isOutage: true)
        try collector.upkeep()
        #expect(try collector.places(["d1", "d2", "b1"]) == ["held 1", "waiting 1", "held 1"])
        // Nor does who reports first after it take the seats of those who have not yet had the time to.
        try collector.submit("d2", nil)
        try collector.upkeep()
        #expect(try collector.places(["d1", "d2", "b1"]) == ["held 1", "waiting 1", "held 1"])
        // From then on, who goes on being silent while others report is.
        try collector.pass(days: 46)
        try collector.submit("d2", nil)
        try collector.upkeep()
        #expect(try collector.places(["d1", "d2", "b1"]) == ["idle 1", "held 1", "idle 1"])
        try collector.checkSeats()
    }

    @Test func whoseSeatWasReleasedComesBackFirstByAnyReport() throws {
        let collector = try TestCollector(caps: [("unit-a", 2)])
        try collector.seat(["d1", "d2"])
        try collector.pass(days: 46)
        try collector.submit("d2", nil)
        try collector.upkeep()
        try collector.seat(["d3", "d4"])
        #expect(try collector.places(["d1", "d2", "d3", "d4"]) == ["idle 1", "held 1", "held 1", "waiting 1"])
        // A digest is enough; the seat is taken meanwhile.
        #expect(try collector.submit("d1", nil).seat == .overCap)
        #expect(try collector.openKinds("d1") == [.overCap])
        try collector.submit("d2", .complete())
        #expect(try collector.places(["d1", "d3", "d4"]) == ["held 1", "held 1", "waiting 1"])
        try collector.checkSeats()
    }

    @Test func whoReturnsGoesAheadOfThoseWhoHaveHadTheProductForLonger() throws {
        let collector = try TestCollector(caps: [("unit-a", 2), ("unit-b", 1)])
        try collector.seat(["b0"], unit: "unit-b")
        try collector.seat(["d1", "d2"])
        try collector.pass(days: 46)
        for id in ["b0", "d2"] { try collector.submit(id, nil) }
        try collector.upkeep()
        try collector.seat(["d3"])
        try collector.database.writeNow { sql in
            try sql.execute("UPDATE device SET unit_code = 'unit-a' WHERE device_id = 'b0'")
            try SeatLedger.of(sql, collector).move("b0", to: "unit-a")
        }
        #expect(try collector.submit("d1", nil).seat == .overCap)
        #expect(try collector.places(["b0", "d1"]) == ["waiting 1", "waiting 1"])
        try collector.submit("d2", .complete())
        #expect(try collector.places(["b0", "d1"]) == ["waiting 1", "held 1"])
        try collector.checkSeats()
    }

    @Test func whoReturnsToAFreeSeatHoldsItAtOnceAndWasNeverOverTheCap() throws {
        let collector = try TestCollector()
        try collector.seat(["d1"])
        try collector.pass(days: 46)
        try collector.seat(["d2"])
        try collector.upkeep()
        #expect(try collector.place("d1") == "idle 1")
        #expect(try collector.submit("d1", nil).seat == .held)
        #expect(try collector.number("SELECT count(*) FROM finding") == 0)
    }

    @Test func whoOnlyWaitedBeforeItWasSilentReturnsToItsOwnPlace() throws {
        let collector = try TestCollector(caps: [("unit-a", 1)])
        try collector.seat(["d1", "d2", "d3"])
        try collector.pass(days: 46)
        for id in ["d1", "d2"] { try collector.submit(id, nil) }
        try collector.upkeep()
        #expect(try collector.places(["d1", "d2", "d3"]) == ["held 1", "waiting 1", "idle 1"])
        try collector.submit("d3", nil)
        try collector.submit("d1", .complete())
        #expect(try collector.places(["d2", "d3"]) == ["held 1", "waiting 1"])
    }

    @Test func whoWasNeverHeardOfSinceItIsInTheQueueIsNotFirstWhenItReturns() throws {
        let collector = try TestCollector(caps: [("unit-a", 1)])
        try collector.addDevice("d1")
        try collector.submit("d1", .complete())
        try collector.pass(days: 60)
        // Judged again by another catalog, say.
        _ = try collector.database.writeNow { sql in
            try SeatLedger.of(sql, collector).settle(
                "d1",
                unit: "unit-a",
                approved: [TestCollector.approved],
                current: .none
            )
        }
        try collector.seat(["d2", "d3"])
        try collector.upkeep()
        #expect(try collector.places(["d1", "d2", "d3"]) == ["idle 1", "held 1", "waiting 1"])
        #expect(try collector.number("SELECT priority FROM seat WHERE device_id = 'd1'") == 1)
    }

    @Test func aSilentDeviceThatIsJudgedAgainStaysSilent() async throws {
        let collector = try TestCollector(
            caps: [("unit-a", 1)],
            catalog: TestCatalog(version: 1).knowing("drweb", as: "drweb")
        )
        try collector.seat(["d1", "d2"])
        try collector.submit("d1", .complete(.installed(TestCollector.approved), .installed("drweb")))
        try collector.pass(days: 46)
        try collector.submit("d2", nil)
        try collector.upkeep()
        #expect(try collector.places(["d1", "d2"]) == ["idle 1", "held 1"])
        let policies = collector.policies()
        _ = try await policies.set(PolicyChange(approve: ["drweb"]), reason: "x", expected: 1, by: .center)
        await (try collector.catalogs()).sweep.pass()
        #expect(try collector.openKinds("d1") == [.multipleAntivirus])
        #expect(try collector.places(["d1", "d2"]) == ["idle 1", "held 1"])
        // Nor does it wait for another product's seats.
        _ = try await collector.licenses.terms.add(collector.draft(seats: 5, from: 0, product: "drweb"), by: .center)
        _ = try await collector.imported("code;seats\nunit-a;5\n", term: 2)
        _ = try collector.database.writeNow { sql in
            try SeatLedger.of(sql, collector)
                .settle("d1", unit: "unit-a", approved: ["drweb"], current: .idle, isHeard: false)
        }
        #expect(try collector.place("d1") == "idle 2")
        #expect(try collector.submit("d1", nil).seat == .held)
        #expect(try collector.place("d1") == "held 2")
        try collector.checkSeats()
    }

    @Test func theLimitOfSilenceIsTheTermsOwn() async throws {
        let collector = try TestCollector(caps: [("unit-a", 1), ("unit-b", 1)])
        try collector.seat(["d1", "d2"])
        var draft = collector.draft(seats: 10, from: 0)
        draft.silenceDays = 10
        _ = try await collector.licenses.terms.add(draft, by: .center)
        try await collector.assign("unit-a", 10, term: 2)
        #expect(try collector.places(["d1", "d2"]) == ["held 1", "held 2"])
        try collector.pass(days: 11)
        try collector.seat(["b1"], unit: "unit-b")
        try collector.upkeep()
        #expect(try collector.places(["d1", "d2"]) == ["held 1", "idle 2"])
    }

    @Test func whoWaitsIsMeasuredByTheTermThatItWaitsForNow() async throws {
        let collector = try TestCollector(caps: [("unit-a", 1)])
        try collector.seat(["d1", "d2"])
        var draft = collector.draft(seats: 1, from: 0, renews: 1, copies: true)
        draft.silenceDays = 10
        _ = try await collector.licenses.terms.add(draft, by: .center)
        try collector.upkeep()
        #expect(try collector.places(["d1", "d2"]) == ["held 2", "waiting 1"])
        try collector.pass(days: 11)
        try collector.submit("d1", nil)
        try collector.upkeep()
        #expect(try collector.places(["d1", "d2"]) == ["held 2", "idle 1"])
        try collector.checkSeats()
    }

    @Test func theEndOfATermIsAnnouncedAt90And30And7DaysOnceEach() throws {
        let collector = try TestCollector()
        let last = Day("2024-10-11")!
        var announced: [Int] = []
        while collector.day() <= last.adding(days: 3) {
            announced += try collector.upkeep().map(\.daysLeft)
            announced += try collector.upkeep().map(\.daysLeft)
            try collector.pass(days: 1)
        }
        #expect(announced == [90, 30, 7, -1])
        #expect(try collector.number("SELECT count(*) FROM audit WHERE action = 'term-ends-soon'") == 3)
        #expect(try collector.number("SELECT count(*) FROM audit WHERE action = 'term-ended'") == 1)
    }

    @Test func aCollectorThatWasOffAnnouncesOnlyTheNearestMark() throws {
        let collector = try TestCollector()
        try collector.pass(days: 330)
        let notices = try collector.upkeep()
        #expect(notices.map(\.daysLeft) == [collector.day().days(since: Day("2024-10-11")!) * -1])
        #expect(try collector.upkeep().isEmpty)
    }

    @Test func aTermThatIsOverKeepsItsSeatsAndOpensAFindingForEachOfManyDevices() throws {
        let collector = try TestCollector(caps: [("unit-a", 250)])
        let ids = (0..<252).map { "d\(1000 + $0)" }
        try collector.seat(ids)
        collector.now = Milliseconds(Day("2024-10-12")!.start(minutesAhead: 420))
        for id in ids { try collector.submit(id, nil) }
        try collector.upkeep()
        #expect(try collector.number("SELECT count(*) FROM seat WHERE state = 1 AND term_id = 1") == 250)
        #expect(
            try collector.number(
                "SELECT count(*) FROM finding WHERE kind = 'term-expired' AND closed_at_ms IS NULL"
            ) == 250
        )
        #expect(try collector.number("SELECT count(*) FROM device WHERE open_findings = 1") == 252)
        // A seat that is taken now is one of a term that is over, too.
        try collector.submit(ids[0], .complete())
        #expect(try collector.openKinds(ids[0]) == [.noAntivirus])
        #expect(try collector.openKinds(ids[250]) == [.termExpired])
        try collector.upkeep()
        #expect(try collector.number("SELECT count(*) FROM finding WHERE kind = 'term-expired'") == 251)
        try collector.checkSeats()
    }

    @Test func aWaiverEndsWithItsDay() async throws {
        let collector = try TestCollector(caps: [("unit-a", 0)])
        try collector.seat(["d1"])
        try collector.database.writeNow { sql in
            try sql.execute("UPDATE finding SET is_waived = 1, waived_until_ms = \(collector.now.value + 1000)")
        }
        try collector.upkeep()
        #expect(try collector.number("SELECT count(*) FROM finding WHERE is_waived = 1") == 1)
        try collector.pass(days: 0, seconds: 1)
        try collector.upkeep()
        #expect(try collector.number("SELECT count(*) FROM finding WHERE is_waived = 1") == 0)
    }

    @Test func theServiceDoesWhatIsDueAtATickAndStopsWhenTold() async throws {
        let collector = try TestCollector(caps: [("unit-a", 300)])
        try collector.seat((0..<250).map { "d\($0)" })
        try collector.pass(days: 46)
        try collector.seat(["late"])
        let (ticks, tick) = AsyncStream.makeStream(of: Void.self)
        let service = UpkeepService(
            database: collector.database,
            clock: collector.clock,
            logger: TestCollector.logger,
            ticks: ticks
        )
        tick.yield()
        tick.finish()
        try await service.run()
        #expect(try collector.number("SELECT count(*) FROM seat WHERE state = 2") == 250)
        try await collector.withRunning(collector.upkeepService)
    }

    @Test func whatFailsHoldsUpNothingButItself() async throws {
        let collector = try TestCollector(caps: [("unit-a", 300)])
        try collector.seat((0..<250).map { "d\(1000 + $0)" })
        try collector.break("seat", "NEW.device_id IN ('d1003', 'd1120')")
        try collector.pass(days: 300)
        try collector.seat(["late"])
        await collector.upkeepService.pass()
        #expect(try collector.places(["d1003", "d1120"]) == ["held 1", "held 1"])
        #expect(try collector.number("SELECT count(*) FROM seat WHERE state = 2") == 248)
        // The end of the term is announced after that.
        #expect(try collector.number("SELECT count(*) FROM audit WHERE action = 'term-ends-soon'") == 1)
        try collector.database.writeNow { try $0.execute("DROP TRIGGER broken_seat") }
        await collector.upkeepService.pass()
        #expect(try collector.number("SELECT count(*) FROM seat WHERE state = 2") == 250)
        try collector.checkSeats()
    }

    @Test func whoCouldNotBeToldOfATermsEndIsToldLater() async throws {
        let collector = try TestCollector(caps: [("unit-a", 300)])
        let ids = (0..<250).map { "d\(1000 + $0)" }
        try collector.seat(ids)
        try collector.break("device", "NEW.device_id IN ('d1003', 'd1120')")
        collector.now = Milliseconds(Day("2024-10-12")!.start(minutesAhead: 420))
        func told() throws -> Int {
            try collector.number("SELECT count(*) FROM finding WHERE kind = 'term-expired' AND closed_at_ms IS NULL")
        }
        await collector.upkeepService.pass()
        await collector.upkeepService.pass()
        #expect(try told() == 248)
        try collector.database.writeNow { try $0.execute("DROP TRIGGER broken_device") }
        await collector.upkeepService.pass()
        #expect(try told() == 250)
        #expect(try collector.number("SELECT count(*) FROM term_notice WHERE days = 0 AND reached IS NULL") == 1)
        try collector.upkeep()
    }

    @Test func aQueueThatCannotBeServedHoldsUpNothingBehindIt() async throws {
        let collector = try TestCollector(caps: [("unit-a", 2), ("unit-b", 1)])
        try collector.seat(["d1", "d2", "d3"])
        try collector.seat(["b1", "b2"], unit: "unit-b")
        _ = try await collector.licenses.terms.add(collector.draft(seats: 5, from: 1, renews: 1), by: .center)
        try await collector.assign("unit-a", 2, term: 2)
        try await collector.assign("unit-b", 2, term: 2)
        // Its seat of before stays owed, so that nobody else of the unit may take the free one.
        try collector.break("seat", "NEW.device_id IN ('d1', 'd2')")
        try collector.pass(days: 1)
        await collector.upkeepService.pass()
        #expect(try collector.places(["d1", "d2", "d3"]) == ["held 1", "held 1", "waiting 1"])
        #expect(try collector.places(["b1", "b2"]) == ["held 2", "held 2"])
        try collector.checkSeats()
    }

    @Test func aDatabaseThatTakesNothingEndsThePass() async throws {
        let collector = try TestCollector(caps: [("unit-a", 300)])
        try collector.seat((0..<50).map { "d\(1000 + $0)" })
        try collector.break("seat", "1")
        try collector.pass(days: 46)
        try collector.addDevice("late")
        try collector.submit("late", .complete())
        await collector.upkeepService.pass()
        #expect(try collector.number("SELECT count(*) FROM seat WHERE state = 1") == 50)
    }
}
