import Shared
import Testing

@testable import Agent

@Suite
struct KasperskyTests {
    private static let keeper = WindowsDevice.service("klnagent", WindowsDevice.running)

    private static func state(_ fields: [String: ProbeRecord.Value]) -> ProbeRecord {
        ProbeRecord("kaspersky", fields.merging(["component": .text("34\\1103\\1.0.0.0")]) { given, _ in given })
    }

    private static let states: [(state: Int64, protection: ProductStatus.Protection?)] = [
        (0, nil), (1, .off), (2, .snoozed), (3, nil), (4, .on), (5, .on), (6, .on), (7, .on), (8, .on), (9, .off),
        (10, nil), (-1, nil), (.max, nil),
    ]

    @Test("The number of the protection's state means what the vendor says, and nothing else", arguments: states)
    func numbers(state: Int64, protection: ProductStatus.Protection?) {
        let record = Self.state(["state": .number(state), "engine_running": .boolean(true)])
        #expect(KasperskyState(record: record).protection == protection)
    }

    @Test("What Kaspersky says is said of the product that is there")
    func landsOnProduct() throws {
        let record = Self.state([
            "state": .number(2), "engine_running": .boolean(true), "server": .text("ksc.example"),
            "bases_at": .number(WindowsDevice.now - 9 * 86_400), "last_connection": .number(WindowsDevice.now - 3_600),
        ])
        let products = try WindowsDevice.products(WindowsDevice.endpointSecurity + [Self.keeper, record])
        #expect(products.map(\.family) == ["kes"])
        let status = try #require(products.first?.status)
        #expect(status.source == .vendorState)
        #expect(status.protection == .snoozed)
        #expect(status.signatures == .outdated)
        #expect(status.server == "ksc.example")
        let server = [WindowsDevice.uninstall("Kaspersky Security for Windows Server"), Self.keeper, record]
        #expect(try WindowsDevice.products(server).map(\.family) == ["ksws"])
    }

    @Test("A title that the component states decides, whatever else is there")
    func statedProduct() throws {
        let record = ProbeRecord(
            "kaspersky",
            [
                "component": .text("34\\KSWS\\11"), "state": .number(1), "engine_running": .boolean(false),
                "product": .text("Kaspersky Security for Windows Server"),
            ]
        )
        let products = try WindowsDevice.products(
            WindowsDevice.endpointSecurity + [
                Self.keeper, record, WindowsDevice.service("KAVFS", WindowsDevice.running),
            ]
        )
        #expect(products.first { $0.family == "kes" }?.status == nil)
        #expect(products.first { $0.family == "ksws" }?.status?.protection == .off)
    }

    @Test("The Network Agent's own name and version are not those of the antivirus that it speaks of")
    func keeperIsNotProduct() throws {
        let names = ["Kaspersky Security Center Network Agent", "Агент администрирования"]
        for (component, name) in [("34\\1103\\1.0.0.0", names[1]), ("28\\other", names[0])] {
            let fields: [String: ProbeRecord.Value] = [
                "component": .text(component), "product": .text(name), "product_version": .text("14.2.0.26967"),
                "state": .number(4), "engine_running": .boolean(true),
            ]
            let products = try WindowsDevice.products(
                WindowsDevice.endpointSecurity + [Self.keeper, ProbeRecord("kaspersky", fields)]
            )
            #expect(products.map(\.family) == ["kes"])
            #expect(products.first?.status?.protection == .on)
            #expect(products.first?.version == nil)
        }
    }

    @Test("The figures alone prove no antivirus")
    func provesNothing() throws {
        for running in [true, false] {
            let record = Self.state(["state": .number(4), "engine_running": .boolean(running)])
            let products = try WindowsDevice.products([Self.keeper, record])
            #expect(products.allSatisfy { $0.grade == (running ? .registered : .remnant) && !$0.isConfirmedAntivirus })
        }
    }

    @Test("A Network Agent without an antivirus hides no missing antivirus")
    func missingAntivirus() throws {
        let record = Self.state(["state": .number(0), "engine_running": .boolean(false)])
        #expect(try WindowsDevice.judge([Self.keeper, record]).findings == [.noAntivirus: []])
    }

    @Test("Figures that nobody keeps any more say nothing")
    func oldFigures() throws {
        let record = Self.state(["state": .number(1), "bases_at": .number(1_600_000_000)])
        let stopped = WindowsDevice.service("klnagent", ["state": .text("stopped"), "file_exists": .boolean(false)])
        for keeper in [[], [stopped]] {
            let products = try WindowsDevice.products(WindowsDevice.endpointSecurity + keeper + [record])
            #expect(products.first { $0.family == "kes" }?.status == nil)
        }
        let disk = WindowsDevice.service("klnagent", ["file_exists": .boolean(true)])
        let products = try WindowsDevice.products(WindowsDevice.endpointSecurity + [disk, record])
        let status = try #require(products.first { $0.family == "kes" }?.status)
        #expect(status.protection == nil && status.signaturesAt != nil, "nothing runs on a disk")
    }

    @Test("Of figures in both views, those of the latest connection count")
    func latestFigures() throws {
        let old = Self.state([
            "state": .number(1), "engine_running": .boolean(false), "last_connection": .number(1_700_000_000),
            "view": .number(64),
        ])
        let new = Self.state([
            "state": .number(4), "engine_running": .boolean(true), "last_connection": .number(1_790_000_000),
            "view": .number(32),
        ])
        for records in [[old, new], [new, old]] {
            let products = try WindowsDevice.products(WindowsDevice.endpointSecurity + [Self.keeper] + records)
            #expect(products.first?.status?.protection == .on)
        }
    }
}
