/// One line of a recording: a JSON object, of which the fields with plain values are kept.
///
/// Source: RFC 8259. Fractions, lists and objects inside are read and passed over: no record has such fields.
struct JSONLine {
    /// Why a line is no such object.
    enum Failure: Error, Hashable {
        /// It ends too early, or something else than JSON stands in it.
        case malformed
        /// It has more fields, or its values more levels, than any record.
        case tooLarge
    }

    private static let depth = 8

    private let bytes: ArraySlice<UInt8>
    private let limits: WindowsLimits
    private var next: Int

    private init(_ bytes: ArraySlice<UInt8>, limits: WindowsLimits) {
        self.bytes = bytes
        self.limits = limits
        self.next = bytes.startIndex
    }

    /// The fields of one object; a name that occurs twice keeps the last value.
    static func fields(
        of bytes: ArraySlice<UInt8>,
        limits: WindowsLimits
    ) throws(Failure) -> [String: ProbeRecord.Value] {
        var line = JSONLine(bytes, limits: limits)
        let fields = try line.object()
        line.skipSpace()
        guard line.next == bytes.endIndex else { throw .malformed }
        return fields
    }

    private mutating func object() throws(Failure) -> [String: ProbeRecord.Value] {
        var fields: [String: ProbeRecord.Value] = [:]
        var count = 0
        try expect(UInt8(ascii: "{"))
        if take(UInt8(ascii: "}")) { return fields }
        repeat {
            count += 1
            guard count <= limits.fields else { throw .tooLarge }
            let name = try text()
            try expect(UInt8(ascii: ":"))
            fields[name] = try value(depth: Self.depth)
        } while take(UInt8(ascii: ","))
        try expect(UInt8(ascii: "}"))
        return fields
    }

    private mutating func value(depth: Int) throws(Failure) -> ProbeRecord.Value? {
        guard depth > 0 else { throw .tooLarge }
        skipSpace()
        guard next < bytes.endIndex else { throw .malformed }
        switch bytes[next] {
        case UInt8(ascii: "\""): return .text(try text())
        case UInt8(ascii: "t"):
            try word("true")
            return .boolean(true)
        case UInt8(ascii: "f"):
            try word("false")
            return .boolean(false)
        case UInt8(ascii: "n"):
            try word("null")
            return nil
        case UInt8(ascii: "["):
            next += 1
            if take(UInt8(ascii: "]")) { return nil }
            repeat { _ = try value(depth: depth - 1) } while take(UInt8(ascii: ","))
            try expect(UInt8(ascii: "]"))
            return nil
        case UInt8(ascii: "{"):
            next += 1
            if take(UInt8(ascii: "}")) { return nil }
            repeat {
                _ = try text()
                try expect(UInt8(ascii: ":"))
                _ = try value(depth: depth - 1)
            } while take(UInt8(ascii: ","))
            try expect(UInt8(ascii: "}"))
            return nil
        default: return try number()
        }
    }

    /// A whole number of 64 bits; `nil` for a larger one and for a fraction.
    private mutating func number() throws(Failure) -> ProbeRecord.Value? {
        let start = next
        if next < bytes.endIndex, bytes[next] == UInt8(ascii: "-") { next += 1 }
        try digits()
        let end = next
        if next < bytes.endIndex, bytes[next] == UInt8(ascii: ".") {
            next += 1
            try digits()
        }
        if next < bytes.endIndex, bytes[next] | 0x20 == UInt8(ascii: "e") {
            next += 1
            if next < bytes.endIndex, "+-".utf8.contains(bytes[next]) { next += 1 }
            try digits()
        }
        guard next == end else { return nil }
        return Int64(String(decoding: bytes[start..<end], as: UTF8.self)).map { .number($0) }
    }

    private mutating func digits() throws(Failure) {
        guard next < bytes.endIndex, Self.isDigit(bytes[next]) else { throw .malformed }
        while next < bytes.endIndex, Self.isDigit(bytes[next]) { next += 1 }
    }

    private mutating func text() throws(Failure) -> String {
        try expect(UInt8(ascii: "\""))
        var text: [UInt8] = []
        while next < bytes.endIndex {
            let byte = bytes[next]
            next += 1
            switch byte {
            case UInt8(ascii: "\""): return cut(text)
            case UInt8(ascii: "\\"): text += try escape()
            case 0..<0x20: throw .malformed
            default: text.append(byte)
            }
        }
        throw .malformed
    }

    private mutating func escape() throws(Failure) -> [UInt8] {
        guard next < bytes.endIndex else { throw .malformed }
        let byte = bytes[next]
        next += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0c]
        case UInt8(ascii: "n"): return [0x0a]
        case UInt8(ascii: "r"): return [0x0d]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"):
            var units = [try hexadecimal()]
            // The second half of a pair; any other half alone becomes U+FFFD below.
            if UTF16.isLeadSurrogate(units[0]), bytes[next...].starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")]) {
                let before = next
                next += 2
                let second = try hexadecimal()
                if UTF16.isTrailSurrogate(second) { units.append(second) } else { next = before }
            }
            return Array(String(decoding: units, as: UTF16.self).utf8)
        default: throw .malformed
        }
    }

    private mutating func hexadecimal() throws(Failure) -> UInt16 {
        let digits = bytes[next...].prefix(4)
        guard digits.count == 4, digits.allSatisfy(Self.isHexadecimal),
            let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw .malformed }
        next += 4
        return unit
    }

    /// Repairs invalid UTF-8 and keeps to the limit of a text, without half a character at its end.
    private func cut(_ text: [UInt8]) -> String {
        guard text.count > limits.textBytes else { return String(decoding: text, as: UTF8.self) }
        var end = limits.textBytes
        while end > 0, text[end] & 0xc0 == 0x80 { end -= 1 }
        return String(decoding: text[..<end], as: UTF8.self)
    }

    private mutating func word(_ word: StaticString) throws(Failure) {
        let isHere = word.withUTF8Buffer { bytes[next...].starts(with: $0) }
        guard isHere else { throw .malformed }
        next += word.utf8CodeUnitCount
    }

    private mutating func expect(_ byte: UInt8) throws(Failure) {
        guard take(byte) else { throw .malformed }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        skipSpace()
        guard next < bytes.endIndex, bytes[next] == byte else { return false }
        next += 1
        return true
    }

    private mutating func skipSpace() {
        while next < bytes.endIndex, Self.isSpace(bytes[next]) { next += 1 }
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0d || byte == 0x0a
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        isDigit(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
    }
}
