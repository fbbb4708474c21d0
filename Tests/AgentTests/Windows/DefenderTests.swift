import Shared
import Testing

@testable import Agent

@Suite
struct DefenderTests {
    private static let modes: [(mode: String?, realTime: Bool?, protection: ProductStatus.Protection?)] = [
        ("Normal", true, .on), ("NORMAL", true, .on), ("normal mode", true, .on), ("Normal Mode ", true, .on),
        ("Normal", false, .off), ("Normal", nil, nil), ("Passive", true, .passive), ("Passive Mode", true, .passive),
        ("EDR Block Mode", true, .passive), ("EDR Block", false, .passive), ("SxS Passive Mode", true, .passive),
        ("Not running", true, nil), ("Normalish", true, nil), ("Mode", true, nil), (nil, true, nil), (nil, nil, nil),
    ]

    @Test("Defender is active only in normal mode with real-time protection", arguments: modes)
    func runsInNormalMode(mode: String?, realTime: Bool?, protection: ProductStatus.Protection?) throws {
        let fields: [String: ProbeRecord.Value?] = [
            "mode": mode.map { .text($0) }, "real_time": realTime.map { .boolean($0) },
        ]
        let record = ProbeRecord("defender", fields.compactMapValues { $0 })
        let fact = try #require(WindowsDevice.facts([record]).first)
        #expect(fact.weight == (protection == .on ? .running : .registered))
        #expect(fact.status?.protection == protection)
        let defender = try #require(try WindowsDevice.products([record]).first)
        #expect(defender.isActiveBuiltIn == (protection == .on))
        #expect(
            try WindowsDevice.judge(WindowsDevice.endpointSecurity + [record]).findings.isEmpty == (protection != .on)
        )
    }

    @Test("Defender's running service and drivers do not make it active")
    func serviceIsNotEnough() throws {
        let records =
            WindowsDevice.endpointSecurity + [
                WindowsDevice.service("WinDefend", WindowsDevice.running),
                WindowsDevice.row("Windows Defender", state: 397_568, ["product": .text("windowsdefender://")]),
            ]
        #expect(try WindowsDevice.judge(records).findings.isEmpty)
    }

    @Test("A service that is switched off protects nobody, whatever the rest says")
    func contradiction() {
        let record = ProbeRecord(
            "defender",
            ["mode": .text("Normal"), "real_time": .boolean(true), "service_enabled": .boolean(false)]
        )
        #expect(WindowsDevice.facts([record]).map(\.weight) == [.registered])
    }

    @Test("What could not be asked says nothing")
    func unavailable() {
        let record = ProbeRecord("defender", ["mode": .text("Normal"), "real_time": .boolean(true)])
        #expect(WindowsDevice.facts([record, WindowsDevice.source("defender", "unavailable")]).isEmpty)
        #expect(WindowsDevice.facts([WindowsDevice.source("defender", "unavailable")]).isEmpty)
        #expect(!WindowsDevice.facts([record, WindowsDevice.source("defender", "complete")]).isEmpty)
    }

    private static let ages: [(age: Int64, signatures: ProductStatus.Signatures?)] = [
        (0, .current), (7 * 86_400, .current), (8 * 86_400, .outdated), (-3600, .current), (-30 * 86_400, nil),
    ]

    @Test("Signatures are judged by their age, and not at all by a clock that runs ahead", arguments: ages)
    func signatures(age: Int64, signatures: ProductStatus.Signatures?) throws {
        let record = ProbeRecord(
            "defender",
            ["mode": .text("Normal"), "real_time": .boolean(true), "signatures_at": .number(WindowsDevice.now - age)]
        )
        #expect(WindowsDevice.facts([record]).first?.status?.signatures == signatures)
        #expect(WindowsReading().reading(of: [record]).facts.first?.status?.signatures == nil)
        let host = ProbeRecord("host", ["recorded": .number(WindowsDevice.now)])
        #expect(WindowsReading().reading(of: [host, record]).facts.first?.status?.signatures == signatures)
    }

    @Test("A date of zero is no date")
    func noDate() {
        let record = ProbeRecord("defender", ["mode": .text("Passive"), "signatures_at": .number(0)])
        #expect(WindowsDevice.facts([record]).first?.status?.signaturesAt == nil)
    }
}
