/// Reads the XML form of a property list; of XML only what such a list uses.
///
/// Entities that a document declares are not known, so that a few bytes cannot stand for very many.
///
/// Source: the document type `PropertyList-1.0.dtd`.
struct XMLPropertyList {
    private let bytes: [UInt8]
    private var budget: StructureBudget
    private var next = 0

    init(_ bytes: [UInt8], budget: StructureBudget) {
        self.bytes = bytes
        self.budget = budget
    }

    /// The value at the top.
    mutating func read() throws(StructureFailure) -> StructuredValue {
        if bytes.starts(with: [0xef, 0xbb, 0xbf]) { next = 3 }
        var tag = try nextTag()
        // The outer element may be missing.
        if tag.name == "plist" {
            guard tag.kind == .opening else { throw .malformed }
            tag = try nextTag()
        }
        return try value(tag, level: 0)
    }

    private struct Tag {
        enum Kind { case opening, closing, empty }
        var name: String
        var kind: Kind
    }

    private mutating func value(_ tag: Tag, level: Int) throws(StructureFailure) -> StructuredValue {
        try budget.enter(level)
        guard tag.kind != .closing else { throw .malformed }
        switch tag.name {
        case "true", "false":
            if tag.kind == .opening { _ = try content(of: tag.name) }
            return .truth(tag.name == "true")
        case "string":
            return .text(tag.kind == .empty ? "" : try content(of: tag.name))
        case "integer":
            guard tag.kind == .opening else { throw .malformed }
            return Self.number(try content(of: tag.name))
        case "date", "data", "real":
            if tag.kind == .opening { _ = try content(of: tag.name) }
            return .other
        case "array":
            return .array(try array(tag, level: level))
        case "dict":
            return .dictionary(try dictionary(tag, level: level))
        default:
            throw .malformed
        }
    }

    private mutating func array(_ tag: Tag, level: Int) throws(StructureFailure) -> [StructuredValue] {
        var values: [StructuredValue] = []
        guard tag.kind == .opening else { return values }
        while true {
            let element = try nextTag()
            if element.kind == .closing {
                guard element.name == tag.name else { throw .malformed }
                return values
            }
            values.append(try value(element, level: level + 1))
        }
    }

    private mutating func dictionary(
        _ tag: Tag,
        level: Int
    ) throws(StructureFailure) -> [String: StructuredValue] {
        var values: [String: StructuredValue] = [:]
        guard tag.kind == .opening else { return values }
        while true {
            let element = try nextTag()
            if element.kind == .closing {
                guard element.name == tag.name else { throw .malformed }
                return values
            }
            try budget.enter(level)
            guard element.name == "key" else { throw .malformed }
            let key = element.kind == .empty ? "" : try content(of: "key")
            values[key] = try value(try nextTag(), level: level + 1)
        }
    }

    /// The next tag, over blanks, comments, instructions and the document type.
    private mutating func nextTag() throws(StructureFailure) -> Tag {
        while true {
            while next < bytes.count, bytes[next] <= 0x20 { next += 1 }
            guard next < bytes.count, bytes[next] == UInt8(ascii: "<") else { throw .malformed }
            if has("<!--") {
                try skip(behind: "-->")
            } else if has("<?") {
                try skip(behind: "?>")
            } else if has("<!DOCTYPE") {
                // One that declares something of its own does not end here, and what follows is no tag.
                try skip(behind: ">")
            } else {
                return try tag()
            }
        }
    }

    private mutating func tag() throws(StructureFailure) -> Tag {
        let start = next + 1
        try skip(behind: ">")
        var inside = bytes[start..<(next - 1)]
        var kind = Tag.Kind.opening
        if inside.first == UInt8(ascii: "/") {
            kind = .closing
            inside.removeFirst()
        } else if inside.last == UInt8(ascii: "/") {
            kind = .empty
            inside.removeLast()
        }
        let name = inside.prefix { $0 > 0x20 }
        guard !name.isEmpty, name.count <= 16 else { throw .malformed }
        return Tag(name: String(decoding: name, as: UTF8.self), kind: kind)
    }

    /// The text up to the closing tag, which is passed.
    private mutating func content(of name: String) throws(StructureFailure) -> String {
        var text: [UInt8] = []
        while next < bytes.count {
            let byte = bytes[next]
            if byte == UInt8(ascii: "&") {
                text += try entity()
            } else if byte != UInt8(ascii: "<") {
                text.append(byte)
                next += 1
            } else if has("<!--") {
                try skip(behind: "-->")
            } else if has("<![CDATA[") {
                let start = next + 9
                try skip(behind: "]]>")
                guard start <= next - 3 else { throw .malformed }
                text += bytes[start..<(next - 3)]
            } else {
                let end = try tag()
                guard end.kind == .closing, end.name == name else { throw .malformed }
                try budget.take(text.count)
                return String(decoding: text, as: UTF8.self)
            }
        }
        throw .malformed
    }

    private mutating func entity() throws(StructureFailure) -> [UInt8] {
        let start = next + 1
        guard let end = bytes[start...].prefix(12).firstIndex(of: UInt8(ascii: ";")) else { throw .malformed }
        next = end + 1
        let name = String(decoding: bytes[start..<end], as: UTF8.self)
        switch name {
        case "amp": return [UInt8(ascii: "&")]
        case "lt": return [UInt8(ascii: "<")]
        case "gt": return [UInt8(ascii: ">")]
        case "quot": return [UInt8(ascii: "\"")]
        case "apos": return [UInt8(ascii: "'")]
        default:
            let code =
                name.hasPrefix("#x")
                ? UInt32(name.dropFirst(2), radix: 16)
                : name.hasPrefix("#") ? UInt32(name.dropFirst(1)) : nil
            guard let code, let scalar = Unicode.Scalar(code) else { throw .malformed }
            return Array(String(scalar).utf8)
        }
    }

    private func has(_ text: StaticString) -> Bool {
        text.withUTF8Buffer { bytes[next...].starts(with: $0) }
    }

    private mutating func skip(behind text: StaticString) throws(StructureFailure) {
        let end = text.withUTF8Buffer { mark -> Int? in
            guard let last = mark.last else { return nil }
            var place = next + mark.count - 1
            while place < bytes.count {
                if bytes[place] == last, bytes[(place - mark.count + 1)...place].elementsEqual(mark) {
                    return place + 1
                }
                place += 1
            }
            return nil
        }
        guard let end else { throw .malformed }
        next = end
    }

    private static func number(_ text: String) -> StructuredValue {
        let digits = text.filter { !$0.isWhitespace }
        let value = digits.hasPrefix("0x") ? Int64(digits.dropFirst(2), radix: 16) : Int64(digits)
        return value.map { .number($0) } ?? .other
    }
}
