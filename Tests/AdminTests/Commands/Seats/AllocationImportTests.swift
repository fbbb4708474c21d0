import Foundation
import Messages
import SwiftProtobuf
import Testing

@testable import Admin

/// `khien allocation import` against a fake collector over real TLS.
@Suite struct AllocationImportTests {
    private static let text = "code\tseats\nso-y-te\t100\ncu-mgar\t30\n"
    private static let bytes = Data(text.utf8).base64EncodedString()

    private static func answers(isApplied: Bool) -> FakeAdministration.Answers {
        var answers = FakeAdministration.Answers()
        answers.messages["importAllocations"] = Khien_V1_ImportAllocationsResponse.with {
            $0.term = .with {
                $0.id = 2
                $0.totalSeats = 200
                $0.allocatedSeats = 140
                $0.reserveSeats = 60
                $0.revision = 70
            }
            $0.unchanged = 30
            $0.applied = isApplied
            $0.changes = [
                .with {
                    $0.unitCode = "so-y-te"
                    $0.unitName = "Sở Y tế"
                    $0.formerSeats = 120
                    $0.seats = 100
                    $0.usedSeats = 110
                },
                .with {
                    $0.unitCode = "cu-mgar"
                    $0.unitName = "Huyện Cư M’gar"
                    $0.formerSeats = 20
                    $0.seats = 30
                },
            ]
        }
        return answers
    }

    private func withFile(_ body: (_ path: String) async throws -> Void) async throws {
        let folder = try TemporaryFolder()
        try folder.write("phân bổ.tsv", Self.text)
        try await body(folder.path + "/phân bổ.tsv")
        withExtendedLifetime(folder) {}
    }

    @Test("only the difference is shown, with the reserve before and after, and the command that applies it")
    func shown() async throws {
        try await withFile { file in
            try await TestCollector.serving(Self.answers(isApplied: false)) { collector in
                let arguments = ["allocation", "import", file, "--document", "12/QĐ", "--reason", "Nửa cuối năm"]
                let run = try await collector.khien(arguments)
                #expect(run.status == .done, "\(run.errors)")
                for words in [
                    "Only shown; nothing was changed.", "Reserve before     50", "Reserve after      60",
                    "Units unchanged    30",
                    "-20", "khien allocation import '\(file)' --document '12/QĐ' --reason 'Nửa cuối năm' --profile ",
                    " --apply --revision 70\n",
                ] {
                    #expect(run.output.contains(words), "\(words): \(run.output)")
                }
                let vietnamese = try await collector.khien(arguments + ["--lang", "vi"])
                #expect(vietnamese.output.contains("Chỉ mới hiển thị; chưa có gì thay đổi."))
                #expect(vietnamese.output.contains("Dự phòng trước"))
                let call = """
                    importAllocations {"file":"\(Self.bytes)","fileName":"phân bổ.tsv","document":"12/QĐ",\
                    "reason":"Nửa cuối năm"}
                    """
                #expect(collector.service.calls == [call, call])
            }
        }
    }

