import Foundation
import GRPCCore
import Messages
import SwiftProtobuf
import Testing

@testable import Admin

@Suite struct FindingCommandTests {
    static let finding = Khien_V1_Finding.with {
        $0.id = 7
        $0.kind = .multipleAntivirus
        $0.severity = .critical
        $0.state = .acknowledged
        $0.overdue = true
        $0.openedAtMs = Run.now - 86_400_000
        $0.deadlineMs = Run.now
        $0.unitCode = "SYT"
        $0.unitName = "Sở Y tế"
        $0.deviceID = "device-1"
        $0.hostName = "ke-toan-01"
        $0.products = ["Kaspersky", "ESET"]
        $0.lastReportAtMs = Run.now
        $0.acknowledgedBy = "officer:lan"
        $0.acknowledgedAtMs = Run.now
        $0.revision = 3
    }

    static let waived = Khien_V1_Finding.with {
        $0.id = 8
        $0.kind = .noAntivirus
        $0.severity = .warning
        $0.state = .waived
        $0.openedAtMs = Run.now
        $0.deadlineMs = Run.now
        $0.waivedUntil = "2025-12-31"
        $0.waivedBy = "officer:center"
        $0.waiverReason = "=a lab"
        $0.revision = 5
    }

    private static func list(_ findings: [Khien_V1_Finding]) -> FakeAdministration.Answers {
        var answers = FakeAdministration.Answers()
        answers.messages["listFindings"] = Khien_V1_ListFindingsResponse.with {
            $0.findings = findings
            $0.total = UInt32(findings.count)
            $0.overdue = 1
            $0.waived = 4
        }
        return answers
    }

