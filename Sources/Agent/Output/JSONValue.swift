/// A JSON document to be written; objects keep the order of their keys.
///
/// Source: RFC 8259.
indirect enum JSONValue {
    case null
    case boolean(Bool)
    case number(Int)
    case string(String)
    case array([JSONValue])
    case object([(key: String, value: JSONValue)])

    /// The document, two spaces for each level; what holds nothing nested stands on one line.
    func text(indentation: Int) -> String {
        switch self {
        case .null: "null"
        case .boolean(let value): value ? "true" : "false"
        case .number(let value): String(value)
        case .string(let value): Self.quoted(value)
        case .array(let values):
            Self.block("[", values.map { $0.text(indentation: indentation + 2) }, "]", indentation, isFlat)
        case .object(let members):
            Self.block(
                "{",
                members.map { "\(Self.quoted($0.key)): \($0.value.text(indentation: indentation + 2))" },
                "}",
                indentation,
                isFlat
            )
        }
    }

    private var isNested: Bool {
        switch self {
        case .array, .object: true
        default: false
        }
    }

    private var isFlat: Bool {
        switch self {
        case .array(let values): !values.contains(where: \.isNested)
        case .object(let members): !members.contains(where: \.value.isNested)
        default: true
        }
    }

    private static func block(
        _ open: String,
        _ items: [String],
        _ end: String,
        _ indentation: Int,
        _ isFlat: Bool
    ) -> String {
        if isFlat { return open + items.joined(separator: ", ") + end }
        let space = String(repeating: " ", count: indentation)
        return open + "\n" + items.map { "\(space)  \($0)" }.joined(separator: ",\n") + "\n" + space + end
    }

    /// Everything that is not plain ASCII or a letter of some script is escaped: the document may be shown on a terminal.
    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            default:
                if isPlain(scalar) {
                    quoted.unicodeScalars.append(scalar)
                } else {
                    for unit in String(scalar).utf16 {
                        let digits = String(unit, radix: 16)
                        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                    }
                }
            }
        }
        return quoted + "\""
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        if (0x20..<0x7f).contains(scalar.value) { return true }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: return false
        default: return true
        }
    }
}
