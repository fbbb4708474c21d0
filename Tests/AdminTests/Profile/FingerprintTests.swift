import Testing

@testable import Admin

@Suite struct FingerprintTests {
    private static let digits = String(repeating: "0123456789abcdef", count: 4)

    @Test(
        "a fingerprint is read as people write it",
        arguments: [
            digits, "sha256:\(digits)", "SHA256:\(digits.uppercased())",
            "0123:4567:89ab:cdef " + digits.dropFirst(16),
        ]
    )
    func reads(text: String) {
        #expect(Fingerprint(text)?.description == "sha256:\(Self.digits)")
    }

    @Test(
        "anything else is none",
        arguments: [
            "", "sha256:", digits + "0", String(digits.dropLast()), digits.dropLast() + "g", "md5:\(digits)",
            String(repeating: " ", count: 300) + digits, digits.dropLast() + "\u{FF10}",
        ]
    )
    func refuses(text: String) {
        #expect(Fingerprint(text) == nil)
    }

    @Test("the fingerprint of bytes is their SHA-256")
    func hashes() {
        #expect(
            Fingerprint(of: Array("abc".utf8)).digits
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        )
    }
}
