/// A key of a hive, with what was asked about it.
struct HiveKey: Sendable, Hashable {
    /// The names from the root's child on, as the hive spells them.
    var names: [String]
    /// Its values, where they were asked for.
    var values: [HiveValue] = []

    /// The key's own name; empty for the root.
    var name: String { names.last ?? "" }

    /// The value of a name; case does not matter.
    func value(_ name: String) -> HiveValue? {
        values.first { $0.name.utf8.elementsEqual(name.utf8) } ?? values.first { isSameName($0.name, name) }
    }

    /// A text value: REG_SZ or REG_EXPAND_SZ.
    func text(_ name: String) -> String? { value(name)?.text }

    /// A number: REG_DWORD, REG_DWORD_BIG_ENDIAN or REG_QWORD.
    func number(_ name: String) -> Int64? { value(name)?.number }

    /// A truth value: a number that is 0 or not.
    func boolean(_ name: String) -> Bool? { number(name).map { $0 != 0 } }
}

/// Whether Windows takes two names for the same.
func isSameName(_ left: String, _ right: String) -> Bool {
    left.lowercased().unicodeScalars.elementsEqual(right.lowercased().unicodeScalars)
}

/// A value of a key, as the hive has it.
struct HiveValue: Sendable, Hashable {
    /// Empty for the key's default value.
    var name: String
    /// The type's number, which need not be one that Windows knows.
    var type: UInt32
    /// The data; less than `length` where it was cut off.
    var bytes: [UInt8]
    /// Bytes that the value has in the hive.
    var length: Int

    // Source: winnt.h.
    private static let text: UInt32 = 1
    private static let expandText: UInt32 = 2
    private static let binary: UInt32 = 3
    private static let number: UInt32 = 4
    private static let bigEndianNumber: UInt32 = 5
    private static let longNumber: UInt32 = 11

    /// UTF-16LE up to the first zero; there need be none, half a unit at the end does not count, and what is no UTF-16
    /// becomes U+FFFD.
    var text: String? {
        guard type == Self.text || type == Self.expandText else { return nil }
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count / 2)
        for index in stride(from: 0, to: bytes.count - bytes.count % 2, by: 2) {
            let unit = UInt16(bytes[index]) | UInt16(bytes[index + 1]) << 8
            guard unit != 0 else { break }
            units.append(unit)
        }
        return String(decoding: units, as: UTF16.self)
    }

    /// A whole number; `nil` where the value is too short for its type.
    var number: Int64? {
        switch type {
        case Self.number where bytes.count >= 4: Int64(littleEndian(4))
        case Self.bigEndianNumber where bytes.count >= 4:
            Int64(bytes[0]) << 24 | Int64(bytes[1]) << 16 | Int64(bytes[2]) << 8 | Int64(bytes[3])
        case Self.longNumber where bytes.count >= 8: Int64(exactly: littleEndian(8))
        default: nil
        }
    }

    /// Seconds since 1970 of a FILETIME in binary or as a long number; `nil` outside 1990 to 2200.
    var fileTime: Int64? {
        guard type == Self.binary || type == Self.longNumber, length == 8, bytes.count == 8 else { return nil }
        return WindowsDate.seconds(fileTime: littleEndian(8))
    }

    private func littleEndian(_ count: Int) -> UInt64 {
        bytes.prefix(count).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
