import Shared
import Testing

@testable import Agent

@Suite
struct MinifilterTests {
    @Test("An instance is its file and altitude, decimals kept")
    func value() {
        let facts = WindowsDevice.facts([
            WindowsDevice.minifilter("CMC", "321120.5", ["file": .text("cbfilter20.sys")]),
            WindowsDevice.minifilter("klif", "320400"), WindowsDevice.minifilter("klif", ""),
        ])
        #expect(facts.map(\.value) == ["cbfilter20.sys@321120.5", "klif.sys@320400"])
        #expect(facts.allSatisfy { $0.weight == .registered && $0.source == .minifilter })
    }

    @Test("An instance weighs whether it is loaded and its file is there")
    func weights() {
        let cases: [([String: ProbeRecord.Value], FactWeight, Bool)] = [
            (["loaded": .boolean(true)], .running, false), (["file_exists": .boolean(false)], .leftover, false),
            (["file_exists": .boolean(true), "loaded": .boolean(false)], .registered, false),
            (["file_exists": .boolean(false), "loaded": .boolean(true)], .running, true),
        ]
        for (fields, weight, isWeak) in cases {
            let fact = WindowsDevice.facts([WindowsDevice.minifilter("klif", "320400", fields)]).first
            #expect(fact?.weight == weight)
            #expect(fact?.isWeak == isWeak)
        }
    }

    @Test("A driver and its instances are one thing, whatever the case of its name")
    func oneSubject() {
        let facts = WindowsDevice.facts([
            WindowsDevice.driver("KLIF"), WindowsDevice.minifilter("klif", "320400"),
            WindowsDevice.minifilter("other", "320500"),
        ])
        let subjects = facts.map(\.subject)
        #expect(subjects[0] == subjects[2])
        #expect(subjects[0] != subjects[3])
    }

    @Test("An unknown driver in the altitudes of antivirus filters is kept for review")
    func unknownInRange() throws {
        let records = [
            WindowsDevice.driver("bkav", WindowsDevice.running), WindowsDevice.minifilter("bkav", "327542"),
            WindowsDevice.minifilter("fraction", "329998.99"),
        ]
        let products = try WindowsDevice.products(records)
        #expect(products.allSatisfy { $0.role == .unknown })
        #expect(products.map(\.name).sorted() == ["bkav.sys", "fraction.sys"])
    }

    @Test("An unknown driver elsewhere, a look-alike, and a left-over are nothing")
    func notForReview() throws {
        let records = [
            WindowsDevice.minifilter("backup", "180000"), WindowsDevice.minifilter("edge", "330000"),
            WindowsDevice.driver("vsepflt", WindowsDevice.running), WindowsDevice.minifilter("vsepflt", "328200"),
            WindowsDevice.minifilter("old", "325000", ["file_exists": .boolean(false)]),
            WindowsDevice.minifilter("broken", "three hundred"),
            WindowsDevice.minifilter("huge", "999999999999999999999"),
        ]
        #expect(try WindowsDevice.products(records).isEmpty)
    }

    @Test("A known driver counts at any altitude, and its altitude makes no second product")
    func knownElsewhere() throws {
        let records = [
            WindowsDevice.driver("ElasticEndpoint", WindowsDevice.running),
            WindowsDevice.minifilter("ElasticEndpoint", "260350.5"),
            WindowsDevice.minifilter("ElasticEndpoint", "325111"),
        ]
        #expect(try WindowsDevice.products(records).map(\.family) == ["elastic"])
    }
}
