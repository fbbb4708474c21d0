import Foundation
import Testing

@testable import Shared

@Suite struct BuiltInCatalogTests {
    private let catalog: Catalog

    init() throws {
        catalog = try Catalog.builtIn()
    }

    private func roles(_ kind: SignalKind, _ name: String) -> [String: ProductRole] {
        var roles: [String: ProductRole] = [:]
        for signal in catalog.signals(platform: .linux, kind: kind, named: name) {
            roles[catalog.families[signal.family].key] = signal.role
        }
        return roles
    }

    private static func rows(of table: String) throws -> [[String]] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return try String(contentsOf: root.appending(path: "Catalog/\(table).tsv"), encoding: .utf8)
            .split(separator: "\n").filter { !$0.hasPrefix("#") }
            .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
    }

    @Test func theProgramWasBuiltWithTheTablesInTheRepository() throws {
        let families = try Self.rows(of: "families").map { $0[0] }
        #expect(catalog.families.map(\.key) == families)
        let rows = try Self.rows(of: "signals")
        #expect(catalog.signals.count == rows.count && rows.count >= 126)
        for row in rows {
            let kind = try #require(SignalKind(word: row[2]))
            let value = kind.isUnit && !row[3].contains(".") ? row[3] + ".service" : row[3]
            #expect(roles(kind, value)[row[0]] == ProductRole(word: row[4]), "\(row)")
        }
    }

    @Test func noRowStandsOnMemoryAlone() throws {
        for row in try Self.rows(of: "signals") {
            #expect(!row[6].isEmpty && row[6] != "memory", "\(row)")
        }
    }

    @Test func everyFamilyHasASignal() {
        let used = Set(catalog.signals.map(\.family))
        #expect(catalog.families.indices.allSatisfy { used.contains($0) })
    }

    @Test func theApprovedProductAndItsNetworkAgentAreDifferentThings() {
        #expect(roles(.deb, "kesl") == ["kaspersky-endpoint-security": .antivirus])
        #expect(roles(.deb, "klnagent64") == ["kaspersky-network-agent": .management])
        #expect(roles(.process, "klnagent") == ["kaspersky-network-agent": .management])
    }

    @Test func onlyOnAccessScanningMakesClamAVAnAntivirus() {
        let antivirus = catalog.signals.filter {
            catalog.families[$0.family].key == "clamav" && $0.role == .antivirus
        }
        #expect(antivirus.map(\.value).sorted() == ["clamav-clamonacc.service", "clamonacc"])
        #expect(antivirus.allSatisfy { $0.kind == .process || $0.kind == .unitRunning })
        #expect(roles(.process, "clamd") == ["clamav": .onDemand])
        #expect(roles(.deb, "clamav-freshclam") == ["clamav": .component])
    }

    @Test func generationsAndPartsOfASuiteShareAFamily() {
        #expect(roles(.path, "/opt/sophos-av").keys == roles(.path, "/opt/sophos-spl").keys)
        #expect(roles(.deb, "sdcss-agent").keys == roles(.process, "rtvscand").keys)
        #expect(roles(.unit, "eea.service").keys == roles(.path, "/opt/eset/efs").keys)
        #expect(roles(.unit, "eea.service").keys == roles(.process, "esets_daemon").keys)
    }

    @Test func whatStaysAfterRemovalProvesNothing() {
        for signal in catalog.signals where signal.value.hasPrefix("/etc/") || signal.value.hasPrefix("/var/") {
            #expect(signal.kind == .dataPath, "\(signal.value)")
        }
    }

    @Test func aNameThatTwoFamiliesClaimIsWeak() {
        let claimed = catalog.signals(platform: .linux, kind: .unit, named: "cbdaemon.service")
        #expect(claimed.count == 2 && claimed.allSatisfy { $0.isWeak && $0.isShared })
    }

    @Test func valuesFitIntoAReport() {
        #expect(catalog.signals.allSatisfy { $0.value.utf8.count <= WireLimits.textBytes })
        #expect(catalog.families.allSatisfy { $0.name.utf8.count <= WireLimits.nameBytes })
    }
}
