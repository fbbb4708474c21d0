import Testing

@testable import Admin

@Suite struct TimeSpanTests {
    @Test(
        "a number and a unit are a span",
        arguments: [("1s", 1), ("30m", 1800), ("12h", 43200), ("7d", 604_800), ("007d", 604_800), ("365d", 31_536_000)]
    )
    func reads(text: String, seconds: Int) {
        #expect(TimeSpan(text)?.seconds == seconds)
    }

    @Test(
        "anything else is not",
        arguments: [
            "", "7", "d", "0d", "-1d", "+1d", "1.5h", "7 d", " 7d", "7d ", "7D", "7w", "1h30m", "１d", "99999999999d",
            "d7",
            "7d\u{301}",
        ]
    )
    func refuses(text: String) {
        #expect(TimeSpan(text) == nil)
    }

    @Test(
        "a span is written in the unit that says it exactly, and reads as itself",
        arguments: [1, 59, 60, 90, 3600, 86400, 604_800]
    )
    func writes(seconds: Int) {
        #expect(TimeSpan(TimeSpan(seconds: seconds).description)?.seconds == seconds)
    }

    @Test("no text traps the reader, and what it takes is positive")
    func mutations() {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<5000 {
            let text = generator.mutate(["30m", "12h", "9999999999d"].randomElement(using: &generator) ?? "")
            if let span = TimeSpan(text) { #expect(span.seconds > 0, "seed \(seed), text \(text)") }
        }
    }
}
