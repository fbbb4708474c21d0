import Shared

/// Where the seats of a grant come from, as officers write it.
enum GrantSource {
    /// The word of the wire for the reserve.
    static let reserve = "reserve"

    /// What the wire has for it: the reserve in either language, else the unit as it was written.
    ///
    /// Composed and decomposed letters are one.
    static func wire(_ text: String) -> String {
        let words = text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let names = [
            reserve, Phrases.reserve.vietnamese.lowercased(), Phrases.grantFromReserve.vietnamese.lowercased(),
        ]
        return (names + [Phrases.reserveWithoutMarks]).contains(words) ? reserve : text
    }
}
