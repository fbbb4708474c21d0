import Shared

/// The two forms of a P-256 signature: r then s with 32 bytes each on the wire, and the DER sequence that OpenSSL
/// takes.
///
/// Only signatures with s in the lower half of the group order are ours: of the two values of s that verify, one is
/// made, so that nobody can turn a signed report into another one that is signed as well.
enum RawSignature {
    /// The group order n of P-256, big-endian.
    ///
    /// Source: FIPS 186-4, D.1.2.3.
    static let order: [UInt8] = [
        0xFF, 0xFF, 0xFF, 0xFF, 0x00, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0xBC, 0xE6, 0xFA, 0xAD, 0xA7, 0x17, 0x9E, 0x84, 0xF3, 0xB9, 0xCA, 0xC2, 0xFC, 0x63, 0x25, 0x51,
    ]

    /// (n - 1) / 2, the largest s that is ours, big-endian.
    static let halfOrder: [UInt8] = [
        0x7F, 0xFF, 0xFF, 0xFF, 0x80, 0x00, 0x00, 0x00, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0xDE, 0x73, 0x7D, 0x56, 0xD3, 0x8B, 0xCF, 0x42, 0x79, 0xDC, 0xE5, 0x61, 0x7E, 0x31, 0x92, 0xA8,
    ]

    /// Bytes of the longest DER form: a header, and twice a header, a sign byte and 32 bytes.
    static let maximumDERBytes = 2 + 2 * (2 + 1 + 32)

    /// Whether a value of 32 bytes is 1 to n - 1.
    static func isScalar(_ value: ArraySlice<UInt8>) -> Bool {
        value.contains { $0 != 0 } && value.lexicographicallyPrecedes(order)
    }

    /// Whether s needs to be replaced by n - s.
    static func isHigh(_ value: ArraySlice<UInt8>) -> Bool {
        halfOrder.lexicographicallyPrecedes(value)
    }

    /// The raw form with the smaller of the two values of s, from r and s of 32 bytes each.
    static func normalized(r: [UInt8], s: [UInt8]) -> [UInt8] {
        r + (isHigh(s[...]) ? subtractedFromOrder(s) : s)
    }

    /// The DER form of a signature that follows our rules, or `nil`.
    static func derEncoded(_ raw: [UInt8]) -> [UInt8]? {
        guard raw.count == WireLimits.signatureBytes else { return nil }
        let r = raw[..<32]
        let s = raw[32...]
        guard isScalar(r), isScalar(s), !isHigh(s) else { return nil }
        var body: [UInt8] = [0x30, 0]
        body.reserveCapacity(maximumDERBytes)
        appendInteger(r, to: &body)
        appendInteger(s, to: &body)
        body[1] = UInt8(truncatingIfNeeded: body.count - 2)
        return body
    }

    private static func appendInteger(_ value: ArraySlice<UInt8>, to bytes: inout [UInt8]) {
        let digits = value.drop { $0 == 0 }
        let needsSignByte = (digits.first ?? 0) >= 0x80
        bytes.append(0x02)
        bytes.append(UInt8(truncatingIfNeeded: digits.count + (needsSignByte ? 1 : 0)))
        if needsSignByte { bytes.append(0) }
        bytes.append(contentsOf: digits)
    }

    private static func subtractedFromOrder(_ value: [UInt8]) -> [UInt8] {
        var difference = order
        var borrow = 0
        for index in difference.indices.reversed() {
            let digit = Int(difference[index]) - Int(value[index]) - borrow
            borrow = digit < 0 ? 1 : 0
            difference[index] = UInt8(truncatingIfNeeded: digit)
        }
        return difference
    }
}
