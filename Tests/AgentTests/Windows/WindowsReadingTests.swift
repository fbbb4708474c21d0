import Shared
import Testing

@testable import Agent

@Suite
struct WindowsReadingTests {
    private static func reading(_ records: [ProbeRecord], limits: WindowsLimits = WindowsLimits()) -> DeviceReading {
        WindowsReading(now: WindowsDevice.now, limits: limits).reading(of: records)
    }

    @Test("A healthy device has one confirmed antivirus and no finding")
    func healthy() throws {
        let products = try WindowsDevice.products(WindowsDevice.endpointSecurity)
        #expect(products.map(\.family) == ["kes"])
        #expect(products.first?.isConfirmedAntivirus == true)
        #expect(try WindowsDevice.judge(WindowsDevice.endpointSecurity).findings.isEmpty)
    }

    @Test("Two antivirus programs that are both there are a conflict")
    func conflict() throws {
        let records =
            WindowsDevice.endpointSecurity + [
                WindowsDevice.uninstall("ESET Endpoint Antivirus"),
                WindowsDevice.service("ekrn", WindowsDevice.running),
            ]
        #expect(try WindowsDevice.judge(records).findings[.multipleAntivirus] == ["eset", "kes"])
    }

    @Test("The order of the records does not matter")
    func order() throws {
        let records =
            WindowsDevice.endpointSecurity + [
                WindowsDevice.row("ESET Security", state: 262_144), WindowsDevice.row("ESET Security", state: 266_240),
            ]
        let products = try WindowsDevice.products(records)
        #expect(try WindowsDevice.products(records.reversed()) == products)
    }

    @Test("The host record says what the device is")
    func host() {
        let fields: [String: ProbeRecord.Value] = [
            "name": .text(" PC-01\n"), "system": .text("Windows Server 2022"), "server": .boolean(true),
            "architecture": .text("x86_64"),
        ]
        let host = Self.reading([ProbeRecord("host", fields)]).host
        #expect(host.name == "PC-01")
        #expect(host.platform == .windowsServer)
        #expect(host.operatingSystem == "Windows Server 2022")
        #expect(Self.reading([]).host.platform == .windows)
        #expect(Self.reading([ProbeRecord("host", ["platform": .text("macos")])]).host.platform == .macOS)
    }

    @Test("A server without Security Center lacks nothing")
    func serverWithoutSecurityCenter() throws {
        var sources = WindowsDevice.completeSources
        sources[4] = WindowsDevice.source("security-center", "absent", reason: "no such namespace")
        let reading = Self.reading(sources)
        let inventory = Inventory(products: [], sources: reading.sources)
        #expect(inventory.provesAbsence)
        #expect(reading.sources.first { $0.source == .securityCenter }?.reason == "")
        #expect(reading.sources.first { $0.source == .installPath }?.state == .absent)
    }

