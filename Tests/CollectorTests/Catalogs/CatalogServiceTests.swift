import Foundation
import Shared
import Signatures
import SwiftASN1
import Testing
import X509

@testable import Collector

@Suite struct CatalogServiceTests {
    private func code(_ body: () async throws -> Void) async -> CollectorError.Code? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? CollectorError)?.code
        }
    }

    /// Who publishes without a sweep that runs does not wait for one.
    private func publish(_ catalog: TestCatalog, _ collector: TestCollector) async throws {
        try await collector.publish(catalog)
    }

    // MARK: Who may publish what

    @Test(arguments: [Caller.reader, .unitA])
    func onlyTheCenterPublishes(caller: Caller) async throws {
        let collector = try TestCollector()
        let service = try collector.catalogs()
        for dryRun in [true, false] {
            #expect(
                await code {
                    _ = try await service.publish(TestCatalog(version: 2).text, dryRun: dryRun, by: caller)
                } == .permissionDenied
            )
        }
        #expect(try collector.number("SELECT count(*) FROM catalog") == 0)
    }

    @Test func aTextThatIsNoCatalogIsRefusedWithTheLine() async throws {
        let collector = try TestCollector()
        let service = try collector.catalogs()
        let broken = TestCatalog(version: 2).with("signal", "nobody", "linux", "deb", "antivirus", "strong", "s", "x")
        for dryRun in [true, false] {
            do {
                _ = try await service.publish(broken.text, dryRun: dryRun, by: .center)
                Issue.record("published")
            } catch {
                #expect(error.code == .invalidArgument)
                #expect(error.message.contains("line 6"))
                #expect(error.phrase.vietnamese.contains("dòng 6: họ sản phẩm chưa được khai báo"))
            }
        }
        #expect(collector.shelf.current.catalog.version == 1)
    }

    @Test func aTextOverTheLimitIsRefused() async throws {
        let collector = try TestCollector()
        let service = try collector.catalogs()
        let comment = Data("#".utf8) + Data(repeating: UInt8(ascii: "x"), count: CatalogLimits.textBytes)
        for text in [TestCatalog(version: 2).text + comment, Data(repeating: 10, count: 10_000_000), Data()] {
            #expect(await code { _ = try await service.publish(text, dryRun: false, by: .center) } == .invalidArgument)
        }
    }

    @Test func anOlderVersionIsRefusedAndSoIsAnotherTextOfTheSame() async throws {
        let collector = try TestCollector()
        try await publish(TestCatalog(version: 5), collector)
        for other in [TestCatalog(version: 4), TestCatalog(version: 5).knowing("x", as: "xyz")] {
            #expect(await code { try await publish(other, collector) } == .failedPrecondition)
            #expect(await code { try await collector.publish(other, dryRun: true) } == .failedPrecondition)
        }
        #expect(try collector.number("SELECT count(*) FROM catalog") == 1)
        try await publish(TestCatalog(version: 6), collector)
        #expect(try collector.number("SELECT count(*) FROM audit WHERE action = 'catalog-published'") == 2)
    }

    @Test func theSameTextAgainGetsTheSameAnswerAndNoSecondRow() async throws {
        let collector = try TestCollector()
        let first = try await collector.publish(TestCatalog(version: 2))
        let signed = collector.shelf.current.published
        #expect(try await collector.publish(TestCatalog(version: 2)) == first)
        #expect(first.formerVersion == 1)
        #expect(collector.shelf.current.published == signed)
        #expect(try collector.number("SELECT count(*) FROM audit WHERE action = 'catalog-published'") == 1)
    }

    @Test func aDryRunKeepsNothing() async throws {
        let collector = try TestCollector()
        let dry = try await collector.publish(TestCatalog(version: 2).knowing("x", as: "xyz"), dryRun: true)
        #expect(dry.version == 2 && dry.formerVersion == 1 && dry.families == 2 && dry.signals == 4)
        #expect(try collector.number("SELECT count(*) FROM catalog") == 0)
        #expect(collector.shelf.current.published == nil)
        let folder = URL(filePath: collector.path).deletingLastPathComponent().path
        #expect(!StateFile.exists(folder + "/catalog-key.pem"))
    }

    @Test func ofTwoOfficersAtOnceOneWinsAndTheOtherIsTold() async throws {
        let collector = try TestCollector()
        let service = try collector.catalogs()
        let texts = (0..<8).map { TestCatalog(version: 2).knowing("family-\($0)", as: "name-\($0)").text }
        let codes = try await collector.withSweep(service.sweep) {
            await withTaskGroup(of: CollectorError.Code?.self) { group in
                for text in texts {
                    group.addTask {
                        do throws(CollectorError) {
                            _ = try await service.publish(text, dryRun: false, by: .center)
                            return nil
                        } catch {
                            return error.code
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
        }
        #expect(codes.count { $0 == nil } == 1)
        #expect(codes.count { $0 == .failedPrecondition } == 7)
        let stored = try collector.database.writeNow { try CatalogStore(sql: $0).newest() }
        #expect(stored?.text == [UInt8](collector.shelf.current.text))
        #expect(collector.shelf.current.published?.text == collector.shelf.current.text)
    }

    @Test func theNewerOfTwoStaysWhenTheOlderArrivesLast() throws {
        let shelf = try CatalogShelf(builtIn: TestCatalog(version: 1).text)
        for version in [3, 2] {
            let text = TestCatalog(version: version).text
            shelf.put(Self.record(version, text), try Catalog(text: text))
        }
        #expect(shelf.current.published?.version == 3 && shelf.current.catalog.version == 3)
    }

    private static func record(_ version: Int, _ text: Data) -> CatalogRecord {
        CatalogRecord(
            version: version,
            text: [UInt8](text),
            digest: SHA256.hash([UInt8](text)),
            signed: CatalogSignature(signature: [], certificate: [], certificateExpiresAt: Milliseconds(.max)),
            publishedAt: Milliseconds(0),
            publishedBy: "center",
            formerVersion: 1
        )
    }

    // MARK: The built-in one

    @Test func aNewerBuiltInCatalogJudgesAndThePublishedOneIsStillGiven() async throws {
        let collector = try TestCollector()
        try await publish(TestCatalog(version: 5), collector)
        let upgraded = try CatalogShelf(builtIn: TestCatalog(version: 9).text)
        try upgraded.load(from: collector.database, logger: TestCollector.logger)
        #expect(upgraded.current.catalog.version == 9 && !upgraded.current.isPublished)
        #expect(upgraded.current.published?.version == 5)
        // An older program's catalog does not take the published one's place.
        let same = try CatalogShelf(builtIn: TestCatalog(version: 4).text)
        try same.load(from: collector.database, logger: TestCollector.logger)
        #expect(same.current.catalog.version == 5 && same.current.isPublished)
    }

    @Test func theBuiltInCatalogCanBeGivenToAgentsAsItIs() async throws {
        let collector = try TestCollector()
        #expect(collector.shelf.current.published == nil)
        let published = try await collector.publish(TestCatalog(version: 1))
        #expect(published.version == 1 && published.tally.devices == 0)
        #expect(collector.shelf.current.published?.version == 1)
        #expect(await code { try await publish(TestCatalog(version: 1).knowing("x", as: "xyz"), collector) } != nil)
    }

    @Test func aStoredCatalogThatThisProgramRefusesIsLeftAlone() async throws {
        let collector = try TestCollector()
        try collector.database.writeNow { try CatalogStore(sql: $0).insert(Self.record(7, Data("nonsense".utf8))) }
        try collector.shelf.load(from: collector.database, logger: TestCollector.logger)
        #expect(collector.shelf.current.catalog.version == 1 && collector.shelf.current.published == nil)
        // Its version is taken all the same: devices may have it.
        #expect(await code { try await publish(TestCatalog(version: 7), collector) } == .failedPrecondition)
        try await publish(TestCatalog(version: 8), collector)
    }

    @Test func onlySoManyOldCatalogsAreKept() throws {
        let collector = try TestCollector()
        for version in 1...CatalogStore.kept + 5 {
            try collector.database.writeNow { try CatalogStore(sql: $0).insert(Self.record(version, Data([35]))) }
        }
        #expect(try collector.number("SELECT count(*) FROM catalog") == CatalogStore.kept)
        #expect(try collector.number("SELECT min(version) FROM catalog") == 6)
    }

    // MARK: What devices are given

    @Test func aDeviceIsGivenACatalogOnlyWhenOneWasPublished() async throws {
        let collector = try TestCollector()
        try collector.addDevice("d1-device")
        let service = try collector.catalogs()
        #expect(await code { _ = try await service.signed(for: "d1-device") } == .notFound)
        #expect(try collector.submit("d1-device", .complete()).catalogVersion == 0)
        try await publish(TestCatalog(version: 2), collector)
        #expect(try await service.signed(for: "d1-device").version == 2)
        #expect(try collector.submit("d1-device", nil).catalogVersion == 2)
        #expect(await code { _ = try await service.signed(for: "nobody") } == .permissionDenied)
        let now = collector.now
        try await DeviceService(database: collector.database, clock: WallClock { now })
            .revoke("d1-device", reason: "lost", by: .center)
        #expect(await code { _ = try await service.signed(for: "d1-device") } == .permissionDenied)
    }

    @Test func aCatalogIsSignedAnewBeforeItsCertificateEnds() async throws {
        let collector = try TestCollector()
        try collector.addDevice("d1")
        let authority = try CertificateAuthority.create(now: collector.now)
        let first = try collector.catalogs(authority: authority)
        _ = try await collector.withSweep(first.sweep) {
            try await first.publish(TestCatalog(version: 2).text, dryRun: false, by: .center)
        }
        let given = try await first.signed(for: "d1")
        collector.now = collector.now.adding(seconds: 764 * 86_400)
        #expect(try await collector.catalogs(authority: authority).signed(for: "d1") == given)

        collector.now = collector.now.adding(seconds: 2 * 86_400)
        let renewed = try await collector.catalogs(authority: authority).signed(for: "d1")
        #expect(renewed.text == given.text && renewed.certificate != given.certificate)
        #expect(renewed.certificateExpiresAt == collector.now.adding(seconds: 825 * 86_400))
        let stored = try collector.database.writeNow { try CatalogStore(sql: $0).newest() }
        #expect(stored?.signed.certificate == [UInt8](renewed.certificate))
        let old = try Certificate(derEncoded: [UInt8](given.certificate))
        let new = try Certificate(derEncoded: [UInt8](renewed.certificate))
        #expect(old.publicKey == new.publicKey)
    }
}
