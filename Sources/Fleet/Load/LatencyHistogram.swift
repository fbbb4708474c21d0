/// How long calls took: counts in buckets that are at most 1/64 of their value wide, so that millions of calls need no more
/// memory than one.
public struct LatencyHistogram: Sendable, Hashable {
    private static let subBuckets = 64
    /// The buckets below are one microsecond wide; from there on each doubling has `subBuckets` of them.
    private static let exact = 128
    /// About 19 hours; whatever took longer is counted there.
    private static let largest: UInt64 = 1 << 36

    private var counts: [UInt32]
    /// Calls that were counted.
    public private(set) var count = 0
    private var maximum: UInt64 = 0

    /// A histogram of nothing.
    public init() {
        counts = [UInt32](repeating: 0, count: Self.index(of: Self.largest) + 1)
    }

    /// Counts one call.
    public mutating func record(microseconds: UInt64) {
        let value = min(microseconds, Self.largest)
        counts[Self.index(of: value)] &+= 1
        count += 1
        maximum = max(maximum, value)
    }

    /// Adds what another one counted.
    public mutating func merge(_ other: LatencyHistogram) {
        for index in counts.indices { counts[index] &+= other.counts[index] }
        count += other.count
        maximum = max(maximum, other.maximum)
    }

    /// The time in microseconds within which this percentage of the calls was answered: at least the exact one, and at most
    /// 1/64 more; `nil` when nothing was counted.
    ///
    /// The nearest-rank method: the 50th percentile of 1, 2, 3 and 4 is 2.
    public func percentile(_ percent: Double) -> UInt64? {
        guard count > 0 else { return nil }
        let rank = min(count, max(1, Int((percent / 100 * Double(count)).rounded(.up))))
        var seen = 0
        for (index, bucket) in counts.enumerated() where bucket > 0 {
            seen += Int(bucket)
            if seen >= rank { return min(Self.last(in: index), maximum) }
        }
        return maximum
    }

    private static func index(of value: UInt64) -> Int {
        guard value >= exact else { return Int(value) }
        // 128...255 is the first doubling that needs two values in a bucket.
        let shift = 63 - value.leadingZeroBitCount - 6
        return exact + (shift - 1) * subBuckets + Int(value >> UInt64(shift)) - subBuckets
    }

    private static func last(in index: Int) -> UInt64 {
        guard index >= exact else { return UInt64(index) }
        let shift = (index - exact) / subBuckets + 1
        let first = UInt64((index - exact) % subBuckets + subBuckets) << UInt64(shift)
        return first + (1 << UInt64(shift)) - 1
    }
}
