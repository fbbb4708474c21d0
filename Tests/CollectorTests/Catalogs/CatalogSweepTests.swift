import Shared
import Testing

@testable import Collector

@Suite struct CatalogSweepTests {
    private let conflict = Inventory.complete(.approvedSeen, .seen("drweb", as: "drweb"))

    private func put(_ catalog: TestCatalog, in collector: TestCollector) throws {
        let record = CatalogRecord(
            version: catalog.version,
            text: [UInt8](catalog.text),
            digest: [],
            signed: CatalogSignature(signature: [], certificate: [], certificateExpiresAt: Milliseconds(.max)),
            publishedAt: collector.now,
            publishedBy: "center",
            formerVersion: 1
        )
        try collector.database.writeNow { try CatalogStore(sql: $0).insert(record) }
        collector.shelf.put(record, try Catalog(text: catalog.text))
    }

    private func withoutDrWeb(version: Int = 2) -> TestCatalog {
        TestCatalog(version: version).with("lookalike", "linux", "deb", "s", "drweb")
            .with("lookalike", "linux", "unit", "s", "drweb.service")
    }

    private func strange(_ collector: TestCollector) -> Product {
        let unknown = UnknownAntivirus(name: "Strange Shield", vendor: "Strange")
        return Product(
            family: unknown.key,
            name: unknown.name,
            vendor: unknown.vendor,
            facts: [
                Fact(
                    source: .securityCenter,
                    kind: .securityCenter,
                    weight: .registered,
                    role: .unknown,
                    value: "Strange Shield"
                ),
                Fact(source: .minifilter, kind: .minifilter, weight: .running, role: .unknown, value: "str.sys@325000"),
            ]
        )
    }

