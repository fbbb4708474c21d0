import Shared
import Testing

@testable import Agent

@Suite
struct SecurityCenterTests {
    typealias Protection = ProductStatus.Protection
    typealias Signatures = ProductStatus.Signatures

    private static let states: [(raw: Int64, protection: Protection?, signatures: Signatures?)] = [
        (397_568, .on, .current), (397_584, .on, .outdated), (393_472, .off, .current), (266_240, .on, .current),
        (262_144, .off, .current), (270_336, .snoozed, .current), (331_776, .on, .current), (397_312, .on, .current),
        (462_848, .on, .current), (397_328, .on, .outdated), (274_432, .expired, .current), (344_064, nil, nil),
        (0x4_1005, .on, .current), (0x4_1014, .on, .outdated), (0x4_1020, .on, nil), (0x7f04_1000, .on, .current),
        (0x4_f000, nil, nil), (0, .off, .current), (-1, nil, nil), (Int64.max, nil, nil), (Int64.min, nil, nil),
        (Int64(Int32(bitPattern: 0x8004_1010)), .on, .outdated),
    ]

    @Test("A product state says what is known of its bits, and nothing else", arguments: states)
    func decodesState(raw: Int64, protection: Protection?, signatures: Signatures?) {
        let state = SecurityCenterState(raw: raw)
        #expect(state.protection == protection)
        #expect(state.signatures == signatures)
        #expect(state.detail.hasPrefix("state \(raw)"))
    }

    @Test("The raw number stays readable in decimal and hexadecimal")
    func keepsRawNumber() {
        #expect(SecurityCenterState(raw: 397_584).detail == "state 397584 (0x61110): on, signatures outdated")
        #expect(SecurityCenterState(raw: 344_064).detail == "state 344064 (0x54000): not known")
    }

    @Test("A row whose files are gone is a ghost and says nothing of protection")
    func ghostRow() throws {
        let gone: [String: ProbeRecord.Value] = [
            "product": .text("C:\\Program Files\\ESET\\ESET Security\\ecmd.exe"), "product_exists": .boolean(false),
        ]
        let records = WindowsDevice.endpointSecurity + [WindowsDevice.row("ESET Security", state: 266_240, gone)]
        let eset = try #require(try WindowsDevice.products(records).first { $0.family == "eset" })
        #expect(eset.isGhost)
        #expect(eset.status == nil)
        let judgement = try WindowsDevice.judge(records)
        #expect(judgement.findings == [.ghostRegistration: ["eset"]])
    }

    @Test("An old row of a product, switched off and gone, does not speak for the new one")
    func oldRowBesideNew() throws {
        let old = WindowsDevice.row(
            "Kaspersky Endpoint Security",
            state: 262_160,
            ["product": .text("C:\\Program Files\\KES\\11\\avpui.exe"), "product_exists": .boolean(false)]
        )
        let new = WindowsDevice.row(
            "Kaspersky Endpoint Security for Windows",
            state: 266_240,
            ["product": .text("C:\\Program Files\\KES\\12\\avpui.exe"), "product_exists": .boolean(true)]
        )
        for rows in [[old, new], [new, old]] {
            let kes = try #require(try WindowsDevice.products(WindowsDevice.endpointSecurity + rows).first)
            #expect(kes.status?.protection == .on)
            #expect(kes.status?.signatures == .current)
            #expect(try WindowsDevice.judge(WindowsDevice.endpointSecurity + rows).findings.isEmpty)
        }
    }

    @Test("Of two rows whose files are both there, the one that protects counts, in whatever order they come")
    func bothRowsThere() throws {
        let rows = [262_144, 266_256, 270_336, 266_240].map { state in
            WindowsDevice.row(
                "Kaspersky Endpoint Security",
                state: state,
                ["product": .text("C:\\KES\\\(state).exe"), "product_exists": .boolean(true)]
            )
        }
        for rows in [rows, rows.reversed()] {
            let kes = try #require(try WindowsDevice.products(rows).first)
            #expect(kes.status?.protection == .on)
            #expect(kes.status?.signatures == .current)
        }
    }

    private static let windowsFiles = [
        "C:\\Windows\\System32\\Taskmgr.exe", "%SystemRoot%\\system32\\taskmgr.exe", "%WINDIR%/System32/Taskmgr.exe",
        "\\\\?\\c:\\WINDOWS\\explorer.exe", "\\SystemRoot\\System32\\cmd.exe", "Taskmgr.exe", "D:\\copy\\taskmgr.exe",
        "C:\\Program Files\\..\\Windows\\System32\\Taskmgr.exe",
    ]

    @Test("A row that names one of Windows' own programs proves no file and no protection", arguments: windowsFiles)
    func madeUpRow(path: String) throws {
        let row = WindowsDevice.row(
            "ESET Security",
            state: 266_240,
            ["product": .text(path), "product_exists": .boolean(true)]
        )
        let product = try #require(try WindowsDevice.products([row]).first)
        #expect(product.facts.map(\.source) == [.securityCenter])
        #expect(product.status == nil)
        #expect(product.isGhost)
    }

    @Test("Defender's row names an address, and says what it says")
    func defenderRow() throws {
        let row = WindowsDevice.row("Windows Defender", state: 397_568, ["product": .text("windowsdefender://")])
        let defender = try #require(try WindowsDevice.products([row]).first)
        #expect(defender.facts.map(\.source) == [.securityCenter])
        #expect(defender.status?.protection == .on)
        #expect(!defender.isActiveBuiltIn)
    }

    @Test("A file that the row names is as good as what is known of it")
    func fileWeights() {
        let path = "C:\\Program Files\\ESET\\ESET Security\\ecmd.exe"
        for (exists, weight) in [(true, FactWeight.installed), (false, nil), (nil, .registered)] {
            let fields: [String: ProbeRecord.Value?] = [
                "product": .text(path), "product_exists": exists.map { .boolean($0) },
            ]
            let facts = WindowsDevice.facts([
                WindowsDevice.row("ESET Security", state: 266_240, fields.compactMapValues { $0 })
            ])
            #expect(facts.first { $0.kind == .path }?.weight == weight)
        }
    }

    @Test("A row that nobody knows is kept for review, also without a name, and accuses nobody")
    func unknownRow() throws {
        let rows = [
            WindowsDevice.row("dnot.sh", state: 266_240),
            ProbeRecord("security-center", ["guid": .text("{1234}")]), ProbeRecord("security-center", [:]),
        ]
        let products = try WindowsDevice.products(WindowsDevice.endpointSecurity + rows)
        #expect(
            products.filter { $0.role == .unknown }.map(\.name).sorted() == ["dnot.sh", "row without a name", "{1234}"]
        )
        #expect(try WindowsDevice.judge(WindowsDevice.endpointSecurity + rows).findings.isEmpty)
    }

    @Test("A row that resembles an antivirus and is none is no product")
    func lookAlikeRow() throws {
        #expect(try WindowsDevice.products([WindowsDevice.row("FortiClient VPN", state: 266_240)]).isEmpty)
    }
}
