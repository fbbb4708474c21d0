import Crypto
import Foundation
import SwiftASN1
import Testing
import X509

@testable import Admin

@Suite struct ProfileRequestTests {
    private static func pem(
        _ name: String,
        _ key: Certificate.PrivateKey = Certificate.PrivateKey(P256.Signing.PrivateKey()),
        _ algorithm: Certificate.SignatureAlgorithm = .ecdsaWithSHA256
    ) throws -> String {
        try CertificateSigningRequest(
            version: .v1,
            subject: DistinguishedName { CommonName(name) },
            privateKey: key,
            attributes: CertificateSigningRequest.Attributes(),
            signatureAlgorithm: algorithm
        ).serializeAsPEM().pemString
    }

    @Test("what is written is read: name, key and fingerprint")
    func roundTrip() throws {
        let key = ProfileKey()
        let made = try ProfileRequest(name: "lan.so", key: key)
        let read = try ProfileRequest(pem: Array(made.pem.utf8))
        #expect(read.name == "lan.so")
        #expect(read.der == made.der)
        #expect(read.fingerprint == key.fingerprint)
    }

    @Test(
        "a name that no officer can have is refused",
        arguments: ["Lan", "", "lan anh", "a/b", String(repeating: "a", count: 65)]
    )
    func names(name: String) throws {
        #expect(throws: ProfileRequestProblem.badName) {
            try ProfileRequest(pem: Array(Self.pem(name).utf8))
        }
    }

    @Test("a key that is not P-256 is refused")
    func otherKey() throws {
        let pem = try Self.pem("lan", Certificate.PrivateKey(P384.Signing.PrivateKey()), .ecdsaWithSHA384)
        #expect(throws: ProfileRequestProblem.otherKey) { try ProfileRequest(pem: Array(pem.utf8)) }
    }

    @Test("a request that its key did not sign is refused")
    func signature() throws {
        var der = try ProfileRequest(name: "lan", key: ProfileKey()).der
        // The last bytes are those of the signature.
        der[der.count - 1] ^= 1
        let pem = PEMDocument(type: "CERTIFICATE REQUEST", derBytes: der).pemString
        #expect(throws: ProfileRequestProblem.badSignature) { try ProfileRequest(pem: Array(pem.utf8)) }
    }

    @Test("what is no request is refused", arguments: ["", "lan", "-----BEGIN CERTIFICATE REQUEST-----\n"])
    func unreadable(text: String) {
        #expect(throws: ProfileRequestProblem.unreadable) { try ProfileRequest(pem: Array(text.utf8)) }
    }

    @Test("no damage traps the reader, and what is still taken is for the same name and key")
    func mutations() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        let good = try ProfileRequest(name: "lan", key: ProfileKey())
        for _ in 0..<2000 {
            guard let read = try? ProfileRequest(pem: Array(generator.mutate(good.pem).utf8)) else { continue }
            #expect(read.name == good.name, "seed \(seed)")
            #expect(read.fingerprint == good.fingerprint, "seed \(seed)")
        }
    }
}
