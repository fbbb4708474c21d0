/// How long silence lasts, counted in days on which anybody was heard of.
///
/// An outage of the collector, or a holiday, makes nobody silent: of a gap that is longer than a long weekend one day counts.
struct Silence: Sendable, Hashable {
    /// Days without any report that still count in full, with the day after them.
    static let longestGap: Int64 = 4

    /// Days on which devices were heard of, as `device.report_day` counts, the last first.
    let heard: [Int64]

    /// The day before which the last report of a device lies that was silent for more than so many days.
    ///
    /// `nil`: it is not known of so many, and so nobody was.
    func cutoff(days: Int) -> Int64? {
        guard var day = heard.first else { return nil }
        var left = Int64(days)
        for earlier in heard.dropFirst() {
            let gap = day - earlier
            let counted = gap > Self.longestGap ? 1 : gap
            if left < counted { return day - left }
            left -= counted
            day = earlier
        }
        return left == 0 ? day : nil
    }
}
