import Foundation
import Shared
import Testing

@testable import Collector

@Suite struct OfficerTextTests {
    /// What shows nothing, and white space between it.
    private static let nothing = [
        "", " ", "\u{200B}", "\u{FEFF}", "\u{2060}\u{202E}\u{2066}", " \u{200B} \u{200D}", "\u{3164}",
    ]

    @Test func `a text is kept composed, with single spaces, and without what shows nothing`() {
        let written = "\u{202B} Sở\u{200B}  Y\u{00A0}tế\u{FEFF}".decomposedStringWithCanonicalMapping
        #expect(OfficerText.plain(written).unicodeScalars.elementsEqual("Sở Y tế".unicodeScalars))
    }

    @Test(arguments: nothing)
    func `a document's number that nobody can see is none`(text: String) {
        #expect(throws: CollectorError.self) { try Decision.document(text) }
        let error = #expect(throws: CollectorError.self) { try Decision(document: text, reason: "", effectiveOn: "") }
        #expect(error?.code == .invalidArgument)
        #expect(error?.message.contains("needs its document number") == true)
    }

    @Test func `numbers and reasons of decisions are kept as people see them`() throws {
        let decision = try Decision(document: "\u{FEFF}12/QĐ\u{200B}", reason: "\u{200E}x\u{200B}", effectiveOn: "")
        #expect(decision.document.unicodeScalars.elementsEqual("12/QĐ".unicodeScalars))
        #expect(decision.reason.unicodeScalars.elementsEqual("x".unicodeScalars))
        // As long as it may be, with what does not count.
        let long = String(repeating: "x", count: Decision.documentBytes)
        #expect(try Decision.document(long + "\u{200B}") == long)
        #expect(throws: CollectorError.self) { try Decision.document(long + "x") }
        #expect(throws: CollectorError.self) { try Decision(document: "1", reason: "a\nb", effectiveOn: "") }
    }

    @Test(arguments: nothing)
    func `a reason that nobody can see is none`(reason: String) async throws {
        let collector = try TestCollector()
        try collector.addDevice("d1-device")
        try collector.submit("d1-device", TestCollector.conflictInventory)
        let finding = try collector.finding(.multipleAntivirus, of: "d1-device")
        let before = try collector.everything()
        let until = collector.day(5).description
        let errors = [
            await refusal { _ = try await collector.lifecycles.retire("d1-device", reason: reason, by: .center) },
            await refusal { try await collector.devices.revoke("d1-device", reason: reason, by: .center) },
            await refusal {
                _ = try await collector.findings.waive(finding, until: until, reason: reason, by: .center)
            },
            await refusal {
                _ = try await collector.policies().set(PolicyChange(), reason: reason, expected: 1, by: .center)
            },
            await refusal {
                _ = try await collector.requests.create(unit: "unit-a", seats: 1, reason: reason, term: 0, by: .center)
            },
        ]
        for error in errors { #expect(error?.code == .invalidArgument) }
        #expect(try collector.everything() == before)
    }

    @Test func `reasons are kept as people see them`() async throws {
        let collector = try TestCollector()
        for id in ["d1-device", "d2-device"] { try collector.addDevice(id) }
        let reason = "\u{200B}sold\u{FEFF}"
        _ = try await collector.lifecycles.retire("d1-device", reason: reason, by: .center)
        try await collector.devices.revoke("d2-device", reason: reason, by: .center)
        let details = try collector.text("SELECT detail FROM audit WHERE action LIKE 'device-re%'")
        #expect(details.map { $0.unicodeScalars.count } == [4, 4])
    }
}
