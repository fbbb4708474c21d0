import Shared
import Testing

@testable import Collector

@Suite struct DeviceLifecycleTests {
    private let approved = Inventory.complete(.installed(TestCollector.approved))
    private let conflict = Inventory.complete(.installed(TestCollector.approved), .installed("drweb"))

    /// Devices `dev1`, `dev2`, … of unit-a, whose cap is 3, each a second later than the one before.
    private func reporting(_ count: Int) throws -> TestCollector {
        let collector = try TestCollector(caps: [("unit-a", 3), ("unit-b", 1)])
        for index in 1...count {
            try collector.addDevice("dev\(index)")
            collector.now = collector.now.adding(seconds: 1)
            try collector.submit("dev\(index)", approved)
        }
        return collector
    }

    /// What has to hold whatever happens.
    private func check(_ collector: TestCollector) throws {
        for unit in ["unit-a", "unit-b"] {
            let held = try collector.number("SELECT count(*) FROM seat WHERE unit_code = '\(unit)' AND state = 1")
            #expect(held == (try collector.number("SELECT used FROM seat_account WHERE unit_code = '\(unit)'")))
        }
        #expect(
            try collector.number(
                """
                SELECT count(*) FROM seat JOIN device USING (device_id)
                WHERE device.life <> 0 OR device.unit_code <> seat.unit_code
                """
            ) == 0
        )
        #expect(
            try collector.number(
                """
                SELECT count(*) FROM device LEFT JOIN seat USING (device_id)
                WHERE device.seat_state <> CASE seat.state WHEN 1 THEN 1 WHEN 0 THEN 2 WHEN 2 THEN 3 ELSE 0 END
                """
            ) == 0
        )
    }

    private func seat(_ collector: TestCollector, _ id: String) throws -> SeatState {
        try #require(try collector.database.writeNow { try DeviceStore(sql: $0).state(id) }).seat
    }

    // MARK: Retire and restore

    @Test func aRetiredDevicesSeatGoesToWhoWaitsInTheSameTransaction() async throws {
        let collector = try reporting(5)
        let answer = try await collector.lifecycles.retire("dev2", reason: "scrapped", by: .unitA)
        #expect(answer.seated == ["dev4"] && answer.summary.standing == .retired)
        #expect(try seat(collector, "dev2") == .none)
        #expect(try collector.number("SELECT devices FROM unit_figure WHERE unit_code = 'unit-a'") == 4)
        try check(collector)
    }

    @Test func aRestoredDeviceIsJudgedFromWhatItReportedLastAndQueuesAnew() async throws {
        let collector = try reporting(4)
        try collector.submit("dev1", conflict)
        _ = try await collector.lifecycles.retire("dev1", reason: "sold", by: .unitA)
        #expect(try await collector.findings.list(.init(), for: .center).findings.total == 0)
        #expect(try await collector.units.overview(for: .center).units.first?.conflicts == 0)
        let answer = try await collector.lifecycles.restore("dev1", reason: "not sold", by: .unitA)
        // dev4 has its seat now.
        #expect(answer.summary.device.seat == .overCap && answer.summary.standing == .inViolation)
        #expect(answer.summary.findings.contains(.overCap))
        #expect(try await collector.units.overview(for: .center).units.first?.conflicts == 1)
        try check(collector)
    }

    @Test func aReportWithinADayChangesNoSeatAndALaterOneBringsTheDeviceBack() async throws {
        let collector = try reporting(1)
        _ = try await collector.lifecycles.retire("dev1", reason: "scrapped", by: .unitA)
        let retiredAt = collector.now
        collector.now = retiredAt.adding(seconds: DeviceReturn.graceSeconds)
        #expect(try collector.submit("dev1", conflict).seat == .none)
        #expect(try collector.number("SELECT life FROM device") == 1)
        #expect(try collector.number("SELECT count(*) FROM report") == 2)
        #expect(try collector.number("SELECT count(*) FROM seat") == 0)
        collector.now = Milliseconds(collector.now.value + 1)
        // It says nothing new, and is there all the same.
        let outcome = try collector.submit("dev1", conflict)
        #expect(outcome.seat == .held && outcome.findings.contains { $0.kind == .multipleAntivirus })
        #expect(try collector.number("SELECT life FROM device") == 0)
        #expect(try collector.number("SELECT count(*) FROM audit WHERE action = 'device-returned'") == 1)
        try check(collector)
    }

    @Test func whoRetiresADeviceEveryDayHidesItOnce() async throws {
        let collector = try reporting(1)
        func retireAndReport(after seconds: Int64) async throws -> Bool {
            _ = try await collector.lifecycles.retire("dev1", reason: "scrapped", by: .unitA)
            collector.now = collector.now.adding(seconds: seconds)
            try collector.submit("dev1", conflict)
            return try collector.number("SELECT life FROM device") == 0
        }
        #expect(try await retireAndReport(after: DeviceReturn.graceSeconds + 1))
        for _ in 0..<3 {
            collector.advance(days: 9)
            #expect(try await retireAndReport(after: 1))
        }
        #expect(try await collector.findings.list(.init(kinds: [.multipleAntivirus]), for: .center).findings.total == 1)
        #expect(try collector.number("SELECT count(*) FROM audit WHERE action = 'device-returned'") == 4)
        // A month later it is being switched off like any other.
        collector.advance(days: 30)
        #expect(try await !retireAndReport(after: 1))
        try check(collector)
    }

    @Test func aRestoredDeviceDidNotComeBackByItself() async throws {
        let collector = try reporting(1)
        _ = try await collector.lifecycles.retire("dev1", reason: "scrapped", by: .unitA)
        _ = try await collector.lifecycles.restore("dev1", reason: "not yet", by: .unitA)
        _ = try await collector.lifecycles.retire("dev1", reason: "scrapped", by: .unitA)
        try collector.submit("dev1", conflict)
        #expect(try collector.number("SELECT life FROM device") == 1)
    }

    @Test func aMergedRecordThatGoesOnReportingIsADeviceOfItsOwnAgain() async throws {
        let collector = try reporting(2)
        _ = try await collector.lifecycles.merge(keep: "dev1", other: "dev2", reason: "x", by: .unitA)
        collector.now = collector.now.adding(seconds: DeviceReturn.graceSeconds)
        #expect(try collector.submit("dev2", nil).seat == .none)
        collector.now = Milliseconds(collector.now.value + 1)
        #expect(try collector.submit("dev2", nil).seat == .held)
        let keeper = try await collector.devices.details("dev1", for: .unitA)
        #expect(keeper.mergedIDs.isEmpty)
        #expect(keeper.events.contains { $0.action == "device-unmerge-kept" })
        try check(collector)
    }

    @Test func theRecordThatWasKeptInAnotherUnitIsNotNamed() async throws {
        let collector = try reporting(2)
        try collector.addDevice("other", unit: "unit-b")
        try collector.submit("other", approved)
        _ = try await collector.lifecycles.merge(keep: "other", other: "dev2", reason: "x", by: .center)
        let seen = try await collector.devices.details("dev2", for: .unitA)
        #expect(seen.summary.device.mergedInto == nil)
        #expect(seen.events.allSatisfy { !$0.detail.contains("other") })
        #expect(try await collector.devices.details("dev2", for: .center).summary.device.mergedInto == "other")
        _ = try await collector.lifecycles.unmerge("dev2", reason: "x", by: .center)
        let unmerged = try await collector.devices.details("dev2", for: .unitA)
        #expect(unmerged.events.allSatisfy { !$0.detail.contains("other") })
        let unitB = Caller(name: "b", role: .unit, ownUnit: "unit-b")
        let kept = try await collector.devices.details("other", for: unitB)
        #expect(kept.events.count >= 2 && kept.events.allSatisfy { !$0.detail.contains("dev2") })
    }

    @Test func aMergeIsRefusedWithoutAWordAboutRecordsOfOtherUnits() async throws {
        let collector = try reporting(3)
        try collector.addDevice("other", unit: "unit-b")
        _ = try await collector.lifecycles.merge(keep: "dev1", other: "other", reason: "x", by: .center)
        func refused(_ caller: Caller) async -> Phrase? {
            await refusal {
                _ = try await collector.lifecycles.merge(keep: "dev2", other: "dev1", reason: "x", by: caller)
            }?.phrase
        }
        let told = await refused(.unitA)
        #expect(told?.english.hasPrefix("The record dev1 has to be the one that is kept.") == true)
        #expect(await refused(.center)?.english.hasPrefix("Other records were merged into dev1.") == true)
        // Of the own ones the unit's officer hears.
        _ = try await collector.lifecycles.merge(keep: "dev1", other: "dev3", reason: "x", by: .unitA)
        #expect(await refused(.unitA) == refused(.center))
        try check(collector)
    }

    @Test(arguments: [(Caller.unitA, "unit-b"), (.unitA, "unit-a"), (.center, "unit-b")])
    func aUnitsOfficerIsToldOfNoOtherDeviceOrToken(caller: Caller, place: String) async throws {
        let collector = try reporting(1)
        try collector.addDevice("other", unit: place)
        try collector.submit("other", approved)
        try collector.database.writeNow { sql in
            for (id, unit) in [("of-a", "unit-a"), ("of-b", "unit-b")] {
                let token = TokenRecord(
                    id: id,
                    unitCode: unit,
                    uses: 1,
                    usesLeft: 1,
                    createdAt: collector.now,
                    expiresAt: collector.now,
                    createdBy: "center"
                )
                try TokenStore(sql: sql).insert(token, secretDigest: Array(id.utf8))
                try AuditStore(sql: sql).add(
                    actor: "token:\(id)",
                    action: "device-enrolled-again",
                    target: "dev1",
                    now: collector.now
                )
            }
        }
        _ = try await collector.lifecycles.merge(keep: "dev1", other: "other", reason: "x", by: .center)
        collector.advance(days: 2)
        // Both go on reporting: the other record is a device of its own again.
        try collector.submit("other", approved)
        let events = try await collector.devices.details("dev1", for: caller).events
        let actors = Set(events.map(\.actor).filter { !$0.hasPrefix("officer") })
        #expect(
            actors
                == (caller == .center
                    ? ["device:other", "token:of-a", "token:of-b"] : ["device", "token:of-a", "token"])
        )
        let kept = events.first { $0.action == "device-unmerge-kept" }
        #expect(kept?.detail == (caller == .center ? "other: reported again" : "reported again"))
        let own = try await collector.devices.details("other", for: .center).events
        #expect(own.contains { $0.actor == "device:other" && $0.action == "device-returned" })
    }

    @Test(arguments: ["", String(repeating: "x", count: 501)])
    func whoChangesADeviceSaysWhy(reason: String) async throws {
        let collector = try reporting(3)
        let lifecycles = collector.lifecycles
        _ = try await lifecycles.merge(keep: "dev1", other: "dev3", reason: "x", by: .unitA)
        let before = try collector.everything()
        let attempts: [() async throws -> Void] = [
            { _ = try await lifecycles.retire("dev1", reason: reason, by: .center) },
            { _ = try await lifecycles.restore("dev2", reason: reason, by: .center) },
            { _ = try await lifecycles.move("dev1", to: "unit-b", reason: reason, expected: "", by: .center) },
            { _ = try await lifecycles.merge(keep: "dev1", other: "dev2", reason: reason, by: .center) },
            { _ = try await lifecycles.unmerge("dev3", reason: reason, by: .center) },
        ]
        for attempt in attempts { #expect(await refusal(attempt)?.code == .invalidArgument) }
        #expect(try collector.everything() == before)
    }

    /// `dev1` of unit-a was retired, unit-a closed, and days later `dev1` reports several products.
    private func reportingFromAClosedUnit() async throws -> TestCollector {
        let collector = try reporting(1)
        _ = try await collector.lifecycles.retire("dev1", reason: "scrapped", by: .unitA)
        let decision = try Decision(document: "16/NQ", reason: "reform", effectiveOn: "")
        _ = try await collector.unitChanges.close("unit-a", decision: decision, by: .center)
        collector.advance(days: 3)
        #expect(try collector.submit("dev1", conflict).seat == .none)
        return collector
    }

    @Test func aDeviceOfAClosedUnitThatGoesOnReportingStandsInEveryListWithoutASeat() async throws {
        let collector = try await reportingFromAClosedUnit()
        func check() async throws {
            let found = try await collector.findings.list(.init(), for: .center).findings.rows
            #expect(found.map(\.details.finding.kind).sorted() == [.multipleAntivirus, .unapprovedAntivirus])
            let listed = try await collector.devices.list(unit: "", pageSize: 0, pageToken: "", for: .center).rows
            #expect(listed.map(\.standing) == [.inViolation] && listed.first?.device.seat == SeatState.none)
            let unit = try #require(try await collector.units.overview(for: .center).units.first)
            #expect(unit.code == "unit-a" && unit.closedOn != nil)
            #expect([unit.devices, unit.conflicts, unit.inViolation, unit.waiting, unit.used] == [1, 1, 1, 0, 0])
            #expect(try collector.number("SELECT count(*) FROM seat") == 0)
            try self.check(collector)
        }
        try await check()
        for action in ["device-returned", "device-of-a-closed-unit-reports"] {
            #expect(try collector.number("SELECT count(*) FROM audit WHERE action = '\(action)'") == 1)
        }
        // Nor does it wait when it reports again, or when everything is judged again.
        collector.advance(days: 1)
        #expect(
            try collector.submit(
                "dev1",
                .complete(.installed(TestCollector.approved), .installed("drweb"), .installed("x", role: .management))
            ).seat == .none
        )
        try await check()
        try await collector.publish(TestCatalog(version: 2).knowing("drweb", as: "drweb"))
        try await check()
    }

    @Test(arguments: [true, false])
    func aDeviceIsMovedOutOfAClosedUnitAndHasItsSeatThere(isFree: Bool) async throws {
        let collector = try await reportingFromAClosedUnit()
        if !isFree {
            try collector.addDevice("other", unit: "unit-b")
            try collector.submit("other", approved)
        }
        let refused = await refusal { _ = try await collector.lifecycles.restore("dev1", reason: "x", by: .center) }
        #expect(refused?.code == .failedPrecondition)
        let answer = try await collector.lifecycles.move("dev1", to: "unit-b", reason: "x", expected: "", by: .center)
        #expect(answer.summary.device.seat == (isFree ? .held : .overCap))
        #expect(try await collector.units.overview(for: .center).units.map(\.code) == ["unit-b"])
        #expect(try await collector.findings.list(.init(kinds: [.multipleAntivirus]), for: .center).findings.total == 1)
        try check(collector)
    }

    @Test func aRetiredDeviceOfAClosedUnitIsRestoredAfterItWasMoved() async throws {
        let collector = try reporting(1)
        _ = try await collector.lifecycles.retire("dev1", reason: "scrapped", by: .unitA)
        let decision = try Decision(document: "16/NQ", reason: "reform", effectiveOn: "2023-11-15")
        _ = try await collector.unitChanges.close("unit-a", decision: decision, by: .center)
        let error = await refusal { _ = try await collector.lifecycles.restore("dev1", reason: "x", by: .center) }
        #expect(error?.code == .failedPrecondition && error?.message.contains("2023-11-15") == true)
        let moved = try await collector.lifecycles.move("dev1", to: "unit-b", reason: "x", expected: "", by: .center)
        #expect(moved.summary.standing == .retired && moved.summary.device.seat == SeatState.none)
        #expect(try await collector.lifecycles.restore("dev1", reason: "x", by: .center).summary.device.seat == .held)
        try check(collector)
    }

    @Test func aDeviceIsRevokedByItsWholeIDOnlyAndTheBeginningOfOneSaysSo() async throws {
        let collector = try TestCollector(caps: [("unit-a", 3), ("unit-b", 1)])
        try collector.addDevice("device-1")
        for (id, words) in [
            ("devi", "whole id"), ("dev", "first 4 characters"), ("other", "no device"), ("", "first 4 characters"),
        ] {
            let error = await refusal { try await collector.devices.revoke(id, reason: "lost", by: .center) }
            #expect(error?.message.contains(words) == true, "\(error?.message ?? "revoked")")
        }
        let other = Caller(name: "b", role: .unit, ownUnit: "unit-b")
        // A device of another unit is not there for a unit's officer, however it is named.
        let unseen = await refusal { try await collector.devices.revoke("devi", reason: "lost", by: other) }
        #expect(unseen?.message.contains("no device") == true)
        try await collector.devices.revoke("device-1", reason: "lost", by: .center)
    }

    @Test func nothingIsDoneTwiceAndNothingComesBackTheWrongWay() async throws {
        let collector = try reporting(3)
        let lifecycles = collector.lifecycles
        try await collector.devices.revoke("dev3", reason: "stolen", by: .center)
        _ = try await lifecycles.retire("dev2", reason: "x", by: .center)
        for (name, body) in [
            ("retire retired", { _ = try await lifecycles.retire("dev2", reason: "x", by: .center) }),
            ("retire revoked", { _ = try await lifecycles.retire("dev3", reason: "x", by: .center) }),
            ("restore in service", { _ = try await lifecycles.restore("dev1", reason: "x", by: .center) }),
            ("restore revoked", { _ = try await lifecycles.restore("dev3", reason: "x", by: .center) }),
            (
                "move revoked",
                { _ = try await lifecycles.move("dev3", to: "unit-b", reason: "x", expected: "", by: .center) }
            ),
            (
                "move nowhere",
                { _ = try await lifecycles.move("dev1", to: "unit-a", reason: "x", expected: "", by: .center) }
            ),
            ("unmerge", { _ = try await lifecycles.unmerge("dev1", reason: "x", by: .center) }),
            ("keep retired", { _ = try await lifecycles.merge(keep: "dev2", other: "dev1", reason: "x", by: .center) }),
            (
                "merge revoked",
                { _ = try await lifecycles.merge(keep: "dev1", other: "dev3", reason: "x", by: .center) }
            ),
        ] as [(String, () async throws -> Void)] {
            #expect(await refusal(body)?.code == .failedPrecondition, "\(name)")
        }
        #expect(
            await refusal { _ = try await lifecycles.retire("dev1", reason: "", by: .center) }?.code == .invalidArgument
        )
        #expect(
            await refusal { _ = try await lifecycles.merge(keep: "dev1", other: "dev1", reason: "x", by: .center) }?
                .code
                == .invalidArgument
        )
        try check(collector)
    }

    // MARK: Move

    @Test func aMovedDeviceTakesAFreeSeatAlongWithItsFindings() async throws {
        let collector = try reporting(5)
        try collector.submit("dev1", conflict)
        let answer = try await collector.lifecycles.move(
            "dev1",
            to: "unit-b",
            reason: "reorganized",
            expected: "unit-a",
            by: .center
        )
        #expect(answer.summary.device.unitCode == "unit-b" && answer.summary.device.seat == .held)
        #expect(answer.seated == ["dev4"])
        #expect(try await collector.findings.list(.init(unit: "unit-b"), for: .center).findings.total == 2)
        #expect(try collector.number("SELECT conflicts FROM unit_figure WHERE unit_code = 'unit-b'") == 1)
        // The other unit is full now.
        let next = try await collector.lifecycles.move("dev2", to: "unit-b", reason: "x", expected: "", by: .center)
        #expect(next.summary.device.seat == .overCap && next.seated == ["dev5"])
        try check(collector)
    }

    @Test func whoDecidedOnAnOldPlaceIsToldWhoMovedTheDevice() async throws {
        let collector = try reporting(1)
        _ = try await collector.lifecycles.move("dev1", to: "unit-b", reason: "x", expected: "unit-a", by: .center)
        let error = await refusal {
            _ = try await collector.lifecycles.move("dev1", to: "unit-a", reason: "x", expected: "unit-a", by: .center)
        }
        #expect(error?.code == .aborted && error?.message.contains("officer:center") == true)
        #expect(error?.message.hasSuffix("khien device show dev1.") == true)
        #expect(try collector.number("SELECT count(*) FROM audit WHERE action = 'device-moved'") == 1)
    }

    @Test func whoGotASeatIsReadFromTheEventsAndNotFromAllSeats() throws {
        let plan = try TestCollector().plan(SeatEventStore.seatedStatement)
        #expect(plan.first?.hasPrefix("SEARCH seat_event USING INTEGER PRIMARY KEY") == true, "\(plan)")
        #expect(!plan.contains { $0.hasPrefix("SCAN seat") }, "\(plan)")
    }

    // MARK: Merge

    @Test func theVerySeatGoesToTheRecordThatIsKeptAndNobodyInBetween() async throws {
        // dev4 waits longest, dev5 is the record that is kept.
        let collector = try reporting(5)
        let answer = try await collector.lifecycles.merge(
            keep: "dev5",
            other: "dev1",
            reason: "reinstalled",
            by: .unitA
        )
        #expect(answer.summary.device.seat == .held)
        #expect(try seat(collector, "dev4") == .overCap)
        #expect(try seat(collector, "dev1") == .none)
        #expect(!answer.summary.findings.contains(.overCap))
        let details = try await collector.devices.details("dev5", for: .unitA)
        #expect(details.mergedIDs == ["dev1"])
        #expect(try await collector.devices.details("dev1", for: .unitA).summary.device.mergedInto == "dev5")
        try check(collector)
    }

    @Test func aSeatBeyondALoweredCapStaysWithTheMachine() async throws {
        let collector = try reporting(4)
        try collector.database.writeNow { sql in
            try SeatStore(sql: sql).post(
                LedgerPosting(
                    term: 1,
                    from: .unit("unit-a"),
                    to: .reserve,
                    seats: 2,
                    document: "1",
                    officer: "center",
                    effectiveOn: Day("2023-10-14")!
                ),
                now: collector.now
            )
        }
        let answer = try await collector.lifecycles.merge(keep: "dev4", other: "dev1", reason: "x", by: .unitA)
        #expect(answer.summary.device.seat == .held)
        #expect(try collector.number("SELECT used FROM seat_account WHERE unit_code = 'unit-a'") == 3)
        try check(collector)
    }

    @Test func twoHeldSeatsBecomeOneAndTheOtherGoesToWhoWaits() async throws {
        let collector = try reporting(4)
        let answer = try await collector.lifecycles.merge(keep: "dev2", other: "dev1", reason: "x", by: .unitA)
        #expect(answer.seated == ["dev4"])
        try check(collector)
    }

    @Test func theEarlierPlaceInTheQueueIsKept() async throws {
        let collector = try reporting(6)
        // dev6 takes the place of dev4, before dev5.
        _ = try await collector.lifecycles.merge(keep: "dev6", other: "dev4", reason: "x", by: .unitA)
        let answer = try await collector.lifecycles.retire("dev1", reason: "x", by: .unitA)
        #expect(answer.seated == ["dev6"])
        try check(collector)
    }

    @Test func aRecordWithoutTheProductKeepsNoSeat() async throws {
        let collector = try reporting(4)
        try collector.submit("dev3", .complete(.installed("drweb")))
        #expect(try seat(collector, "dev4") == .held)
        _ = try await collector.lifecycles.merge(keep: "dev3", other: "dev1", reason: "x", by: .unitA)
        #expect(try seat(collector, "dev3") == .none)
        #expect(try collector.number("SELECT used FROM seat_account WHERE unit_code = 'unit-a'") == 2)
        try check(collector)
    }

    @Test func recordsOfTwoUnitsAreMergedByTheCenterOnly() async throws {
        let collector = try reporting(4)
        try collector.addDevice("other", unit: "unit-b")
        try collector.submit("other", approved)
        let unknown = await refusal {
            _ = try await collector.lifecycles.merge(keep: "dev4", other: "other", reason: "x", by: .unitA)
        }
        #expect(unknown?.code == .notFound)
        let answer = try await collector.lifecycles.merge(keep: "dev4", other: "other", reason: "x", by: .center)
        // The seat is the other unit's: it stays there.
        #expect(answer.summary.device.seat == .overCap)
        #expect(try collector.number("SELECT used FROM seat_account WHERE unit_code = 'unit-b'") == 0)
        let seen = try await collector.devices.details("dev4", for: .unitA)
        #expect(seen.mergedIDs.isEmpty && seen.events.first?.detail == "x")
        try check(collector)
    }

    @Test func mergesMakeNoChains() async throws {
        let collector = try reporting(4)
        _ = try await collector.lifecycles.merge(keep: "dev1", other: "dev2", reason: "x", by: .unitA)
        for (keep, other) in [("dev2", "dev3"), ("dev3", "dev2"), ("dev3", "dev1")] {
            #expect(
                await refusal {
                    _ = try await collector.lifecycles.merge(keep: keep, other: other, reason: "x", by: .unitA)
                }?
                .code == .failedPrecondition
            )
        }
        _ = try await collector.lifecycles.merge(keep: "dev1", other: "dev3", reason: "x", by: .unitA)
        #expect(try await collector.devices.details("dev1", for: .unitA).mergedIDs == ["dev2", "dev3"])
        try check(collector)
    }

    @Test func anUnmergedRecordIsADeviceOfItsOwnAgain() async throws {
        let collector = try reporting(3)
        _ = try await collector.lifecycles.merge(keep: "dev1", other: "dev2", reason: "x", by: .unitA)
        #expect(try collector.number("SELECT devices FROM unit_figure WHERE unit_code = 'unit-a'") == 2)
        let answer = try await collector.lifecycles.unmerge("dev2", reason: "two machines", by: .unitA)
        #expect(answer.summary.device.seat == .held && answer.summary.device.mergedInto == nil)
        #expect(answer.summary.standing == .inOrder)
        #expect(try collector.number("SELECT devices FROM unit_figure WHERE unit_code = 'unit-a'") == 3)
        try check(collector)
    }

    @Test func aRevokedRecordIsNoReasonAgainstMergingTheOneThatWasKept() async throws {
        let collector = try reporting(3)
        _ = try await collector.lifecycles.merge(keep: "dev1", other: "dev2", reason: "x", by: .unitA)
        _ = try collector.database.writeNow { try DeviceStore(sql: $0).revoke("dev2", now: collector.now) }
        _ = try await collector.lifecycles.merge(keep: "dev3", other: "dev1", reason: "x", by: .unitA)
        #expect(try await collector.devices.details("dev3", for: .unitA).mergedIDs == ["dev1"])
    }

    @Test func aChangeThatFailsHalfWayChangesNothing() async throws {
        let collector = try reporting(4)
        try collector.database.writeNow {
            try $0.script("CREATE TRIGGER broken BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no'); END")
        }
        #expect(
            await refusal { _ = try await collector.lifecycles.retire("dev1", reason: "x", by: .center) }?.code
                == .unavailable
        )
        #expect(try seat(collector, "dev1") == .held && seat(collector, "dev4") == .overCap)
        #expect(try collector.number("SELECT sum(life) FROM device") == 0)
        try check(collector)
    }

    @Test(arguments: [UInt64(1), 2, 3])
    func seatsAddUpWhateverOfficersAndDevicesDo(seed: UInt64) async throws {
        print("seed \(seed)")
        var random = SplitMix64(state: seed)
        let collector = try reporting(6)
        let ids = (1...6).map { "dev\($0)" }
        for step in 0..<250 {
            collector.now = collector.now.adding(seconds: Int64.random(in: 1...50_000, using: &random))
            let (one, other) = (ids.randomElement(using: &random)!, ids.randomElement(using: &random)!)
            let lifecycles = collector.lifecycles
            let unit = Bool.random(using: &random) ? "unit-a" : "unit-b"
            // Most of it is refused in most states; that must change nothing either.
            let error =
                switch Int.random(in: 0..<7, using: &random) {
                case 0: await refusal { _ = try await lifecycles.retire(one, reason: "x", by: .center) }
                case 1: await refusal { _ = try await lifecycles.restore(one, reason: "x", by: .center) }
                case 2:
                    await refusal {
                        _ = try await lifecycles.move(one, to: unit, reason: "x", expected: "", by: .center)
                    }
                case 3:
                    await refusal { _ = try await lifecycles.merge(keep: one, other: other, reason: "x", by: .center) }
                case 4: await refusal { _ = try await lifecycles.unmerge(one, reason: "x", by: .center) }
                case 5: await refusal { try collector.submit(one, approved) }
                default: await refusal { try collector.submit(one, unit == "unit-a" ? conflict : .complete()) }
                }
            #expect(
                error == nil || [.failedPrecondition, .invalidArgument].contains(error?.code),
                "step \(step): \(error!)"
            )
            try check(collector)
        }
    }
}
