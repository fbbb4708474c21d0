import Foundation
import GRPCCore
import Messages
import SwiftProtobuf
import Testing

@testable import Admin

/// `khien unit show` against a fake collector over real TLS.
@Suite struct UnitShowTests {
    private static let answer = Khien_V1_GetUnitResponse.with { answer in
        answer.unit = .with {
            $0.code = "xa-moi"
            $0.group = "commune"
            $0.name = "Xã Mới"
            $0.allocatedSeats = 10
            $0.usedSeats = 8
            $0.shortfall = 2
            $0.conflicts = 1
        }
        answer.formerCodes = ["buon-don"]
        answer.resolvedFromFormer = true
        answer.revision = 9
        answer.contact = .with {
            $0.name = "Lan"
            $0.trainedOn = "2025-03-01"
        }
        answer.terms = [
            .with {
                $0.termID = 1
                $0.productFamily = "kes"
                $0.state = .expired
                $0.allocatedSeats = 10
                $0.usedSeats = 8
            }
        ]
        answer.findings = [
            .with {
                $0.kind = .multipleAntivirus
                $0.open = 1
                $0.overdue = 1
            }
        ]
        answer.openRequests = [
            .with {
                $0.id = 4
                $0.state = .open
                $0.unitCode = "xa-moi"
                $0.seats = 3
                $0.reason = "Máy mới"
            }
        ]
        answer.changes = [
            .with {
                $0.kind = .merge
                $0.unitCode = "xa-moi"
                $0.otherCode = "buon-don"
                $0.effectiveOn = "2025-07-01"
                $0.document = "12/QĐ-UBND"
            }
        ]
    }

    private static var answers: FakeAdministration.Answers {
        var answers = FakeAdministration.Answers()
        answers.messages["getUnit"] = answer
        return answers
    }

    @Test("one unit is shown in full, and an old name says that it is one")
    func table() async throws {
        try await TestCollector.serving(Self.answers) { collector in
            let run = try await collector.khien("unit", "show", "buon-don")
            #expect(run.status == .done, "\(run.errors)")
            for words in [
                "Xã Mới", "Asked by an old code or name  buon-don", "Revision                      9", "Lan",
                "2025-03-01", "expired", "multiple-antivirus", "Máy mới", "2025-07-01", "12/QĐ-UBND",
            ] {
                #expect(run.output.contains(words), "\(words): \(run.output)")
            }
            let vietnamese = try await collector.khien("unit", "show", "buon-don", "--lang", "vi")
            for words in [
                "Cán bộ phụ trách", "01/03/2025", "đã hết hạn", "nhiều phần mềm diệt virus", "chờ quyết định",
                "sáp nhập",
                "01/07/2025", "cấp xã",
            ] {
                #expect(vietnamese.output.contains(words), "\(words): \(vietnamese.output)")
            }
            #expect(collector.service.calls == Array(repeating: #"getUnit {"unit":"buon-don"}"#, count: 2))
        }
    }

    @Test("programs get one object with everything, or a row for each term of the unit")
    func data() async throws {
        try await TestCollector.serving(Self.answers) { collector in
            let json = try await collector.khien("unit", "show", "buon-don", "--format", "json")
            let object = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
            #expect(
                object.keys.sorted() == [
                    "allocated_seats", "changes", "closed_on", "code", "conflicts", "contact", "devices", "findings",
                    "former_codes", "group", "in_order", "in_violation", "last_report_at", "name", "open_requests",
                    "over_cap",
                    "resolved_from_former", "revision", "shortfall", "silent", "successor_code", "terms", "used_seats",
                    "waiting",
                ]
            )
            #expect((object["contact"] as? [String: Any])?["trained_on"] as? String == "2025-03-01")
            #expect((object["contact"] as? [String: Any])?["phone"] is NSNull)
            #expect((object["terms"] as? [[String: Any]])?.first?["state"] as? String == "expired")
            let csv = try await collector.khien("unit", "show", "buon-don", "--format", "csv")
            #expect(
                csv.output == """
                    code,group,name,allocated_seats,used_seats,shortfall,over_cap,waiting,devices,in_order,in_violation,\
                    silent,conflicts,last_report_at,closed_on,successor_code,former_codes,resolved_from_former,revision,\
                    contact_name,contact_phone,contact_email,contact_trained_on,findings_open,findings_overdue,\
                    findings_waived,open_requests,term_id,term_product_family,term_state,term_allocated_seats,\
                    term_used_seats
                    xa-moi,commune,Xã Mới,10,8,2,0,0,0,0,0,0,1,,,,buon-don,true,9,Lan,,,2025-03-01,1,1,0,4,1,kes,expired,10,8

                    """
            )
        }
    }

    @Test("a unit without an officer in charge says how to name one")
    func nobody() async throws {
        var answers = Self.answers
        var answer = Self.answer
        answer.contact = Khien_V1_UnitContact()
        answer.terms = []
        answers.messages["getUnit"] = answer
        try await TestCollector.serving(answers) { collector in
            let run = try await collector.khien("unit", "show", "xa-moi")
            #expect(run.output.contains("khien officer set --unit xa-moi"))
            let json = try await collector.khien("unit", "show", "xa-moi", "--format", "json")
            #expect(json.output.contains("\"contact\": null"))
            let csv = try await collector.khien("unit", "show", "xa-moi", "--format", "csv")
            #expect(csv.output.hasSuffix(",buon-don,true,9,,,,,1,1,0,4,,,,,\n"))
        }
    }

    @Test("a unit that is not there is the collector's to say")
    func unknown() async throws {
        var answers = FakeAdministration.Answers()
        answers.refusals["getUnit"] = RPCError(code: .notFound, message: "There is no unit lakk. Did you mean lak?")
        try await TestCollector.serving(answers) { collector in
            let run = try await collector.khien("unit", "show", "lakk")
            #expect(run.status == .refused && run.output == "")
            #expect(run.errors.contains("Did you mean lak?"))
        }
    }
}
