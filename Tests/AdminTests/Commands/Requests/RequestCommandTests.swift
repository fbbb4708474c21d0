import Foundation
import GRPCCore
import Messages
import SwiftProtobuf
import Testing

@testable import Admin

/// The commands below `khien request`, against a fake collector over real TLS.
@Suite struct RequestCommandTests {
    private static let open = Khien_V1_SeatRequest.with {
        $0.id = 4
        $0.termID = 1
        $0.unitCode = "so-y-te"
        $0.unitName = "Sở Y tế"
        $0.seats = 12
        $0.reason = "Máy mới"
        $0.filedBy = "lan"
        $0.filedAtMs = Run.now
        $0.state = .open
        $0.revision = 1
        $0.allocatedSeats = 120
        $0.usedSeats = 120
        $0.waiting = 3
    }

    private static let approved = Khien_V1_SeatRequest.with {
        $0 = open
        $0.state = .approved
        $0.grantedSeats = 10
        $0.source = "reserve"
        $0.document = "14/QĐ"
        $0.answer = "Cấp một phần"
        $0.decidedBy = "center"
        $0.decidedAtMs = Run.now
        $0.revision = 2
    }

    private static var answers: FakeAdministration.Answers {
        var answers = FakeAdministration.Answers()
        for method in ["createSeatRequest", "getSeatRequest", "refuseSeatRequest", "withdrawSeatRequest"] {
            answers.messages[method] = Khien_V1_SeatRequestAnswer.with { $0.request = open }
        }
        answers.messages["approveSeatRequest"] = Khien_V1_SeatRequestAnswer.with {
            $0.request = approved
            $0.reserveSeats = 27
        }
        answers.messages["listSeatRequests"] = Khien_V1_ListSeatRequestsResponse.with {
            $0.requests = [open, approved]
            $0.total = 2
        }
        return answers
    }

