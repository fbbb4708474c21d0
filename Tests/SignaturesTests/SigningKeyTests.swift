import Testing

@testable import Signatures

@Suite
struct SigningKeyTests {
    @Test
    func `A key that was written as PEM is the same key again`() throws {
        let key = try SigningKey.generate()
        let pem = try key.pem()
        #expect(String(decoding: pem, as: UTF8.self).hasPrefix("-----BEGIN PRIVATE KEY-----\n"))
        let again = try SigningKey(pem: pem)
        #expect(again.publicKeyDER == key.publicKeyDER)
        let verifier = try VerifyingKey(subjectPublicKeyInfo: key.publicKeyDER)
        #expect(try verifier.isValid(signature: again.sign([1, 2, 3]), for: [1, 2, 3]))
    }

    @Test
    func `Two keys differ, and so do their device ids`() throws {
        let first = try SigningKey.generate()
        let second = try SigningKey.generate()
        #expect(first.publicKeyDER != second.publicKeyDER)
        #expect(deviceID(ofPublicKey: first.publicKeyDER) != deviceID(ofPublicKey: second.publicKeyDER))
    }

    @Test
    func `A damaged private key is refused wherever it is cut`() throws {
        let pem = try SigningKey.generate().pem()
        // The last byte is the line's end, which PEM does without.
        for count in 0..<(pem.count - 1) {
            #expect(throws: SignatureError.self, "cut at \(count)") { try SigningKey(pem: Array(pem[..<count])) }
        }
    }

    /// An encrypted key would make OpenSSL ask on the terminal; the test would hang.
    @Test
    func `An encrypted private key is refused without asking for a password`() {
        let pem = """
            -----BEGIN EC PRIVATE KEY-----
            Proc-Type: 4,ENCRYPTED
            DEK-Info: AES-128-CBC,0102030405060708090A0B0C0D0E0F10

            AAAAAAAAAAAAAAAAAAAAAA==
            -----END EC PRIVATE KEY-----

            """
        #expect(throws: SignatureError.self) { try SigningKey(pem: Array(pem.utf8)) }
    }

    @Test
    func `A private key of another curve is refused`() throws {
        // Made with `openssl ecparam -name secp384r1 -genkey`; used nowhere.
        let error = #expect(throws: SignatureError.self) { try SigningKey(pem: Array(Self.otherCurve.utf8)) }
        #expect(error?.code == .wrongCurve)
    }

    @Test
    func `A public key of any other form or length is refused`() throws {
        let spki = try SigningKey.generate().publicKeyDER
        #expect(spki.count == 91)
        for count in 0..<spki.count {
            #expect(throws: SignatureError.self) { try VerifyingKey(subjectPublicKeyInfo: Array(spki[..<count])) }
        }
        #expect(throws: SignatureError.self) { try VerifyingKey(subjectPublicKeyInfo: spki + [0]) }
        for index in 0..<VerifyingKey.prefix.count {
            var changed = spki
            changed[index] ^= 0x20
            let error = #expect(throws: SignatureError.self) { try VerifyingKey(subjectPublicKeyInfo: changed) }
            #expect(error?.code == .wrongCurve, "byte \(index)")
        }
    }

    @Test
    func `A point that is not on the curve is refused`() throws {
        var spki = try SigningKey.generate().publicKeyDER
        spki[90] ^= 1
        let error = #expect(throws: SignatureError.self) { try VerifyingKey(subjectPublicKeyInfo: spki) }
        #expect(error?.code == .malformedKey)
        let zero = VerifyingKey.prefix + [UInt8](repeating: 0, count: 64)
        #expect(throws: SignatureError.self) { try VerifyingKey(subjectPublicKeyInfo: zero) }
    }

    /// FIPS 180-4's example "abc".
    @Test
    func `The device id is the first half of the digest in hexadecimal`() {
        #expect(
            Hexadecimal.encode(SHA256.hash(Array("abc".utf8)))
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        )
        #expect(deviceID(ofPublicKey: Array("abc".utf8)) == "ba7816bf8f01cfea414140de5dae2223")
    }

    @Test
    func `A request for a certificate holds the public key and is bounded`() throws {
        let key = try SigningKey.generate()
        let request = try key.certificateRequest(commonName: deviceID(ofPublicKey: key.publicKeyDER))
        #expect(request.first == 0x30)
        #expect(request.count < 512)
        let isInside = (0...(request.count - 91)).contains { Array(request[$0..<($0 + 91)]) == key.publicKeyDER }
        #expect(isInside)
    }

    @Test
    func `A name that is too long for a subject is refused`() throws {
        let key = try SigningKey.generate()
        #expect(throws: SignatureError.self) {
            try key.certificateRequest(commonName: String(repeating: "a", count: 65))
        }
    }

    private static let otherCurve = """
        -----BEGIN PRIVATE KEY-----
        MIG2AgEAMBAGByqGSM49AgEGBSuBBAAiBIGeMIGbAgEBBDARHnWEaOpUca1hGuJj
        zsmQCKDoDa/jaCMkBor1hJV8Q6qvcJA9Q/IDgoDldbIqBhWhZANiAATYm7/ejy1y
        exx5K4d+1Zp2atljXNdgnzhsy6gbg5iLp4Tv/+VsQj7UB/6GGVkQI2S6qYJI/aSk
        Wy5z5QBmMD1xgvWue7bN8mK0sS7bitzyicWwiwEtFI6iv24vy9mMyfA=
        -----END PRIVATE KEY-----
        """
}
