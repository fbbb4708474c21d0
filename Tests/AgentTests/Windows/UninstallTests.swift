import Shared
import Testing

@testable import Agent

@Suite
struct UninstallTests {
    private static let known: [(program: Bool?, location: Bool?, weight: FactWeight)] = [
        (nil, nil, .installed), (true, nil, .installed), (nil, true, .installed), (true, false, .installed),
        (false, true, .registered), (false, nil, .registered), (nil, false, .registered), (false, false, .registered),
    ]

    @Test("An entry is installed unless its program, or where none is named its folder, is gone", arguments: known)
    func weights(program: Bool?, location: Bool?, weight: FactWeight) {
        var fields: [String: ProbeRecord.Value] = [:]
        if let program { fields["program_exists"] = .boolean(program) }
        if let location { fields["location_exists"] = .boolean(location) }
        let facts = WindowsDevice.facts([WindowsDevice.uninstall("ESET Endpoint Antivirus", fields)])
        #expect(facts.map(\.weight) == [weight, weight])
    }

    @Test("An entry alone, and with only its service's key, confirms nothing")
    func entryAlone() throws {
        let entry = WindowsDevice.uninstall("ESET Endpoint Antivirus")
        let orphan = WindowsDevice.service("ekrn", ["state": .text("stopped"), "file_exists": .boolean(false)])
        for records in [[entry], [entry, orphan], [entry, entry]] {
            #expect(try WindowsDevice.products(records).first?.grade == .registered)
            #expect(try WindowsDevice.judge(WindowsDevice.endpointSecurity + records).findings.isEmpty)
        }
    }

    private static let updates: [[String: ProbeRecord.Value]] = [
        ["name": .text("Security Update for ESET Endpoint Antivirus (KB1)")],
        ["name": .text("ESET Endpoint Antivirus"), "release": .text("Hotfix")],
        ["name": .text("ESET Endpoint Antivirus"), "release": .text("SECURITY UPDATE"), "parent": .text("X")],
        ["name": .text("Update for ESET Endpoint Antivirus"), "parent": .text("X")],
    ]

    @Test("Updates are no products", arguments: updates)
    func updatesAreSkipped(fields: [String: ProbeRecord.Value]) {
        #expect(WindowsDevice.facts([WindowsDevice.uninstall(nil, fields)]).isEmpty)
    }

    @Test("Parts, hidden entries and those of one user are read")
    func partsAreRead() throws {
        let entries: [[String: ProbeRecord.Value]] = [
            ["component": .boolean(true)], ["parent": .text("KES")], ["hive": .text("S-1-5-21-1-2-3-1001")],
            ["release": .text("Product")], ["view": .number(32)],
        ]
        for fields in entries {
            let products = try WindowsDevice.products([WindowsDevice.uninstall("ESET Endpoint Antivirus", fields)])
            #expect(products.map(\.family) == ["eset"])
        }
    }

    @Test("The same title in several views and hives is one fact")
    func oneFact() throws {
        let entries = ["HKLM", "S-1-5-21-1", "S-1-5-21-2"].map {
            WindowsDevice.uninstall("ESET Endpoint Antivirus", ["hive": .text($0)])
        }
        let product = try #require(try WindowsDevice.products(entries).first)
        #expect(product.facts.filter { $0.kind == .uninstallName }.count == 1)
        #expect(product.grade == .registered)
    }

    @Test("A title with blanks and invisible characters around it is still the title")
    func trimmed() throws {
        let title = "\u{feff} ESET Endpoint Antivirus\u{a0}\r\n\u{200e}\0"
        #expect(try WindowsDevice.products([WindowsDevice.uninstall(title)]).map(\.family) == ["eset"])
    }

    @Test("A title that anybody may use counts beside its maker's name")
    func genericTitle() throws {
        let service = WindowsDevice.service("other", WindowsDevice.running)
        let alone = try WindowsDevice.products([WindowsDevice.uninstall("Security Client"), service])
        #expect(alone.first?.facts.first { $0.kind == .uninstallName }?.isWeak == true)
        let made = WindowsDevice.uninstall("Security Client", ["publisher": .text("ESET, spol. s r.o.")])
        let known = try WindowsDevice.products([made])
        #expect(known.first?.facts.first { $0.kind == .uninstallName }?.isWeak == false)
    }

    @Test("An entry without a title is its key")
    func withoutTitle() {
        let facts = WindowsDevice.facts([WindowsDevice.uninstall(nil)])
        #expect(facts.map(\.kind) == [.uninstallKey])
    }
}
