/// Dates as Windows programs write them.
///
/// Only forms that are documented are understood: a date that was guessed would accuse the innocent.
enum WindowsDate {
    /// What programs write for "never" (1601, 1970, 1980) is no date.
    private static let plausible: Range<Int64> = 631_152_000..<7_258_118_400

    /// Seconds since 1970 of a FILETIME (100 ns since 1601); `nil` outside 1990 to 2200.
    static func seconds(fileTime: UInt64) -> Int64? {
        let seconds = Int64(fileTime / 10_000_000) - 11_644_473_600
        return plausible.contains(seconds) ? seconds : nil
    }

    /// Seconds since 1970 of `23-11-2026 06-05-04`, UTC.
    ///
    /// Source: Kaspersky Security Center help, article 3644.
    static func seconds(kaspersky text: String) -> Int64? {
        let form = Array("dd-dd-dddd dd-dd-dd".utf8)
        let bytes = Array(text.utf8)
        guard bytes.count == form.count else { return nil }
        for (byte, expected) in zip(bytes, form) {
            let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            guard expected == UInt8(ascii: "d") ? isDigit : byte == expected else { return nil }
        }
        func number(_ range: Range<Int>) -> Int64 {
            bytes[range].reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
        }
        let (day, month, year) = (number(0..<2), number(3..<5), number(6..<10))
        let (hour, minute, second) = (number(11..<13), number(14..<16), number(17..<19))
        guard (1...12).contains(month), day >= 1, day <= days(of: month, in: year) else { return nil }
        guard hour < 24, minute < 60, second < 60 else { return nil }
        let days = CalendarDay.number(year: year, month: month, day: day)
        let seconds = ((days * 24 + hour) * 60 + minute) * 60 + second
        return plausible.contains(seconds) ? seconds : nil
    }

    private static func days(of month: Int64, in year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
