import Shared
import Testing

@testable import Agent

/// Names as they stand on real devices, with the catalog that the program is built with.
@Suite
struct RealNamesTests {
    private static let running: [String: ProbeRecord.Value] = [
        "state": .text("running"), "file_exists": .boolean(true),
    ]

    private static let catalog = Result { try Catalog.builtIn(for: [.windows]) }

    private static func products(_ records: [ProbeRecord]) throws -> [Product] {
        let catalog = try catalog.get()
        return catalog.products(of: WindowsReading().reading(of: records).facts, on: .windows)
    }

    private static let lookAlikes = [
        "Sentinel Runtime", "Sentinel Protection Installer 7.6.8", "FortiClient VPN", "McAfee WebAdvisor",
        "Security Update for Microsoft Defender Antivirus", "Avast Secure Browser", "Sophos SSL VPN Client",
        "Kaspersky Password Manager", "Malwarebytes Privacy VPN", "FileInsight", "ESET Remote Setup",
    ]

    @Test("Programs that resemble an antivirus are none, even with a service that runs", arguments: lookAlikes)
    func lookAlike(title: String) throws {
        let products = try Self.products([
            WindowsDevice.uninstall(title), WindowsDevice.service(title, Self.running),
            WindowsDevice.service("Sentinel System Driver", Self.running),
        ])
        #expect(products.allSatisfy { !$0.isConfirmedAntivirus && $0.role != .unknown })
    }

    @Test("Endpoint Security with its Network Agent is one antivirus")
    func endpointSecurity() throws {
        let products = try Self.products([
            WindowsDevice.uninstall("Kaspersky Endpoint Security for Windows", ["publisher": .text("Kaspersky")]),
            WindowsDevice.uninstall("Kaspersky Security Center Network Agent"),
            WindowsDevice.service("AVP.KES.21.19", Self.running),
            WindowsDevice.service("avpsus.KES.21.19", Self.running),
            WindowsDevice.service("klnagent", Self.running), WindowsDevice.driver("klif", Self.running),
            WindowsDevice.minifilter("klif", "320400", ["file": .text("klif.sys")]),
        ])
        #expect(products.filter(\.isConfirmedAntivirus).map(\.family) == ["kaspersky-endpoint-security"])
    }

    @Test("Windows with Defender alone has no other antivirus")
    func defenderAlone() throws {
        let records = [
            WindowsDevice.service("WinDefend", Self.running), WindowsDevice.driver("WdFilter", Self.running),
            WindowsDevice.minifilter("WdFilter", "328010", ["file": .text("WdFilter.sys"), "loaded": .boolean(true)]),
            WindowsDevice.row("Windows Defender", state: 397_568, ["product": .text("windowsdefender://")]),
            ProbeRecord("process", ["path": .text("C:\\Windows\\System32\\sfc.exe")]),
            ProbeRecord("defender", ["mode": .text("Normal"), "real_time": .boolean(true)]),
        ]
        let products = try Self.products(records)
        #expect(products.filter(\.isActiveBuiltIn).map(\.family) == ["microsoft-defender"])
        #expect(products.filter(\.isConfirmedAntivirus).isEmpty)
        let passive = ProbeRecord("defender", ["mode": .text("Passive Mode"), "real_time": .boolean(true)])
        let standingAside = try Self.products(records.dropLast() + [passive])
        #expect(standingAside.filter(\.isActiveBuiltIn).isEmpty)
    }
}
