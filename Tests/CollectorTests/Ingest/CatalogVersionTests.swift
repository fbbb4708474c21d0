import Shared
import Testing

@testable import Collector

/// Which catalog a report is judged by.
@Suite struct CatalogVersionTests {
    private let conflict = Inventory.complete(.approvedSeen, .seen("drweb", as: "drweb"))
    private let withoutDrWeb = TestCatalog(version: 3).with("lookalike", "linux", "deb", "s", "drweb")
        .with("lookalike", "linux", "unit", "s", "drweb.service")

    @Test(arguments: [(1, 0), (2, 0), (3, 2), (4, 2)])
    func aReportByAnOlderCatalogIsJudgedByTheCollectorsOwn(version: Int, findings: Int) async throws {
        let collector = try TestCollector()
        try await collector.publish(withoutDrWeb)
        try collector.addDevice("d1")
        let outcome = try collector.submit("d1", conflict, catalog: version)
        #expect(outcome.findings.count == findings && outcome.catalogVersion == 3)
        let state = try collector.database.writeNow { try DeviceStore(sql: $0).state("d1") }
        #expect(state?.catalogVersion == max(3, version))
    }

    /// A publication has come, and the device reports before it was judged again: what was stored by the older catalog
    /// must not come back as what a failed probe could not see.
    @Test func whatTheOlderCatalogStoredIsNotCarriedForward() throws {
        let collector = try TestCollector()
        try collector.addDevice("d1")
        try collector.submit("d1", conflict)
        let record = CatalogRecord(
            version: 3,
            text: [UInt8](withoutDrWeb.text),
            digest: [],
            signed: CatalogSignature(signature: [], certificate: [], certificateExpiresAt: Milliseconds(.max)),
            publishedAt: collector.now,
            publishedBy: "center",
            formerVersion: 1
        )
        collector.shelf.put(record, try Catalog(text: withoutDrWeb.text))
        var blind = Inventory.complete(.approvedSeen)
        for index in blind.sources.indices { blind.sources[index].state = .unavailable }
        #expect(try collector.submit("d1", blind, catalog: 3).findings.isEmpty)
        #expect(try collector.products("d1").map(\.family) == [TestCollector.approved])
    }

    @Test func aReportWithoutAnInventoryIsNotJudged() async throws {
        let collector = try TestCollector()
        try collector.addDevice("d1")
        let whole = collector.report("d1", conflict)
        _ = try collector.submit(whole).get()
        try collector.database.writeNow { try $0.execute("UPDATE device SET catalog_version = 0") }
        var heartbeat = collector.report("d1", nil)
        heartbeat.inventoryDigest = whole.inventoryDigest
        #expect(try collector.submit(heartbeat).get().findings.count == 2)
        #expect(try collector.number("SELECT catalog_version FROM device") == 0)
    }

    @Test func aGhostIsListedAndPutsNoDeviceIntoViolation() async throws {
        let collector = try TestCollector()
        try collector.addDevice("d1-device")
        let ghost = Product(
            family: "ghost",
            name: "Ghost",
            vendor: "Vendor",
            facts: [Fact(source: .dpkg, kind: .deb, weight: .registered, role: .antivirus, value: "ghost")]
        )
        let outcome = try collector.submit("d1-device", .complete(.approvedSeen, ghost))
        #expect(outcome.findings.map(\.kind) == [.ghostRegistration])
        let now = collector.now
        let clock = WallClock { now }
        let details = try await DeviceService(database: collector.database, clock: clock)
            .details("d1-device", for: .center)
        #expect(details.summary.findings == [.ghostRegistration] && details.summary.standing == .inOrder)
        let unit = try await UnitService(database: collector.database, clock: clock).overview(for: .center).units[0]
        #expect(unit.inOrder == 1 && unit.inViolation == 0)

        var off = Product.approvedSeen
        off.status = ProductStatus(source: .vendorState, protection: .off, signatures: .outdated)
        let kinds = try collector.submit("d1-device", .complete(off, ghost)).findings.map(\.kind).sorted()
        #expect(kinds == [.ghostRegistration, .protectionOff, .outdatedSignatures])
        let again = try await UnitService(database: collector.database, clock: clock).overview(for: .center).units[0]
        #expect(again.inOrder == 0 && again.inViolation == 1)
    }

    @Test func kindPublisherAndStatusAreStoredAsTheyWereSaid() throws {
        let collector = try TestCollector()
        try collector.addDevice("d1")
        var product = Product.seen("drweb", as: "drweb")
        product.facts[0].publisher = "ООО «Доктор Веб»"
        for status in [
            ProductStatus(
                source: .vendorState,
                protection: .snoozed,
                signatures: .outdated,
                signaturesAt: 1_700_000_000,
                license: .missing,
                server: "ksc.example.vn",
                serverContactAt: 1_700_000_000
            ),
            ProductStatus(source: .securityCenter),
            nil,
        ] {
            product.status = status
            try collector.submit("d1", .complete(product))
            #expect(try collector.products("d1") == [product])
        }
    }
}