    @Test("A source that could not be asked keeps anything from being called absent")
    func unavailableSource() {
        for index in WindowsDevice.completeSources.indices {
            for state in ["unavailable", "partial", "sleeping"] {
                var sources = WindowsDevice.completeSources
                let name = sources[index].text("source") ?? ""
                sources[index] = WindowsDevice.source(name, state, reason: "error 5")
                #expect(
                    !Inventory(products: [], sources: Self.reading(sources).sources).provesAbsence,
                    "\(name) \(state)"
                )
            }
        }
    }

    @Test("Processes and pipes are one source, as good as the worse of them", arguments: [true, false])
    func processesAndPipes(isReversed: Bool) {
        let records = [
            WindowsDevice.source("process", "complete"), WindowsDevice.source("pipe", "unavailable", reason: "error 5"),
        ]
        let reading = Self.reading(isReversed ? records.reversed() : records)
        #expect(reading.sources == [SourceStatus(source: .process, state: .partial, reason: "pipe: error 5")])
    }

    @Test("Numbers of entries that change by themselves are left out")
    func steadyEntries() {
        let reading = Self.reading([
            WindowsDevice.source("process", "complete", entries: 211),
            WindowsDevice.source("service", "complete", entries: 290),
            WindowsDevice.source("uninstall", "complete", entries: 120),
            WindowsDevice.source("minifilter", "complete", entries: -1),
        ])
        #expect(reading.sources.map(\.entries) == [0, 120, 0, 0])
    }

    @Test("Records over the limit are left out, and their source says so")
    func entryLimit() {
        let entries = (0..<10_000).map { WindowsDevice.uninstall("Program \($0)") }
        let reading = Self.reading(entries + [WindowsDevice.source("uninstall", "complete")])
        #expect(reading.facts.count == 2 * WindowsLimits().entries)
        #expect(reading.sources.map(\.state) == [.partial])
        #expect(reading.sources.first?.reason == "more than 8192 entries")
    }

    @Test("Facts over the limit are left out, and the source of the first of them says so")
    func factLimit() {
        var limits = WindowsLimits()
        limits.facts = 5
        let reading = Self.reading(
            [
                WindowsDevice.uninstall("a"), WindowsDevice.uninstall("b"), WindowsDevice.uninstall("c"),
                WindowsDevice.source("uninstall", "complete"), WindowsDevice.source("service", "complete"),
            ],
            limits: limits
        )
        #expect(reading.facts.count == 4)
        #expect(reading.sources.first { $0.source == .uninstall }?.state == .partial)
        #expect(reading.sources.first { $0.source == .service }?.state == .complete)
    }

    private static let hostile = [
        "\u{0}", "\n\n", "a\nb", "\u{fffd}\u{fffd}", "\u{202e}exe.sys", String(repeating: "Ж", count: 512), "\"'`$(x)",
        "\\", "\\\\", "@", "@320400", "C:\\", "..\\..", "%SystemRoot%", "://", "e\u{301}\u{301}",
    ]

    @Test("Names of any kind make no trap and no line break in a report", arguments: hostile)
    func hostileNames(name: String) throws {
        var records: [ProbeRecord] = []
        for kind in [
            "host", "uninstall", "service", "minifilter", "security-center", "defender", "kaspersky", "process", "pipe",
            "registry", "file", "source", "fact",
        ] {
            var fields: [String: ProbeRecord.Value] = [:]
            for field in [
                "name", "key", "publisher", "file", "path", "product", "reporting", "service", "altitude", "mode",
                "source",
                "server", "component", "reason", "state", "type", "location", "guid", "hive",
            ] {
                fields[field] = .text(name)
            }
            records.append(ProbeRecord(kind, fields))
            records.append(ProbeRecord(kind, fields.mapValues { _ in .number(.min) }))
            records.append(ProbeRecord(kind, fields.mapValues { _ in .boolean(true) }))
        }
        let reading = Self.reading(records)
        for product in try WindowsDevice.catalog().products(of: reading.facts, on: .windows) {
            #expect(product.role == .unknown || product.family == "defender" || product.grade != .confirmed)
            let texts = [product.name, product.vendor] + product.facts.flatMap { [$0.value, $0.detail, $0.publisher] }
            #expect(texts.allSatisfy { $0.unicodeScalars.allSatisfy { $0.value >= 0x20 } })
        }
    }

    @Test("Kinds and fields that are not known are passed over")
    func unknownKinds() {
        let reading = Self.reading([
            ProbeRecord("firewall", ["name": .text("x")]), ProbeRecord("", [:]),
            WindowsDevice.source("firewall", "unavailable"),
        ])
        #expect(reading.facts.isEmpty)
        #expect(reading.sources.isEmpty)
    }

    @Test("A registry key proves nothing but that something was there")
    func registry() throws {
        let key = ProbeRecord("registry", ["key": .text("HKLM\\SOFTWARE\\KasperskyLab\\Components\\34")])
        #expect(try WindowsDevice.products([key]).allSatisfy { $0.grade == .remnant })
    }

    @Test("A file that was asked about is a place of the product, or what a removed one left")
    func files() {
        let facts = WindowsDevice.facts([
            ProbeRecord("file", ["path": .text("C:\\Program Files\\ESET"), "exists": .boolean(true)]),
            ProbeRecord("file", ["path": .text("C:\\Gone"), "exists": .boolean(false)]),
            ProbeRecord("file", ["path": .text("C:\\Denied")]),
        ])
        #expect(facts.map(\.weight) == [.installed, .leftover])
        #expect(facts.map(\.kind) == [.path, .dataPath])
    }
}