    @Test func aLookAlikeClosesAConflictAndTheRowsSayWhy() async throws {
        let collector = try TestCollector()
        try collector.addDevice("d1")
        try collector.submit("d1", conflict)
        #expect(try collector.openKinds("d1") == [.multipleAntivirus, .unapprovedAntivirus])

        collector.now = collector.now.adding(seconds: 60)
        let published = try await collector.publish(withoutDrWeb())
        #expect(published.tally == CatalogTally(devices: 1, findingsOpened: 0, findingsClosed: 2))
        #expect(try collector.openKinds("d1").isEmpty)
        #expect(try collector.products("d1").map(\.family) == [TestCollector.approved])
        #expect(
            try collector.number(
                """
                SELECT count(*) FROM finding
                WHERE closed_by_epoch = 1 AND closed_by_sequence = 1 AND closed_at_ms = \(collector.now.value)
                """
            ) == 2
        )
        #expect(
            try collector.number(
                "SELECT count(*) FROM audit WHERE actor = 'catalog:2' AND action = 'device-judged-again'"
            ) == 1
        )
        #expect(try collector.number("SELECT open_findings + open_violations FROM device") == 0)
        #expect(try collector.number("SELECT count(*) FROM seat WHERE state = 1") == 1)
    }

    @Test func anUnknownOneThatBecomesKnownOpensAConflict() async throws {
        let collector = try TestCollector()
        collector.platform = .windows
        for id in ["d1", "d2"] {
            try collector.addDevice(id)
            try collector.submit(id, .complete(.installed(TestCollector.approved), strange(collector)))
            #expect(try collector.openKinds(id).isEmpty)
        }
        // The facts of these sources have to be read to open anything.
        try collector.database.writeNow { sql in
            for source in [FactSource.securityCenter, .minifilter] {
                try sql.execute(
                    "INSERT INTO source_status SELECT device_id, $1, 1, '', 1 FROM device",
                    .integer(source.rawValue)
                )
            }
        }
        let known = TestCatalog(version: 2).with("family", "strange", "antivirus", "Strange", "Strange Shield")
            .with("signal", "strange", "windows", "security_center", "antivirus", "strong", "s", "Strange Shield")
        let dry = try await collector.publish(known, dryRun: true)
        #expect(try collector.openKinds("d1").isEmpty && collector.shelf.current.catalog.version == 1)
        let published = try await collector.publish(known)
        #expect(
            published.tally
                == CatalogTally(devices: 2, findingsOpened: 4, findingsClosed: 0, unknownsResolved: 1)
        )
        #expect(dry == published)
        #expect(try collector.openKinds("d2") == [.multipleAntivirus, .unapprovedAntivirus])
        #expect(try collector.products("d2").map(\.family) == [TestCollector.approved, "strange"])
    }

    @Test func whatASourceSaidThatCouldNotBeReadLastTimeOpensNothing() async throws {
        let collector = try TestCollector()
        try collector.addDevice("d1")
        var inventory = Inventory.complete(.approvedSeen, .seen("drweb", as: "drweb", role: .onDemand))
        inventory.sources[1].state = .partial
        try collector.submit("d1", inventory)
        // An antivirus from now on; half of what proves it is from a source that was read in part.
        let published = try await collector.publish(TestCatalog(version: 2).knowing("drweb", as: "drweb"))
        #expect(published.tally == CatalogTally(devices: 1))
        #expect(try collector.openKinds("d1").isEmpty)
        inventory.sources[1].state = .complete
        try collector.submit("d1", inventory)
        #expect(try collector.openKinds("d1") == [.multipleAntivirus, .unapprovedAntivirus])
    }

    @Test func aRestartInTheMiddleGoesOnWhereItEnded() async throws {
        let collector = try TestCollector(caps: [("unit-a", 1000)])
        for index in 0..<250 {
            try collector.addDevice("d\(index)")
            try collector.submit("d\(index)", conflict)
        }
        try put(withoutDrWeb(), in: collector)
        await (try collector.catalogs()).sweep.pass(atMost: 1)
        #expect(try collector.number("SELECT count(*) FROM device WHERE catalog_version = 2") == 100)

        // Another process opens the same database and has read the published catalog.
        let again = try Database(path: collector.path)
        let shelf = try CatalogShelf(builtIn: TestCatalog(version: 1).text)
        try shelf.load(from: again, logger: TestCollector.logger)
        let now = collector.now
        let sweep = CatalogSweep(
            database: again,
            clock: WallClock { now },
            shelf: shelf,
            logger: TestCollector.logger
        )
        try await collector.withSweep(sweep) { await sweep.pass(waitingAtMost: .seconds(3600)) }
        try again.close()
        #expect(try collector.number("SELECT count(*) FROM device WHERE catalog_version = 2") == 250)
        #expect(try collector.number("SELECT count(*) FROM finding WHERE closed_at_ms IS NULL") == 0)
        let tally = try collector.database.writeNow { try CatalogStore(sql: $0).tally(of: 2) }
        #expect(tally == CatalogTally(devices: 250, findingsOpened: 0, findingsClosed: 500))
    }

    @Test func judgingAgainTwiceChangesNothingMore() async throws {
        let collector = try TestCollector()
        try collector.addDevice("d1")
        try collector.submit("d1", conflict)
        let first = try await collector.publish(withoutDrWeb())
        let second = try await collector.publish(withoutDrWeb())
        #expect(first == second)
        #expect(try collector.number("SELECT count(*) FROM audit WHERE action = 'device-judged-again'") == 1)
    }

    @Test func aDeviceThatTheDatabaseRefusesDoesNotKeepTheOthersBack() async throws {
        let collector = try TestCollector(caps: [("unit-a", 100)])
        for index in 0..<20 {
            try collector.addDevice("d\(index)")
            try collector.submit("d\(index)", conflict)
        }
        try collector.database.writeNow { sql in
            try sql.script(
                "CREATE TRIGGER poison BEFORE UPDATE OF catalog_version ON device WHEN new.device_id = 'd7' "
                    + "BEGIN SELECT raise(ABORT, 'no'); END"
            )
        }
        let published = try await collector.publish(withoutDrWeb())
        #expect(published.tally.devices == 19)
        #expect(try collector.openKinds("d7").count == 2 && collector.openKinds("d8").isEmpty)
    }

    @Test func aRevokedDeviceGetsNoSeatByIt() async throws {
        let collector = try TestCollector()
        try collector.addDevice("d1-revoked")
        try collector.submit("d1-revoked", .complete(.seen("other", as: "other")))
        let now = collector.now
        try await DeviceService(database: collector.database, clock: WallClock { now })
            .revoke("d1-revoked", reason: "lost", by: .center)
        let mine = TestCatalog(version: 2)
            .with("signal", TestCollector.approved, "linux", "deb", "antivirus", "strong", "s", "other")
            .with("signal", TestCollector.approved, "linux", "unit", "antivirus", "strong", "s", "other.service")
        #expect(try await collector.publish(mine).tally == CatalogTally())
        #expect(try collector.number("SELECT count(*) FROM seat") == 0)
    }

    @Test func theApprovedProductThatTheCatalogLearnsTakesASeatAndGivesItUpAgain() async throws {
        let collector = try TestCollector()
        try collector.addDevice("d1")
        try collector.submit("d1", .complete(.seen("other", as: "other")))
        #expect(try collector.number("SELECT count(*) FROM seat") == 0)
        let mine = TestCatalog(version: 2)
            .with("signal", TestCollector.approved, "linux", "deb", "antivirus", "strong", "s", "other")
            .with("signal", TestCollector.approved, "linux", "unit", "antivirus", "strong", "s", "other.service")
        try await collector.publish(mine)
        #expect(try collector.number("SELECT used FROM seat_account WHERE unit_code = 'unit-a'") == 1)
        #expect(try collector.openKinds("d1").isEmpty)
        try await collector.publish(TestCatalog(version: 3).knowing("other", as: "other"))
        #expect(try collector.number("SELECT used FROM seat_account WHERE unit_code = 'unit-a'") == 0)
        #expect(try collector.openKinds("d1") == [.unapprovedAntivirus])
    }

    @Test func aPassThatNobodyRunsEndsForWhoWaits() async throws {
        let collector = try TestCollector()
        let sweep = try collector.catalogs().sweep
        await sweep.pass(waitingAtMost: .zero)
        try await collector.withSweep(sweep) {}
        // Stopped: nobody waits for what will not come.
        await sweep.pass(waitingAtMost: .seconds(3600))
    }
}
