import Foundation
import GRPCCore
import Messages
import SwiftProtobuf
import Testing

@testable import Admin

@Suite struct DeviceCommandTests {
    private static let device = Khien_V1_Device.with {
        $0.id = "0123456789abcdef"
        $0.hostName = "ke-toan-01"
        $0.unitCode = "SYT"
        $0.unitName = "Sở Y tế"
        $0.standing = .retired
        $0.seat = .none
        $0.enrolledAtMs = Run.now
    }

    /// A change of a device, and what the collector is asked for it.
    struct Change: Sendable, CustomTestStringConvertible {
        var words: [String]
        var method: String
        var fields: String

        var testDescription: String { words.joined(separator: " ") }
    }

    static let changes = [
        Change(
            words: ["retire", "0123", "--reason", "sold"],
            method: "retireDevice",
            fields: #""id":"0123","reason":"sold""#
        ),
        Change(
            words: ["restore", "0123", "--reason", "found"],
            method: "restoreDevice",
            fields: #""id":"0123","reason":"found""#
        ),
        Change(
            words: ["move", "0123", "--unit", "Sở Nội vụ", "--from", "SYT", "--reason", "moved"],
            method: "moveDevice",
            fields: #""id":"0123","unit":"Sở Nội vụ","reason":"moved","expectedUnitCode":"SYT""#
        ),
        Change(
            words: ["merge", "0123", "4567", "--reason", "one machine"],
            method: "mergeDevices",
            fields: #""keepId":"0123","otherId":"4567","reason":"one machine""#
        ),
        Change(
            words: ["unmerge", "4567", "--reason", "two machines"],
            method: "unmergeDevice",
            fields: #""id":"4567","reason":"two machines""#
        ),
    ]

    @Test("a change says how the device stands now, and which devices got a seat by it", arguments: changes)
    func change(_ change: Change) async throws {
        var answers = FakeAdministration.Answers()
        answers.messages[change.method] = Khien_V1_DeviceAnswer.with {
            $0.device = Self.device
            $0.seatedDeviceIds = ["aaaa", "bbbb"]
        }
        try await TestCollector.serving(answers) { collector in
            let words = ["device"] + change.words
            let run = try await collector.khien(words)
            #expect(run.status == .done, "\(run.errors)")
            #expect(run.output.contains("Standing          retired"))
            #expect(run.output.hasSuffix("\nBy this, a seat went to: aaaa, bbbb.\n"))
            let vietnamese = try await collector.khien(words + ["--lang", "vi"]).output
            #expect(vietnamese.contains("ngừng sử dụng"))
            #expect(vietnamese.hasSuffix("\nNhờ đó, suất bản quyền được cấp cho: aaaa, bbbb.\n"))
            let csv = try await collector.khien(words + ["--format", "csv"]).output
            #expect(csv.hasSuffix(",\"aaaa; bbbb\"\n"))
            let json = try await collector.khien(words + ["--format", "json"]).output
            let object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
            #expect(object["seated_device_ids"] as? [String] == ["aaaa", "bbbb"])
            #expect(object["standing"] as? String == "retired")
            #expect(collector.service.calls == Array(repeating: "\(change.method) {\(change.fields)}", count: 4))
        }
    }

    @Test("where nobody waited, nobody got a seat", arguments: ["en", "vi"])
    func nobody(language: String) async throws {
        try await TestCollector.serving { collector in
            let run = try await collector.khien("device", "retire", "0123", "--reason", "sold", "--lang", language)
            let note = [
                "en": "No other device got a seat by this.",
                "vi": "Không có thiết bị nào khác được cấp suất nhờ thao tác này.",
            ]
            #expect(run.output.hasSuffix("\n\(note[language] ?? "")\n"))
        }
    }

    @Test("a refused change exits with 1 and shows nothing", arguments: changes)
    func refused(_ change: Change) async throws {
        var answers = FakeAdministration.Answers()
        answers.refusals[change.method] = RPCError(code: .failedPrecondition, message: "It is retired already.")
        try await TestCollector.serving(answers) { collector in
            let run = try await collector.khien(["device"] + change.words)
            #expect(run.status == .refused)
            #expect(run.output == "")
            #expect(run.errors.contains("It is retired already."))
        }
    }

    @Test("a move without --from says where the device was when it was looked up")
    func move() async throws {
        var answers = FakeAdministration.Answers()
        answers.device.device = Self.device
        answers.refusals["moveDevice"] = RPCError(code: .aborted, message: "Hoa moved it to SNV. Look again.")
        try await TestCollector.serving(answers) { collector in
            let run = try await collector.khien("device", "move", "0123", "--unit", "SNV", "--reason", "moved", "--yes")
            #expect(run.status == .refused)
            #expect(run.errors.contains("Hoa moved it to SNV. Look again."))
            #expect(
                collector.service.calls == [
                    "getDevice 0123",
                    #"moveDevice {"id":"0123456789abcdef","unit":"SNV","reason":"moved","expectedUnitCode":"SYT"}"#,
                ]
            )
        }
    }

    @Test("a reason that nobody can see is none", arguments: ["", " ", "\u{200B}", "\u{FEFF} \u{2060}"])
    func invisibleReason(reason: String) async throws {
        try await TestCollector.serving { collector in
            let run = try await collector.khien("device", "retire", "0123", "--reason", reason)
            #expect(run.status == .usage && run.errors.contains("--reason"))
            #expect(collector.service.calls == [])
        }
    }

    @Test("devices are narrowed to a standing", arguments: StandingOption.allCases)
    func standing(_ standing: StandingOption) async throws {
        try await TestCollector.serving { collector in
            let run = try await collector.khien("devices", "--standing", standing.rawValue)
            #expect(run.status == .done)
            #expect(collector.service.calls == ["listDevices  500  \(standing.wire)"])
        }
    }

    @Test("the keys of the list are these")
    func keys() async throws {
        var answers = FakeAdministration.Answers()
        answers.devices = [Self.device]
        try await TestCollector.serving(answers) { collector in
            let csv = try await collector.khien("devices", "--format", "csv", "--lang", "vi").output
            #expect(
                csv.split(separator: "\n").first == """
                    id,host_name,unit_code,unit_name,platform,operating_system,agent_version,standing,findings,seat,\
                    antivirus,enrolled_at,last_report_at,merged_into
                    """
            )
        }
    }
}
