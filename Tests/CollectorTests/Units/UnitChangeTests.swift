import Foundation
import Shared
import Testing

@testable import Collector

@Suite struct UnitChangeTests {
    private let decision: Decision
    private let new = UnitChangeService.NewUnit(code: "unit-n", name: "Xã Mới", group: "commune")

    init() throws { decision = try .written() }

    // MARK: Add and rename

    @Test func `a new unit stands at the end of the list, without seats`() async throws {
        let collector = try TestCollector()
        let change = try await collector.unitChanges.add(new, decision: decision, by: .center)
        #expect(change.kind == .add && change.unit == "unit-n" && change.effectiveOn == Day("2023-11-15"))
        let units = try await collector.units.overview(for: .center).units
        #expect(units.map(\.code) == ["unit-a", "unit-b", "unit-n"])
        #expect(units.last?.cap == 0 && units.last?.group == "commune")
        #expect(try collector.text("SELECT action FROM audit WHERE target = 'unit:unit-n'") == ["unit-added"])
        try collector.checkSums()
    }

    @Test func `a renamed unit answers to its old name, and says so`() async throws {
        let collector = try TestCollector()
        let change = try await collector.unitChanges.rename(
            "unit-a",
            name: "Sở  Mới",
            group: "other",
            decision: decision,
            expectedRevision: 1,
            by: .center
        )
        #expect(change.formerName == "Sở unit-a")
        let details = try await collector.units.details("sở unit-A", for: .center)
        #expect(details.unit.name == "Sở Mới" && details.unit.group == "other" && details.isFormer)
        #expect(details.changes.map(\.kind) == [.rename] && details.revision == 2)
        let audit = try collector.text("SELECT detail FROM audit WHERE action = 'unit-renamed'")
        #expect(audit.first?.hasPrefix("was Sở unit-a, group was department, seats 0") == true, "\(audit)")
    }