    @Test("findings are shown with deadline and state; below stands how many are overdue, and waived and left out")
    func list() async throws {
        try await TestCollector.serving(Self.list([Self.finding])) { collector in
            let english = try await collector.khien("findings").output
            #expect(english.contains("Number  Finding"))
            #expect(english.contains("7  multiple-antivirus  critical  acknowledged  yes      2025-11-23 08:05"))
            #expect(
                english.hasSuffix(
                    "1 finding.\n1 overdue.\n4 waived, not in this list (khien findings --state waived).\n"
                )
            )
            let vietnamese = try await collector.khien("findings", "--lang", "vi").output
            #expect(vietnamese.contains("nhiều phần mềm diệt virus  nghiêm trọng  đã tiếp nhận  có"))
            #expect(vietnamese.contains("23/11/2025 08:05"))
            #expect(vietnamese.contains("1 phát hiện.\n1 quá hạn xử lý.\n4 được miễn trừ"))
            let waived = try await collector.khien("findings", "--state", "waived").output
            #expect(!waived.contains("not in this list"))
        }
    }

    @Test("what the options say is what the collector is asked")
    func asks() async throws {
        try await TestCollector.serving(Self.list([])) { collector in
            _ = try await collector.khien("findings")
            _ = try await collector.khien(
                "findings",
                "--kind",
                "no-antivirus",
                "--kind",
                "multiple-antivirus",
                "--kind",
                "no-antivirus",
                "--unit",
                "Sở Y tế",
                "--since",
                "2025-11-01",
                "--state",
                "overdue",
                "--limit",
                "5"
            )
            _ = try await collector.khien("conflicts", "--unit", "SYT")
            #expect(
                collector.service.calls == [
                    #"listFindings {"page":{"size":500}}"#,
                    #"listFindings {"kinds":["FINDING_KIND_MULTIPLE_ANTIVIRUS","FINDING_KIND_NO_ANTIVIRUS"],"#
                        + #""unit":"Sở Y tế","sinceMs":"1761955200000","filter":"FINDING_FILTER_OVERDUE","#
                        + #""page":{"size":5}}"#,
                    #"listFindings {"kinds":["FINDING_KIND_MULTIPLE_ANTIVIRUS"],"unit":"SYT","page":{"size":500}}"#,
                ]
            )
        }
    }

    @Test("every --state has its filter", arguments: FindingStateOption.allCases)
    func filters(state: FindingStateOption) async throws {
        try await TestCollector.serving(Self.list([])) { collector in
            _ = try await collector.khien("findings", "--state", state.rawValue)
            let filter = "FINDING_FILTER_\(state.rawValue.uppercased())"
            #expect(collector.service.calls == [#"listFindings {"filter":"\#(filter)","page":{"size":500}}"#])
        }
    }

    @Test("the keys of JSON and CSV are these, in both languages", arguments: ["en", "vi"])
    func keys(language: String) async throws {
        let keys = [
            "id", "kind", "severity", "state", "overdue", "deadline", "opened_at", "unit_code", "unit_name",
            "device_id", "host_name", "products", "closed_at", "last_report_at", "acknowledged_by", "acknowledged_at",
            "waived_until", "waived_by", "waiver_reason", "revision",
        ]
        let conflictKeys = [
            "opened_at", "unit_code", "unit_name", "device_id", "host_name", "products", "last_report_at",
            "id", "deadline", "overdue", "state", "kind", "severity", "closed_at", "acknowledged_by", "acknowledged_at",
            "waived_until", "waived_by", "waiver_reason", "revision",
        ]
        #expect(Set(conflictKeys) == Set(keys))
        try await TestCollector.serving(Self.list([Self.finding, Self.waived])) { collector in
            let csv = try await collector.khien("findings", "--format", "csv", "--lang", language).output
            #expect(csv.split(separator: "\n").first?.split(separator: ",").map(String.init) == keys)
            #expect(
                csv.contains(
                    "\n8,no-antivirus,warning,waived,false,2025-11-23T08:05:00Z,2025-11-23T08:05:00Z,,,,,,,,,,"
                        + "2025-12-31,officer:center,'=a lab,5\n"
                )
            )
            let json = try await collector.khien("findings", "--format", "json", "--lang", language).output
            let rows = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: Any]])
            #expect(Set(rows[0].keys) == Set(keys))
            #expect(rows[0]["closed_at"] is NSNull)
            #expect(rows[0]["overdue"] as? Bool == true)
            let conflicts = try await collector.khien("conflicts", "--format", "csv", "--lang", language).output
            #expect(conflicts.split(separator: "\n").first?.split(separator: ",").map(String.init) == conflictKeys)
        }
    }

    @Test("a finding is shown with what happened to it and with earlier ones")
    func show() async throws {
        var answers = FakeAdministration.Answers()
        answers.messages["getFinding"] = Khien_V1_GetFindingResponse.with {
            $0.finding = Self.finding
            $0.events = [
                .with {
                    $0.atMs = Run.now - 86_400_000
                    $0.actor = "device:device-1"
                    $0.event = "opened"
                    $0.findingID = 7
                },
                .with {
                    $0.atMs = Run.now
                    $0.actor = "officer:lan"
                    $0.event = "acknowledged"
                    $0.detail = "calling them\u{1B}[2J"
                    $0.findingID = 7
                },
                .with {
                    $0.event = "blessed"
                    $0.findingID = 7
                },
            ]
            $0.earlier = [
                .with {
                    $0.id = 2
                    $0.closedAtMs = Run.now
                }
            ]
        }
        try await TestCollector.serving(answers) { collector in
            let english = try await collector.khien("finding", "show", "7").output
            #expect(english.contains("Revision         "))
            #expect(english.contains("acknowledged  officer:lan      calling them\\u{1B}[2J"))
            #expect(english.contains("blessed"))
            #expect(english.contains("Earlier findings of the same kind on this device\n"))
            let vietnamese = try await collector.khien("finding", "show", "7", "--lang", "vi").output
            #expect(vietnamese.contains("tiếp nhận"))
            #expect(vietnamese.contains("Các phát hiện cùng loại trước đây trên thiết bị này\n"))
            let json = try await collector.khien("finding", "show", "7", "--format", "json").output
            let object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
            #expect(object["id"] as? Int == 7)
            #expect(
                (object["events"] as? [[String: Any]])?.map { $0["event"] as? String } == [
                    "opened", "acknowledged", "blessed",
                ]
            )
            #expect((object["earlier"] as? [[String: Any]])?.map { $0["id"] as? Int } == [2])
            let csv = try await collector.khien("finding", "show", "7", "--format", "csv").output
            let finding = """
                7,multiple-antivirus,critical,acknowledged,true,2025-11-23T08:05:00Z,2025-11-22T08:05:00Z,,SYT,Sở Y tế,\
                device-1,ke-toan-01,"Kaspersky; ESET",2025-11-23T08:05:00Z,officer:lan,2025-11-23T08:05:00Z,,,,3
                """
            let lines = csv.split(separator: "\n").map(String.init)
            #expect(lines.count == 4)
            #expect(
                lines[0] == """
                    id,kind,severity,state,overdue,deadline,opened_at,closed_at,unit_code,unit_name,device_id,host_name,\
                    products,last_report_at,acknowledged_by,acknowledged_at,waived_until,waived_by,waiver_reason,revision,\
                    earlier,at,finding_id,event,actor,detail
                    """
            )
            #expect(lines[1] == "\(finding),2,2025-11-22T08:05:00Z,7,opened,device:device-1,")
            #expect(lines[2] == "\(finding),2,2025-11-23T08:05:00Z,7,acknowledged,officer:lan,calling them\\u{1B}[2J")
            #expect(collector.service.calls.allSatisfy { $0 == #"getFinding {"id":"7"}"# })
        }
    }

    @Test("a spreadsheet has the finding on a row of its own where nothing happened to it")
    func withoutEvents() async throws {
        var answers = FakeAdministration.Answers()
        answers.messages["getFinding"] = Khien_V1_GetFindingResponse.with { $0.finding = Self.waived }
        try await TestCollector.serving(answers) { collector in
            let csv = try await collector.khien("finding", "show", "8", "--format", "csv").output
            let lines = csv.split(separator: "\n")
            #expect(lines.count == 2)
            #expect(lines[1].hasPrefix("8,no-antivirus,warning,waived,"))
            #expect(lines[1].hasSuffix(",'=a lab,5,,,,,,"))
        }
    }

    /// A change of finding 7, and what the collector is asked for it.
    struct Change: Sendable, CustomTestStringConvertible {
        var words: [String]
        var method: String
        var fields: String

        var testDescription: String { words.joined(separator: " ") }
    }

    static let changes = [
        Change(
            words: ["acknowledge", "7", "--note", "calling"],
            method: "acknowledgeFinding",
            fields: #""note":"calling""#
        ),
        Change(
            words: ["waive", "7", "--until", "2025-12-31", "--reason", "a lab"],
            method: "waiveFinding",
            fields: #""until":"2025-12-31","reason":"a lab""#
        ),
        Change(words: ["unwaive", "7", "--reason", "done"], method: "unwaiveFinding", fields: #""reason":"done""#),
    ]

    @Test("a change sends the revision of what it looked at, and shows how the finding stands now", arguments: changes)
    func change(_ change: Change) async throws {
        var answers = FakeAdministration.Answers()
        answers.messages["getFinding"] = Khien_V1_GetFindingResponse.with { $0.finding = Self.finding }
        answers.messages[change.method] = Khien_V1_FindingAnswer.with { $0.finding = Self.waived }
        try await TestCollector.serving(answers) { collector in
            let run = try await collector.khien(["finding"] + change.words, answer: { "y" })
            #expect(run.status == .done, "\(run.errors)")
            #expect(run.output.contains("Waived until"))
            #expect(run.output.contains("2025-12-31"))
            let vietnamese = try await collector.khien(
                ["finding"] + change.words + ["--lang", "vi", "--revision", "9"]
            )
            #expect(vietnamese.output.contains("được miễn trừ"))
            #expect(
                collector.service.calls == [
                    #"getFinding {"id":"7"}"#,
                    #"\#(change.method) {"id":"7",\#(change.fields),"expectedRevision":"3"}"#,
                    #"\#(change.method) {"id":"7",\#(change.fields),"expectedRevision":"9"}"#,
                ]
            )
        }
    }

    @Test("who comes second is told so with exit status 1, and sees no answer", arguments: changes)
    func aborted(_ change: Change) async throws {
        var answers = FakeAdministration.Answers()
        answers.messages["getFinding"] = Khien_V1_GetFindingResponse.with { $0.finding = Self.finding }
        answers.refusals[change.method] = RPCError(code: .aborted, message: "Lan waived it. Look again.")
        try await TestCollector.serving(answers) { collector in
            let run = try await collector.khien(["finding"] + change.words, answer: { "y" })
            #expect(run.status == .refused)
            #expect(run.output == "")
            #expect(run.errors.contains("Lan waived it. Look again."))
        }
    }

    @Test(
        "days that cannot be are refused before anybody is asked",
        arguments: [
            (["findings", "--since", "2025-12-25"], "in the future"),
            (["finding", "waive", "7", "--until", "2025-11-22", "--reason", "x"], "after today"),
            (["finding", "waive", "7", "--until", "2026-11-26", "--reason", "x"], "366 days"),
        ]
    )
    func days(arguments: [String], message: String) async throws {
        try await TestCollector.serving { collector in
            let run = try await collector.khien(arguments)
            #expect(run.status == .usage)
            #expect(run.errors.contains(message))
            #expect(collector.service.calls == [])
        }
    }
}
