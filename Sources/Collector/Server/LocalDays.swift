internal import Shared

/// Days in messages, as the reader of a language writes them.
enum LocalDays {
    /// The message with every day as `01/07/2025` in Vietnamese; English keeps ISO 8601, as its tables do.
    ///
    /// Messages are made where nobody knows yet who is going to read them, so it is done here, for all of them. What only
    /// contains digits and dashes like a day, such as the number of a document, stays as it is.
    static func text(_ message: String, in language: Language) -> String {
        guard language == .vietnamese else { return message }
        var shown: [UInt8] = []
        let bytes = Array(message.utf8)
        var place = 0
        while place < bytes.count {
            let end = place + length
            if end <= bytes.count, isBoundary(place > 0 ? bytes[place - 1] : nil), isEnd(bytes[end...]),
                let day = Day(String(decoding: bytes[place..<end], as: UTF8.self))
            {
                let (year, month, number) = day.parts
                shown += "\(padded(number))/\(padded(month))/\(year)".utf8
                place = end
            } else {
                shown.append(bytes[place])
                place += 1
            }
        }
        return String(decoding: shown, as: UTF8.self)
    }

    /// Of `2025-07-01`.
    private static let length = 10

    /// Whether a word ends or begins at this character.
    private static func isBoundary(_ byte: UInt8?) -> Bool {
        switch byte {
        case nil: true
        case UInt8(ascii: " "), UInt8(ascii: "("), UInt8(ascii: ":"), UInt8(ascii: ","): true
        default: false
        }
    }

    /// A day that ends a sentence has its stop behind it.
    private static func isEnd(_ rest: ArraySlice<UInt8>) -> Bool {
        switch rest.first {
        case UInt8(ascii: "."), UInt8(ascii: ";"), UInt8(ascii: ")"): true
        case let byte: isBoundary(byte)
        }
    }

    private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
}
