import Shared

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A moment, as the collector counts it.
struct Timestamp: Sendable, Hashable {
    /// Milliseconds since 1970.
    var milliseconds: Int64

    /// ISO 8601 in UTC, whole seconds: `2025-11-23T08:05:00Z`.
    var universal: String {
        guard let parts = Parts(universal: seconds) else { return outOfRange }
        return "\(parts.date)T\(parts.hourAndMinute):\(Parts.twoDigits(parts.second))Z"
    }

    /// Day, hour and minute in a time zone: `2025-11-23 15:05`, in Vietnamese `23/11/2025 15:05`.
    func short(in zone: DisplayZone, language: Language = .current) -> String {
        guard let parts = parts(in: zone) else { return outOfRange }
        let date = Day(parts.date).map { LocalDate.text($0, in: language) } ?? parts.date
        return "\(date) \(parts.hourAndMinute)"
    }

    /// The day in a time zone; `nil` for a number that is no date of ours.
    func day(in zone: DisplayZone) -> Day? { parts(in: zone).flatMap { Day($0.date) } }

    /// Days that are left until then, rounded down; negative when it is over.
    func days(after now: Int64) -> Int64 {
        let (left, isOverflow) = milliseconds.subtractingReportingOverflow(now)
        guard !isOverflow else { return milliseconds < now ? .min : .max }
        return left / 86_400_000 - (left % 86_400_000 < 0 ? 1 : 0)
    }

    private func parts(in zone: DisplayZone) -> Parts? {
        switch zone {
        case .local: Parts(local: seconds)
        case .universal: Parts(universal: seconds)
        }
    }

    /// Rounded down, before 1970 too.
    private var seconds: Int64 {
        let quotient = milliseconds / 1000
        return milliseconds % 1000 < 0 ? quotient - 1 : quotient
    }

    /// For a number that is no date of ours.
    private var outOfRange: String { "\(milliseconds) ms" }
}

/// Days as people write them.
enum LocalDate {
    /// A day of the wire as people in Vietnam write it; what is none stays as it is.
    static func vietnamese(_ iso: String) -> String { Day(iso).map { text($0, in: .vietnamese) } ?? iso }

    /// `2025-07-01` in English, `01/07/2025` in Vietnamese.
    static func text(_ day: Day, in language: Language) -> String {
        switch language {
        case .english: return day.description
        case .vietnamese: return day.description.split(separator: "-").reversed().joined(separator: "/")
        }
    }
}

/// Whose clock people read.
public enum DisplayZone: Sendable, Hashable {
    /// That of this machine.
    case local
    /// UTC.
    case universal
}

extension Timestamp {
    /// Year, month, day, hour, minute, second.
    private struct Parts {
        var year: Int
        var month: Int
        var day: Int
        var hour: Int
        var minute: Int
        var second: Int

        /// The years that have four digits.
        private static let range: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

        init?(universal seconds: Int64) {
            guard Self.range.contains(seconds) else { return nil }
            var clock = time_t(seconds)
            var parts = tm()
            guard gmtime_r(&clock, &parts) != nil else { return nil }
            self.init(parts)
        }

        init?(local seconds: Int64) {
            guard Self.range.contains(seconds) else { return nil }
            var clock = time_t(seconds)
            var parts = tm()
            guard localtime_r(&clock, &parts) != nil else { return nil }
            self.init(parts)
        }

        private init(_ parts: tm) {
            year = Int(parts.tm_year) + 1900
            month = Int(parts.tm_mon) + 1
            day = Int(parts.tm_mday)
            hour = Int(parts.tm_hour)
            minute = Int(parts.tm_min)
            second = Int(parts.tm_sec)
        }

        var date: String {
            let digits = String(year)
            let padded = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
            return "\(padded)-\(Self.twoDigits(month))-\(Self.twoDigits(day))"
        }

        var hourAndMinute: String { "\(Self.twoDigits(hour)):\(Self.twoDigits(minute))" }

        static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
    }
}
