import Messages
import SwiftProtobuf
import Testing

@testable import Admin

/// Whoever overwrites what others may have changed is shown it first.
@Suite struct ConfirmationTests {
    struct Overwriting: Sendable, CustomTestStringConvertible {
        var words: [String]
        var method: String
        /// What is shown, in English and in Vietnamese.
        var shown: [String]

        var testDescription: String { words.prefix(2).joined(separator: " ") }
    }

    static let commands = [
        Overwriting(
            words: ["allocation", "set", "--unit", "m", "--seats", "15", "--document", "1"],
            method: "setAllocation",
            shown: ["Sở M has 20 seats now, by hoa with 12/QĐ, and would have 15.", "Sở M hiện có 20 suất (do hoa"]
        ),
        Overwriting(
            words: ["policy", "set", "--silent-after", "30", "--reason", "x"],
            method: "setPolicy",
            shown: ["The policy (revision 7) would change: Silent after", "14 → 30"]
        ),
        Overwriting(
            words: ["finding", "waive", "7", "--until", "2025-12-31", "--reason", "x"],
            method: "waiveFinding",
            shown: [
                "Finding 7 on pc-1 is waived until 2025-12-24 now, by hoa.", "được miễn trừ đến 24/12/2025, do hoa",
            ]
        ),
        Overwriting(
            words: ["finding", "unwaive", "7"],
            method: "unwaiveFinding",
            shown: ["Finding 7 on pc-1 is waived until", "Phát hiện số 7 trên pc-1"]
        ),
        Overwriting(
            words: ["unit", "rename", "m", "--name", "Sở N", "--document", "1"],
            method: "renameUnit",
            shown: ["is called “Sở M” now, and would be “Sở N”", "hiện có tên “Sở M”, sẽ đổi thành “Sở N”"]
        ),
        Overwriting(
            words: ["unit", "rename", "m", "--name", "Sở M", "--group", "commune", "--document", "1"],
            method: "renameUnit",
            shown: [
                "would be “Sở M”. Its group is “department” now, and would be “commune”.",
                "Nhóm hiện là “sở, ngành”, sẽ đổi thành “cấp xã”.",
            ]
        ),
        requestDecision(["approve", "7", "--document", "1", "--from", "reserve"], "approveSeatRequest"),
        requestDecision(["refuse", "7", "--reason", "x"], "refuseSeatRequest"),
        requestDecision(["withdraw", "7"], "withdrawSeatRequest"),
    ]

    /// A decision about a request that went along when its unit was merged.
    private static func requestDecision(_ words: [String], _ method: String) -> Overwriting {
        Overwriting(
            words: ["request"] + words,
            method: method,
            shown: [
                "Request 7 has changed since it was filed: it is Sở M (m) that asks for 12 seats now, and it was given 20 "
                    + "and uses 18.",
                "hiện Sở M (m) là đơn vị đề nghị 12 suất; đơn vị này được phân bổ 20 suất và đang dùng 18.",
            ]
        )
    }

    private func answers() -> FakeAdministration.Answers {
        var answers = FakeAdministration.Answers()
        answers.messages["listAllocations"] = Khien_V1_ListAllocationsResponse.with {
            $0.term.revision = 7
            $0.allocations = [
                .with { ($0.unitName, $0.seats, $0.officer, $0.document) = ("Sở M", 20, "hoa", "12/QĐ") }
            ]
        }
        answers.messages["getPolicy"] = Khien_V1_PolicyAnswer.with {
            $0.policy.revision = 7
            $0.policy.silentAfterDays = 14
        }
        answers.messages["getFinding"] = Khien_V1_GetFindingResponse.with {
            $0.finding.id = 7
            ($0.finding.hostName, $0.finding.waivedUntil, $0.finding.waivedBy) = ("pc-1", "2025-12-24", "hoa")
            $0.finding.revision = 7
        }
        answers.messages["getUnit"] = Khien_V1_GetUnitResponse.with {
            $0.unit.name = "Sở M"
            $0.unit.group = "department"
            $0.revision = 7
        }
        answers.messages["getSeatRequest"] = Khien_V1_SeatRequestAnswer.with {
            ($0.request.id, $0.request.unitCode, $0.request.unitName) = (7, "m", "Sở M")
            ($0.request.seats, $0.request.allocatedSeats, $0.request.usedSeats) = (12, 20, 18)
            ($0.request.state, $0.request.revision) = (.open, 7)
        }
        answers.messages["setPolicy"] = answers.messages["getPolicy"]
        return answers
    }

    /// The calls that change something.
    private func changes(_ collector: TestCollector, _ command: Overwriting) -> [String] {
        collector.service.calls.filter { $0.hasPrefix(command.method) }
    }

