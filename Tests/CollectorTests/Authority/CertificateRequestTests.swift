import Crypto
import Foundation
import SwiftASN1
import Testing
import X509

@testable import Collector

@Suite struct CertificateRequestTests {
    private let now = Milliseconds(1_750_000_000_000)

    private func request(
        _ key: Certificate.PrivateKey,
        extensions: Certificate.Extensions? = nil
    ) throws -> [UInt8] {
        var attributes: [CertificateSigningRequest.Attribute] = []
        if let extensions {
            attributes.append(try CertificateSigningRequest.Attribute(ExtensionRequest(extensions: extensions)))
        }
        let request = try CertificateSigningRequest(
            version: .v1,
            subject: try DistinguishedName { CommonName("center") },
            privateKey: key,
            attributes: CertificateSigningRequest.Attributes(attributes)
        )
        var serializer = DER.Serializer()
        try serializer.serialize(request)
        return serializer.serializedBytes
    }

    @Test func `a request over a P-256 key is read, and its device is the hash of the key`() throws {
        let key = P256.Signing.PrivateKey()
        let read = try CertificateRequest(der: try request(Certificate.PrivateKey(key)))
        #expect(read.publicKey == Array(key.publicKey.derRepresentation))
        let digest = Crypto.SHA256.hash(data: key.publicKey.derRepresentation)
        #expect(read.deviceID == digest.prefix(16).map { String(format: "%02x", $0) }.joined())
    }

    @Test func `subject and extensions that are asked for are not granted`() throws {
        let authority = try CertificateAuthority.create(now: now)
        let greedy = try Certificate.Extensions {
            Critical(BasicConstraints.isCertificateAuthority(maxPathLength: nil))
            KeyUsage(keyCertSign: true)
            SubjectAlternativeNames([.uniformResourceIdentifier("urn:khien:officer:center")])
        }
        let der = try request(Certificate.PrivateKey(P256.Signing.PrivateKey()), extensions: greedy)
        let read = try CertificateRequest(der: der)
        let issued = try Certificate(derEncoded: try authority.issueDevice(read, now: now).der)
        #expect(try issued.extensions.basicConstraints == .notCertificateAuthority)
        #expect(try issued.extensions.keyUsage == KeyUsage(digitalSignature: true))
        #expect(issued.subject.description == "CN=\(read.deviceID)")
        #expect(
            try issued.extensions.subjectAlternativeNames.map(Array.init)
                == [.uniformResourceIdentifier("urn:khien:device:\(read.deviceID)")]
        )
    }

    @Test func `keys of other kinds are refused`() throws {
        let rsa = try #require(Data(base64Encoded: Self.rsaRequest, options: .ignoreUnknownCharacters))
        let requests = [
            try request(Certificate.PrivateKey(P384.Signing.PrivateKey())),
            try request(Certificate.PrivateKey(P521.Signing.PrivateKey())),
            try request(Certificate.PrivateKey(Curve25519.Signing.PrivateKey())),
            Array(rsa),
        ]
        for der in requests {
            let error = #expect(throws: CollectorError.self) { try CertificateRequest(der: der) }
            #expect(error?.code == .invalidArgument)
            #expect(error?.message.contains("not P-256") == true)
        }
    }

    @Test func `a signature that is not the key's is refused`() throws {
        // The request says one key and is signed with another one.
        let key = P256.Signing.PrivateKey()
        let signed = try request(Certificate.PrivateKey(P256.Signing.PrivateKey()))
        let parsed = try CertificateSigningRequest(derEncoded: signed)
        let oldKey = try #require(P256.Signing.PublicKey(parsed.publicKey)).x963Representation
        let forged = try #require(replacing(Array(oldKey), with: Array(key.publicKey.x963Representation), in: signed))
        let error = #expect(throws: CollectorError.self) { try CertificateRequest(der: forged) }
        #expect(error?.message.contains("does not match its key") == true)
    }

    @Test func `a request over the limit is refused before it is parsed`() throws {
        let error = #expect(throws: CollectorError.self) {
            try CertificateRequest(der: [UInt8](repeating: 0x30, count: 4097))
        }
        #expect(error?.message.contains("4097 bytes") == true)
    }

    @Test func `a request cut at any byte is refused`() throws {
        let der = try request(Certificate.PrivateKey(P256.Signing.PrivateKey()))
        for length in 0..<der.count {
            #expect(throws: CollectorError.self) { try CertificateRequest(der: Array(der.prefix(length))) }
        }
    }

    @Test func `a damaged request is refused or still has its own key`() throws {
        let key = P256.Signing.PrivateKey()
        let der = try request(Certificate.PrivateKey(key))
        let seed = UInt64.random(in: .min ... .max)
        print("CertificateRequestTests seed \(seed)")
        var generator = SplitMix64(state: seed)
        for _ in 0..<2000 {
            var damaged = der
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                damaged[Int.random(in: 0..<der.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            guard let read = try? CertificateRequest(der: damaged) else { continue }
            #expect(read.publicKey == Array(key.publicKey.derRepresentation))
        }
    }

    private func replacing(_ old: [UInt8], with new: [UInt8], in bytes: [UInt8]) -> [UInt8]? {
        guard let range = bytes.firstRange(of: old) else { return nil }
        return bytes.replacingSubrange(range, with: new)
    }

    /// Made with `openssl req -new` over a 2,048-bit RSA key that is used nowhere.
    private static let rsaRequest = """
        MIICUTCCATkCAQAwDDEKMAgGA1UEAwwBeDCCASIwDQYJKoZIhvcNAQEBBQADggEPADCCAQoCggEBAKWDwMgpTcRWJia1GemEyGDo
        qfvPWLJKedChl2ShWbGtxF0tNjWAwDyrpmj2EwZAcFhkfvj4K9V7YeI9axI63D6FTaJ9pbcB8V9rviTcXkCaKTIevmLHv2XZy/dD
        rKrSVbQB7YOCg4m8wfzEpyehdryDhEVAqLL6t4j7xKvz+RmiPu5PLw6TpPLcvvqodRZFCabqWB6DxupdHMYXawfEQyxO9veuMASO
        Uiuxp0HXVdAKqVgJPJ+6p6sAjBIZ+41A4GiMbGDc44hcxddyRJhvOGZiZkhZO+cR09ZGmG6zHwoOXCRKsze9SD4+z1cRWva49MSQ
        F6I5KTltU0OPUlFmMK8CAwEAAaAAMA0GCSqGSIb3DQEBCwUAA4IBAQAyKjAnTivKrhly9nv8qcBzCJ0YsUw9xwY7zM1oxKKoHz/P
        +Gsr7ynJWC+KvlwovUpGtuAmPD9hutzkyH5MnQAZMKqCZoZoiceUvvwuHAibohvfSQ+Kn8Sj6ebNmA6TdqHSxp0lAbuO21eOPfLR
        XzCBYaHEbNMQzcrFa1zMfrcVInJk5hRXqF3lQn5ocqA7AeH0QpbcwxNmLmalnWzPA8nrGYddUuw4or/Bpv59XwcDVKP8PbSnwi/n
        ejRdObrZyxDna+/BS1zw6pwOzE418TXhFVAfCjFPE6A60M8zR9B6mRx13gfQ8CykfYwZjZccwV9327G6oJhTH/P6Jlwx2a61
        """
}

extension Array where Element == UInt8 {
    fileprivate func replacingSubrange(_ range: Range<Int>, with bytes: [UInt8]) -> [UInt8] {
        var copy = self
        copy.replaceSubrange(range, with: bytes)
        return copy
    }
}
