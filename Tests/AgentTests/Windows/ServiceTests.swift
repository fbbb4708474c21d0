import Shared
import Testing

@testable import Agent

@Suite
struct ServiceTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var state: String?
        var start: Int64?
        var exists: Bool?
        var weight: FactWeight
        var isWeak = false
        var testDescription: String { "\(state ?? "-") \(start ?? -1) \(exists.map(String.init) ?? "-")" }
    }

    private static let cases = [
        Case(state: "running", start: 2, exists: true, weight: .running),
        Case(state: "running", start: 2, exists: nil, weight: .running),
        Case(state: "paused", start: 2, exists: true, weight: .running),
        Case(state: "running", start: 2, exists: false, weight: .running, isWeak: true),
        Case(state: "stopped", start: 3, exists: true, weight: .installed),
        Case(state: "pending", start: 2, exists: true, weight: .installed),
        Case(state: nil, start: 2, exists: true, weight: .installed),
        Case(state: "stopped", start: 4, exists: true, weight: .registered),
        Case(state: nil, start: 4, exists: true, weight: .registered),
        Case(state: "stopped", start: 3, exists: nil, weight: .registered),
        Case(state: nil, start: nil, exists: nil, weight: .registered),
        Case(state: "stopped", start: 3, exists: false, weight: .leftover),
        Case(state: nil, start: 4, exists: false, weight: .leftover),
    ]

    @Test("A service and a driver weigh what is known of their state and file", arguments: cases)
    func weights(_ given: Case) throws {
        var fields: [String: ProbeRecord.Value] = ["file": .text("C:\\Program Files\\X\\x.exe")]
        if let state = given.state { fields["state"] = .text(state) }
        if let start = given.start { fields["start"] = .number(start) }
        if let exists = given.exists { fields["file_exists"] = .boolean(exists) }
        for record in [WindowsDevice.service("ekrn", fields), WindowsDevice.driver("ekrn", fields)] {
            let fact = try #require(WindowsDevice.facts([record]).first { $0.kind == .service })
            #expect(fact.weight == given.weight)
            #expect(fact.isWeak == given.isWeak)
        }
    }

    @Test("A service stands for its key, its file and, weakly, the file's name")
    func serviceFacts() {
        let facts = WindowsDevice.facts([
            WindowsDevice.service(
                "AVP.KES.21.13",
                [
                    "state": .text("running"), "start": .number(2), "protected": .number(3),
                    "file": .text("C:\\Program Files\\KES\\avp.exe"), "publisher": .text("AO Kaspersky Lab"),
                ]
            )
        ])
        #expect(facts.map(\.kind) == [.service, .path, .process])
        #expect(facts.map(\.value) == ["AVP.KES.21.13", "C:\\Program Files\\KES\\avp.exe", "avp.exe"])
        #expect(facts.map(\.isWeak) == [false, false, true])
        #expect(Set(facts.map(\.subject)).count == 1)
        #expect(facts.allSatisfy { $0.source == .service && $0.publisher == "AO Kaspersky Lab" })
        #expect(facts.allSatisfy { $0.detail.hasPrefix("running, starts by itself, protected by Windows, C:\\") })
    }

    @Test("A driver stands for its file's name, or for its key's where it names no file")
    func driverFacts() {
        let named = WindowsDevice.driver("klif", ["file": .text("C:\\Windows\\System32\\drivers\\KLIF_v2.sys")])
        #expect(WindowsDevice.facts([named]).map(\.value) == ["KLIF_v2.sys", "klif"])
        #expect(WindowsDevice.facts([WindowsDevice.driver("klif")]).map(\.value) == ["klif.sys", "klif"])
    }

    @Test("The version in a service's name is no matter", arguments: ["AVP.KES.21.13", "avp.kes.14.1", "AVP.KES.99"])
    func versionInName(name: String) throws {
        let products = try WindowsDevice.products([WindowsDevice.service(name, WindowsDevice.running)])
        #expect(products.map(\.family) == ["kes"])
        #expect(products.first?.grade == .confirmed)
    }

    @Test("A service that one of Windows' hosts would run is not installed because that host is there")
    func hostedService() throws {
        let record = WindowsDevice.service(
            "ekrn",
            [
                "state": .text("stopped"), "start": .number(2), "file_exists": .boolean(true),
                "file": .text("C:\\Windows\\System32\\svchost.exe"),
            ]
        )
        #expect(WindowsDevice.facts([record]).map(\.weight) == [.registered, .registered])
        let records = [record, WindowsDevice.uninstall("ESET Endpoint Antivirus")]
        #expect(try WindowsDevice.products(records).first?.grade == .registered)
    }

    @Test("What still runs after its files were removed accuses nobody")
    func removedUntilRestart() throws {
        let records =
            WindowsDevice.endpointSecurity + [
                WindowsDevice.driver("ekrn", ["state": .text("running"), "file_exists": .boolean(false)])
            ]
        #expect(try WindowsDevice.judge(records).findings.isEmpty)
    }

    @Test("Keys of removed services are left-overs")
    func orphans() throws {
        let gone: [String: ProbeRecord.Value] = ["state": .text("stopped"), "file_exists": .boolean(false)]
        let records = [WindowsDevice.service("ekrn", gone), WindowsDevice.driver("ekrn", gone)]
        #expect(try WindowsDevice.products(records).first?.grade == .remnant)
    }

    @Test("Windows' own sfc.exe is not the antivirus program of that name")
    func systemFileChecker() throws {
        let own = ProbeRecord("process", ["path": .text("C:\\Windows\\System32\\sfc.exe")])
        #expect(try WindowsDevice.products([own]).isEmpty)
        let other = ProbeRecord("process", ["path": .text("C:\\Program Files\\Cisco\\AMP\\sfc.exe")])
        let product = try #require(try WindowsDevice.products([other]).first)
        #expect(product.family == "amp")
        #expect(product.grade == .registered)
    }
}
