/// A day of the Gregorian calendar, without a time zone: the dates of terms, decisions and waivers.
///
/// Source: the algorithm of days is Howard Hinnant's, "chrono-Compatible Low-Level Date Algorithms".
public struct Day: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Days since 1970-01-01; negative before.
    public let number: Int

    /// The days from year 1 to year 9999, which four digits can say.
    public static let range = -719_162...2_932_896

    /// The day with this number; `nil` outside years 1 to 9999.
    public init?(number: Int) {
        guard Self.range.contains(number) else { return nil }
        self.number = number
    }

    /// Reads an ISO 8601 date, `2025-07-01`; `nil` for anything else, and for a day that no month has.
    public init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = Self.number(bytes[0..<4]), let month = Self.number(bytes[5..<7]),
            let day = Self.number(bytes[8..<10]),
            year >= 1, (1...12).contains(month), day >= 1, day <= Self.length(ofMonth: month, year: year)
        else { return nil }
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        number = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// Year, month and day of the month.
    public var parts: (year: Int, month: Int, day: Int) {
        let shifted = number + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let calendarMonth = month < 10 ? month + 3 : month - 9
        return (
            yearOfEra + era * 400 + (calendarMonth <= 2 ? 1 : 0), calendarMonth,
            dayOfYear - (153 * month + 2) / 5 + 1
        )
    }

    /// ISO 8601: `2025-07-01`.
    public var description: String {
        let (year, month, day) = parts
        return "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(day, 2))"
    }

    /// The day so many days later, held at the ends of the range.
    public func adding(days: Int) -> Day {
        let (sum, isOverflow) = number.addingReportingOverflow(days)
        let held = isOverflow ? (days < 0 ? Self.range.lowerBound : Self.range.upperBound) : sum
        return Day(clamped: held)
    }

    /// Days from another day to this one.
    public func days(since other: Day) -> Int { number - other.number }

    /// The earlier number is the earlier day.
    public static func < (left: Day, right: Day) -> Bool { left.number < right.number }

    private init(clamped number: Int) {
        self.number = min(max(number, Self.range.lowerBound), Self.range.upperBound)
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        var number = 0
        for byte in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            number = number * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return number
    }

    private static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

extension Day {
    /// The day of a moment in a zone that is so many minutes ahead of UTC; held at the ends of the range.
    public init(milliseconds: Int64, minutesAhead: Int) {
        let shifted = milliseconds.addingReportingOverflow(Int64(minutesAhead) * 60_000)
        let moment = shifted.overflow ? milliseconds : shifted.partialValue
        let day = moment / 86_400_000 - (moment % 86_400_000 < 0 ? 1 : 0)
        self.init(clamped: Int(clamping: day))
    }

    /// Its first millisecond since 1970 in a zone that is so many minutes ahead of UTC.
    public func start(minutesAhead: Int) -> Int64 { Int64(number) * 86_400_000 - Int64(minutesAhead) * 60_000 }
}
