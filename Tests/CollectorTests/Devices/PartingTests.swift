import Shared
import Testing

@testable import Collector

/// Two records that were merged and part again.
@Suite struct PartingTests {
    /// The seats of a unit's only seat holder and of those who wait, each a second after the one before.
    private func collector(_ ids: [String] = ["dev1", "dev2", "dev3"]) throws -> TestCollector {
        let collector = try TestCollector(caps: [("unit-a", 1), ("unit-b", 1)])
        try collector.seat(ids)
        return collector
    }

    @Test func theSeatThatWasHandedOverGoesBackAndEachHasItsOwnPlaceAgain() async throws {
        let collector = try collector()
        let before = try collector.text(
            "SELECT device_id || state || queued_at_ms || priority FROM seat ORDER BY device_id"
        )
        _ = try await collector.lifecycles.merge(keep: "dev3", other: "dev1", reason: "x", by: .unitA)
        #expect(try collector.places(["dev1", "dev2", "dev3"]) == ["none", "waiting 1", "held 1"])
        _ = try await collector.lifecycles.unmerge("dev1", reason: "x", by: .unitA)
        #expect(try collector.places(["dev1", "dev2", "dev3"]) == ["held 1", "waiting 1", "waiting 1"])
        #expect(
            try collector.text("SELECT device_id || state || queued_at_ms || priority FROM seat ORDER BY device_id")
                == before
        )
        #expect(try collector.number("SELECT count(*) FROM merged_seat") == 0)
        // Nobody has got ahead of anybody.
        try collector.submit("dev1", .complete())
        #expect(try collector.places(["dev2", "dev3"]) == ["held 1", "waiting 1"])
        try collector.checkSeats()
    }

    @Test func whoReturnsByItselfHasItsPlaceInTheQueueAgain() async throws {
        let collector = try collector()
        _ = try await collector.lifecycles.merge(keep: "dev1", other: "dev2", reason: "x", by: .unitA)
        try collector.pass(days: 2)
        #expect(try collector.submit("dev2", nil).seat == .overCap)
        try collector.submit("dev1", .complete())
        #expect(try collector.places(["dev2", "dev3"]) == ["held 1", "waiting 1"])
        try collector.checkSeats()
    }

    @Test func aSeatThatTheOtherHoldsNoMoreIsWaitedForInTheOldPlace() async throws {
        let collector = try collector()
        _ = try await collector.lifecycles.merge(keep: "dev3", other: "dev1", reason: "x", by: .unitA)
        _ = try await collector.lifecycles.retire("dev3", reason: "x", by: .unitA)
        #expect(try collector.place("dev2") == "held 1")
        try collector.seat(["dev4"])
        _ = try await collector.lifecycles.unmerge("dev1", reason: "x", by: .unitA)
        #expect(try collector.places(["dev1", "dev2", "dev4"]) == ["waiting 1", "held 1", "waiting 1"])
        try collector.submit("dev2", .complete())
        #expect(try collector.places(["dev1", "dev4"]) == ["held 1", "waiting 1"])
        try collector.checkSeats()
    }

    @Test func whoWasFirstByAMergerIsNotAfterwards() async throws {
        let collector = try collector(["dev1"])
        try collector.pass(days: 46)
        try collector.upkeep()
        #expect(try collector.place("dev1") == "idle 1")
        try collector.seat(["dev2", "dev3", "dev4"])
        _ = try await collector.lifecycles.merge(keep: "dev4", other: "dev1", reason: "x", by: .unitA)
        _ = try await collector.lifecycles.unmerge("dev1", reason: "x", by: .unitA)
        _ = try await collector.lifecycles.retire("dev2", reason: "x", by: .unitA)
        #expect(try collector.places(["dev1", "dev3", "dev4"]) == ["idle 1", "held 1", "waiting 1"])
        try collector.checkSeats()
    }

    @Test(arguments: [["dev1", "dev3"], ["dev3", "dev1"]], [["dev1", "dev3"], ["dev3", "dev1"]])
    func whoPartsFromSeveralKeepsNoneOfTheirPlaces(merged: [String], parted: [String]) async throws {
        let all = (0..<6).map { "dev\($0)" }
        let collector = try collector(all)
        for other in merged {
            _ = try await collector.lifecycles.merge(keep: "dev5", other: other, reason: "x", by: .unitA)
        }
        for other in parted { _ = try await collector.lifecycles.unmerge(other, reason: "x", by: .unitA) }
        // Each comes in the order in which it came.
        for (gone, next) in zip(all, all.dropFirst()) {
            _ = try await collector.lifecycles.retire(gone, reason: "x", by: .unitA)
            #expect(try collector.place(next) == "held 1")
        }
        try collector.checkSeats()
    }

    @Test func whoLostItsOwnSeatBySilenceIsFirstAlsoAfterParting() async throws {
        let collector = try collector(["dev1", "dev2"])
        _ = try await collector.lifecycles.merge(keep: "dev1", other: "dev2", reason: "x", by: .unitA)
        try collector.pass(days: 46)
        try collector.upkeep()
        #expect(try collector.place("dev1") == "idle 1")
        try collector.seat(["dev3", "dev4"])
        _ = try await collector.lifecycles.unmerge("dev2", reason: "x", by: .unitA)
        try collector.submit("dev1", nil)
        #expect(try collector.places(["dev1", "dev3", "dev4"]) == ["waiting 1", "held 1", "waiting 1"])
        _ = try await collector.lifecycles.retire("dev3", reason: "x", by: .unitA)
        #expect(try collector.places(["dev1", "dev4"]) == ["held 1", "waiting 1"])
        try collector.checkSeats()
    }

    @Test func aPlaceThatWasLostSinceTheMergerIsNotMadeOlderByParting() async throws {
        let collector = try collector(["dev0", "dev1", "dev2"])
        _ = try await collector.lifecycles.merge(keep: "dev2", other: "dev1", reason: "x", by: .unitA)
        try collector.submit("dev2", .complete())
        try collector.seat(["dev3"])
        collector.now = collector.now.adding(seconds: 1)
        try collector.submit("dev2", TestCollector.withApproved)
        _ = try await collector.lifecycles.unmerge("dev1", reason: "x", by: .unitA)
        for (gone, next) in [("dev0", "dev1"), ("dev1", "dev3")] {
            _ = try await collector.lifecycles.retire(gone, reason: "x", by: .unitA)
            #expect(try collector.place(next) == "held 1")
        }
        #expect(try collector.place("dev2") == "waiting 1")
    }

    @Test func aSeatThatTheOtherCameByItselfIsNotHandedBack() async throws {
        let collector = try collector(["dev1", "dev2"])
        _ = try await collector.lifecycles.merge(keep: "dev2", other: "dev1", reason: "x", by: .unitA)
        #expect(try collector.place("dev2") == "held 1")
        try collector.submit("dev2", .complete())
        collector.now = collector.now.adding(seconds: 1)
        try collector.submit("dev2", TestCollector.withApproved)
        _ = try await collector.lifecycles.unmerge("dev1", reason: "x", by: .unitA)
        #expect(try collector.places(["dev1", "dev2"]) == ["waiting 1", "held 1"])
        try collector.checkSeats()
    }

    @Test func aSeatThatWentToAnotherUnitStaysThere() async throws {
        let collector = try collector(["dev1", "dev2"])
        _ = try await collector.lifecycles.merge(keep: "dev2", other: "dev1", reason: "x", by: .center)
        _ = try await collector.lifecycles.move("dev2", to: "unit-b", reason: "x", expected: "unit-a", by: .center)
        _ = try await collector.lifecycles.unmerge("dev1", reason: "x", by: .center)
        #expect(try collector.places(["dev1", "dev2"]) == ["held 1", "held 1"])
        try collector.checkSeats()
    }
}
