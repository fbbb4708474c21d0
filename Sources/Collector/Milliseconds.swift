/// A moment as milliseconds since 1970, in UTC.
public struct Milliseconds: Sendable, Hashable, Comparable {
    /// The count; negative before 1970.
    public var value: Int64

    /// A moment from its count.
    public init(_ value: Int64) {
        self.value = value
    }

    /// This moment moved by seconds, held at the ends of what can be counted.
    public func adding(seconds: Int64) -> Milliseconds {
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        let distance = overflow ? (seconds < 0 ? Int64.min : Int64.max) : product
        let (sum, carried) = value.addingReportingOverflow(distance)
        return Milliseconds(carried ? (distance < 0 ? Int64.min : Int64.max) : sum)
    }

    /// Whether one moment is before another.
    public static func < (left: Milliseconds, right: Milliseconds) -> Bool { left.value < right.value }
}

/// The collector's wall clock, injected so that tests set it.
public struct WallClock: Sendable {
    /// The present moment.
    public var now: @Sendable () -> Milliseconds

    /// A clock that asks a function.
    public init(now: @escaping @Sendable () -> Milliseconds) {
        self.now = now
    }
}