    @Test func `a group that a unit was in before is kept, also where its name stays`() async throws {
        let collector = try TestCollector()
        for (revision, group) in [(1, "other"), (2, "commune"), (3, "")] as [(UInt64, String)] {
            let change = try await collector.unitChanges.rename(
                "unit-a",
                name: revision < 3 ? "Sở unit-a" : "Sở Mới",
                group: group,
                decision: decision,
                expectedRevision: revision,
                by: .center
            )
            #expect(change.formerName == (revision < 3 ? "" : "Sở unit-a"))
        }
        let audit = try collector.text("SELECT detail FROM audit WHERE action = 'unit-renamed' ORDER BY audit_id")
        #expect(
            audit.map { $0.prefix { $0 != "," } } == ["group was department", "group was other", "was Sở unit-a"]
        )
        #expect(audit.last?.contains("group") == false)
    }

    @Test func `who renames on an earlier look is told who was faster`() async throws {
        let collector = try TestCollector()
        func rename(_ name: String, by officer: String) async throws -> UnitChangeRecord {
            try await collector.unitChanges.rename(
                "unit-a",
                name: name,
                group: "",
                decision: decision,
                expectedRevision: 1,
                by: Caller(name: officer, role: .center, ownUnit: nil)
            )
        }
        _ = try await rename("Sở Một", by: "lan")
        let error = await expectRefusal { try await rename("Sở Hai", by: "minh") }
        #expect(error?.code == .aborted)
        #expect(error?.message.contains("by lan") == true)
        #expect(try collector.text("SELECT name FROM unit WHERE code = 'unit-a'") == ["Sở Một"])
    }

    @Test func `a name is kept composed, and answers to every spelling that looks the same`() async throws {
        let collector = try TestCollector()
        let name = "Sở Xây dựng"
        func stored() throws -> Bool {
            try collector.text("SELECT name FROM unit WHERE code = 'unit-n'").first?.utf8.elementsEqual(name.utf8)
                == true
        }
        let decomposed = name.decomposedStringWithCanonicalMapping
        _ = try await collector.unitChanges.add(
            .init(code: "unit-n", name: decomposed + "\u{200B}", group: "department"),
            decision: decision,
            by: .center
        )
        #expect(try stored())
        for spelling in [decomposed, "\u{FEFF}sở  xây\u{200B} dựng", "unit-n\u{200B}"] {
            #expect(try await collector.units.details(spelling, for: .center).unit.code == "unit-n")
        }
        // A name that was stored decomposed before can be put right.
        try collector.database.writeNow {
            try $0.script("UPDATE unit SET name = '\(decomposed)' WHERE code = 'unit-n'")
        }
        _ = try await collector.unitChanges.rename(
            "unit-n",
            name: decomposed,
            group: "",
            decision: decision,
            expectedRevision: 1,
            by: .center
        )
        #expect(try stored())
    }

    // MARK: Merge

    @Test func `what is merged away brings everything along`() async throws {
        let collector = try TestCollector(caps: [("unit-a", 3), ("unit-b", 2), ("unit-c", 1)], total: 10)
        try collector.addSeated("b", 3, unit: "unit-b")
        try collector.addSeated("a", 4, unit: "unit-a")
        try collector.submit("b0-device", TestCollector.conflictInventory)
        let opened = try collector.text(
            "SELECT opened_at_ms || kind FROM finding WHERE closed_at_ms IS NULL ORDER BY 1"
        )
        let clock = collector.now
        let tokens = TokenService(
            database: collector.database,
            clock: WallClock { clock },
            enrollmentAddress: .init(host: "h", port: 1, authorityFingerprint: "")
        )
        _ = try await tokens.create(unit: "unit-b", uses: 1, lifetimeSeconds: 600, by: .center)
        let request = try await collector.requests.create(unit: "unit-b", seats: 1, reason: "x", term: 0, by: .center)
        try collector.database.writeNow { sql in
            try sql.script(
                """
                INSERT INTO officer (name, role, unit_code, certificate_serial, created_at_ms, certificate_expires_at_ms)
                VALUES ('bich', 2, 'unit-b', '9', 0, 0), ('nam', 2, 'unit-c', '8', 0, 0);
                UPDATE unit SET contact_name = 'Bích', contact_phone = '1' WHERE code = 'unit-b';
                """
            )
        }
        let change = try #require(
            try await collector.unitChanges.merge(["unit-b"], into: "unit-a", decision: decision, by: .center).first
        )
        #expect(change.seats == 2 && change.devices == 3 && change.officers == ["bich"])
        #expect(try collector.account("unit-a") == [5, 5])
        #expect(try collector.account("unit-b") == [0, 0])
        #expect(
            try collector.text("SELECT opened_at_ms || kind FROM finding WHERE closed_at_ms IS NULL ORDER BY 1")
                == opened
        )
        #expect(try collector.text("SELECT DISTINCT unit_code FROM token") == ["unit-a"])
        #expect(try collector.text("SELECT unit_code FROM officer WHERE name = 'bich'") == ["unit-a"])
        #expect(try collector.text("SELECT contact_name FROM unit WHERE code = 'unit-a'") == ["Bích"])
        let moved = try await collector.requests.get(UInt64(request.request.id), for: .center).request
        #expect(moved.unit == "unit-a" && moved.state == .open && moved.revision == 2)
        let details = try await collector.units.details("unit-b", for: .center)
        #expect(details.unit.code == "unit-a" && details.isFormer && details.formerCodes == ["unit-b"])
        #expect(details.unit.devices == 7 && details.unit.waiting == 2)
        #expect(try await collector.units.overview(for: .center).units.map(\.code) == ["unit-a", "unit-c"])
        let closed = try await collector.units.overview(withClosed: true, for: .center).units
        #expect(closed.first { $0.code == "unit-b" }?.successor == "unit-a")
        try collector.checkSums()
    }

    @Test func `who waits in a unit that is merged takes the place of its own time`() async throws {
        let collector = try TestCollector(caps: [("unit-a", 1), ("unit-b", 1), ("unit-c", 1)])
        try collector.addSeated("a", 1, unit: "unit-a")
        try collector.addSeated("b", 2, unit: "unit-b")
        try collector.addSeated("x", 1, unit: "unit-a")
        // "b1" has waited longer than "x0": the free seat of unit-c is its.
        _ = try await collector.unitChanges.merge(["unit-b"], into: "unit-a", decision: decision, by: .center)
        #expect(try collector.seat("b1-device")?.state == .overCap)
        _ = try await collector.unitChanges.merge(["unit-c"], into: "unit-a", decision: decision, by: .center)
        #expect(try collector.seat("b1-device")?.state == .held)
        #expect(try collector.seat("x0-device")?.state == .overCap)
        #expect(try collector.account("unit-a") == [3, 3])
        try collector.checkSums()
    }

    // MARK: Split and close

    @Test func `devices that are split off keep the seats that come along`() async throws {
        let collector = try TestCollector(caps: [("unit-a", 4)], total: 4)
        try collector.addSeated("a", 6, unit: "unit-a")
        // a3 holds, a4 waits; two seats come along: a3 keeps its own, a4 gets the other.
        let change = try await collector.unitChanges.split(
            "unit-a",
            into: new,
            seats: 2,
            devices: ["a3-d", "a4-device"],
            decision: decision,
            by: .center
        )
        #expect(change.seats == 2 && change.devices == 2 && change.other == "unit-n")
        for id in ["a3-device", "a4-device"] {
            #expect(try collector.seat(id)?.state == .held)
            #expect(try collector.seat(id)?.unit == "unit-n")
        }
        #expect(try collector.account("unit-n") == [2, 2])
        // Lowering the cap of the unit evicts nobody.
        #expect(try collector.account("unit-a") == [2, 3])
        #expect(try collector.text("SELECT event FROM seat_event WHERE device_id = 'a3-device'") == ["taken", "moved"])
        try collector.checkSums()
    }

    @Test func `a seat never waits behind the queue that is split off with it`() async throws {
        let collector = try TestCollector(caps: [("unit-a", 2)], total: 2)
        try collector.addSeated("a", 4, unit: "unit-a")
        // Returning devices go first in a queue, but the seat that a1 holds is a1's.
        try collector.database.writeNow { try $0.script("UPDATE seat SET priority = 0 WHERE state = 0") }
        _ = try await collector.unitChanges.split(
            "unit-a",
            into: new,
            seats: 1,
            devices: ["a3-device", "a1-device"],
            decision: decision,
            by: .center
        )
        #expect(try collector.seat("a1-device")?.state == .held)
        #expect(try collector.seat("a3-device")?.state == .overCap)
        try collector.checkSums()
    }

    @Test func `a held seat that nothing covers waits in the new unit, and its old place goes on`() async throws {
        let collector = try TestCollector(caps: [("unit-a", 2)], total: 2)
        try collector.addSeated("a", 3, unit: "unit-a")
        let queued = try collector.seat("a0-device")?.queuedAt
        _ = try await collector.unitChanges.split(
            "unit-a",
            into: new,
            seats: 0,
            devices: ["a0-device"],
            decision: decision,
            by: .center
        )
        #expect(try collector.seat("a0-device")?.state == .overCap)
        #expect(try collector.seat("a0-device")?.queuedAt == queued)
        #expect(try collector.seat("a2-device")?.state == .held)
        #expect(try collector.openKinds("a0-device") == [.overCap])
        try collector.checkSums()
    }

    @Test func `a closed unit gives its seats back, withdraws its requests and takes no more devices`() async throws {
        let collector = try TestCollector(caps: [("unit-a", 3), ("unit-b", 2)], total: 6)
        let now = collector.now
        let tokens = TokenService(
            database: collector.database,
            clock: WallClock { now },
            enrollmentAddress: .init(host: "h", port: 1, authorityFingerprint: "")
        )
        _ = try await tokens.create(unit: "unit-b", uses: 1, lifetimeSeconds: 600, by: .center)
        let id = try await collector.requests.create(unit: "unit-b", seats: 1, reason: "x", term: 0, by: .center)
            .request.id
        let change = try await collector.unitChanges.close("unit-b", decision: decision, by: .center)
        #expect(change.seats == 2)
        #expect(try collector.number("SELECT reserve_seats FROM term") == 3)
        let request = try await collector.requests.get(UInt64(id), for: .center).request
        #expect(request.state == .withdrawn && request.answer.contains("closed") && request.decidedBy == "center")
        #expect(try collector.number("SELECT count(*) FROM token WHERE revoked_at_ms IS NULL") == 0)
        #expect(try await collector.units.details("unit-b", for: .center).unit.closedOn == "2023-11-15")
        try collector.checkSums()
    }

    @Test func `a unit with devices in service is not closed`() async throws {
        let collector = try TestCollector()
        try collector.addSeated("a", 2, unit: "unit-a")
        let before = try collector.everything()
        let error = await expectRefusal {
            try await collector.unitChanges.close("unit-a", decision: decision, by: .center)
        }
        #expect(error?.code == .failedPrecondition)
        #expect(error?.message.contains("2 devices in service") == true)
        #expect(try collector.everything() == before)
    }

    @Test func `requests, tokens and officers say themselves where they went, and that they ended`() async throws {
        let collector = try TestCollector(caps: [("unit-a", 3), ("unit-b", 2), ("unit-c", 1)])
        try collector.database.writeNow { sql in
            try sql.script(
                """
                INSERT INTO officer (name, role, unit_code, certificate_serial, created_at_ms, certificate_expires_at_ms)
                VALUES ('bich', 2, 'unit-b', '9', 0, 0);
                INSERT INTO token (token_id, secret_digest, unit_code, uses, uses_left, created_at_ms, expires_at_ms,
                    created_by)
                VALUES ('tb', x'01', 'unit-b', 1, 1, 0, 0, 'center'), ('tc', x'02', 'unit-c', 1, 1, 0, 0, 'center');
                """
            )
        }
        for unit in ["unit-b", "unit-c"] {
            _ = try await collector.requests.create(unit: unit, seats: 1, reason: "x", term: 0, by: .center)
        }
        _ = try await collector.unitChanges.merge(["unit-b"], into: "unit-a", decision: decision, by: .center)
        _ = try await collector.unitChanges.close("unit-c", decision: decision, by: .center)
        let rows = try collector.text(
            """
            SELECT action || ' ' || CASE WHEN target LIKE 'request:%' THEN 'request' ELSE target END || ' ' || detail
            FROM audit WHERE action LIKE '%-moved' OR action IN ('request-withdrawn', 'token-revoked')
            ORDER BY audit_id
            """
        )
        #expect(
            rows == [
                "officer-moved bich unit-b -> unit-a", "token-moved tb unit-b -> unit-a",
                "request-moved request unit-b -> unit-a", "request-withdrawn request unit unit-c closed",
                "token-revoked tc unit unit-c closed",
            ]
        )
    }

    @Test func `seats of several terms go along, those of the first one first`() async throws {
        let collector = try TestCollector(caps: [("unit-a", 4)])
        try collector.addSeated("a", 4, unit: "unit-a")
        _ = try await collector.licenses.terms.add(collector.draft(seats: 2, from: 0), by: .center)
        try await collector.assign("unit-a", 2, term: 2)
        _ = try await collector.unitChanges.split(
            "unit-a",
            into: new,
            seats: 5,
            devices: ["a0-device"],
            decision: decision,
            by: .center
        )
        #expect(try collector.account("unit-n", term: 1) == [4, 1])
        #expect(try collector.account("unit-n", term: 2) == [1, 0])
        // Of those that stay, one holds the seat that is left.
        #expect(try collector.account("unit-a", term: 1) == [0, 2])
        #expect(try collector.account("unit-a", term: 2) == [1, 1])
        #expect(try collector.seat("a0-device")?.state == .held)
        try collector.checkSums()
    }

    @Test func `of a split each side is told its own part`() async throws {
        let collector = try TestCollector(caps: [("unit-a", 4)])
        try collector.addSeated("a", 1, unit: "unit-a")
        _ = try await collector.unitChanges.split(
            "unit-a",
            into: new,
            seats: 2,
            devices: ["a0-device"],
            decision: decision,
            by: .center
        )
        let officer = Caller(name: "moi", role: .unit, ownUnit: "unit-n")
        let own = try await collector.units.details("unit-n", for: officer)
        #expect(own.changes.map(\.unit) == [""] && own.changes.map(\.seats) == [2])
        #expect(own.unit.lastReportAt == collector.now)
        let former = try #require(try await collector.units.details("unit-a", for: .unitA).changes.first)
        #expect(former.unit == "unit-a" && former.other == nil && former.seats == 0 && former.devices == 0)
    }

    // MARK: Refusals

    private enum Attempt: String, CaseIterable {
        case addUsedCode, addClosedCode, addBadCode, addReserve, addContract, addCenter, addEmptyName, addTakenName,
            addBadGroup, addInvisibleName, addTakenNameWithMore, renameToTakenWithMore
        case addTomorrow
        case renameToTaken, renameUnknown, renameNothing, renameClosed, renameBeforeLastChange
        case mergeNothing, mergeItself, mergeUnknown, mergeClosed, mergeTwice, mergeIntoClosed, mergeIntoUnknown
        case mergeTomorrow, mergeBeforeLastChange, splitTooMany, splitNothing, splitTooManyDevices,
            splitForeignDevice, splitAmbiguousDevice, splitUsedCode
        case closeUnknown, closeClosed
    }

    private func run(_ attempt: Attempt, _ changes: UnitChangeService) async throws {
        func unit(_ code: String, name: String = "Xã Khác", group: String = "commune") -> UnitChangeService.NewUnit {
            UnitChangeService.NewUnit(code: code, name: name, group: group)
        }
        func add(_ unit: UnitChangeService.NewUnit, on day: String = "") async throws {
            _ = try await changes.add(unit, decision: try .written(day), by: .center)
        }
        func rename(_ code: String, _ name: String, on day: String = "", revision: UInt64 = 1) async throws {
            _ = try await changes.rename(
                code,
                name: name,
                group: "",
                decision: try .written(day),
                expectedRevision: revision,
                by: .center
            )
        }
        func merge(_ codes: [String], _ target: String, on day: String = "") async throws {
            _ = try await changes.merge(codes, into: target, decision: try .written(day), by: .center)
        }
        func split(_ code: String, _ seats: UInt32, _ devices: [String]) async throws {
            _ = try await changes.split(
                "unit-a",
                into: unit(code),
                seats: seats,
                devices: devices,
                decision: try .written(),
                by: .center
            )
        }
        switch attempt {
        case .addUsedCode: try await add(unit("unit-a"))
        case .addClosedCode: try await add(unit("unit-z"))
        case .addBadCode: try await add(unit("Unit A"))
        case .addReserve: try await add(unit("reserve"))
        case .addContract: try await add(unit("contract"))
        case .addCenter: try await add(unit("center"))
        case .addEmptyName: try await add(unit("unit-x", name: " \u{00A0}"))
        case .addTakenName: try await add(unit("unit-x", name: "sở  UNIT-b"))
        case .addInvisibleName: try await add(unit("unit-x", name: "\u{200B}\u{FEFF}"))
        case .addTakenNameWithMore: try await add(unit("unit-x", name: "Sở\u{2060} unit-b\u{200B}"))
        case .renameToTakenWithMore: try await rename("unit-a", "Sở unit-b\u{200D}")
        case .addBadGroup: try await add(unit("unit-x", group: "office"))
        case .addTomorrow: try await add(unit("unit-x"), on: "2023-11-16")
        case .renameToTaken: try await rename("unit-a", "Sở unit-b")
        case .renameUnknown: try await rename("unit-x", "Sở X")
        case .renameNothing: try await rename("unit-a", "Sở unit-a")
        case .renameClosed: try await rename("unit-z", "Sở X")
        case .renameBeforeLastChange: try await rename("unit-b", "Sở X", on: "2023-11-09", revision: 2)
        case .mergeNothing: try await merge([], "unit-a")
        case .mergeItself: try await merge(["unit-b", "unit-a"], "unit-a")
        case .mergeUnknown: try await merge(["unit-b", "unit-x"], "unit-a")
        case .mergeClosed: try await merge(["unit-z"], "unit-a")
        case .mergeTwice: try await merge(["unit-b", "Sở unit-b"], "unit-a")
        case .mergeIntoClosed: try await merge(["unit-a"], "unit-z")
        case .mergeIntoUnknown: try await merge(["unit-a"], "unit-x")
        case .mergeTomorrow: try await merge(["unit-c"], "unit-a", on: "2023-11-16")
        case .mergeBeforeLastChange: try await merge(["unit-b"], "unit-a", on: "2023-11-09")
        case .splitTooMany: try await split("unit-x", 4, [])
        case .splitNothing: try await split("unit-x", 0, [])
        case .splitTooManyDevices: try await split("unit-x", 1, Array(repeating: "a0-device", count: 20_001))
        case .splitForeignDevice: try await split("unit-x", 1, ["a0-device", "b0-device"])
        case .splitAmbiguousDevice: try await split("unit-x", 1, ["twin"])
        case .splitUsedCode: try await split("unit-z", 1, [])
        case .closeUnknown: _ = try await changes.close("unit-x", decision: try .written(), by: .center)
        case .closeClosed: _ = try await changes.close("unit-z", decision: try .written(), by: .center)
        }
    }

    private static let refusals: [(Attempt, CollectorError.Code, String)] = [
        (.addUsedCode, .alreadyExists, "never used again"),
        (.addClosedCode, .alreadyExists, "never used again"),
        (.addBadCode, .invalidArgument, "is not a code"),
        (.addReserve, .invalidArgument, "none of reserve, contract and center"),
        (.addContract, .invalidArgument, "none of reserve, contract and center"),
        (.addCenter, .invalidArgument, "none of reserve, contract and center"),
        (.addEmptyName, .invalidArgument, "name of a unit"),
        (.addTakenName, .alreadyExists, "\"unit-b\" has that name"),
        (.addInvisibleName, .invalidArgument, "name of a unit"),
        (.addTakenNameWithMore, .alreadyExists, "\"unit-b\" has that name"),
        (.renameToTakenWithMore, .alreadyExists, "\"unit-b\" has that name"),
        (.addBadGroup, .invalidArgument, "department, district, commune or other"),
        (.addTomorrow, .failedPrecondition, "in the future"),
        (.renameToTaken, .alreadyExists, "\"unit-b\" has that name"),
        (.renameUnknown, .notFound, "There is no unit"),
        (.renameNothing, .failedPrecondition, "already"),
        (.renameClosed, .failedPrecondition, "went into \"unit-b\""),
        (.renameBeforeLastChange, .failedPrecondition, "before the last change of \"unit-b\", which was on 2023-11-10"),
        (.mergeNothing, .invalidArgument, "1 to 100"),
        (.mergeItself, .failedPrecondition, "into itself"),
        (.mergeUnknown, .notFound, "Was \"unit-a\""),
        (.mergeClosed, .failedPrecondition, "went into \"unit-b\" on 2023-11-10"),
        (.mergeTwice, .failedPrecondition, "named twice"),
        (.mergeIntoClosed, .failedPrecondition, "went into \"unit-b\""),
        (.mergeIntoUnknown, .notFound, "There is no unit"),
        (.mergeTomorrow, .failedPrecondition, "in the future"),
        (.mergeBeforeLastChange, .failedPrecondition, "before the last change of \"unit-b\", which was on 2023-11-10"),
        (.splitTooMany, .failedPrecondition, "holds 3 seats in term 1, and 4 of them"),
        (.splitNothing, .invalidArgument, "khien unit add"),
        (.splitTooManyDevices, .invalidArgument, "At most 20000 devices"),
        (.splitForeignDevice, .failedPrecondition, "\"b0-device\""),
        (.splitAmbiguousDevice, .failedPrecondition, "\"twin\""),
        (.splitUsedCode, .alreadyExists, "never used again"),
        (.closeUnknown, .notFound, "There is no unit"),
        (.closeClosed, .failedPrecondition, "went into \"unit-b\""),
    ]

    @Test(arguments: refusals)
    private func `a change that does not fit is refused whole`(
        attempt: Attempt,
        code: CollectorError.Code,
        text: String
    ) async throws {
        let collector = try TestCollector(caps: [("unit-a", 3), ("unit-b", 2), ("unit-c", 1), ("unit-z", 1)])
        try collector.addSeated("a", 1, unit: "unit-a")
        try collector.addSeated("b", 1, unit: "unit-b")
        for twin in ["twin1-device", "twin2-device"] { try collector.addDevice(twin, unit: "unit-a") }
        _ = try await collector.unitChanges.merge(
            ["unit-z"],
            into: "unit-b",
            decision: try .written("2023-11-10"),
            by: .center
        )
        let before = try collector.everything()
        let error = await expectRefusal { try await run(attempt, collector.unitChanges) }
        #expect(error?.code == code)
        #expect(error?.message.contains(text) == true, "\(error?.message ?? "-")")
        #expect(error?.phrase.vietnamese != error?.phrase.english)
        #expect(try collector.everything() == before)
    }

    @Test(arguments: [Caller.reader, .unitA])
    func `only the center changes units`(caller: Caller) async throws {
        let collector = try TestCollector()
        let error = await expectRefusal { try await collector.unitChanges.add(new, decision: decision, by: caller) }
        #expect(error?.code == .permissionDenied)
    }

    @Test func `every way to be refused is in the table`() {
        #expect(Set(Self.refusals.map(\.0)) == Set(Attempt.allCases))
    }
}
