import Shared
import Testing

@testable import Collector

@Suite struct RenewalTests {
    /// Twenty devices for twelve seats, and a term that renews the first from tomorrow on, with so many.
    private func renewing(with seats: UInt32) async throws -> (TestCollector, [String]) {
        let collector = try TestCollector(caps: [("unit-a", 12)])
        let ids = (10..<30).map { "d\($0)" }
        try collector.seat(ids)
        _ = try await collector.licenses.terms.add(collector.draft(seats: seats, from: 1, renews: 1), by: .center)
        try await collector.assign("unit-a", seats, term: 2)
        return (collector, ids)
    }

    @Test func beforeItsFirstDayARenewalChangesNothing() async throws {
        let (collector, ids) = try await renewing(with: 30)
        try collector.upkeep()
        #expect(
            try collector.places(ids) == Array(repeating: "held 1", count: 12) + Array(repeating: "waiting 1", count: 8)
        )
    }

    @Test func seatsMoveInTheOrderOfTheQueueAndNoneIsLostThatFits() async throws {
        let (collector, ids) = try await renewing(with: 15)
        try collector.pass(days: 1)
        try collector.upkeep()
        #expect(
            try collector.places(ids) == Array(repeating: "held 2", count: 15) + Array(repeating: "waiting 1", count: 5)
        )
        try collector.checkSeats()
    }

    @Test func aSmallerTermKeepsThoseWhoHaveHadTheProductLongest() async throws {
        let (collector, ids) = try await renewing(with: 5)
        try collector.pass(days: 1)
        // Who reports first after midnight is not who goes first.
        for id in ids.reversed() {
            try collector.submit(id, .complete(.installed(TestCollector.approved), .installed("x")))
        }
        try collector.upkeep()
        let places = try collector.places(ids)
        #expect(places.prefix(5).allSatisfy { $0 == "held 2" })
        #expect(places.dropFirst(5).allSatisfy { $0.hasPrefix("waiting") })
        // And the queue goes on in the same order.
        _ = try collector.database.writeNow { try SeatLedger.of($0, collector).release(ids[0]) }
        #expect(try collector.place(ids[5]) == "held 2")
        try collector.checkSeats()
    }

    @Test func untilUpkeepHasMovedThemSeatsOfTheNewTermAreOwedToTheHoldersOfTheOld() async throws {
        let (collector, ids) = try await renewing(with: 12)
        try collector.pass(days: 1)
        // Neither who waits nor who comes gets in between.
        try collector.addDevice("late")
        #expect(try collector.submit("late", TestCollector.withApproved).seat == .overCap)
        #expect(
            try collector.submit(ids[15], .complete(.installed(TestCollector.approved), .installed("x"))).seat
                == .overCap
        )
        try collector.upkeep()
        #expect(try collector.places(ids).prefix(12).allSatisfy { $0 == "held 2" })
        try collector.checkSeats()
    }

    @Test func aTermThatEndsBesideAnotherKeepsItsSeatsUntilOneTakesItsPlace() async throws {
        let collector = try TestCollector(caps: [("unit-a", 4)])
        let ids = ["d1", "d2", "d3", "d4", "d5", "d6"]
        try collector.seat(Array(ids.prefix(4)))
        _ = try await collector.licenses.terms.add(collector.draft(seats: 3, from: 0, days: 800), by: .center)
        try await collector.assign("unit-a", 3, term: 2)
        try collector.seat(Array(ids.suffix(2)))
        let held = Array(repeating: "held 1", count: 4) + ["held 2", "held 2"]
        #expect(try collector.places(ids) == held)
        collector.now = Milliseconds(Day("2024-10-12")!.start(minutesAhead: 420))
        for id in ids { try collector.submit(id, nil) }
        try collector.upkeep()
        #expect(try collector.places(ids) == held)
        #expect(try collector.number("SELECT count(*) FROM finding WHERE kind = 'term-expired'") == 4)
        // A contract that begins after the first one's end is what its seats go over into.
        var draft = collector.draft(seats: 3, from: 0)
        draft.document = "HĐ-3"
        _ = try await collector.licenses.terms.add(draft, by: .center)
        try collector.upkeep()
        #expect(try collector.places(ids) == held)
        _ = try await collector.imported("code;seats\nunit-a;3\n", term: 3)
        try collector.upkeep()
        #expect(
            try collector.places(ids)
                == ["held 2", "held 3", "held 3", "held 3", "held 2", "held 2"]
        )
        #expect(
            try collector.number(
                "SELECT count(*) FROM finding WHERE kind = 'term-expired' AND closed_at_ms IS NULL"
            ) == 0
        )
        try collector.checkSeats()
    }

    @Test func aRenewalWithoutAllocationsTakesNobodysSeat() async throws {
        let collector = try TestCollector(caps: [("unit-a", 2), ("unit-b", 2)])
        let ids = ["a1", "a2", "a3"]
        try collector.seat(ids)
        try collector.seat(["b1", "b2"], unit: "unit-b")
        _ = try await collector.licenses.terms.add(collector.draft(seats: 3, from: 0, renews: 1), by: .center)
        try collector.upkeep()
        #expect(try collector.places(ids + ["b1", "b2"]) == ["held 1", "held 1", "waiting 1", "held 1", "held 1"])
        let before = try collector.everything()
        // One unit alone would cost all others their seats.
        let error = await refusal { try await collector.assign("unit-a", 3, term: 2) }
        #expect(error?.code == .failedPrecondition && error?.message.contains("4 devices hold seats") == true)
        #expect(try collector.everything() == before)
        _ = try await collector.imported("code;seats\nunit-a;1\nunit-b;2\n", term: 2)
        try collector.upkeep()
        #expect(
            try collector.places(ids + ["b1", "b2"]) == ["held 2", "waiting 2", "waiting 1", "held 2", "held 2"]
        )
        try collector.checkSeats()
    }

    @Test func aCapThatIsLoweredInOneTermSendsItsHoldersIntoFreeSeatsOfAnother() async throws {
        let collector = try TestCollector(caps: [("unit-a", 3)])
        let ids = ["d1", "d2", "d3"]
        try collector.seat(ids)
        _ = try await collector.licenses.terms.add(collector.draft(seats: 2, from: 0), by: .center)
        try await collector.assign("unit-a", 2, term: 2)
        try await collector.assign("unit-a", 0, term: 1)
        #expect(try collector.places(ids) == ["held 2", "held 2", "held 1"])
        // Two seats were given in all, and three are in use: nobody else gets one.
        try collector.seat(["d4"])
        #expect(try collector.place("d4") == "waiting 1")
        _ = try collector.database.writeNow { try SeatLedger.of($0, collector).release("d1") }
        #expect(try collector.places(["d2", "d3", "d4"]) == ["held 2", "held 2", "waiting 1"])
        try collector.checkSeats()
    }

    @Test func anExcessThatATermsBeginningMakesUseOfIsMovedByUpkeep() async throws {
        let collector = try TestCollector(caps: [("unit-a", 3)])
        let ids = (10..<13).map { "d\($0)" }
        try collector.seat(ids)
        _ = try await collector.licenses.terms.add(collector.draft(seats: 3, from: 1), by: .center)
        try await collector.assign("unit-a", 2, term: 2)
        try await collector.assign("unit-a", 1, term: 1)
        #expect(try collector.places(ids) == ["held 1", "held 1", "held 1"])
        try collector.pass(days: 1)
        // Who comes before upkeep does takes no seat that is needed by others.
        try collector.seat(["d13"])
        #expect(try collector.place("d13") == "waiting 1")
        try collector.upkeep()
        #expect(try collector.places(ids + ["d13"]) == ["held 2", "held 2", "held 1", "waiting 1"])
        try collector.checkSeats()
    }

    @Test func whoWaitsWhileAnExcessIsMovedGoesOnWaitingAndUpkeepGoesOn() async throws {
        let collector = try TestCollector(caps: [("unit-a", 3)])
        let ids = (10..<14).map { "d\($0)" }
        try collector.seat(Array(ids.dropLast()))
        _ = try await collector.licenses.terms.add(collector.draft(seats: 3, from: 1), by: .center)
        try await collector.assign("unit-a", 2, term: 2)
        try await collector.assign("unit-a", 1, term: 1)
        try collector.seat(["d13"])
        try collector.pass(days: 1)
        try collector.upkeep()
        #expect(try collector.places(ids) == ["held 2", "held 2", "held 1", "waiting 1"])
        try collector.checkSeats()
    }

    @Test func theFirstAllocationsOfARenewalLeaveOutNoUnitThatUsesSeats() async throws {
        let collector = try TestCollector(caps: [("unit-a", 2), ("unit-b", 2)])
        try collector.seat(["a1"])
        try collector.seat(["b1"], unit: "unit-b")
        _ = try await collector.licenses.terms.add(collector.draft(seats: 9, from: 0, renews: 1), by: .center)
        let before = try collector.everything()
        let error = await refusal { _ = try await collector.imported("code;seats\nunit-a;2\n", term: 2) }
        #expect(error?.code == .failedPrecondition && error?.message.contains("unit-b") == true)
        #expect(error?.message.contains("unit-a") == false)
        let seen = await refusal {
            _ = try await collector.licenses.allocations.take(
                .init(file: Array("code;seats\nunit-a;2\n".utf8), fileName: "x", term: 2, expectedRevision: 0),
                by: .center
            )
        }
        #expect(seen?.message == error?.message)
        #expect(try collector.everything() == before)
        // Who says that a unit is to have none, means it.
        _ = try await collector.imported("code;seats\nunit-a;2\nunit-b;0\n", term: 2)
        try collector.upkeep()
        #expect(try collector.places(["a1", "b1"]) == ["held 2", "waiting 2"])
    }

    @Test func aRenewalClosesTheFindingsOfTheEnd() async throws {
        let collector = try TestCollector()
        try collector.seat(["d1"])
        collector.now = Milliseconds(Day("2024-10-20")!.start(minutesAhead: 420))
        try collector.submit("d1", nil)
        try collector.upkeep()
        #expect(try collector.openKinds("d1") == [.termExpired])
        let added = try await collector.licenses.terms.add(
            collector.draft(seats: 200, from: 0, renews: 1, copies: true),
            by: .center
        )
        #expect(added.sums?.allocated == 103 && added.state == .inForce)
        try collector.upkeep()
        #expect(try collector.place("d1") == "held 2")
        #expect(try collector.openKinds("d1") == [])
    }

    @Test func aRenewalByAnotherProductEndsTheSeatsOfTheFormerOne() async throws {
        let collector = try TestCollector(caps: [("unit-a", 1)])
        try await collector.publish(TestCatalog(version: 2).knowing("other", as: "other"))
        try collector.seat(["d1", "d2"])
        _ = try await collector.licenses.terms.add(
            collector.draft(seats: 10, from: 1, renews: 1, product: "other"),
            by: .center
        )
        try await collector.assign("unit-a", 10, term: 2)
        try collector.pass(days: 1)
        try collector.upkeep()
        #expect(try collector.places(["d1", "d2"]) == ["none", "none"])
        #expect(try collector.submit("d1", .complete(.installed("other"))).seat == .held)
        try collector.checkSeats()
    }

    @Test func freeSeatsOfATermThatBeginsGoToThoseWhoWait() async throws {
        let collector = try TestCollector(caps: [("unit-a", 1)])
        try collector.seat(["d1", "d2", "d3", "d4"])
        _ = try await collector.licenses.terms.add(collector.draft(seats: 2, from: 2), by: .center)
        try await collector.assign("unit-a", 2, term: 2)
        try collector.upkeep()
        #expect(try collector.places(["d2", "d3", "d4"]) == ["waiting 1", "waiting 1", "waiting 1"])
        try collector.pass(days: 2)
        try collector.upkeep()
        #expect(try collector.places(["d2", "d3", "d4"]) == ["held 2", "held 2", "waiting 1"])
        try collector.checkSeats()
    }

    @Test func manySeatsMoveInSmallSteps() async throws {
        let collector = try TestCollector(caps: [("unit-a", 250), ("unit-b", 30)])
        try collector.seat((0..<250).map { "a\(1000 + $0)" })
        try collector.seat((0..<30).map { "b\(1000 + $0)" }, unit: "unit-b")
        _ = try await collector.licenses.terms.add(
            collector.draft(seats: 280, from: 1, renews: 1, copies: true),
            by: .center
        )
        try collector.pass(days: 1)
        var moved: [Int] = []
        while try collector.database.writeNow({ try Upkeep.step($0, now: collector.now) }) {
            moved.append(try collector.number("SELECT count(*) FROM seat WHERE state = 1 AND term_id = 2"))
            try collector.checkSeats()
        }
        #expect(moved == [100, 200, 250, 280])
    }
}

extension SeatLedger {
    /// The ledger by the policy of the collector's day.
    static func of(_ sql: SQLTransaction, _ collector: TestCollector) throws -> SeatLedger {
        SeatLedger(sql: sql, policy: try PolicyStore(sql: sql).policy(now: collector.now), now: collector.now)
    }
}
