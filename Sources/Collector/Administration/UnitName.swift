internal import Foundation
internal import Shared

/// What an officer calls a unit, in the forms in which it is compared.
enum UnitName {
    /// Bytes of a name or a code that is asked for.
    static let bytes = 256

    /// Without white space around it, with single spaces inside, and without what shows nothing.
    static func collapsed(_ text: String) -> String {
        VisibleText.of(text).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// What two spellings of one name have in common: lower case, single spaces.
    ///
    /// Strings are equal when they are canonically equivalent, so that composed and decomposed letters need nothing more.
    static func key(_ text: String) -> String { collapsed(text).lowercased() }

    /// Letters and digits without diacritics, words with single spaces: what is left when somebody types in a hurry.
    static func folded(_ text: String) -> [Unicode.Scalar] {
        let plain = VisibleText.of(text).folding(
            options: [.diacriticInsensitive, .caseInsensitive, .widthInsensitive],
            locale: nil
        )
        .replacing("đ", with: "d").replacing("Đ", with: "d")
        return Array(plain.split { !$0.isLetter && !$0.isNumber }.joined(separator: " ").unicodeScalars)
    }

    /// Letters to change, add or leave out to get from one text to the other; `nil` when they are over `limit`.
    static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar], limit: Int) -> Int? {
        guard abs(left.count - right.count) <= limit else { return nil }
        var row = Array(0...right.count)
        for (above, letter) in left.enumerated() {
            var diagonal = row[0]
            row[0] = above + 1
            for column in right.indices {
                let substituted = diagonal + (letter == right[column] ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(substituted, diagonal + 1, row[column] + 1)
            }
            if let least = row.min(), least > limit { return nil }
        }
        guard let last = row.last, last <= limit else { return nil }
        return last
    }

    /// As messages quote it: short, and on one line.
    static func quoted(_ text: String) -> String {
        let shown = VisibleText.of(text).unicodeScalars.prefix(64).filter { !$0.isControl }
        return "\"\(String(String.UnicodeScalarView(shown)))\""
    }
}
