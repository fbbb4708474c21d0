import Foundation
import Messages
import SwiftProtobuf
import Testing

@testable import Admin

/// The commands below `khien term`, against a fake collector over real TLS.
@Suite struct TermCommandTests {
    private static let term = Khien_V1_Term.with {
        $0.id = 2
        $0.productFamily = "kaspersky-endpoint-security"
        $0.totalSeats = 5037
        $0.allocatedSeats = 5000
        $0.reserveSeats = 37
        $0.usedSeats = 4100
        $0.startsOn = "2025-10-13"
        $0.endsOn = "2026-10-12"
        $0.daysLeft = 323
        $0.state = .inForce
        $0.silenceDays = 45
        $0.document = "07/HĐ"
        $0.renewsTermID = 1
        $0.revision = 70
        $0.addedBy = "center"
        $0.addedAtMs = Run.now
    }

    /// The same in a spreadsheet.
    private static let row = """
        2,in-force,kaspersky-endpoint-security,2025-10-13,2026-10-12,323,5037,5000,37,4100,1,07/HĐ,45,70,center,\
        2025-11-23T08:05:00Z
        """

    private static let contract = [
        "term", "add", "--product", "kes", "--seats", "5037", "--starts", "2025-10-13", "--ends", "2026-10-12",
        "--document", "07/HĐ",
    ]

    private static let contractJSON = """
        "productFamily":"kes","totalSeats":5037,"startsOn":"2025-10-13","endsOn":"2026-10-12"
        """

    @Test(
        "a term is added as asked",
        arguments: [
            ([], #"addTerm {\#(contractJSON),"silenceDays":45,"document":"07/HĐ"}"#),
            (
                ["--silence-days", "30", "--renews", "1", "--copy-allocations"],
                """
                addTerm {\(contractJSON),"silenceDays":30,"document":"07/HĐ","renewsTermId":1,"copyAllocations":true}
                """
            ),
        ]
    )
    func add(options: [String], call: String) async throws {
        var answers = FakeAdministration.Answers()
        answers.messages["addTerm"] = Khien_V1_AddTermResponse.with { $0.term = Self.term }
        try await TestCollector.serving(answers) { collector in
            let run = try await collector.khien(Self.contract + options)
            #expect(run.status == .done, "\(run.errors)")
            #expect(run.output.contains("2026-10-12") && run.output.contains("5037"))
            #expect(collector.service.calls == [call])
        }
    }

    @Test(
        "a contract that cannot be right is refused before anybody is asked",
        arguments: [
            (["--seats", "0"], "from 1 to 10000000"), (["--seats", "10000001"], "from 1 to 10000000"),
            (["--seats", "many"], "many"), (["--seats", "99999999999999999999"], "99999999999999999999"),
            (["--starts", "2025-13-01"], "--starts"), (["--ends", "31/02/2026"], "such as 2025-07-01"),
            (["--ends", "2025-10-12"], "before it begins"), (["--document", " "], "--document is empty"),
            (["--document", String(repeating: "x", count: 129)], "longer than 128 bytes"),
            (["--product", ""], "--product is empty"), (["--silence-days", "0"], "from 1 to 3650"),
            (["--silence-days", "3651"], "from 1 to 3650"), (["--renews", "0"], "--renews"),
            (["--copy-allocations"], "needs --renews"),
        ]
    )
    func refused(options: [String], words: String) async throws {
        try await TestCollector.serving { collector in
            let run = try await collector.khien(Self.contract + options)
            #expect(run.status == .usage && run.output == "")
            #expect(run.errors.contains(words), "\(run.errors)")
            #expect(collector.service.calls == [])
        }
    }

    @Test("terms are listed with their figures, in data with all of them")
    func list() async throws {
        var answers = FakeAdministration.Answers()
        answers.messages["listTerms"] = Khien_V1_ListTermsResponse.with {
            $0.terms = [
                Self.term,
                .with {
                    $0.id = 1
                    $0.state = .succeeded
                    $0.daysLeft = -42
                },
            ]
        }
        try await TestCollector.serving(answers) { collector in
            let table = try await collector.khien("term", "list", "--lang", "vi")
            #expect(table.output.contains("đang hiệu lực") && table.output.contains("đã được thay"))
            #expect(table.output.contains("13/10/2025") && table.output.contains("2 kỳ bản quyền."))
            let csv = try await collector.khien("term", "list", "--format", "csv")
            let lines = csv.output.split(separator: "\n")
            #expect(
                lines[0] == """
                    id,state,product_family,starts_on,ends_on,days_left,total_seats,allocated_seats,reserve_seats,\
                    used_seats,renews_term_id,document,silence_days,revision,added_by,added_at
                    """
            )
            #expect(lines[1] == Self.row)
            #expect(lines[2].hasPrefix("1,succeeded,,,,-42,,,,,,"), "what is not told is not zero")
            #expect(collector.service.calls == ["listTerms {}", "listTerms {}"])
        }
    }

    @Test("a spreadsheet has the term on a row of its own where no unit holds seats")
    func showUnallocated() async throws {
        var answers = FakeAdministration.Answers()
        answers.messages["getTerm"] = Khien_V1_GetTermResponse.with { $0.term = Self.term }
        try await TestCollector.serving(answers) { collector in
            let csv = try await collector.khien("term", "show", "--format", "csv")
            #expect(csv.output.hasSuffix("\n\(Self.row),,,,,,,,,,\n"))
        }
    }

    @Test("a term is shown with what the units hold; without a number the current one", arguments: [nil, "2"])
    func show(id: String?) async throws {
        var answers = FakeAdministration.Answers()
        answers.messages["getTerm"] = Khien_V1_GetTermResponse.with {
            $0.term = Self.term
            $0.allocations = [
                .with {
                    $0.unitCode = "so-y-te"
                    $0.unitName = "Sở Y tế"
                    $0.seats = 120
                    $0.usedSeats = 130
                    $0.waiting = 1
                }
            ]
        }
        try await TestCollector.serving(answers) { collector in
            let arguments = ["term", "show"] + (id.map { [$0] } ?? [])
            let table = try await collector.khien(arguments)
            #expect(table.output.contains("Days left") && table.output.contains("Sở Y tế"))
            let json = try await collector.khien(arguments + ["--format", "json"])
            let object = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
            #expect(object["revision"] as? Int == 70)
            let allocation = (object["allocations"] as? [[String: Any]])?.first
            #expect(allocation?["shortfall"] as? Int == 0 && allocation?["term_id"] as? Int == 2)
            let csv = try await collector.khien(arguments + ["--format", "csv"])
            #expect(
                csv.output == """
                    term_id,term_state,term_product_family,term_starts_on,term_ends_on,term_days_left,term_total_seats,\
                    term_allocated_seats,term_reserve_seats,term_used_seats,term_renews_term_id,term_document,\
                    term_silence_days,term_revision,term_added_by,term_added_at,unit_code,unit_name,group,allocated_seats,\
                    used_seats,shortfall,waiting,document,effective_on,officer
                    \(Self.row),so-y-te,Sở Y tế,,120,130,0,1,,,

                    """
            )
            #expect(
                collector.service.calls == Array(repeating: id == nil ? "getTerm {}" : #"getTerm {"id":2}"#, count: 3)
            )
        }
    }
}
