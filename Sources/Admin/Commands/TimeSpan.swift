import ArgumentParser

/// A length of time as people write it: a whole number and `s`, `m`, `h` or `d`, such as `30m`, `12h` or `7d`.
struct TimeSpan: Sendable, Hashable, CustomStringConvertible {
    /// Its length.
    var seconds: Int

    /// The same as a duration.
    var duration: Duration { .seconds(seconds) }

    private static let units: [(letter: Character, seconds: Int)] = [("d", 86400), ("h", 3600), ("m", 60), ("s", 1)]

    /// A span of whole seconds.
    init(seconds: Int) {
        self.seconds = seconds
    }

    /// Reads a span; `nil` when it is malformed, zero, or longer than ten digits can say.
    init?(_ text: String) {
        guard let letter = text.last, let unit = Self.units.first(where: { $0.letter == letter }) else { return nil }
        let digits = text.dropLast()
        guard (1...10).contains(digits.utf8.count),
            digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let number = Int(digits), number > 0
        else { return nil }
        let (seconds, isOverflow) = number.multipliedReportingOverflow(by: unit.seconds)
        guard !isOverflow else { return nil }
        self.seconds = seconds
    }

    /// In the largest unit that says it exactly.
    var description: String {
        guard let unit = Self.units.first(where: { seconds % $0.seconds == 0 }) else { return "\(seconds)s" }
        return "\(seconds / unit.seconds)\(unit.letter)"
    }
}

extension TimeSpan: ExpressibleByArgument {
    init?(argument: String) {
        self.init(argument)
    }

    var defaultValueDescription: String { description }
}
