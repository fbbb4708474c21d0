import ArgumentParser
import Shared

/// Whole numbers, as options take them.
enum NumberArgument {
    /// Reads a number, whatever its range: one outside it is refused by who knows the option's name.
    ///
    /// - Parameter range: What the message says is possible.
    /// - Returns: what throws `ValidationError` for `1.000`, `1,000` and words.
    static func reader(_ range: ClosedRange<Int>) -> @Sendable (String) throws -> Int {
        { text in
            guard let number = Int(text) else { throw ValidationError(Phrases.plainNumber(range)) }
            return number
        }
    }
}
