/// A value of JSON; objects keep the order of their keys.
indirect enum JSONValue: Sendable, Hashable {
    case null
    case boolean(Bool)
    case integer(Int64)
    case string(String)
    case array([JSONValue])
    case object([Member])

    /// One key of an object.
    struct Member: Sendable, Hashable {
        var key: String
        var value: JSONValue

        init(_ key: String, _ value: JSONValue) {
            self.key = key
            self.value = value
        }
    }

    /// The text on one line.
    var compact: String {
        switch self {
        case .null: "null"
        case .boolean(let value): value ? "true" : "false"
        case .integer(let value): String(value)
        case .string(let value): Self.quote(value)
        case .array(let values): "[\(values.map(\.compact).joined(separator: ", "))]"
        case .object(let members):
            "{\(members.map { "\(Self.quote($0.key)): \($0.value.compact)" }.joined(separator: ", "))}"
        }
    }

    /// The text over several lines, two spaces deeper for each level; arrays of plain values stay on one line.
    func indented(_ depth: Int = 0) -> String {
        let inner = String(repeating: "  ", count: depth + 1)
        let outer = String(repeating: "  ", count: depth)
        switch self {
        case .array(let values) where values.contains(where: \.isNested):
            let lines = values.map { inner + $0.indented(depth + 1) }
            return "[\n\(lines.joined(separator: ",\n"))\n\(outer)]"
        case .object(let members) where !members.isEmpty:
            let lines = members.map { "\(inner)\(Self.quote($0.key)): \($0.value.indented(depth + 1))" }
            return "{\n\(lines.joined(separator: ",\n"))\n\(outer)}"
        default:
            return compact
        }
    }

    private var isNested: Bool {
        switch self {
        case .array, .object: true
        case .null, .boolean, .integer, .string: false
        }
    }

    /// A string of JSON.
    ///
    /// What a terminal would obey is escaped too, which JSON allows for every character.
    static func quote(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case let scalar where TerminalText.isUnsafe(scalar):
                for unit in String(scalar).utf16 {
                    let digits = String(unit, radix: 16)
                    quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                }
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
