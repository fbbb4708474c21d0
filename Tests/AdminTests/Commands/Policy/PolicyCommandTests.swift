import Foundation
import GRPCCore
import Messages
import SwiftProtobuf
import Testing

@testable import Admin

@Suite struct PolicyCommandTests {
    private static let policy = Khien_V1_Policy.with {
        $0.licensedFamilies = ["kaspersky-endpoint-security"]
        $0.silentAfterDays = 14
        $0.reportIntervalSeconds = 900
        $0.revision = 6
        $0.kinds = [
            .with {
                $0.kind = .multipleAntivirus
                $0.deadlineDays = 7
                $0.severity = .critical
            },
            .with {
                $0.kind = .ghostRegistration
                $0.deadlineDays = 30
                $0.severity = .notice
            },
        ]
    }

    private static var answers: FakeAdministration.Answers {
        var answers = FakeAdministration.Answers()
        answers.messages["getPolicy"] = Khien_V1_PolicyAnswer.with { $0.policy = policy }
        answers.messages["setPolicy"] = Khien_V1_PolicyAnswer.with {
            $0.policy = policy
            $0.policy.approvedFamilies = ["clamav"]
            $0.policy.silentAfterDays = 30
            $0.policy.kinds[0].deadlineDays = 3
            $0.policy.kinds[1].severity = .warning
            $0.policy.revision = 7
        }
        return answers
    }

    @Test("the policy is shown for people in both languages, and for programs with these keys")
    func show() async throws {
        try await TestCollector.serving(Self.answers) { collector in
            let english = try await collector.khien("policy", "show").output
            #expect(
                english == """
                    Policy
                      Licensed products        kaspersky-endpoint-security
                      Approved beside them     -
                      Silent after days        14
                      Seconds between reports  900
                      Revision                 6

                    Kinds of findings
                      Kind                Days to the deadline  Severity
                      ------------------  --------------------  --------
                      multiple-antivirus                     7  critical
                      ghost-registration                    30  notice

                    """
            )
            let vietnamese = try await collector.khien("policy", "show", "--lang", "vi").output
            #expect(vietnamese.contains("Mất liên lạc sau số ngày  14"))
            #expect(vietnamese.contains("nghiêm trọng"))
            let csv = try await collector.khien("policy", "show", "--format", "csv").output
            #expect(
                csv.hasPrefix(
                    "kind,deadline_days,severity,licensed_families,approved_families,silent_after_days,"
                        + "report_interval_seconds,revision\n"
                        + "multiple-antivirus,7,critical,kaspersky-endpoint-security,,14,900,6\n"
                )
            )
            let json = try await collector.khien("policy", "show", "--format", "json").output
            let object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
            #expect(
                Set(object.keys) == [
                    "licensed_families", "approved_families", "silent_after_days", "report_interval_seconds",
                    "revision", "kinds",
                ]
            )
        }
    }

    @Test("a change sends only what was named and the revision that was seen, and shows what differs now")
    func set() async throws {
        try await TestCollector.serving(Self.answers) { collector in
            let run = try await collector.khien(
                "policy",
                "set",
                "--approve",
                "clamav",
                "--disapprove",
                "eset",
                "--deadline",
                "multiple-antivirus=3",
                "--severity",
                "ghost-registration=warning",
                "--severity",
                "multiple-antivirus=critical",
                "--silent-after",
                "30",
                "--reason",
                "decided",
                "--yes"
            )
            #expect(run.status == .done, "\(run.errors)")
            #expect(
                run.output.hasPrefix(
                    """
                    Change
                      Approved beside them                       - → clamav
                      Silent after days                          14 → 30
                      Days to the deadline (multiple-antivirus)  7 → 3
                      Severity (ghost-registration)              notice → warning

                    Policy now

                    """
                )
            )
            #expect(
                collector.service.calls == [
                    "getPolicy {}",
                    #"setPolicy {"approve":["clamav"],"disapprove":["eset"],"#
                        + #""kinds":[{"kind":"FINDING_KIND_MULTIPLE_ANTIVIRUS","deadlineDays":3,"#
                        + #""severity":"SEVERITY_CRITICAL"},{"kind":"FINDING_KIND_GHOST_REGISTRATION","#
                        + #""severity":"SEVERITY_WARNING"}],"silentAfterDays":30,"#
                        + #""reason":"decided","expectedRevision":"6"}"#,
                ]
            )
        }
    }

    @Test("a change that changes nothing says so, in both languages")
    func nothing() async throws {
        var answers = Self.answers
        answers.messages["setPolicy"] = answers.messages["getPolicy"]
        try await TestCollector.serving(answers) { collector in
            let words = ["policy", "set", "--report-interval", "900", "--reason", "x", "--revision", "2"]
            let english = try await collector.khien(words).output
            #expect(english.contains("The policy said this before."))
            let vietnamese = try await collector.khien(words + ["--lang", "vi"]).output
            #expect(vietnamese.contains("Chính sách vốn đã như vậy."))
            #expect(collector.service.calls.last?.contains(#""expectedRevision":"2""#) == true)
        }
    }

    @Test("who comes second is told so with exit status 1")
    func aborted() async throws {
        var answers = Self.answers
        answers.refusals["setPolicy"] = RPCError(code: .aborted, message: "Hoa changed it. Look again.")
        try await TestCollector.serving(answers) { collector in
            let run = try await collector.khien("policy", "set", "--silent-after", "30", "--reason", "x", "--yes")
            #expect(run.status == .refused)
            #expect(run.output == "")
            #expect(run.errors.contains("Hoa changed it. Look again."))
        }
    }
}
