import Foundation
import GRPCCore
import Messages
import SwiftProtobuf
import Testing

@testable import Admin

/// The commands below `khien allocation`, against a fake collector over real TLS.
@Suite struct AllocationCommandTests {
    private static let term = Khien_V1_Term.with {
        $0.id = 2
        $0.productFamily = "kes"
        $0.state = .inForce
        $0.daysLeft = 300
        $0.totalSeats = 200
        $0.allocatedSeats = 150
        $0.reserveSeats = 50
        $0.revision = 70
    }

    private static let change = Khien_V1_AllocationChange.with {
        $0.unitCode = "so-y-te"
        $0.unitName = "Sở Y tế"
        $0.formerSeats = 120
        $0.seats = 100
        $0.usedSeats = 110
    }

    @Test(
        "a number of seats has no separators, and the refusal says what is possible",
        arguments: ["1.000", "1,000", "ten"]
    )
    func plainNumbers(seats: String) async {
        let run = await Run.khien(["allocation", "set", "--unit", "a", "--seats", seats, "--document", "1"])
        #expect(run.status == .usage)
        let words = run.errors.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(words.contains("a plain number without separators, such as 1000, from 0 to 1000000"), "\(words)")
    }

    @Test("allocations are listed with their decisions, the term and the revision")
    func list() async throws {
        var answers = FakeAdministration.Answers()
        answers.messages["listAllocations"] = Khien_V1_ListAllocationsResponse.with {
            $0.term = Self.term
            $0.allocations = [
                .with {
                    $0.unitCode = "so-y-te"
                    $0.unitName = "Sở Y tế"
                    $0.group = "department"
                    $0.seats = 120
                    $0.usedSeats = 100
                    $0.waiting = 2
                    $0.document = "12/QĐ"
                    $0.effectiveOn = "2025-07-01"
                    $0.officer = "center"
                }
            ]
        }
        try await TestCollector.serving(answers) { collector in
            let table = try await collector.khien(
                "allocation",
                "list",
                "--lang",
                "vi",
                "--unit",
                "Sở Y tế",
                "--term",
                "2"
            )
            #expect(table.output.contains("01/07/2025") && table.output.contains("12/QĐ"))
            #expect(table.output.contains("Lần sửa của sổ cái: 70."))
            let csv = try await collector.khien("allocation", "list", "--format", "csv")
            #expect(
                csv.output == """
                    term_id,unit_code,unit_name,group,allocated_seats,used_seats,shortfall,waiting,document,effective_on,\
                    officer
                    2,so-y-te,Sở Y tế,department,120,100,20,2,12/QĐ,2025-07-01,center

                    """
            )
            #expect(
                collector.service.calls == [#"listAllocations {"termId":2,"unit":"Sở Y tế"}"#, "listAllocations {}"]
            )
        }
    }

    @Test("an allocation is set on what was seen just before, in a term that the collector finds")
    func set() async throws {
        var answers = FakeAdministration.Answers()
        answers.messages["listAllocations"] = Khien_V1_ListAllocationsResponse.with { $0.term = Self.term }
        answers.messages["setAllocation"] = Khien_V1_SetAllocationResponse.with {
            $0.change = Self.change
            $0.term = Self.term
            $0.term.revision = 71
        }
        try await TestCollector.serving(answers) { collector in
            let arguments = [
                "allocation", "set", "--unit", "so-y-te", "--seats", "100", "--document", "13/QĐ", "--reason", "Giảm",
                "--on", "2025-11-01",
            ]
            let run = try await collector.khien(arguments + ["--yes"])
            #expect(run.output.contains("Revision of the ledger: 71."))
            #expect(run.output.contains("-20"))
            let decided = """
                "unit":"so-y-te","seats":100,"document":"13/QĐ","reason":"Giảm","effectiveOn":"2025-11-01"
                """
            _ = try await collector.khien(arguments + ["--revision", "69"])
            #expect(
                collector.service.calls == [
                    #"listAllocations {"unit":"so-y-te"}"#,
                    #"setAllocation {\#(decided),"expectedRevision":"70"}"#,
                    #"setAllocation {\#(decided),"expectedRevision":"69"}"#,
                ]
            )
        }
    }

    @Test("who was slower is told by the collector, and exits with 1", arguments: ["set", "import"])
    func aborted(command: String) async throws {
        let folder = try TemporaryFolder()
        try folder.write("a.csv", "code,seats\nso-y-te,100\n")
        var answers = FakeAdministration.Answers()
        let refusal = RPCError(code: .aborted, message: "hoa đã thay đổi phân bổ lúc 15:05. Hãy xem lại.")
        answers.refusals = ["setAllocation": refusal, "importAllocations": refusal]
        try await TestCollector.serving(answers) { collector in
            let arguments =
                command == "set" ? ["--unit", "so-y-te", "--seats", "1"] : [folder.path + "/a.csv", "--apply"]
            let run = try await collector.khien(
                ["allocation", command, "--document", "1", "--revision", "69"] + arguments
            )
            #expect(run.status == .refused && run.output == "")
            #expect(run.errors.contains("hoa đã thay đổi phân bổ lúc 15:05. Hãy xem lại."))
            #expect(collector.service.calls.count == 1)
        }
    }

    @Test(
        "what cannot be right is refused before anybody is asked",
        arguments: [
            (["set", "--unit", "", "--seats", "1"], "--unit is empty"),
            (["set", "--unit", "a", "--seats", "-1"], "from 0 to 1000000"),
            (["set", "--unit", "a", "--seats", "1000001"], "from 0 to 1000000"),
            (["set", "--unit", "a", "--seats", "1", "--term", "0"], "--term"),
            (["set", "--unit", "a", "--seats", "1", "--on", "tomorrow"], "no day of the calendar"),
            (["set", "--unit", "a", "--seats", "1", "--reason", String(repeating: "x", count: 501)], "500 bytes"),
            (["import", "/none.csv"], "/none.csv"),
            (["import", "/dev/null"], "/dev/null"),
            (["import", "/none.csv", "--revision", "4"], "--revision is for --apply"),
        ]
    )
    func refused(arguments: [String], words: String) async throws {
        try await TestCollector.serving { collector in
            let run = try await collector.khien(["allocation"] + arguments + ["--document", "1"])
            #expect(run.status == .usage && run.output == "")
            #expect(run.errors.contains(words), "\(run.errors)")
            #expect(collector.service.calls == [])
        }
    }
}
