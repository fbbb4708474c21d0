import Foundation
import Shared
import Testing

@testable import Agent

/// Recordings that the C probes made under wine, over what `Tests/WindowsTests` prepares there: real calls of Win32, stand-ins for
/// Security Center and the filter manager.
@Suite
struct WineRecordingTests {
    private static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "WindowsTests/Recordings")

    private static func recording(_ name: String) throws -> Recording {
        Recording(try Data(contentsOf: folder.appending(path: name + ".jsonl")))
    }

    @Test("Every line of a probe is a record", arguments: ["plain", "wmi", "hang", "filters", "some"])
    func lines(name: String) throws {
        let recording = try Self.recording(name)
        #expect(recording.records.first?.kind == "host")
        #expect(recording.troubles.isEmpty)
        let reading = recording.reading()
        #expect(reading.host.platform == .windows)
        for record in recording.records where record.kind == "source" {
            let source = try #require(record.text("source").flatMap(RecordedSources.source))
            #expect(reading.sources.contains { $0.source == source })
        }
    }

    @Test("What the probes read becomes the facts that it says")
    func facts() throws {
        let reading = try Self.recording("wmi").reading()
        func weight(_ source: FactSource, _ value: String) -> FactWeight? {
            reading.facts.first { $0.source == source && $0.value == value }?.weight
        }
        #expect(weight(.service, "AVP.KES.21.13") == .installed)
        #expect(weight(.service, "klnagent") == .leftover)
        #expect(weight(.driver, "klif.sys") == .installed)
        #expect(weight(.minifilter, "newflt.sys@321120.5") == .running)
        #expect(weight(.minifilter, "ghostflt.sys@328010") == .leftover)
        #expect(weight(.defender, "WinDefend") == .registered)
        #expect(weight(.installPath, "C:\\Program Files (x86)\\Kaspersky Lab\\KES.12.1.0\\avp.exe") == .installed)
        #expect(weight(.securityCenter, "{00000000-0000-0000-0000-000000000003}") == .registered)
        let rows = reading.facts.filter { $0.source == .securityCenter }
        #expect(rows.count == 5)
        #expect(rows.compactMap(\.status?.protection) == [.on, .on])
        // The Network Agent's file is gone, so what it kept says nothing.
        #expect(
            reading.facts.filter { $0.source == .vendorState }.allSatisfy { $0.weight == .leftover && $0.status == nil }
        )
    }
}
