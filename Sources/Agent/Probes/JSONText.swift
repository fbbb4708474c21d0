/// Reads a JSON text as a vendor's tool writes it; with a limit on all that it may ask for.
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
        default:
            return try word()
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
            guard digits.count == 4, let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16) else {
                throw .malformed
            }
            next += 4
            return unit
        default: throw .malformed
        }
    }

    private mutating func word() throws(StructureFailure) -> StructuredValue {
        let word = bytes[next...].prefix { ![0x2c, 0x5d, 0x7d].contains($0) && $0 > 0x20 }.prefix(64)
        next += word.count
        switch String(decoding: word, as: UTF8.self) {
        case "true": return .truth(true)
        case "false": return .truth(false)
        case "null": return .other
        case let text:
            let isNumber = text.utf8.allSatisfy { (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }
            guard isNumber, text.utf8.contains(where: { (0x30...0x39).contains($0) }) else { throw .malformed }
            return Int64(text).map { .number($0) } ?? .other
        }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard next < bytes.count, bytes[next] == byte else { return false }
        next += 1
        return true
    }

    private mutating func skipBlanks() {
        while next < bytes.count, [0x20, 0x09, 0x0a, 0x0d].contains(bytes[next]) { next += 1 }
    }
}
