import Foundation
import Messages
import SwiftProtobuf
import Testing

@testable import Admin

/// `khien units` against a fake collector over real TLS.
@Suite struct UnitListTests {
    private static let answer = Khien_V1_ListUnitsResponse.with { answer in
        answer.term = .with {
            $0.id = 1
            $0.productFamily = "kaspersky-endpoint-security"
            $0.totalSeats = 5037
            $0.allocatedSeats = 5000
            $0.reserveSeats = 37
            $0.startsOn = "2023-10-13"
            $0.endsOn = "2024-10-12"
        }
        answer.units = [
            .with {
                $0.code = "so-y-te"
                $0.group = "department"
                $0.name = "Sở Y tế"
                $0.allocatedSeats = 120
                $0.usedSeats = 100
                $0.shortfall = 20
                $0.devices = 101
                $0.inOrder = 98
                $0.inViolation = 2
                $0.silent = 1
                $0.lastReportAtMs = Run.now
            },
            .with {
                $0.code = "cu-mgar"
                $0.group = "district"
                $0.name = "Huyện Cư M’gar"
                $0.allocatedSeats = 8
                $0.usedSeats = 10
                $0.overCap = 3
                $0.waiting = 1
                $0.conflicts = 1
                $0.closedOn = "2025-07-01"
                $0.successorCode = "xa-cu-mgar"
            },
        ]
    }

    private static func answers(
        _ change: (inout Khien_V1_ListUnitsResponse) -> Void = { _ in }
    ) -> FakeAdministration.Answers {
        var answers = FakeAdministration.Answers()
        answers.units = answer
        change(&answers.units)
        return answers
    }

