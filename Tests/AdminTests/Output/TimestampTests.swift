import Testing

@testable import Admin

@Suite struct TimestampTests {
    @Test(
        "milliseconds become whole seconds of UTC, rounded down",
        arguments: [
            (0, "1970-01-01T00:00:00Z"),
            (999, "1970-01-01T00:00:00Z"),
            (-1, "1969-12-31T23:59:59Z"),
            (1_763_885_100_999, "2025-11-23T08:05:00Z"),
            (1_709_164_800_000, "2024-02-29T00:00:00Z"),
            (253_402_300_799_999, "9999-12-31T23:59:59Z"),
            (-62_135_596_800_000, "0001-01-01T00:00:00Z"),
        ] as [(Int64, String)]
    )
    func universal(milliseconds: Int64, text: String) {
        #expect(Timestamp(milliseconds: milliseconds).universal == text)
    }

    @Test("a number that is no date is shown as the number it is", arguments: [253_402_300_800_000, Int64.max, .min])
    func outOfRange(milliseconds: Int64) {
        #expect(Timestamp(milliseconds: milliseconds).universal == "\(milliseconds) ms")
        #expect(Timestamp(milliseconds: milliseconds).short(in: .local) == "\(milliseconds) ms")
    }

    @Test("people get day, hour and minute")
    func short() {
        #expect(Timestamp(milliseconds: 1_763_885_100_999).short(in: .universal) == "2025-11-23 08:05")
    }
}