    /// What no command takes back, and a move that was not decided on an earlier look.
    static let lasting = [
        Overwriting(
            words: ["unit", "merge", "m", "l", "--into", "n", "--document", "1"],
            method: "mergeUnits",
            shown: [
                "“Sở M”, “Sở M” will go into “Sở M” for good, with 40 seats and 8 devices.",
                "“Sở M”, “Sở M” sẽ sáp nhập hẳn vào “Sở M”, cùng 40 suất và 8 thiết bị.",
            ]
        ),
        Overwriting(
            words: ["unit", "close", "m", "--document", "1"],
            method: "closeUnit",
            shown: ["“Sở M” will be closed for good; its 20 seats", "“Sở M” sẽ ngừng hoạt động hẳn; 20 suất"]
        ),
        Overwriting(
            words: ["device", "revoke", "0123456789abcdef0123456789abcdef", "--reason", "x"],
            method: "revokeDevice",
            shown: ["“pc-1” of unit m will be revoked for good", "“pc-1” của đơn vị m sẽ bị thu hồi vĩnh viễn"]
        ),
        Overwriting(
            words: ["device", "move", "0123456789abcdef0123456789abcdef", "--unit", "n", "--reason", "x"],
            method: "moveDevice",
            shown: ["“pc-1” is in unit m now, and would be in n.", "“pc-1” hiện thuộc đơn vị m, sẽ chuyển sang n."]
        ),
        Overwriting(
            words: ["officer", "revoke", "lan"],
            method: "revokeOfficer",
            shown: ["The profile of “lan” will be revoked for good", "Hồ sơ của “lan” sẽ bị thu hồi vĩnh viễn"]
        ),
    ]

    @Test("what cannot be undone is asked, and needs --yes where nobody can be", arguments: lasting)
    func asksBeforeWhatLasts(_ command: Overwriting) async throws {
        var answers = answers()
        answers.messages["getUnit"] = Khien_V1_GetUnitResponse.with {
            ($0.unit.name, $0.unit.allocatedSeats, $0.unit.devices) = ("Sở M", 20, 4)
        }
        answers.device = Khien_V1_GetDeviceResponse.with {
            ($0.device.hostName, $0.device.unitCode) = ("pc-1", "m")
            $0.device.id = "0123456789abcdef0123456789abcdef"
        }
        try await TestCollector.serving(answers) { collector in
            let nobody = try await collector.khien(command.words)
            #expect(nobody.status == .usage && nobody.errors.contains("Add --yes"), "\(nobody.errors)")
            let no = try await collector.khien(command.words, answer: { "n" })
            #expect(no.status == .usage && no.errors.contains(command.shown[0]), "\(no.errors)")
            let vietnamese = try await collector.khien(command.words + ["--lang", "vi"], answer: { nil })
            #expect(vietnamese.errors.contains(command.shown[1]), "\(vietnamese.errors)")
            #expect(changes(collector, command) == [])
            _ = try await collector.khien(command.words, answer: { "y" })
            _ = try await collector.khien(command.words + ["--yes"])
            #expect(changes(collector, command).count == 2)
        }
    }

    @Test("whoever is asked whether a file shall be applied has seen what it changes")
    func showsTheDifference() async throws {
        var answers = answers()
        answers.messages["importAllocations"] = Khien_V1_ImportAllocationsResponse.with {
            $0.term.revision = 7
            $0.changes = [.with { ($0.unitCode, $0.unitName, $0.formerSeats, $0.seats) = ("m", "Sở M", 20, 15) }]
        }
        let folder = try TemporaryFolder()
        try folder.write("a.csv", "code;seats\nm;15\n")
        try await TestCollector.serving(answers) { collector in
            let words = ["allocation", "import", folder.path + "/a.csv", "--document", "1", "--apply"]
            let run = try await collector.khien(words, answer: { "n" })
            #expect(run.output.isEmpty)
            let row = try #require(run.errors.split(separator: "\n").first { $0.contains("Sở M") }, "\(run.errors)")
            #expect(["20", "15", "-5"].allSatisfy { row.contains($0) })
        }
        withExtendedLifetime(folder) {}
    }

    @Test("without a revision the officer is asked, and only yes goes on", arguments: commands)
    func asks(_ command: Overwriting) async throws {
        try await TestCollector.serving(answers()) { collector in
            for line in ["n", "", "no", "ye", nil] {
                let run = try await collector.khien(command.words, answer: { line })
                #expect(run.status == .usage && run.output.isEmpty)
                #expect(run.errors.contains(command.shown[0]), "\(run.errors)")
                #expect(run.errors.contains("Go on? [y/N] khien: Nothing was changed."))
            }
            #expect(changes(collector, command) == [])
            for line in ["y", " YES ", "c", "Có", "co"] {
                _ = try await collector.khien(command.words + ["--lang", "vi"], answer: { line })
                let last = try #require(changes(collector, command).last)
                #expect(last.contains(#""expectedRevision":"7""#))
            }
            #expect(changes(collector, command).count == 5)
            let vietnamese = try await collector.khien(command.words + ["--lang", "vi"], answer: { "k" })
            #expect(vietnamese.errors.contains(command.shown[1]), "\(vietnamese.errors)")
            #expect(vietnamese.errors.contains("Tiếp tục? [c/K]"))
        }
    }

    @Test("where nobody can be asked, it needs the revision or --yes", arguments: commands)
    func needsToBeSure(_ command: Overwriting) async throws {
        try await TestCollector.serving(answers()) { collector in
            let run = try await collector.khien(command.words)
            #expect(run.status == .usage)
            #expect(run.errors.contains(command.shown[0]))
            #expect(run.errors.contains("--revision 7") && run.errors.contains("--yes"))
            #expect(changes(collector, command) == [])
            _ = try await collector.khien(command.words + ["--yes"])
            _ = try await collector.khien(command.words + ["--revision", "6"])
            let sent = changes(collector, command)
            #expect(sent.count == 2)
            #expect(sent.first?.contains(#""expectedRevision":"7""#) == true)
            #expect(sent.last?.contains(#""expectedRevision":"6""#) == true)
        }
    }
}