    @Test("programs get the figures and the changes", arguments: [true, false])
    func data(isApplied: Bool) async throws {
        try await withFile { file in
            try await TestCollector.serving(Self.answers(isApplied: isApplied)) { collector in
                let arguments =
                    ["allocation", "import", file, "--document", "1"]
                    + (isApplied ? ["--apply", "--revision", "70"] : [])
                let json = try await collector.khien(arguments + ["--format", "json"])
                let object = try #require(
                    try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
                )
                #expect(
                    object.keys.sorted() == [
                        "applied", "changed", "changes", "reserve_after", "reserve_before", "revision", "term_id",
                        "unchanged",
                    ]
                )
                #expect(object["applied"] as? Bool == isApplied && object["reserve_before"] as? Int == 50)
                let csv = try await collector.khien(arguments + ["--format", "csv"])
                #expect(
                    csv.output == """
                        term_id,unit_code,unit_name,former_seats,seats,difference,used_seats
                        2,so-y-te,Sở Y tế,120,100,-20,110
                        2,cu-mgar,Huyện Cư M’gar,20,30,10,0

                        """
                )
            }
        }
    }

    @Test("it is applied with the revision that was shown, or with the one that is seen just before")
    func applied() async throws {
        try await withFile { file in
            try await TestCollector.serving(Self.answers(isApplied: true)) { collector in
                let arguments = ["allocation", "import", file, "--document", "1", "--apply"]
                let run = try await collector.khien(arguments + ["--revision", "70", "--term", "2"])
                #expect(run.output.contains("Applied.") && !run.output.contains("--revision"))
                let unsure = try await collector.khien(arguments)
                #expect(unsure.status == .usage)
                #expect(unsure.errors.contains("The file changes 2 units now, and leaves 60 seats in reserve."))
                #expect(unsure.errors.contains("--revision 70"))
                _ = try await collector.khien(arguments + ["--yes"])
                let file = #""file":"\#(Self.bytes)","fileName":"phân bổ.tsv""#
                let applying = """
                    importAllocations {\(file),"termId":2,"document":"1","apply":true,"expectedRevision":"70"}
                    """
                #expect(
                    collector.service.calls == [
                        applying, #"importAllocations {\#(file),"document":"1"}"#,
                        #"importAllocations {\#(file),"document":"1"}"#, applying,
                    ]
                )
            }
        }
    }

    @Test("a file that changes nothing says so, and proposes nothing")
    func nothing() async throws {
        var answers = FakeAdministration.Answers()
        answers.messages["importAllocations"] = Khien_V1_ImportAllocationsResponse.with { $0.unchanged = 2 }
        try await withFile { file in
            try await TestCollector.serving(answers) { collector in
                let run = try await collector.khien("allocation", "import", file, "--document", "1")
                #expect(run.output.contains("The file changes nothing") && !run.output.contains("--apply"))
            }
        }
    }

    @Test("a file that is too large stays here")
    func tooLarge() async throws {
        let folder = try TemporaryFolder()
        try folder.write("a.csv", String(repeating: "x", count: AdminLimits.allocationFileBytes + 1))
        try await TestCollector.serving { collector in
            let run = try await collector.khien("allocation", "import", folder.path + "/a.csv", "--document", "1")
            #expect(run.status == .usage && run.errors.contains("a.csv: is too large: at most 768 KiB"))
            #expect(collector.service.calls == [])
        }
    }

    @Test(
        "a command to copy is quoted so that a shell takes it as it is",
        arguments: [
            (["khien", "a.csv"], "khien a.csv"), (["a b"], "'a b'"), ([""], "''"), (["it's"], "'it'\\''s'"),
            (["$(rm -rf ~)", "`x`", "a;b"], "'$(rm -rf ~)' '`x`' 'a;b'"), (["Sở Y tế"], "'Sở Y tế'"),
            (["~/a", "*.csv", "!1"], "'~/a' '*.csv' '!1'"),
            (ShellCommand.option("--reason", "-x"), "--reason=-x"), (["a\nb"], nil), (["a\u{202E}b"], nil),
        ] as [([String], String?)]
    )
    func quoted(words: [String], text: String?) {
        #expect(ShellCommand(words: words).text == text)
    }

    @Test("what cannot be copied from a terminal is described instead")
    func uncopyable() async throws {
        try await withFile { file in
            try await TestCollector.serving(Self.answers(isApplied: false)) { collector in
                let run = try await collector.khien(
                    "allocation",
                    "import",
                    file,
                    "--document",
                    "1",
                    "--reason",
                    "a\u{1B}[31mb"
                )
                #expect(run.output.contains("Run the same command again with --apply --revision 70"))
                #expect(!run.output.contains("\u{1B}"))
            }
        }
    }
}
