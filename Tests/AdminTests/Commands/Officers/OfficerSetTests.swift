import Foundation
import GRPCCore
import Messages
import SwiftProtobuf
import Testing

@testable import Admin

@Suite struct OfficerSetTests {
    private static var answers: FakeAdministration.Answers {
        var answers = FakeAdministration.Answers()
        answers.messages["getUnit"] = Khien_V1_GetUnitResponse.with { $0.revision = 4 }
        answers.messages["setUnitContact"] = Khien_V1_SetUnitContactResponse.with {
            $0.unitCode = "SYT"
            $0.contact.name = "Nguyễn Thị Lan"
            $0.contact.phone = "+84 262 3 812 345"
            $0.contact.trainedOn = "2025-07-01"
        }
        return answers
    }

    @Test("only what was named is sent, an empty text too, with the revision of the unit")
    func sends() async throws {
        try await TestCollector.serving(Self.answers) { collector in
            let all = try await collector.khien(
                "officer",
                "set",
                "--unit",
                "Sở Y tế",
                "--name",
                "Nguyễn Thị Lan",
                "--phone",
                "+84 262 3 812 345",
                "--email",
                "lan@example.vn",
                "--trained-on",
                "2025-07-01"
            )
            #expect(all.status == .done, "\(all.errors)")
            _ = try await collector.khien("officer", "set", "--unit", "SYT", "--email", "", "--revision", "9")
            #expect(
                collector.service.calls == [
                    #"getUnit {"unit":"Sở Y tế"}"#,
                    #"setUnitContact {"unit":"Sở Y tế","name":"Nguyễn Thị Lan","phone":"+84 262 3 812 345","#
                        + #""email":"lan@example.vn","trainedOn":"2025-07-01","expectedRevision":"4"}"#,
                    #"setUnitContact {"unit":"SYT","email":"","expectedRevision":"9"}"#,
                ]
            )
        }
    }

    @Test("the contact is shown in both languages, and with these keys for programs")
    func shows() async throws {
        let words = ["officer", "set", "--unit", "SYT", "--name", "Lan"]
        try await TestCollector.serving(Self.answers) { collector in
            let english = try await collector.khien(words).output
            #expect(english.contains("In charge  Nguyễn Thị Lan\n"))
            #expect(english.contains("Trained    2025-07-01\n"))
            let vietnamese = try await collector.khien(words + ["--lang", "vi"]).output
            #expect(vietnamese.contains("Cán bộ phụ trách  Nguyễn Thị Lan\n"))
            #expect(vietnamese.contains("01/07/2025\n"))
            let csv = try await collector.khien(words + ["--format", "csv"]).output
            // A number that begins with a plus would be a formula.
            #expect(
                csv == "unit_code,name,phone,email,trained_on\nSYT,Nguyễn Thị Lan,'+84 262 3 812 345,,2025-07-01\n"
            )
        }
    }

    @Test("who comes second is told so, and a training in the future is refused before anybody is asked")
    func refusals() async throws {
        var answers = Self.answers
        answers.refusals["setUnitContact"] = RPCError(code: .aborted, message: "Hoa changed it. Look again.")
        try await TestCollector.serving(answers) { collector in
            let late = try await collector.khien("officer", "set", "--unit", "SYT", "--trained-on", "2025-11-25")
            #expect(late.status == .usage)
            #expect(late.errors.contains("not in the future"))
            #expect(collector.service.calls == [])
            let second = try await collector.khien("officer", "set", "--unit", "SYT", "--name", "Lan")
            #expect(second.status == .refused)
            #expect(second.output == "")
            #expect(second.errors.contains("Hoa changed it. Look again."))
        }
    }
}
