import Foundation
import Shared
import Testing

@testable import Agent

@Suite struct FixtureTests {
    private func scan(_ name: String) throws -> Scan {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let root = folder.appending(path: "Fixtures/\(name)").path
        return Scanner(root: root, catalog: try Catalog.builtIn()).scan()
    }

    @Test func twoRealTimeProductsAreAConflict() throws {
        let scan = try scan("conflict")
        #expect(scan.product("kaspersky-endpoint-security")?.grade == .confirmed)
        #expect(scan.product("drweb-antivirus")?.grade == .confirmed)
        #expect(scan.findings[.multipleAntivirus] == ["drweb-antivirus", "kaspersky-endpoint-security"])
        #expect(scan.findings[.unapprovedAntivirus] == ["drweb-antivirus"])
        #expect(scan.host.name == "may-07")
        #expect(scan.host.operatingSystem == "Debian GNU/Linux 12 (bookworm)")
    }

    @Test func theApprovedProductWithItsNetworkAgentIsInOrder() throws {
        let scan = try scan("kesl-only")
        let product = try #require(scan.product("kaspersky-endpoint-security"))
        #expect(product.grade == .confirmed && product.version == "12.1.0-1543")
        #expect(scan.product("kaspersky-network-agent")?.role == .management)
        #expect(scan.inventory.products.count == 2)
        #expect(scan.findings.isEmpty)
        #expect(scan.inventory.provesAbsence)
    }

    @Test func aProductSeenByEveryProbeIsOneProduct() throws {
        let agent = try #require(try scan("kesl-only").product("kaspersky-network-agent"))
        #expect(Set(agent.facts.map(\.source)) == [.dpkg, .systemd, .process, .installPath])
    }

    @Test func clamdBesideTheApprovedProductIsNoConflict() throws {
        let scan = try scan("clamav-beside-kesl")
        let clamav = try #require(scan.product("clamav"))
        #expect(clamav.role == .onDemand && clamav.grade == .confirmed)
        #expect(clamav.facts.contains { $0.value == "clamd" && $0.weight == .running })
        #expect(!clamav.facts.contains { $0.value == "clamav-clamonacc.service" })
        #expect(scan.findings.isEmpty)
    }

    @Test func leftOversOfFourProductsAreRemnantsAndNoFinding() throws {
        let scan = try scan("ghost")
        let ghosts = [
            "bitdefender-endpoint-security", "microsoft-defender-endpoint", "sophos-endpoint", "symantec-endpoint",
        ]
        for family in ghosts {
            #expect(scan.product(family)?.grade == .remnant, "\(family)")
        }
        #expect(scan.product("microsoft-defender-endpoint")?.version == nil)
        #expect(scan.findings.isEmpty)
    }

    @Test func aDamagedDatabaseIsReadAroundTheDamage() throws {
        let scan = try scan("damaged-dpkg")
        let status = try #require(scan.status(.dpkg))
        #expect(status.state == .partial && status.entries == 5)
        #expect(status.reason.hasPrefix("2 damaged entries"))
        #expect(scan.product("kaspersky-endpoint-security")?.version == "12.1.0-1543")
        #expect(scan.product("microsoft-defender-endpoint") == nil)
        #expect(!scan.inventory.provesAbsence)
    }

    @Test func theSameTreeAlwaysGivesTheSameScan() throws {
        #expect(try scan("ghost") == scan("ghost"))
    }
}
