/// Reads a JSON text, such as a vendor's tool or a line of a recording; with a limit on all that it may ask for.
///
/// Of a key that stands there twice the last value counts.
///
/// Source: RFC 8259.
struct JSONText {
    private let bytes: [UInt8]
    private var budget: StructureBudget
    private var next = 0

    /// The value of a whole text.
    static func read(
        _ bytes: [UInt8],
        budget: StructureBudget = StructureBudget()
    ) throws(StructureFailure) -> StructuredValue {
        var reader = JSONText(bytes: bytes, budget: budget)
        let value = try reader.value(level: 0)
        reader.skipBlanks()
        guard reader.next == bytes.count else { throw .malformed }
        return value
    }

    private init(bytes: [UInt8], budget: StructureBudget) {
        self.bytes = bytes
        self.budget = budget
    }

    private mutating func value(level: Int) throws(StructureFailure) -> StructuredValue {
        try budget.enter(level)
        skipBlanks()
        guard next < bytes.count else { throw .malformed }
        switch bytes[next] {
        case UInt8(ascii: "{"):
            var values: [String: StructuredValue] = [:]
            try elements(until: UInt8(ascii: "}")) { (reader: inout JSONText) throws(StructureFailure) in
                let key = try reader.text()
                reader.skipBlanks()
                guard reader.take(UInt8(ascii: ":")) else { throw .malformed }
                values[key] = try reader.value(level: level + 1)
            }
            return .dictionary(values)
        case UInt8(ascii: "["):
            var values: [StructuredValue] = []
            try elements(until: UInt8(ascii: "]")) { (reader: inout JSONText) throws(StructureFailure) in
                values.append(try reader.value(level: level + 1))
            }
            return .array(values)
        case UInt8(ascii: "\""):
            return .text(try text())
        case UInt8(ascii: "t"):
            return try word("true", .truth(true))
        case UInt8(ascii: "f"):
            return try word("false", .truth(false))
        case UInt8(ascii: "n"):
            return try word("null", .other)
        default:
            return try number()
        }
    }

    private mutating func elements(
        until end: UInt8,
        _ element: (inout JSONText) throws(StructureFailure) -> Void
    ) throws(StructureFailure) {
        next += 1
        skipBlanks()
        if take(end) { return }
        while true {
            skipBlanks()
            try element(&self)
            skipBlanks()
            if take(end) { return }
            guard take(UInt8(ascii: ",")) else { throw .malformed }
        }
    }

    private mutating func text() throws(StructureFailure) -> String {
        guard take(UInt8(ascii: "\"")) else { throw .malformed }
        var units: [UInt16] = []
        var text: [UInt8] = []
        // Escaped halves of a character stand side by side; they become UTF-8 together.
        func flush() {
            if !units.isEmpty { text += Array(String(decoding: units, as: UTF16.self).utf8) }
            units = []
        }
        while next < bytes.count {
            let byte = bytes[next]
            next += 1
            switch byte {
            case UInt8(ascii: "\""):
                flush()
                try budget.take(text.count)
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                units.append(try escape())
            case 0..<0x20:
                throw .malformed
            default:
                flush()
                text.append(byte)
            }
        }
        throw .malformed
    }

    private mutating func escape() throws(StructureFailure) -> UInt16 {
        guard next < bytes.count else { throw .malformed }
        let byte = bytes[next]
        next += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return UInt16(byte)
        case UInt8(ascii: "b"): return 0x08
        case UInt8(ascii: "f"): return 0x0c
        case UInt8(ascii: "n"): return 0x0a
        case UInt8(ascii: "r"): return 0x0d
        case UInt8(ascii: "t"): return 0x09
        case UInt8(ascii: "u"):
            let digits = bytes[next...].prefix(4)
            // A sign, which numbers may have, is no digit.
            guard digits.count == 4, digits.allSatisfy(Self.isHexadecimal),
                let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
            else { throw .malformed }
            next += 4
            return unit
        default: throw .malformed
        }
    }

    private mutating func word(
        _ word: StaticString,
        _ value: StructuredValue
    ) throws(StructureFailure) -> StructuredValue {
        guard word.withUTF8Buffer({ bytes[next...].starts(with: $0) }) else { throw .malformed }
        next += word.utf8CodeUnitCount
        return value
    }

    /// A whole number of 64 bits; a larger one and a fraction are something else that nobody asks for.
    private mutating func number() throws(StructureFailure) -> StructuredValue {
        let start = next
        _ = take(UInt8(ascii: "-"))
        try digits()
        let end = next
        if take(UInt8(ascii: ".")) { try digits() }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            _ = take(UInt8(ascii: "+")) || take(UInt8(ascii: "-"))
            try digits()
        }
        guard next == end else { return .other }
        return Int64(String(decoding: bytes[start..<end], as: UTF8.self)).map { .number($0) } ?? .other
    }

    private mutating func digits() throws(StructureFailure) {
        guard next < bytes.count, Self.isDigit(bytes[next]) else { throw .malformed }
        while next < bytes.count, Self.isDigit(bytes[next]) { next += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard next < bytes.count, bytes[next] == byte else { return false }
        next += 1
        return true
    }

    private mutating func skipBlanks() {
        while next < bytes.count, [0x20, 0x09, 0x0a, 0x0d].contains(bytes[next]) { next += 1 }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        isDigit(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
    }
}
