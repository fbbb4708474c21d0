/// Days of the Gregorian calendar.
enum CalendarDay {
    /// Days since 1970-01-01, for years from 0 to 9999.
    static func number(year: Int64, month: Int64, day: Int64) -> Int64 {
        // In years that begin in March, the day of a leap year comes last.
        let shifted = month > 2 ? year : year - 1
        let dayOfYear = ((month + 9) % 12 * 153 + 2) / 5 + day - 1
        return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
    }
}
