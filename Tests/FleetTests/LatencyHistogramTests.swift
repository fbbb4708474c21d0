import Testing

@testable import Fleet

@Suite struct LatencyHistogramTests {
    @Test func nothingHasNoPercentile() {
        #expect(LatencyHistogram().percentile(50) == nil)
    }

    @Test func smallTimesAreExact() {
        var histogram = LatencyHistogram()
        for value in [4, 1, 3, 2] as [UInt64] { histogram.record(microseconds: value) }
        #expect(histogram.percentile(50) == 2)
        #expect(histogram.percentile(75) == 3)
        #expect(histogram.percentile(99) == 4)
        #expect(histogram.percentile(100) == 4)
        #expect(histogram.percentile(0) == 1)
    }

    @Test(arguments: [7, 8, 9] as [UInt64])
    func percentilesAreAtLeastTheExactOnesAndAtMostA64thMore(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var histogram = LatencyHistogram()
        var values: [UInt64] = []
        for _ in 0..<5_000 {
            let value = UInt64.random(in: 0...(1 << UInt64.random(in: 1...30, using: &random)), using: &random)
            values.append(value)
            histogram.record(microseconds: value)
        }
        values.sort()
        for percent in [1, 25, 50, 90, 95, 99, 99.9] {
            let exact = values[max(0, Int((percent / 100 * Double(values.count)).rounded(.up)) - 1)]
            let found = try #require(histogram.percentile(percent))
            #expect(found >= exact, "seed \(seed), p\(percent)")
            #expect(found <= exact + exact / 64 + 1, "seed \(seed), p\(percent)")
        }
    }

    @Test func mergedHistogramsAreTheOneOfAllCalls() {
        var random = SeededGenerator(seed: 3)
        var whole = LatencyHistogram()
        var parts = [LatencyHistogram(), LatencyHistogram()]
        for index in 0..<1000 {
            let value = UInt64.random(in: 0...1_000_000, using: &random)
            whole.record(microseconds: value)
            parts[index % 2].record(microseconds: value)
        }
        parts[0].merge(parts[1])
        #expect(parts[0] == whole)
    }

    @Test func theLargestTimesStayInTheHistogram() {
        var histogram = LatencyHistogram()
        histogram.record(microseconds: .max)
        #expect(histogram.percentile(50) == 1 << 36)
    }
}