    @Test(
        "each command asks for what it says; a decision about a request as it was filed rests on a look just before",
        arguments: [
            (
                ["create", "--unit", "so-y-te", "--seats", "12", "--reason", "Máy mới"],
                [#"createSeatRequest {"unit":"so-y-te","seats":12,"reason":"Máy mới"}"#]
            ),
            (
                ["create", "--seats", "12", "--reason", "Máy mới", "--term", "2"],
                [#"createSeatRequest {"seats":12,"reason":"Máy mới","termId":2}"#]
            ),
            (["show", "4"], [#"getSeatRequest {"id":"4"}"#]),
            (["list"], [#"listSeatRequests {"page":{"size":500}}"#]),
            (
                ["list", "--unit", "so-y-te", "--state", "open"],
                [#"listSeatRequests {"unit":"so-y-te","state":"SEAT_REQUEST_STATE_OPEN","page":{"size":500}}"#]
            ),
            (
                ["approve", "4", "--document", "14/QĐ", "--from", "reserve"],
                [
                    #"getSeatRequest {"id":"4"}"#,
                    #"approveSeatRequest {"id":"4","document":"14/QĐ","source":"reserve","expectedRevision":"1"}"#,
                ]
            ),
            (
                [
                    "approve", "4", "--seats", "10", "--document", "14/QĐ", "--from", "lak", "--answer", "Một phần",
                    "--on",
                    "2025-11-20", "--revision", "5",
                ],
                [
                    """
                    approveSeatRequest {"id":"4","seats":10,"document":"14/QĐ","source":"lak","answer":"Một phần",\
                    "expectedRevision":"5","effectiveOn":"2025-11-20"}
                    """
                ]
            ),
            (
                ["refuse", "4", "--reason", "Hết"],
                [#"getSeatRequest {"id":"4"}"#, #"refuseSeatRequest {"id":"4","answer":"Hết","expectedRevision":"1"}"#]
            ),
            (
                ["withdraw", "4"],
                [#"getSeatRequest {"id":"4"}"#, #"withdrawSeatRequest {"id":"4","expectedRevision":"1"}"#]
            ),
            (["withdraw", "4", "--revision", "3"], [#"withdrawSeatRequest {"id":"4","expectedRevision":"3"}"#]),
        ]
    )
    func calls(arguments: [String], calls: [String]) async throws {
        try await TestCollector.serving(Self.answers) { collector in
            let run = try await collector.khien(["request"] + arguments)
            #expect(run.status == .done, "\(run.errors)")
            #expect(run.output.contains("so-y-te"))
            #expect(collector.service.calls == calls)
        }
    }

    @Test("the answer of the center is shown, in both languages")
    func answer() async throws {
        try await TestCollector.serving(Self.answers) { collector in
            let arguments = ["request", "approve", "4", "--document", "14/QĐ", "--from", "reserve"]
            let english = try await collector.khien(arguments)
            for words in ["approved", "Cấp một phần", "The reserve holds now: 27.", "2025-11-23 08:05"] {
                #expect(english.output.contains(words), "\(english.output)")
            }
            let vietnamese = try await collector.khien(arguments + ["--lang", "vi"])
            for words in ["đã chấp thuận", "dự phòng", "Dự phòng hiện còn: 27.", "23/11/2025 08:05"] {
                #expect(vietnamese.output.contains(words), "\(vietnamese.output)")
            }
            let json = try await collector.khien(arguments + ["--format", "json"])
            let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
            #expect(object?["reserve_seats"] as? Int == 27 && object?["granted_seats"] as? Int == 10)
            let csv = try await collector.khien(arguments + ["--format", "csv"])
            #expect(csv.output.contains(",revision,reserve_seats\n") && csv.output.hasSuffix(",2,27\n"))
        }
    }

    @Test("programs get every column of every request; nothing granted is not zero")
    func data() async throws {
        try await TestCollector.serving(Self.answers) { collector in
            let csv = try await collector.khien("request", "list", "--format", "csv", "--lang", "vi")
            #expect(
                csv.output == """
                    id,state,unit_code,unit_name,seats,granted_seats,filed_at,filed_by,reason,source,document,answer,\
                    decided_by,decided_at,term_id,allocated_seats,used_seats,waiting,revision
                    4,open,so-y-te,Sở Y tế,12,,2025-11-23T08:05:00Z,lan,Máy mới,,,,,,1,120,120,3,1
                    4,approved,so-y-te,Sở Y tế,12,10,2025-11-23T08:05:00Z,lan,Máy mới,reserve,14/QĐ,Cấp một phần,center,\
                    2025-11-23T08:05:00Z,1,120,120,3,2

                    """
            )
            let json = try await collector.khien("request", "show", "4", "--format", "json")
            let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
            #expect(object?["granted_seats"] is NSNull && object?["revision"] as? Int == 1)
        }
    }

    @Test(
        "who was slower is told by the collector, and exits with 1",
        arguments: [
            (["approve", "4", "--document", "1", "--from", "reserve"], "approveSeatRequest"),
            (["refuse", "4", "--reason", "r"], "refuseSeatRequest"), (["withdraw", "4"], "withdrawSeatRequest"),
        ]
    )
    func aborted(arguments: [String], method: String) async throws {
        var answers = Self.answers
        answers.refusals[method] = RPCError(code: .aborted, message: "hoa decided it at 15:05. Look at it again.")
        try await TestCollector.serving(answers) { collector in
            let run = try await collector.khien(["request"] + arguments)
            #expect(run.status == .refused && run.output == "")
            #expect(run.errors.contains("hoa decided it at 15:05. Look at it again."))
            #expect(collector.service.calls.count == 2)
        }
    }

    @Test("about a request that is decided already nobody is asked: the collector says who was first")
    func decided() async throws {
        var answers = Self.answers
        answers.messages["getSeatRequest"] = Khien_V1_SeatRequestAnswer.with { $0.request = Self.approved }
        answers.refusals["refuseSeatRequest"] = RPCError(
            code: .failedPrecondition,
            message: "Decided already by center."
        )
        try await TestCollector.serving(answers) { collector in
            let run = try await collector.khien("request", "refuse", "4", "--reason", "r")
            #expect(run.status == .refused && run.errors.contains("Decided already by center."))
        }
    }

    @Test("a source that cannot cover it is refused with the collector's figures")
    func notCovered() async throws {
        var answers = Self.answers
        answers.refusals["approveSeatRequest"] = RPCError(
            code: .failedPrecondition,
            message: "The reserve holds 7 seats; 12 are asked for. Grant at most 7."
        )
        try await TestCollector.serving(answers) { collector in
            let run = try await collector.khien("request", "approve", "4", "--document", "1", "--from", "reserve")
            #expect(run.status == .refused && run.errors.contains("Grant at most 7."))
        }
    }

    @Test(
        "what cannot be right is refused before anybody is asked",
        arguments: [
            (["create", "--unit", "a", "--seats", "0", "--reason", "r"], "from 1 to 100000"),
            (["create", "--unit", "a", "--seats", "100001", "--reason", "r"], "from 1 to 100000"),
            (["create", "--unit", "", "--seats", "1", "--reason", "r"], "--unit is empty"),
            (["create", "--unit", "a", "--seats", "1", "--reason", "\n"], "--reason is empty"),
            (["create", "--unit", "a", "--seats", "1", "--reason", "\u{200B}"], "--reason is empty"),
            (["approve", "4", "--document", " \u{FEFF}\u{2060}", "--from", "reserve"], "--document is empty"),
            (["create", "--unit", "a", "--seats", "1", "--reason", String(repeating: "ế", count: 167)], "500 bytes"),
            (["show", "0"], "ID must be"), (["show", "four"], "four"), (["list", "--state", "closed"], "closed"),
            (["approve", "4", "--from", "reserve"], "--document"),
            (["approve", "4", "--document", "1"], "--from"),
            (["approve", "4", "--document", "", "--from", "reserve"], "--document is empty"),
            (["approve", "4", "--document", "1", "--from", "reserve", "--seats", "0"], "--seats"),
            (["approve", "4", "--document", "1", "--from", "reserve", "--on", "2025-02-30"], "no day of the calendar"),
            (["refuse", "4"], "--reason"), (["refuse", "4", "--reason", " "], "--reason is empty"),
            (["withdraw", "4", "--revision", "-1"], "--revision"),
        ]
    )
    func refused(arguments: [String], words: String) async throws {
        try await TestCollector.serving { collector in
            let run = try await collector.khien(["request"] + arguments)
            #expect(run.status == .usage && run.output == "")
            #expect(run.errors.contains(words), "\(run.errors)")
            #expect(collector.service.calls == [])
        }
    }
}
