import Shared

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension CommandContext {
    /// The day that it is by now wherever it is latest on Earth; the collector's own day is never after it.
    ///
    /// What is refused here must be wrong at the collector too, which counts days in its own zone.
    var latestDay: Day { Day(milliseconds: now(), minutesAhead: 14 * 60) }

    /// The day that it is where it is earliest; the collector's own day is never before it.
    var earliestDay: Day { Day(milliseconds: now(), minutesAhead: -12 * 60) }
}

extension DisplayZone {
    /// The first millisecond of a day, as the clock of this zone shows it.
    func start(of day: Day) -> Int64 {
        switch self {
        case .universal: return day.start(minutesAhead: 0)
        case .local:
            var parts = tm()
            parts.tm_year = Int32(clamping: day.parts.year - 1900)
            parts.tm_mon = Int32(clamping: day.parts.month - 1)
            parts.tm_mday = Int32(clamping: day.parts.day)
            parts.tm_isdst = -1
            return Int64(mktime(&parts)) * 1000
        }
    }
}