    @Test("what needs attention stands on top, the sums below, then the term")
    func table() async throws {
        try await TestCollector.serving(Self.answers()) { collector in
            let run = try await collector.khien("units")
            #expect(run.status == .done && run.errors == "")
            let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            #expect(
                lines[0].split(separator: "  ").map { $0.trimmingCharacters(in: .whitespaces) } == [
                    "Code", "Unit", "Allocated", "Used", "Shortfall", "Over cap", "Waiting", "Devices", "In order",
                    "Violation", "Silent", "Conflicts", "Last report",
                ]
            )
            #expect(lines[2].hasPrefix("cu-mgar  Huyện Cư M’gar          8    10          0         3        1"))
            #expect(lines[3].hasPrefix("so-y-te  Sở Y tế               120   100         20         0        0"))
            let sums = lines[5].split(separator: " ").map(String.init)
            #expect(sums == ["Sum", "128", "110", "20", "3", "1", "101", "98", "2", "1", "1"])
            #expect(lines[7] == "2 units.")
            #expect(lines[8] == "Term 1: kaspersky-endpoint-security, from 2023-10-13 to 2024-10-12.")
            #expect(lines[9] == "Seats of the contract: 5037; allocated 5000, in reserve 37.")
            #expect(collector.service.calls == ["listUnits"])
        }
    }

    @Test("the same in Vietnamese, with local dates")
    func vietnamese() async throws {
        try await TestCollector.serving(Self.answers { $0.openRequests = 2 }) { collector in
            let run = try await collector.khien("units", "--lang", "vi")
            #expect(run.output.contains("Vượt định mức") && run.output.contains("Còn thiếu"))
            #expect(run.output.contains("\nCộng "))
            #expect(run.output.contains("Kỳ 1: kaspersky-endpoint-security, từ 13/10/2023 đến 12/10/2024."))
            #expect(run.output.contains("Tổng số suất của hợp đồng: 5037; đã phân bổ 5000, dự phòng 37."))
            #expect(run.output.contains("đang chờ quyết định: 2."))
        }
    }

    @Test("programs get all columns, always the same, and nothing but rows", arguments: [[], ["--closed"]])
    func keys(options: [String]) async throws {
        try await TestCollector.serving(Self.answers()) { collector in
            let csv = try await collector.khien(["units", "--format", "csv", "--lang", "vi"] + options)
            let lines = csv.output.split(separator: "\n").map(String.init)
            #expect(
                lines.first == """
                    code,group,name,allocated_seats,used_seats,shortfall,over_cap,waiting,devices,in_order,in_violation,\
                    silent,conflicts,last_report_at,closed_on,successor_code
                    """
            )
            #expect(lines.count == 3)
            #expect(lines[2] == "so-y-te,department,Sở Y tế,120,100,20,0,0,101,98,2,1,0,2025-11-23T08:05:00Z,,")
            let json = try await collector.khien(["units", "--format", "json"] + options)
            let rows = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]])
            #expect(rows.map { $0["code"] as? String } == ["cu-mgar", "so-y-te"])
            #expect(rows.first?["last_report_at"] is NSNull, "an unknown time is not 1970")
            #expect(rows.first?["closed_on"] as? String == "2025-07-01")
            #expect(Set(rows.first?.keys.map(\.self) ?? []) == Set(lines[0].split(separator: ",").map(String.init)))
        }
    }

    @Test("closed units are asked for and shown with where they went")
    func closed() async throws {
        try await TestCollector.serving(Self.answers()) { collector in
            let without = try await collector.khien("units")
            #expect(!without.output.contains("xa-cu-mgar"))
            let with = try await collector.khien("units", "--closed")
            #expect(with.output.contains("Went into") && with.output.contains("2025-07-01  xa-cu-mgar"))
            #expect(collector.service.calls == ["listUnits", "listUnits closed"])
        }
    }

    @Test("a unit's officer sees the own unit and the term, and no figures of the province")
    func unitOfficer() async throws {
        let answers = Self.answers {
            $0.units.removeLast()
            $0.term.allocatedSeats = 0
            $0.term.reserveSeats = 0
        }
        try await TestCollector.serving(answers) { collector in
            let run = try await collector.khien("units")
            #expect(run.output.contains("so-y-te") && run.output.contains("Term 1:"))
            #expect(!run.output.contains("5037") && !run.output.contains("reserve") && !run.output.contains("Sum"))
        }
    }

    @Test(
        "the end of a term is announced in time, and an expired one until it is renewed",
        arguments: [
            (91, Khien_V1_TermState.inForce, "", ""),
            (90, .inForce, "days left: 90. Prepare", "còn 90 ngày. Hãy chuẩn bị"),
            (31, .inForce, "days left: 31. Prepare", "còn 31 ngày"),
            (30, .inForce, "Warning: term 1", "Cảnh báo: kỳ 1"),
            (8, .inForce, "Warning: term 1", "chỉ còn 8 ngày"),
            (7, .inForce, "Urgent: term 1", "Khẩn: kỳ 1"),
            (0, .inForce, "Urgent: term 1", "chỉ còn 0 ngày"),
            (-12, .expired, "Expired: term 1", "cách đây 12 ngày"),
            (Int32.min, .expired, "Expired: term 1", "Hết hạn"),
            (5, .upcoming, "", ""), (-5, .succeeded, "", ""),
        ]
    )
    func termEnd(days: Int32, state: Khien_V1_TermState, english: String, vietnamese: String) async throws {
        let answers = Self.answers { answer in
            answer.terms = [answer.term]
            answer.terms[0].daysLeft = days
            answer.terms[0].state = state
        }
        try await TestCollector.serving(answers) { collector in
            for (language, words) in [("en", english), ("vi", vietnamese)] {
                let output = try await collector.khien("units", "--lang", language).output
                let last = output.split(separator: "\n").last.map(String.init) ?? ""
                if words.isEmpty {
                    #expect(last.contains("5037"), "nothing stands below the figures")
                } else {
                    #expect(last.contains(words), "\(last)")
                }
            }
        }
    }

    @Test("a term whose renewal is decided already is not warned about")
    func renewalDecided() async throws {
        var answers = Self.answers { answer in
            answer.terms = [answer.term]
            answer.terms[0].daysLeft = 5
            answer.terms[0].state = .inForce
        }
        answers.messages["listTerms"] = Khien_V1_ListTermsResponse.with {
            $0.terms = [
                .with {
                    $0.id = 2
                    $0.state = .upcoming
                    $0.renewsTermID = 1
                }
            ]
        }
        try await TestCollector.serving(answers) { collector in
            let run = try await collector.khien("units")
            #expect(run.status == .done && !run.output.contains("Urgent"))
            #expect(collector.service.calls == ["listUnits", "listTerms {}"])
        }
    }

    @Test(
        "a term whose place another one of the product takes on the day after its end is not warned about",
        arguments: [
            ("kes", "2026-10-13", false), ("kes", "2026-10-14", true), ("eset", "2026-10-13", true),
            // One that begins earlier stands beside it, and never takes its place.
            ("kes", "2026-10-12", true), ("kes", "2025-10-13", true), ("kes", "", true),
        ]
    )
    func follows(product: String, starts: String, isWarned: Bool) async throws {
        let answers = Self.answers { answer in
            answer.term.productFamily = "kes"
            answer.term.endsOn = "2026-10-12"
            answer.term.daysLeft = 5
            answer.term.state = .inForce
            answer.terms = [answer.term]
        }
        var following = answers
        following.messages["listTerms"] = Khien_V1_ListTermsResponse.with {
            $0.terms = [
                .with {
                    $0.id = 2
                    $0.productFamily = product
                    $0.startsOn = starts
                    $0.endsOn = "2027-10-12"
                    $0.state = .upcoming
                }
            ]
        }
        try await TestCollector.serving(following) { collector in
            let run = try await collector.khien("units")
            #expect(run.status == .done && run.output.contains("Urgent") == isWarned, "\(run.output)")
        }
    }

    @Test("a term that another one in force renews is not warned about")
    func renewed() async throws {
        var old = Khien_V1_Term.with {
            $0.id = 1
            $0.state = .expired
        }
        #expect(TermNotes.warnings([old]).count == 1)
        let new = Khien_V1_Term.with {
            $0.id = 2
            $0.state = .inForce
            $0.daysLeft = 300
            $0.renewsTermID = 1
        }
        #expect(TermNotes.warnings([new, old]) == [])
        old.id = 3
        #expect(TermNotes.warnings([new, old]).count == 1)
    }

    @Test("a term that the collector calls over is warned about, also beside one that has begun without allocations")
    func notReplaced() async throws {
        let old = Khien_V1_Term.with {
            ($0.id, $0.productFamily, $0.endsOn) = (1, "kes", "2026-10-12")
            $0.state = .expired
        }
        let new = Khien_V1_Term.with {
            ($0.id, $0.productFamily, $0.startsOn, $0.endsOn) = (2, "kes", "2026-10-13", "2027-10-12")
            ($0.state, $0.daysLeft) = (.inForce, 300)
        }
        #expect(TermNotes.warnings([new, old]).count == 1)
    }
}
