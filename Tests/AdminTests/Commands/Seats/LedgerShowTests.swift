import Foundation
import Messages
import SwiftProtobuf
import Testing

@testable import Admin

/// `khien ledger` against a fake collector over real TLS.
@Suite struct LedgerShowTests {
    private static func balance(_ account: String, _ seats: Int64, _ name: String = "") -> Khien_V1_AccountBalance {
        .with {
            $0.termID = 1
            $0.account = account
            $0.unitName = name
            $0.seats = seats
        }
    }

    private static func answers(_ balances: [Khien_V1_AccountBalance]) -> FakeAdministration.Answers {
        var answers = FakeAdministration.Answers()
        answers.messages["getLedger"] = Khien_V1_GetLedgerResponse.with {
            $0.balances = balances
            $0.total = 1
            $0.entries = [
                .with {
                    $0.id = 5
                    $0.termID = 1
                    $0.fromAccount = "reserve"
                    $0.toAccount = "unit:so-y-te"
                    $0.seats = 120
                    $0.document = "12/QĐ"
                    $0.reason = "=1+1"
                    $0.officer = "center"
                    $0.effectiveOn = "2025-07-01"
                    $0.recordedAtMs = Run.now
                    $0.requestID = 3
                }
            ]
        }
        return answers
    }

    private static let whole = [
        balance("contract", -200), balance("reserve", 80), balance("unit:so-y-te", 120, "Sở Y tế"),
    ]

    @Test("people see balances that add up to 0, and the entries with their decisions")
    func table() async throws {
        try await TestCollector.serving(Self.answers(Self.whole)) { collector in
            let run = try await collector.khien("ledger", "--at", "2025-07-01", "--unit", "so-y-te", "--term", "1")
            #expect(run.status == .done, "\(run.errors)")
            let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false).map {
                $0.split(separator: " ").joined(separator: " ")
            }
            #expect(lines.contains("1 contract - -200"))
            #expect(lines.contains("Sum 0"))
            #expect(run.output.contains("All accounts add up to 0"))
            #expect(lines.contains("5 2025-07-01 1 reserve so-y-te 120 12/QĐ center 2025-11-23 08:05 3 =1+1"))
            #expect(run.output.hasSuffix("\n1 entry.\n"))
            let call = #"getLedger {"termId":1,"unit":"so-y-te","at":"2025-07-01","page":{"size":500}}"#
            #expect(collector.service.calls == [call])
        }
    }

    @Test("in Vietnamese with local dates and the accounts' names")
    func vietnamese() async throws {
        try await TestCollector.serving(Self.answers(Self.whole)) { collector in
            let run = try await collector.khien("ledger", "--lang", "vi")
            for words in ["hợp đồng", "dự phòng", "01/07/2025", "Tổng mọi tài khoản bằng 0", "1 bút toán."] {
                #expect(run.output.contains(words), "\(run.output)")
            }
        }
    }

    @Test("accounts that do not add up are shouted about")
    func damaged() async throws {
        try await TestCollector.serving(Self.answers([Self.balance("contract", -200), Self.balance("reserve", 80)])) {
            let run = try await $0.khien("ledger")
            #expect(run.output.contains("add up to -120 and not to 0"))
        }
    }

    @Test("one unit's account is only a part, and is not added up")
    func part() async throws {
        try await TestCollector.serving(
            Self.answers([Self.balance("unit:so-y-te", 120), Self.balance("unit:so-y-te", 7)])
        ) {
            let run = try await $0.khien("ledger")
            #expect(!run.output.contains("add up") && !run.output.contains("Sum"))
        }
    }

    @Test("a day on which nothing was held says so")
    func empty() async throws {
        try await TestCollector.serving(Self.answers([])) {
            let run = try await $0.khien("ledger", "--balances")
            #expect(run.output == "No account held anything on that day. Ask for another day with --at.\n\n")
        }
    }

    @Test("programs get the entries, or with --balances the balances")
    func data() async throws {
        try await TestCollector.serving(Self.answers(Self.whole)) { collector in
            let entries = try await collector.khien("ledger", "--format", "csv")
            #expect(
                entries.output == """
                    id,effective_on,term_id,from_account,to_account,seats,document,officer,recorded_at,request_id,reason
                    5,2025-07-01,1,reserve,unit:so-y-te,120,12/QĐ,center,2025-11-23T08:05:00Z,3,'=1+1

                    """
            )
            let balances = try await collector.khien("ledger", "--balances", "--format", "csv", "--lang", "vi")
            #expect(
                balances.output == """
                    term_id,account,unit_name,seats
                    1,contract,,-200
                    1,reserve,,80
                    1,unit:so-y-te,Sở Y tế,120

                    """
            )
            let json = try await collector.khien("ledger", "--balances", "--format", "json")
            let rows = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]]
            #expect(rows?.compactMap { $0["seats"] as? Int }.reduce(0, +) == 0)
            #expect(collector.service.calls.last == #"getLedger {"page":{"size":1}}"#)
        }
    }

    @Test(
        "a day or a term that cannot be is refused before anybody is asked",
        arguments: [
            (["--at", "2025-06-31"], "no day of the calendar"), (["--at", ""], "--at"), (["--term", "0"], "--term"),
        ]
    )
    func refused(options: [String], words: String) async throws {
        try await TestCollector.serving { collector in
            let run = try await collector.khien(["ledger"] + options)
            #expect(run.status == .usage && run.errors.contains(words), "\(run.errors)")
            #expect(collector.service.calls == [])
        }
    }
}
