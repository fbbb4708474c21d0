import Shared
import Testing

@testable import Collector

@Suite struct PolicyServiceTests {
    private let conflict = Inventory.complete(.installed(TestCollector.approved), .installed("drweb"))
    private let unapproved = Inventory.complete(.installed("drweb"))

    /// With a catalog that knows the product that is to be approved.
    private func collector(_ seats: Int = 3) throws -> TestCollector {
        try TestCollector(
            caps: [("unit-a", seats)],
            catalog: TestCatalog(version: 1).knowing("drweb", as: "drweb")
                .knowing("drweb-agent", as: "drweb-agent", role: .management)
        )
    }

    private func set(
        _ change: PolicyChange,
        _ collector: TestCollector,
        expected: UInt64? = nil,
        by caller: Caller = .center
    ) async throws -> Policy {
        let policies = collector.policies()
        let seen = try await policies.policy().revision
        return try await policies.set(change, reason: "decision 12", expected: expected ?? UInt64(seen), by: caller)
    }

    @Test func deadlinesOfOpenFindingsFollow() async throws {
        let collector = try TestCollector()
        try collector.addDevice("dev1")
        try collector.submit("dev1", conflict)
        collector.advance(days: 2)
        let policy = try await set(
            PolicyChange(kinds: [.init(kind: .multipleAntivirus, deadlineDays: 1)]),
            collector
        )
        #expect(policy.revision == 2 && policy.kind(.multipleAntivirus).deadlineDays == 1)
        let overdue = try await collector.findings.list(.init(filter: .overdue), for: .center)
        #expect(overdue.findings.rows.map(\.details.finding.kind) == [.multipleAntivirus])
        #expect(
            try collector.number(
                """
                SELECT count(*) FROM audit WHERE action = 'policy-set' AND actor = 'officer:center'
                    AND detail = 'deadline_days.multiple-antivirus: 7 -> 1; reason: decision 12'
                """
            ) == 1
        )
    }

    @Test func severityDecidesWhoIsInViolationAtOnce() async throws {
        let collector = try TestCollector()
        for id in ["dev1", "dev2", "dev3"] { try collector.addDevice(id) }
        try collector.submit("dev1", unapproved)
        try collector.submit("dev2", conflict)
        try collector.submit("dev3", unapproved)
        let waived = try collector.finding(.unapprovedAntivirus, of: "dev3")
        _ = try await collector.findings.waive(waived, until: "2023-12-31", reason: "x", by: .center)
        func violating() async throws -> [String] {
            try await collector.devices.list(unit: "", filter: .inViolation, pageSize: 0, pageToken: "", for: .center)
                .rows.map(\.device.id)
        }
        #expect(try await violating() == ["dev1", "dev2"])
        _ = try await set(
            PolicyChange(kinds: [.init(kind: .unapprovedAntivirus, severity: .notice)]),
            collector
        )
        #expect(try await violating() == ["dev2"])
        #expect(try await collector.units.overview(for: .center).units.first?.inOrder == 2)
        _ = try await set(
            PolicyChange(kinds: [.init(kind: .unapprovedAntivirus, severity: .critical)]),
            collector
        )
        #expect(try await violating() == ["dev1", "dev2"])
        #expect(try collector.number("SELECT open_violations FROM device WHERE device_id = 'dev2'") == 2)
    }

    @Test func daysOfSilenceMoveDevicesBetweenTheListsAndTheFiguresAtOnce() async throws {
        let collector = try TestCollector()
        // Each reports two days after the one before, and then nothing for one more day.
        for (index, inventory) in [conflict, .complete(.installed(TestCollector.approved)), conflict].enumerated() {
            try collector.addDevice("dev\(index)")
            try collector.submit("dev\(index)", inventory)
            collector.advance(days: index == 2 ? 1 : 2)
        }
        try collector.addDevice("never")
        func check(silent: Set<String>) async throws {
            let expected: [(DeviceFilter, Standing, Set<String>)] = [
                (.silent, .silent, silent), (.inViolation, .inViolation, Set(["dev0", "dev2"]).subtracting(silent)),
                (.inOrder, .inOrder, Set(["dev1"]).subtracting(silent)),
            ]
            for unit in ["", "unit-a"] {
                for (filter, standing, ids) in expected {
                    let page = try await collector.devices.list(
                        unit: unit,
                        filter: filter,
                        pageSize: 0,
                        pageToken: "",
                        for: .center
                    )
                    #expect(Set(page.rows.map(\.device.id)) == ids && page.total == ids.count, "\(filter)")
                    #expect(page.rows.allSatisfy { $0.standing == standing })
                }
            }
            let figures = try #require(try await collector.units.overview(for: .unitA).units.first)
            #expect([figures.silent, figures.inViolation, figures.inOrder] == expected.map(\.2.count))
        }
        try await check(silent: ["never"])
        for (days, silent) in [
            (4, Set(["never", "dev0"])), (5, ["never"]), (2, ["never", "dev0", "dev1"]),
            (1, ["never", "dev0", "dev1"]), (365, ["never"]),
        ] {
            #expect(try await set(PolicyChange(silentAfterDays: days), collector).silentAfterDays == days)
            try await check(silent: silent)
        }
        collector.advance(days: 1)
        _ = try await set(PolicyChange(silentAfterDays: 1), collector)
        try await check(silent: ["never", "dev0", "dev1", "dev2"])
    }

    @Test func anApprovedProductIsNoViolationAnyMoreOnAnyDevice() async throws {
        let collector = try collector(300)
        for index in 0..<120 {
            try collector.addDevice("dev\(index)")
            try collector.submit("dev\(index)", unapproved)
        }
        let sweep = CatalogSweep(
            database: collector.database,
            clock: collector.clock,
            shelf: collector.shelf,
            logger: TestCollector.logger
        )
        let policies = collector.policies(sweep: sweep)
        try await collector.withSweep(sweep) {
            let policy = try await policies.set(
                PolicyChange(approve: ["drweb"]),
                reason: "x",
                expected: 1,
                by: .center
            )
            #expect(policy.approvedFamilies == [TestCollector.approved, "drweb"])
            #expect(policy.besideFamilies == ["drweb"])
        }
        #expect(try collector.number("SELECT count(*) FROM finding WHERE closed_at_ms IS NULL") == 0)
        #expect(try collector.number("SELECT count(*) FROM audit WHERE actor = 'policy:2'") == 120)
        // What is approved beside the licensed products takes no seat.
        #expect(try collector.number("SELECT count(*) FROM seat") == 0)
        // Nothing is left to be judged.
        #expect(
            try collector.number(
                "SELECT count(*) FROM device WHERE approval < (SELECT value FROM setting WHERE name = 'approval')"
            )
                == 0
        )
    }

    @Test func judgingAgainGoesOnAfterARestart() async throws {
        let collector = try collector()
        for id in ["dev1", "dev2"] {
            try collector.addDevice(id)
            try collector.submit(id, unapproved)
        }
        // Nobody sweeps: the collector stops right after the decision.
        _ = try await set(PolicyChange(approve: ["drweb"]), collector)
        #expect(try collector.number("SELECT count(*) FROM finding WHERE closed_at_ms IS NULL") == 2)
        // A report meanwhile is judged by the decision.
        try collector.submit("dev1", .complete(.installed("drweb"), .installed("drweb-helper", role: .component)))
        #expect(try collector.openKinds("dev1").isEmpty)
        func sweep() async {
            await CatalogSweep(
                database: collector.database,
                clock: collector.clock,
                shelf: collector.shelf,
                logger: TestCollector.logger
            ).pass()
        }
        await sweep()
        #expect(try collector.openKinds("dev2").isEmpty)
        #expect(try collector.number("SELECT count(*) FROM audit WHERE action = 'device-judged-again'") == 1)
        // And back.
        collector.now = collector.now.adding(seconds: 1)
        _ = try await set(PolicyChange(disapprove: ["drweb"]), collector)
        await sweep()
        #expect(try collector.openKinds("dev1") == [.unapprovedAntivirus])
        #expect(try collector.openKinds("dev2") == [.unapprovedAntivirus])
        let again = try collector.finding(.unapprovedAntivirus, of: "dev2")
        #expect(
            try await collector.findings.history(again, for: .center).events.map(\.kind) == [
                .opened, .closed, .reopened,
            ]
        )
    }

    @Test func aTermThatBeginsHasDevicesJudgedAgainWithoutAnybodysDecision() async throws {
        let collector = try TestCollector()
        try collector.addDevice("dev1")
        try collector.submit("dev1", unapproved)
        try collector.database.writeNow { sql in
            let policies = PolicyStore(sql: sql)
            #expect(try !policies.noteApproved(try policies.policy(now: collector.now)))
            try SeatStore(sql: sql).addTerm(
                TermRecord(
                    id: 2,
                    productFamily: "drweb",
                    totalSeats: 5,
                    startsOn: Day("2023-12-01")!,
                    endsOn: Day("2024-11-30")!
                )
            )
        }
        collector.advance(days: 30)
        let noted = try collector.database.writeNow { sql in
            let policies = PolicyStore(sql: sql)
            return try (0..<2).map { _ in try policies.noteApproved(try policies.policy(now: collector.now)) }
        }
        #expect(noted == [true, false])
        let sweep = CatalogSweep(
            database: collector.database,
            clock: collector.clock,
            shelf: collector.shelf,
            logger: TestCollector.logger
        )
        await sweep.pass()
        #expect(try !collector.openKinds("dev1").contains(.unapprovedAntivirus))
    }

    @Test func aProductThatWasApprovedBeforeATermLicensesItGetsItsSeatsThen() async throws {
        let collector = try collector()
        _ = try await set(PolicyChange(approve: ["drweb"]), collector)
        try collector.addDevice("dev1")
        try collector.submit("dev1", unapproved)
        #expect(try collector.place("dev1") == "none")
        _ = try await collector.licenses.terms.add(
            collector.draft(seats: 5, from: 0, product: "drweb"),
            by: .center
        )
        try await collector.assign("unit-a", 5, term: 2)
        let sweep = CatalogSweep(
            database: collector.database,
            clock: collector.clock,
            shelf: collector.shelf,
            logger: TestCollector.logger
        )
        #expect(
            try collector.database.writeNow { sql in
                try PolicyStore(sql: sql).noteApproved(try PolicyStore(sql: sql).policy(now: collector.now))
            }
        )
        await sweep.pass()
        #expect(try collector.place("dev1") == "held 2")
    }

    @Test(arguments: FindingStore.redateStatements)
    func newDeadlinesAreWrittenOverAnIndex(statement: String) throws {
        let plan = try TestCollector().plan(statement)
        #expect(!plan.isEmpty && plan.allSatisfy { $0 != "SCAN finding" && !$0.hasPrefix("SCAN finding ") }, "\(plan)")
    }

    @Test func whoLookedBeforeItChangedIsToldWhoChangedIt() async throws {
        let collector = try TestCollector()
        _ = try await set(PolicyChange(silentAfterDays: 9), collector, expected: 1)
        let error = await refusal { _ = try await set(PolicyChange(silentAfterDays: 3), collector, expected: 1) }
        #expect(error?.code == .aborted && error?.message.contains("officer:center") == true)
        let blind = await refusal { _ = try await set(PolicyChange(silentAfterDays: 3), collector, expected: 0) }
        #expect(blind?.code == .aborted)
        #expect(try await collector.policies().policy().silentAfterDays == 9)
    }

    @Test(arguments: [
        (PolicyChange(), CollectorError.Code.failedPrecondition),
        (PolicyChange(silentAfterDays: 7), .failedPrecondition),
        (PolicyChange(silentAfterDays: 366), .invalidArgument),
        (PolicyChange(reportIntervalSeconds: 9), .invalidArgument),
        (PolicyChange(reportIntervalSeconds: 86401), .invalidArgument),
        (PolicyChange(kinds: [.init(kind: .overCap, deadlineDays: 3651)]), .invalidArgument),
        (PolicyChange(approve: ["no-such-thing"]), .invalidArgument),
        (PolicyChange(approve: ["drweb"], disapprove: ["drweb"]), .invalidArgument),
        (PolicyChange(disapprove: ["drweb"]), .invalidArgument),
        (PolicyChange(disapprove: [TestCollector.approved]), .failedPrecondition),
        (PolicyChange(approve: ["drweb-agent"]), .invalidArgument),
        // One wrong part refuses the whole.
        (PolicyChange(kinds: [.init(kind: .overCap, deadlineDays: 5)], silentAfterDays: 0), .invalidArgument),
    ])
    func whatCannotBeIsRefusedWhole(change: PolicyChange, code: CollectorError.Code) async throws {
        let collector = try collector()
        let before = try await collector.policies().policy()
        #expect(await refusal { _ = try await set(change, collector) }?.code == code)
        #expect(try await collector.policies().policy() == before)
        #expect(try collector.number("SELECT count(*) FROM audit WHERE action = 'policy-set'") == 0)
    }

    @Test(arguments: ["", String(repeating: "x", count: 501)])
    func whoSetsThePolicySaysWhy(reason: String) async throws {
        let policies = try TestCollector().policies()
        let refused = await refusal {
            _ = try await policies.set(PolicyChange(silentAfterDays: 9), reason: reason, expected: 1, by: .center)
        }
        #expect(refused?.code == .invalidArgument)
        #expect(try await policies.policy().revision == 1)
    }

    @Test func aNewFindingHasTheDeadlineOfThePolicy() async throws {
        let collector = try TestCollector()
        let kinds = [PolicyChange.Kind(kind: .multipleAntivirus, deadlineDays: 3)]
        _ = try await set(PolicyChange(kinds: kinds), collector)
        try collector.addDevice("dev1")
        try collector.submit("dev1", conflict)
        let finding = try collector.finding(.multipleAntivirus, of: "dev1")
        let details = try await collector.findings.history(finding, for: .center).finding.details
        #expect(details.deadline == collector.now.adding(seconds: 3 * 86400))
    }

    @Test(arguments: [Caller.unitA, .reader])
    func onlyTheCenterSetsThePolicy(caller: Caller) async throws {
        let collector = try TestCollector()
        #expect(
            await refusal { _ = try await set(PolicyChange(silentAfterDays: 9), collector, by: caller) }?.code
                == .permissionDenied
        )
    }
}
