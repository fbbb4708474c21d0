/// The moment at which a probe stops and says that it did not finish.
struct Deadline: Sendable {
    /// The clock; tests give one of their own.
    typealias Now = @Sendable () -> ContinuousClock.Instant

    private let end: ContinuousClock.Instant
    private let now: Now

    /// A deadline that is `time` from now.
    init(after time: Duration, now: @escaping Now) {
        self.end = now().advanced(by: time)
        self.now = now
    }

    /// Whether the probe must stop.
    var isOver: Bool { now() >= end }

    /// What is left, in whole milliseconds, never less than zero.
    var remainingMilliseconds: Int32 {
        let (seconds, attoseconds) = now().duration(to: end).components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        return Int32(clamping: min(seconds, 86_400) * 1000 + attoseconds / 1_000_000_000_000_000)
    }
}
