import Shared
import Testing

@testable import Collector

@Suite struct ReportProcessorTests {
    private let kes = Product.installed(TestCollector.approved)
    private let other = Product.installed("drweb")

    @Test func theSameReportAgainGetsTheSameAnswerAndMakesNoSecondRow() throws {
        let collector = try TestCollector()
        try collector.addDevice("d1")
        let report = collector.report("d1", .complete(kes, other))
        let first = try collector.submit(report).get()
        let again = try collector.submit(report).get()
        #expect(first == again)
        #expect(try collector.number("SELECT count(*) FROM report") == 1)
        #expect(try collector.number("SELECT count(*) FROM finding") == 2)
    }

    @Test func anOlderReportAgainIsAnsweredAndChangesNothing() throws {
        let collector = try TestCollector()
        try collector.addDevice("d1")
        let conflict = collector.report("d1", .complete(kes, other))
        _ = try collector.submit(conflict)
        try collector.submit("d1", .complete(kes))
        let again = try collector.submit(conflict).get()
        #expect(again.findings.isEmpty)
        #expect(try collector.number("SELECT count(*) FROM finding WHERE closed_at_ms IS NULL") == 0)
    }

    @Test(arguments: [(UInt64(5), UInt64(3)), (4, 9), (1, 1)])
    func anOlderNumberThatWasNeverAcceptedIsRefused(epoch: UInt64, sequence: UInt64) throws {
        let collector = try TestCollector()
        try collector.addDevice("d1")
        _ = try collector.submit(collector.report("d1", .complete(kes), epoch: 5, sequence: 4)).get()
        let result = try collector.submit(collector.report("d1", .complete(), epoch: epoch, sequence: sequence))
        #expect(result.code == .failedPrecondition)
        #expect(try collector.number("SELECT count(*) FROM report") == 1)
    }

    @Test func oneNumberForTwoReportsMeansTwoHoldersOfOneKey() throws {
        let collector = try TestCollector()
        try collector.addDevice("d1")
        _ = try collector.submit(collector.report("d1", .complete(kes), sequence: 1)).get()
        for _ in 0..<3 {
            let result = try collector.submit(collector.report("d1", .complete(other), sequence: 1))
            #expect(result.code == .alreadyExists)
        }
        #expect(try collector.number("SELECT count(*) FROM audit WHERE action = 'report-number-used-twice'") == 1)
        #expect(try collector.number("SELECT count(*) FROM product WHERE family = 'drweb'") == 0)
    }

    @Test func aNewEpochBeginsAgainAtOne() throws {
        let collector = try TestCollector()
        try collector.addDevice("d1")
        _ = try collector.submit(collector.report("d1", .complete(kes), epoch: 5, sequence: 100)).get()
        #expect(try collector.submit(collector.report("d1", .complete(kes), epoch: 6, sequence: 1)).code == nil)
    }

    @Test func aDeviceThatIsNotEnrolledOrIsRevokedIsRefused() async throws {
        let collector = try TestCollector()
        #expect(try collector.submit(collector.report("nobody", .complete())).code == .permissionDenied)
        try collector.addDevice("dev1")
        let now = collector.now
        try await DeviceService(database: collector.database, clock: WallClock { now })
            .revoke("dev1", reason: "lost", by: Caller(name: "center", role: .center, ownUnit: nil))
        #expect(try collector.submit(collector.report("dev1", .complete())).code == .permissionDenied)
    }

    @Test func aDigestThatTheCollectorDoesNotHoldAsksForTheInventory() throws {
        let collector = try TestCollector()
        try collector.addDevice("d1")
        #expect(try collector.submit("d1", nil).wantsInventory)
        let whole = collector.report("d1", .complete(kes))
        #expect(try collector.submit(whole).get().wantsInventory == false)
        var heartbeat = collector.report("d1", nil)
        heartbeat.inventoryDigest = whole.inventoryDigest
        let answer = try collector.submit(heartbeat).get()
        #expect(!answer.wantsInventory && answer.seat == .held)
    }

    @Test func aConflictOpensOnceKeepsItsDateAndClosesByProof() throws {
        let collector = try TestCollector()
        try collector.addDevice("d1")
        let opened = collector.now
        let first = try collector.submit("d1", .complete(kes, other))
        #expect(first.findings.map(\.kind).sorted() == [.multipleAntivirus, .unapprovedAntivirus])
        #expect(
            first.findings.first { $0.kind == .multipleAntivirus }?.products == [
                "DRWEB", "KASPERSKY-ENDPOINT-SECURITY",
            ]
        )

        collector.now = opened.adding(seconds: 3600)
        var changed = other
        changed.version = "2.0"
        let second = try collector.submit("d1", .complete(kes, changed))
        #expect(second.findings.allSatisfy { $0.openedAt == opened })

        #expect(try collector.submit("d1", .complete(kes)).findings.isEmpty)
        #expect(try collector.number("SELECT count(*) FROM finding WHERE closed_by_sequence = 3") == 2)

        let reopened = try collector.submit("d1", .complete(kes, other))
        #expect(reopened.findings.allSatisfy { $0.openedAt == collector.now })
        #expect(try collector.number("SELECT count(*) FROM finding") == 4)
    }

    @Test func whatIsStoredIsAlwaysWhatWasSaidLast() throws {
        let collector = try TestCollector()
        try collector.addDevice("d1")
        var renamed = other
        renamed.name = "Renamed"
        renamed.facts.removeLast()
        var moved = kes
        moved.facts.reverse()
        for products in [[kes, other], [kes, renamed], [moved], [], [other], [other, kes]] {
            var inventory = Inventory.complete()
            inventory.products = products
            inventory.sources[0].entries = products.count
            try collector.submit("d1", inventory)
            let stored = try collector.database.writeNow { try InventoryStore(sql: $0).inventory("d1") }
            inventory.products.sort { $0.family < $1.family }
            #expect(stored == inventory)
        }
        #expect(try collector.number("SELECT count(*) FROM fact") == 4)
    }

    @Test func oldReportsOfADeviceAreDroppedAndRecentOnesKept() throws {
        let collector = try TestCollector()
        try collector.addDevice("d1")
        let whole = try collector.submit(collector.report("d1", .complete(kes))).get()
        #expect(whole.sequence == 1)
        for _ in 2..<63 { try collector.submit("d1", nil) }
        collector.now = collector.now.adding(seconds: 8 * 86400)
        try collector.submit("d1", nil)
        try collector.submit("d1", nil)
        // The first holds an inventory, the last two are new.
        #expect(try collector.number("SELECT count(*) FROM report") == 3)
    }
}

extension Result where Failure == CollectorError {
    var code: CollectorError.Code? {
        if case .failure(let error) = self { error.code } else { nil }
    }
}
