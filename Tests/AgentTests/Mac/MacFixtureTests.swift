import Foundation
import Shared
import Testing

@testable import Agent

@Suite struct MacFixtureTests {
    private func judge(
        _ name: String
    ) throws -> (products: [String: Product], findings: [FindingKind: [String]], reading: DeviceReading) {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let root = try RootDirectory(path: folder.appending(path: "Fixtures/\(name)").path)
        #expect(MacDisk.isMac(root))
        let catalog = try Catalog.builtIn()
        let context = ProbeContext(root: root, catalog: catalog, limits: ProbeLimits(), now: stoppedClock())
        let reading = MacDisk(context: context).read()
        let products = catalog.products(of: reading.facts, on: .macOS)
        let judgement = OneAntivirusRule(approvedFamilies: ["kaspersky-endpoint-security"])
            .judge(Inventory(products: products, sources: reading.sources))
        return (
            Dictionary(uniqueKeysWithValues: products.map { ($0.family, $0) }), judgement.findings, reading
        )
    }

    @Test func theApprovedProductBesideWhatNortonLeftIsInOrder() throws {
        let mac = try judge("mac-kes-norton-left")
        #expect(mac.products["kaspersky-endpoint-security"]?.isConfirmedAntivirus == true)
        #expect(mac.products["norton-360"]?.grade ?? .remnant == .remnant)
        #expect(mac.products["kaspersky-home"]?.isConfirmedAntivirus != true)
        #expect(mac.findings.isEmpty)
        #expect(mac.reading.host.name == "Máy Mac phòng một cửa")
        #expect(mac.reading.sources.allSatisfy { $0.state == .complete })
    }

    @Test func twoActivatedProductsAreAConflict() throws {
        let mac = try judge("mac-conflict")
        #expect(mac.findings[.multipleAntivirus] == ["kaspersky-endpoint-security", "microsoft-defender-endpoint"])
        #expect(mac.products["microsoft-defender-endpoint"]?.status == nil, "one of its extensions is active")
    }

    @Test func aProductThatWaitsForItsUserDoesNotProtect() throws {
        let mac = try judge("mac-waiting")
        #expect(mac.findings[.protectionOff] == ["microsoft-defender-endpoint"])
        #expect(mac.findings[.multipleAntivirus] == nil)
    }
}
