import Shared
import Testing

@testable import Admin

@Suite struct DayArgumentTests {
    @Test(arguments: ["2025-07-01", "01/07/2025", "1/7/2025", "01/7/2025"])
    func `A day is read as data and as people in Vietnam write it`(text: String) throws {
        #expect(try DayArgument.read(text).description == "2025-07-01")
        #expect(DayArgument.iso(text) == "2025-07-01")
    }

    @Test(arguments: [
        "31/02/2025", "7/13/2025", "2025/07/01", "01/07/25", "001/07/2025", "//", "", "1/7/-025", "hôm nay",
    ])
    func `What is no day stays as it is, to be refused`(text: String) {
        #expect(throws: (any Error).self) { try DayArgument.read(text) }
        #expect(DayArgument.iso(text) == text)
    }

    @Test(
        arguments: [
            ["unit", "close", "a", "--document", "1", "--on", "01/07/2025", "--yes"],
            ["ledger", "--at", "01/07/2025"],
            [
                "request", "approve", "1", "--document", "1", "--from", "Dự Phòng", "--on", "1/7/2025", "--revision",
                "3",
            ],
            [
                "term", "add", "--product", "kes", "--seats", "1", "--starts", "01/07/2025", "--ends", "30/06/2026",
                "--document", "1",
            ],
            ["finding", "waive", "1", "--until", "31/12/2025", "--reason", "r", "--revision", "1"],
        ]
    )
    func `Wherever a day is asked for, the wire gets it in ISO 8601`(arguments: [String]) async throws {
        try await TestCollector.serving { collector in
            _ = try await collector.khien(arguments)
            let call = try #require(collector.service.calls.last)
            #expect(call.contains("2025-07-01") || call.contains("2025-12-31"), "\(call)")
            #expect(!call.contains("/2025"))
            if arguments[0] == "request" { #expect(call.contains("\"source\":\"reserve\"")) }
        }
    }

    @Test(arguments: ["1200-01-01", "1989-12-31", "2099-01-01", "01/01/1200"])
    func `Nobody was trained before 1990 or in the future`(day: String) async throws {
        try await TestCollector.serving { collector in
            let run = try await collector.khien("officer", "set", "--unit", "a", "--trained-on", day)
            #expect(run.status == .usage)
            #expect(run.errors.contains("from 1990 on"))
            #expect(collector.service.calls == [])
        }
    }
}
