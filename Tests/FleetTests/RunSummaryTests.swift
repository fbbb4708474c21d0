import Testing

@testable import Fleet

@Suite struct RunSummaryTests {
    private static func summary() -> RunSummary {
        var tally = LoadTally()
        tally.acknowledged = 300
        tally.seats = ["held": 250, "over-cap": 50]
        for value in 1...300 as ClosedRange<UInt64> { tally.latency.record(microseconds: value * 10) }
        let phase = PhaseSummary(tally: tally, seconds: 2, processorMicroseconds: 30_000)
        return RunSummary(
            devices: 300,
            enrolled: 290,
            kept: 10,
            notEnrolled: [:],
            messages: [:],
            enrollmentSeconds: 1.25,
            first: phase,
            load: nil
        )
    }

    @Test func figuresFollowFromWhatWasCounted() {
        let phase = Self.summary().first
        #expect(phase?.reportsPerSecond == 150)
        #expect(phase?.processorMicrosecondsPerReport == 100)
        #expect(phase?.tally.sent == 300)
    }

    @Test func aRunIsCompleteUntilSomethingWentWrong() {
        #expect(Self.summary().isComplete)
        var refused = Self.summary()
        refused.first?.tally.refused["invalid-argument"] = 1
        #expect(!refused.isComplete)
        var lost = Self.summary()
        lost.first?.tally.undelivered = 1
        #expect(!lost.isComplete)
        var other = Self.summary()
        other.first?.tally.unexpectedVerdicts = 1
        #expect(!other.isComplete)
        var outside = Self.summary()
        outside.notEnrolled["refused"] = 1
        #expect(!outside.isComplete)
        var empty = Self.summary()
        empty.first = nil
        #expect(!empty.isComplete)
    }

    @Test func theObjectHoldsTheFigures() {
        let text = Self.summary().rendered(as: .json)
        #expect(text.contains("\"enrolled\":290,\"kept\":10"))
        #expect(text.contains("\"reports_per_second\":150.0"))
        #expect(text.contains("\"seats\":{\"held\":250,\"over-cap\":50}"))
        #expect(text.contains("\"load\":null"))
        #expect(text.hasSuffix("}\n"))
    }

    @Test func theTableHoldsTheFigures() {
        let text = Self.summary().rendered(as: .table)
        #expect(text.contains("first reports: reports/s"))
        #expect(text.contains("seats, over-cap"))
    }

    @Test(arguments: [
        ("plain", "\"plain\""), ("a\"b\\c", "\"a\\\"b\\\\c\""),
        ("line\nend\u{1}\u{7F}", "\"line\\u000aend\\u0001\\u007f\""),
        ("ệ", "\"ệ\""),
    ])
    func textsAreEscaped(text: String, expected: String) {
        #expect(SummaryJSON.string(text) == expected)
    }

    @Test(arguments: [
        (0.05, 1, "0.1"), (12.345, 3, "12.345"), (0.007, 3, "0.007"), (-1.5, 1, "-1.5"), (99.96, 1, "100.0"),
        (42, 0, "42"),
        (.infinity, 2, "0"), (.nan, 2, "0"),
    ])
    func decimalsAreWrittenWithTheirPlaces(value: Double, places: Int, expected: String) {
        #expect(Decimal.text(value, places: places) == expected)
    }
}
