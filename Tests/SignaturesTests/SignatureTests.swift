import Shared
import Testing

@testable import Signatures

@Suite
struct SignatureTests {
    private let message = Array("one antivirus".utf8)

    @Test
    func `A signature verifies with the public half of its key and for the same bytes only`() throws {
        let key = try SigningKey.generate()
        let verifier = try VerifyingKey(subjectPublicKeyInfo: key.publicKeyDER)
        let signature = try key.sign(message)
        #expect(signature.count == WireLimits.signatureBytes)
        #expect(verifier.isValid(signature: signature, for: message))
        #expect(!verifier.isValid(signature: signature, for: message + [0]))
        #expect(!verifier.isValid(signature: signature, for: []))
        let stranger = try VerifyingKey(subjectPublicKeyInfo: SigningKey.generate().publicKeyDER)
        #expect(!stranger.isValid(signature: signature, for: message))
    }

    @Test
    func `Every signature has s in the lower half of the order`() throws {
        let key = try SigningKey.generate()
        let verifier = try VerifyingKey(subjectPublicKeyInfo: key.publicKeyDER)
        for number in 0..<64 {
            let bytes = Array("report \(number)".utf8)
            let signature = try key.sign(bytes)
            #expect(!RawSignature.isHigh(signature[32...]))
            #expect(verifier.isValid(signature: signature, for: bytes))
        }
    }

    @Test
    func `The other value of s that would verify is refused`() throws {
        let key = try SigningKey.generate()
        let verifier = try VerifyingKey(subjectPublicKeyInfo: key.publicKeyDER)
        let signature = try key.sign(message)
        let twin = Array(signature[..<32]) + difference(RawSignature.order, Array(signature[32...]))
        #expect(RawSignature.isHigh(twin[32...]))
        #expect(!verifier.isValid(signature: twin, for: message))
        // The twin is a real signature: brought back to the lower half, it is the one that was made.
        #expect(RawSignature.normalized(r: Array(twin[..<32]), s: Array(twin[32...])) == signature)
    }

    @Test
    func `A signature cut or lengthened at any place is refused`() throws {
        let key = try SigningKey.generate()
        let verifier = try VerifyingKey(subjectPublicKeyInfo: key.publicKeyDER)
        let signature = try key.sign(message)
        for count in 0..<signature.count {
            #expect(!verifier.isValid(signature: Array(signature[..<count]), for: message))
        }
        #expect(!verifier.isValid(signature: signature + [0], for: message))
        #expect(!verifier.isValid(signature: signature + signature, for: message))
    }

    @Test
    func `A signature with any single bit changed is refused`() throws {
        let key = try SigningKey.generate()
        let verifier = try VerifyingKey(subjectPublicKeyInfo: key.publicKeyDER)
        let signature = try key.sign(message)
        for bit in 0..<(signature.count * 8) {
            var changed = signature
            changed[bit / 8] ^= 1 << (bit % 8)
            #expect(!verifier.isValid(signature: changed, for: message), "bit \(bit)")
        }
    }

    @Test(arguments: [
        ([UInt8](repeating: 0, count: 32), RawSignature.halfOrder),
        (RawSignature.halfOrder, [UInt8](repeating: 0, count: 32)),
        (RawSignature.order, RawSignature.halfOrder),
        (RawSignature.halfOrder, RawSignature.order),
        ([UInt8](repeating: 0xFF, count: 32), [UInt8](repeating: 0xFF, count: 32)),
        ([UInt8](repeating: 0, count: 32), [UInt8](repeating: 0, count: 32)),
    ])
    func `Values of r and s outside 1 to n - 1 have no DER form`(r: [UInt8], s: [UInt8]) throws {
        #expect(RawSignature.derEncoded(r + s) == nil)
        let verifier = try VerifyingKey(subjectPublicKeyInfo: SigningKey.generate().publicKeyDER)
        #expect(!verifier.isValid(signature: r + s, for: message))
    }

    @Test
    func `The largest and the smallest s that are ours are encoded`() {
        let one = [UInt8](repeating: 0, count: 31) + [1]
        #expect(RawSignature.derEncoded(one + one) == [0x30, 6, 2, 1, 1, 2, 1, 1])
        #expect(RawSignature.derEncoded(one + RawSignature.halfOrder) != nil)
        #expect(RawSignature.derEncoded(one + difference(RawSignature.order, RawSignature.halfOrder)) == nil)
    }

    /// RFC 6979, A.2.5: P-256, SHA-256, message "sample"; s brought to the lower half.
    @Test
    func `A signature of the RFC's test vector verifies`() throws {
        let point: [UInt8] = bytes(
            "60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6"
                + "7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299"
        )
        let r = bytes("EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716")
        let s = bytes("F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8")
        let key = try VerifyingKey(subjectPublicKeyInfo: VerifyingKey.prefix + point)
        let sample = Array("sample".utf8)
        #expect(key.isValid(signature: RawSignature.normalized(r: r, s: s), for: sample))
        #expect(!key.isValid(signature: r + s, for: sample))
        #expect(!key.isValid(signature: RawSignature.normalized(r: r, s: s), for: Array("test".utf8)))
    }

    private func difference(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
        var result = left
        var borrow = 0
        for index in result.indices.reversed() {
            let digit = Int(left[index]) - Int(right[index]) - borrow
            borrow = digit < 0 ? 1 : 0
            result[index] = UInt8(digit + borrow * 256)
        }
        return result
    }

    private func bytes(_ hexadecimal: String) -> [UInt8] {
        let digits = hexadecimal.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
    }
}
