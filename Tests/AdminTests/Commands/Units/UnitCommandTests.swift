import Foundation
import GRPCCore
import Messages
import SwiftProtobuf
import Testing

@testable import Admin

/// The commands below `khien unit`, against a fake collector over real TLS.
@Suite struct UnitCommandTests {
    private static let decision = ["--document", "12/QĐ-UBND"]
    private static let decisionJSON = #""decision":{"document":"12/QĐ-UBND"}"#

    private static let changes = Khien_V1_UnitChangeAnswer.with {
        $0.changes = [
            .with {
                $0.id = 7
                $0.kind = .merge
                $0.unitCode = "xa-moi"
                $0.otherCode = "buon-don"
                $0.effectiveOn = "2025-07-01"
                $0.document = "12/QĐ-UBND"
                $0.officer = "center"
                $0.recordedAtMs = Run.now
                $0.seats = 120
                $0.devices = 118
                $0.officers = ["lan"]
            },
            .with {
                $0.id = 8
                $0.kind = .merge
                $0.unitCode = "xa-moi"
                $0.otherCode = "lak"
                $0.seats = 80
                $0.devices = 82
                $0.officers = ["hoa", "lan"]
            },
        ]
    }

    @Test(
        "a change of units is one call that says everything",
        arguments: [
            (
                ["add", "xa-moi", "--name", "Xã Mới", "--group", "commune"],
                #"addUnit {"code":"xa-moi","name":"Xã Mới","group":"commune",\#(decisionJSON)}"#
            ),
            (
                ["merge", "buon-don", "Huyện Lắk", "--into", "xa-moi", "--yes"],
                #"mergeUnits {"units":["buon-don","Huyện Lắk"],"into":"xa-moi",\#(decisionJSON)}"#
            ),
            (["close", "lak", "--yes"], #"closeUnit {"unit":"lak",\#(decisionJSON)}"#),
            (
                [
                    "split", "lak", "--code", "xa-moi", "--name", "Xã Mới", "--group", "commune", "--seats", "0",
                    "--device",
                    "abcd", "--device", "ef01-2",
                ],
                """
                splitUnit {"unit":"lak","code":"xa-moi","name":"Xã Mới","group":"commune",\
                "deviceIds":["abcd","ef01-2"],\(decisionJSON)}
                """
            ),
            (
                ["rename", "lak", "--name", "Xã Lắk", "--group", "commune", "--revision", "5"],
                """
                renameUnit {"unit":"lak","name":"Xã Lắk","group":"commune",\(decisionJSON),"expectedRevision":"5"}
                """
            ),
        ]
    )
    func oneCall(arguments: [String], call: String) async throws {
        try await TestCollector.serving { collector in
            let run = try await collector.khien(["unit"] + arguments + Self.decision)
            #expect(run.status == .done, "\(run.errors)")
            #expect(collector.service.calls == [call])
        }
    }

    @Test("the day and the reason of a decision go along")
    func decision() async throws {
        try await TestCollector.serving { collector in
            _ = try await collector.khien(
                ["unit", "close", "lak", "--reason", "Nhập xã", "--on", "2025-07-01", "--yes"] + Self.decision
            )
            let decision = #"{"effectiveOn":"2025-07-01","document":"12/QĐ-UBND","reason":"Nhập xã"}"#
            #expect(collector.service.calls == [#"closeUnit {"unit":"lak","decision":\#(decision)}"#])
        }
    }

    @Test("a unit is renamed on what was seen just before; who was slower is told, and nothing is changed")
    func rename() async throws {
        var answers = FakeAdministration.Answers()
        answers.messages["getUnit"] = Khien_V1_GetUnitResponse.with { $0.revision = 41 }
        answers.refusals["renameUnit"] = RPCError(code: .aborted, message: "hoa changed the unit. Look at it again.")
        try await TestCollector.serving(answers) { collector in
            let run = try await collector.khien(["unit", "rename", "lak", "--name", "Xã Lắk", "--yes"] + Self.decision)
            #expect(run.status == .refused)
            #expect(run.output == "")
            #expect(run.errors.contains("hoa changed the unit. Look at it again."))
            #expect(collector.service.calls.count == 2)
            #expect(collector.service.calls.first == #"getUnit {"unit":"lak"}"#)
            #expect(collector.service.calls.last?.hasSuffix(#""expectedRevision":"41"}"#) == true)
        }
    }

    @Test("a change that takes nothing along counts nothing")
    func nothingAlong() async throws {
        var answers = FakeAdministration.Answers()
        answers.messages["renameUnit"] = Khien_V1_UnitChangeAnswer.with {
            $0.changes = [
                .with {
                    $0.kind = .rename
                    $0.unitCode = "lak"
                    $0.effectiveOn = "2025-07-01"
                }
            ]
        }
        try await TestCollector.serving(answers) { collector in
            let arguments = ["unit", "rename", "lak", "--name", "Xã Lắk", "--revision", "1"] + Self.decision
            let table = try await collector.khien(arguments)
            #expect(table.output.contains(/renamed +lak +- +- +- +-/))
            let csv = try await collector.khien(arguments + ["--format", "csv"])
            #expect(csv.output.contains(",2025-07-01,renamed,lak,,,,,"))
        }
    }

    @Test("a merge says what went along, and whom to tell")
    func merged() async throws {
        var answers = FakeAdministration.Answers()
        answers.messages["mergeUnits"] = Self.changes
        try await TestCollector.serving(answers) { collector in
            let arguments = ["unit", "merge", "buon-don", "lak", "--into", "xa-moi", "--yes"] + Self.decision
            let table = try await collector.khien(arguments)
            #expect(table.output.contains("What went along: seats 200, devices 200."))
            #expect(table.output.contains("Officers who see the other unit from now on: hoa, lan. Tell them."))
            let vietnamese = try await collector.khien(arguments + ["--lang", "vi"])
            #expect(vietnamese.output.contains("01/07/2025") && vietnamese.output.contains("sáp nhập"))
            #expect(vietnamese.output.contains("Đã chuyển theo: 200 suất bản quyền, 200 thiết bị."))
            let csv = try await collector.khien(arguments + ["--format", "csv"])
            let lines = csv.output.split(separator: "\n")
            #expect(
                lines.first == """
                    id,effective_on,kind,unit_code,other_code,former_name,seats,devices,document,officer,recorded_at,\
                    officers,reason
                    """
            )
            #expect(
                lines.dropFirst().first == """
                    7,2025-07-01,merged,xa-moi,buon-don,,120,118,12/QĐ-UBND,center,2025-11-23T08:05:00Z,lan,
                    """
            )
        }
    }

    @Test(
        "what cannot be right is refused before anybody is asked",
        arguments: [
            (["add", "Xã Mới", "--name", "n", "--group", "commune"], "cannot be a unit's code"),
            (["add", String(repeating: "a", count: 65), "--name", "n", "--group", "commune"], "1 to 64 characters"),
            (["add", "a", "--name", " \t", "--group", "commune"], "--name is empty"),
            (["add", "a", "--name", String(repeating: "ế", count: 86), "--group", "commune"], "longer than 256 bytes"),
            (["add", "a", "--name", "n", "--group", "village"], "village"),
            (["merge", "a", "b", "--into", "b"], "cannot be merged into itself"),
            (["merge", "a", "b", "a", "--into", "c"], "named twice"),
            (["merge", "--into", "c"], "unit"),
            (["merge"] + (0...100).map { "u\($0)" } + ["--into", "c"], "More than 100"),
            (["rename", "a", "--name", ""], "--name is empty"),
            (["rename", "a", "--name", "\u{200B} \u{202E}"], "--name is empty"),
            (["close", ""], "UNIT is empty"),
            (["close", "a", "--on", "2025-02-29"], "no day of the calendar"),
            (["close", "a", "--on", "31/02/2025"], "such as 2025-07-01"),
            (["close", "a", "--reason", ""], "--reason is empty"),
            (
                ["split", "a", "--code", "b", "--name", "n", "--group", "other", "--seats", "-1"],
                "--seats"
            ),
            (
                ["split", "a", "--code", "b", "--name", "n", "--group", "other", "--seats", "1000001"],
                "from 0 to 1000000"
            ),
            (
                ["split", "a", "--code", "b", "--name", "n", "--group", "other", "--seats", "1", "--device", "abc"],
                "at least its first 4"
            ),
            (
                [
                    "split", "a", "--code", "b", "--name", "n", "--group", "other", "--seats", "1", "--device", "abcd",
                    "--devices", "x",
                ], "not by both"
            ),
            (
                [
                    "split", "a", "--code", "b", "--name", "n", "--group", "other", "--seats", "1", "--device", "abcd",
                    "--device", "abcd",
                ], "named twice"
            ),
        ]
    )
    func refused(arguments: [String], words: String) async throws {
        try await TestCollector.serving { collector in
            let run = try await collector.khien(["unit"] + arguments + Self.decision)
            #expect(run.status == .usage && run.output == "")
            #expect(run.errors.contains(words), "\(run.errors)")
            #expect(collector.service.calls == [])
        }
    }

    @Test("a change without its document is refused", arguments: [[], ["--document", ""], ["--document", " "]])
    func withoutDocument(arguments: [String]) async throws {
        try await TestCollector.serving { collector in
            let run = try await collector.khien(["unit", "close", "lak"] + arguments)
            #expect(run.status == .usage && run.errors.contains("--document"))
            #expect(collector.service.calls == [])
        }
    }
}
