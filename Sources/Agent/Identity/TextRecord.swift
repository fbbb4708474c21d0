import Signatures

/// A small file of `key value` lines under a name and a version, closed by a checksum over all of it.
///
/// ```
/// khien-progress 1
/// epoch 1764000000000
/// sha256 9f86d0…
/// ```
struct TextRecord: Equatable {
    /// One line.
    struct Field: Equatable {
        var key: String
        var value: String
    }

    /// The lines in their order; a key may stand several times.
    var fields: [Field] = []

    /// The value of the first line with this key.
    subscript(key: String) -> String? {
        fields.first { $0.key == key }?.value
    }

    /// Every value with this key.
    func all(_ key: String) -> [String] {
        fields.filter { $0.key == key }.map(\.value)
    }

    /// Appends a line; line ends and control characters in the value are escaped.
    mutating func add(_ key: String, _ value: String) {
        fields.append(Field(key: key, value: PrintableText.escape(value, limit: 4096)))
    }

    /// The whole number with this key; `nil` when it is missing, negative or not a number.
    func number(_ key: String) -> UInt64? {
        // Everything that is counted here also fits a signed number, which is what databases keep.
        self[key].flatMap { UInt64($0) }.flatMap { $0 <= UInt64(Int64.max) ? $0 : nil }
    }

    /// The bytes of the file.
    func encoded(name: String, version: Int) -> [UInt8] {
        var text = "\(name) \(version)\n"
        for field in fields { text += "\(field.key) \(field.value)\n" }
        let bytes = Array(text.utf8)
        return bytes + Array("sha256 \(Hexadecimal.encode(SHA256.hash(bytes)))\n".utf8)
    }

    /// Reads a file; `nil` when it is damaged, another kind of record, or of another version.
    init?(_ bytes: [UInt8], name: String, version: Int) {
        let closing = Array("sha256 ".utf8)
        let closingBytes = closing.count + 2 * SHA256.byteCount + 1
        guard bytes.count > closingBytes, bytes.last == UInt8(ascii: "\n") else { return nil }
        let body = Array(bytes.dropLast(closingBytes))
        let checksum = Array("sha256 \(Hexadecimal.encode(SHA256.hash(body)))\n".utf8)
        guard Array(bytes.suffix(closingBytes)) == checksum else { return nil }
        var lines = String(decoding: body, as: UTF8.self).split(separator: "\n")[...]
        guard lines.popFirst() == "\(name) \(version)" else { return nil }
        for line in lines {
            let parts = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
            guard let key = parts.first, !key.isEmpty else { return nil }
            fields.append(Field(key: String(key), value: parts.count > 1 ? String(parts[1]) : ""))
        }
    }

    /// A record without lines.
    init() {}
}
