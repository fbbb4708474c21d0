import ArgumentParser
import Shared

/// Days, as options take them: `2025-07-01`, or `01/07/2025` as people write it in Vietnam.
enum DayArgument {
    /// Reads a day.
    ///
    /// - Throws: `ValidationError`, which says how days are written.
    static func read(_ text: String) throws -> Day {
        guard let day = day(text) else { throw ValidationError(Phrases.dayWrong) }
        return day
    }

    /// The day in ISO 8601, as the wire has it; what is no day stays as it is, for who knows the option's name to refuse.
    static func iso(_ text: String) -> String { day(text)?.description ?? text }

    /// The day that a text means; the month is never in front.
    private static func day(_ text: String) -> Day? {
        if let day = Day(text) { return day }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, (1...2).contains(parts[0].utf8.count), (1...2).contains(parts[1].utf8.count)
        else { return nil }
        let padded = parts.map { $0.utf8.count == 1 ? "0\($0)" : String($0) }
        return Day("\(padded[2])-\(padded[1])-\(padded[0])")
    }
}
