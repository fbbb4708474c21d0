/// What decides where a text stands in a Vietnamese dictionary: letters first (đ after d, ă and â after a), then tones.
///
/// Composed and decomposed letters are one. Capital letters and digits stand where a reader looks for them.
struct VietnameseSortKey: Comparable, Sendable {
    private var letters: [UInt32] = []
    private var tones: [UInt32] = []
    private var text: String

    /// The key of a text.
    init(_ text: String) {
        self.text = text
        for character in text.lowercased() {
            if let place = Self.places[character] {
                letters.append(place.letter)
                tones.append(place.tone)
            } else {
                let scalar = character.unicodeScalars.first?.value ?? 0
                // What is no letter of the alphabet stands before it, or behind it beyond ASCII.
                letters.append(scalar < 0x80 ? scalar : scalar + Self.behindAlphabet)
                tones.append(0)
            }
        }
    }

    static func < (left: VietnameseSortKey, right: VietnameseSortKey) -> Bool {
        if left.letters != right.letters { return left.letters.lexicographicallyPrecedes(right.letters) }
        if left.tones != right.tones { return left.tones.lexicographicallyPrecedes(right.tones) }
        return left.text < right.text
    }

    private static let firstLetter: UInt32 = 0x80
    private static let behindAlphabet: UInt32 = 0x1000

    /// Each letter with its tones in dictionary order: level, falling, asking, tumbling, rising, heavy.
    private static let alphabet = [
        "aàảãáạ", "ăằẳẵắặ", "âầẩẫấậ", "b", "c", "d", "đ", "eèẻẽéẹ", "êềểễếệ", "f", "g", "h", "iìỉĩíị", "j", "k", "l",
        "m",
        "n", "oòỏõóọ", "ôồổỗốộ", "ơờởỡớợ", "p", "q", "r", "s", "t", "uùủũúụ", "ưừửữứự", "v", "w", "x", "yỳỷỹýỵ", "z",
    ]

    private static let places: [Character: (letter: UInt32, tone: UInt32)] = {
        var places: [Character: (letter: UInt32, tone: UInt32)] = [:]
        for (index, forms) in alphabet.enumerated() {
            for (tone, character) in forms.enumerated() {
                places[character] = (firstLetter + UInt32(index), UInt32(tone))
            }
        }
        return places
    }()
}
