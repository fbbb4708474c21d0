import Foundation
import Testing

@testable import Shared

/// What the catalog in the repository says; a person who changes it sees here what must stay true.
@Suite struct BuiltInCatalogTests {
    private static let builtIn = Result { try Catalog.builtIn() }
    private let catalog: Catalog

    init() throws {
        catalog = try Self.builtIn.get()
    }

    private func verdict(_ test: CatalogCase) -> [String] {
        switch catalog.lookup(platform: test.platform, kind: test.kind, named: test.name) {
        case .unknown: ["nothing"]
        case .lookAlike: ["look-alike"]
        case .signals(let signals): signals.map { word($0) }.sorted()
        }
    }

    private func word(_ signal: Catalog.Signal) -> String {
        let family = signal.family.map { catalog.families[$0].key } ?? "look-alike"
        return "\(family) \(signal.role.word) \(signal.strength.word)"
    }

    /// The rows of the tables, in the order in which they are put together.
    private static func rows() throws -> [[String]] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Catalog")
        let vendors = try FileManager.default
            .contentsOfDirectory(at: root.appending(path: "vendors"), includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "tsv" }
            .sorted { $0.lastPathComponent.utf8.lexicographicallyPrecedes($1.lastPathComponent.utf8) }
        let names = ["version", "sources"].map { root.appending(path: "\($0).tsv") }
        return try (names + vendors + [root.appending(path: "lookalikes.tsv")]).flatMap { file in
            try String(contentsOf: file, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("#") }
                .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
        }
    }

    // MARK: The whole

    @Test func theProgramWasBuiltWithTheTablesInTheRepository() throws {
        let rows = try Self.rows()
        let text = rows.map { $0.joined(separator: "\t") + "\n" }.joined()
        let other = try Catalog(text: text.utf8)
        #expect(other.version == catalog.version && other.sources == catalog.sources)
        #expect(other.families == catalog.families && other.signals == catalog.signals)
        #expect(rows.filter { $0[0] == "signal" || $0[0] == "lookalike" }.count == catalog.signals.count)
    }

    @Test func itKnowsAtLeastWhatItKnewAndStaysWithinItsLimits() throws {
        #expect(catalog.version >= 2)
        #expect(catalog.families.count >= 163 && catalog.signals.count { $0.family != nil } >= 2_700)
        #expect(catalog.signals.count { $0.family == nil } >= 127)
        let bytes = try Self.rows().reduce(0) { $0 + $1.joined(separator: "\t").utf8.count + 1 }
        #expect(bytes < CatalogLimits.textBytes / 2, "it has room to grow")
    }

    @Test func everyFamilyHasASignalOfMoreThanItsMaker() {
        let used = Set(catalog.signals.filter { !$0.kind.isMaker }.compactMap(\.family))
        #expect(catalog.families.indices.filter { !used.contains($0) }.map { catalog.families[$0].key } == [])
    }

    @Test func everySignalHasASourceAndEverySourceASignal() {
        let used = Set(catalog.signals.map(\.source))
        #expect(used == Set(catalog.sources.indices))
        #expect(catalog.sources.allSatisfy { $0.text.utf8.count >= 5 })
    }

    @Test(arguments: ["memory", "offensive-tool-paths"])
    func whatNobodyHasShownIsUnconfirmed(source: String) throws {
        let index = try #require(catalog.sources.firstIndex { $0.key == source })
        let wrong = catalog.signals.filter { $0.family != nil && $0.source == index && $0.strength != .unconfirmed }
        #expect(wrong.map(\.value) == [])
    }

    @Test(arguments: [SignalKind.publisher, .teamID, .registry, .pipe])
    func kindsThatProveNothingAloneAreNeverStrong(kind: SignalKind) {
        let signals = catalog.signals.filter { $0.kind == kind }
        #expect(!signals.isEmpty && signals.allSatisfy(\.isWeak))
    }

    @Test func whatTwoFamiliesClaimIsWeakInBoth() {
        let shared = catalog.signals.filter(\.isShared)
        #expect(shared.count >= 100 && shared.allSatisfy(\.isWeak))
    }

    /// What fits a longer or exact value is not looked up under the shorter prefix: its families would be hidden.
    @Test func noPublisherHidesAnother() {
        let publishers = catalog.signals.filter { $0.kind == .publisher }
        for prefix in publishers where prefix.isPrefix {
            let hiding = publishers.filter { $0.key.hasPrefix(prefix.key) && !$0.hasSameName(as: prefix) }
            #expect(hiding.map(\.value) == [], "\(prefix.value)*")
        }
    }

    @Test func whatStaysAfterRemovalProvesNothing() {
        let places = ["/etc/", "/var/", "/Library/Application Support/", "%ProgramData%\\Kaspersky Lab"]
        for signal in catalog.signals where places.contains(where: { signal.value.hasPrefix($0) }) {
            let isProgram = signal.value.contains("/bin/")
            #expect(signal.kind == (isProgram ? .path : .dataPath), "\(signal.value)")
        }
    }

    @Test func aFolderOfAllWindowsProgramsIsNobodysSign() {
        let common = ["%programfiles%", "%programdata%", "%systemroot%", "c:", "%programfiles%\\common files"]
        for signal in catalog.signals where signal.platform == .windows && signal.kind.isPath {
            #expect(!common.contains(signal.key), "\(signal.value)")
            #expect(signal.key.hasPrefix("%program") || signal.key.hasPrefix("%systemroot%\\"), "\(signal.value)")
        }
    }

    @Test func valuesFitIntoAReport() {
        #expect(catalog.signals.allSatisfy { $0.value.utf8.count <= WireLimits.textBytes })
        #expect(catalog.families.allSatisfy { $0.name.utf8.count <= WireLimits.nameBytes })
    }

    // MARK: One product, or two

    @Test(arguments: [
        (
            SignalKind.uninstallName, "McAfee VirusScan Enterprise", SignalKind.uninstallName,
            "Trellix Endpoint Security Platform"
        ),
        (.uninstallName, "F-Secure Client Security", .uninstallName, "WithSecure Elements Agent"),
        (.uninstallName, "Panda Adaptive Defense 360", .uninstallName, "WatchGuard EPDR"),
        (.uninstallName, "FireEye Endpoint Agent", .uninstallName, "Trellix Endpoint Security (HX)"),
        (.uninstallName, "Cb Defense Sensor 64-bit", .uninstallName, "Carbon Black Cloud Sensor 64-bit"),
        (.uninstallName, "COMODO Client - Security", .uninstallName, "Xcitium Client - Security"),
        (.uninstallName, "Cylance PROTECT", .uninstallName, "Dell Threat Defense"),
        (
            .uninstallName, "Trend Micro OfficeScan Client", .uninstallName,
            "Trend Micro Worry-Free Business Security Agent"
        ),
        (
            .uninstallName, "Kaspersky Security for Windows Server", .uninstallName,
            "Kaspersky Endpoint Security for Windows"
        ),
        (.uninstallName, "Security Manager AV Defender", .uninstallName, "Bitdefender Endpoint Security Tools"),
        (.uninstallName, "Sophos Anti-Virus", .uninstallName, "Sophos Endpoint Agent"),
        (.uninstallName, "ESET File Security for Microsoft Windows Server", .uninstallName, "ESET Server Security"),
        (.uninstallName, "Immunet", .uninstallName, "Cisco AMP for Endpoints Connector"),
        (.minifilter, "SentinelMonitor.sys@389040", .minifilter, "SentinelMonitor.sys@329355.5"),
    ])
    func whatIsOneProductUnderTwoNamesIsOneFamily(
        kind: SignalKind,
        name: String,
        otherKind: SignalKind,
        other: String
    ) {
        let families = catalog.signals(platform: .windows, kind: kind, named: name).map(\.family)
        #expect(families.count == 1)
        #expect(catalog.signals(platform: .windows, kind: otherKind, named: other).map(\.family) == families)
    }

    @Test func differentProductsOfAVendorAreDifferentFamilies() {
        let titles = [
            "Kaspersky Endpoint Security for Windows", "Kaspersky Internet Security",
            "Kaspersky Small Office Security 8",
            "Kaspersky Security Center Network Agent", "Kaspersky Endpoint Agent", "F-Secure SAFE",
            "WithSecure Elements Agent",
            "Trend Micro Maximum Security", "Trend Micro Apex One Security Agent", "Trend Micro Deep Security Agent",
            "360 Total Security", "360安全卫士", "Norton 360", "Symantec Endpoint Protection", "McAfee LiveSafe",
            "McAfee Endpoint Security Threat Prevention", "McAfee Agent", "McAfee Security Scan Plus", "Panda Dome",
            "WatchGuard EPDR",
            "Bitdefender Total Security", "Bitdefender Endpoint Security Tools", "Avast Free Antivirus",
            "AVG AntiVirus FREE",
            "Avira Antivirus", "ESET Endpoint Security", "ESET Management Agent",
        ]
        let families = titles.map { catalog.signals(platform: .windows, kind: .uninstallName, named: $0).map(\.family) }
        #expect(families.allSatisfy { $0.count == 1 })
        #expect(Set(families).count == titles.count)
    }

    // MARK: Names

    @Test(arguments: CatalogCase.table(.windows, windowsCases))
    func aNameOnWindowsMeansWhatItMeans(test: CatalogCase) {
        #expect(verdict(test) == test.expected)
    }

    @Test(arguments: CatalogCase.table(.macOS, macCases))
    func aNameOnMacOSMeansWhatItMeans(test: CatalogCase) {
        #expect(verdict(test) == test.expected)
    }

    @Test(arguments: CatalogCase.table(.linux, linuxCases))
    func aNameOnLinuxMeansWhatItMeans(test: CatalogCase) {
        #expect(verdict(test) == test.expected)
    }

    @Test(arguments: firstLinuxSignals.split(separator: "\n").map(String.init))
    func noLinuxNameWasLost(line: String) throws {
        let fields = line.split(separator: " ").map(String.init)
        let kind = try #require(SignalKind(word: fields[1]))
        for name in fields.dropFirst(4) {
            let found = catalog.signals(platform: .linux, kind: kind, named: name).map { word($0) }
            #expect(found.contains("\(fields[0]) \(fields[2]) \(fields[3])"), "\(kind.word) \(name)")
        }
    }

    @Test func onlyOnAccessScanningMakesClamAVAnAntivirus() {
        let antivirus = catalog.signals.filter { signal in
            signal.role == .antivirus && signal.family.map { catalog.families[$0].key } == "clamav"
        }
        #expect(antivirus.map(\.value).sorted() == ["clamav-clamonacc.service", "clamonacc"])
        #expect(antivirus.allSatisfy { $0.kind == .process || $0.kind == .unitRunning })
    }

    @Test func aPasserbyDriverWithAnSDKsNameIsNotCMC() {
        let altitudes = catalog.signals.filter {
            $0.kind == .minifilter && $0.value.lowercased().hasPrefix("cbfilter20.sys@")
        }
        #expect(altitudes.map(\.value) == ["cbfilter20.sys@321120.5"])
    }

    @Test func noDriverThatTheAltitudeListCallsNoAntivirusIsAFamilys() {
        let lookAlikes = catalog.signals.filter { $0.family == nil && $0.kind == .minifilter }
        #expect(lookAlikes.count >= 60)
        let families = Set(catalog.signals.filter { $0.family != nil && $0.kind == .minifilter }.map(\.key))
        #expect(lookAlikes.allSatisfy { !families.contains($0.key) })
    }
}
