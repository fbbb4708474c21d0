import Crypto
import Foundation
import Shared
import Signatures
import SwiftASN1
import Testing
import X509

@testable import Collector

@Suite struct CatalogSignerTests {
    private let now = Milliseconds(1_750_000_000_000)
    private let text = Array("version\t1\n".utf8)

    private func verifyingKey(_ signed: CatalogSignature) throws -> VerifyingKey {
        let certificate = try Certificate(derEncoded: signed.certificate)
        let key = try #require(P256.Signing.PublicKey(certificate.publicKey))
        return try VerifyingKey(subjectPublicKeyInfo: Array(key.derRepresentation))
    }

    @Test func whatIsSignedIsTheTextAsACatalogAndNothingElse() throws {
        try withTemporaryDirectory { directory in
            let authority = try CertificateAuthority.create(now: now)
            let signed = try CatalogSigner(directory: directory, authority: authority).sign(text, now: now)
            let key = try verifyingKey(signed)
            func isValid(_ type: String, _ payload: [UInt8]) -> Bool {
                key.isValid(
                    signature: signed.signature,
                    for: PreAuthenticationEncoding.encode(type: type, payload: payload)
                )
            }
            #expect(isValid("application/vnd.khien.catalog.v1", text))
            #expect(!isValid(PreAuthenticationEncoding.reportType, text))
            #expect(!isValid("application/vnd.khien.catalog.v1", text + [10]))
            #expect(!key.isValid(signature: signed.signature, for: text))
        }
    }

    @Test func theCertificateIsOfOurAuthorityAndOpensNoConnection() throws {
        try withTemporaryDirectory { directory in
            let authority = try CertificateAuthority.create(now: now)
            let signed = try CatalogSigner(directory: directory, authority: authority).sign(text, now: now)
            let certificate = try Certificate(derEncoded: signed.certificate)
            #expect(authority.certificate.publicKey.isValidSignature(certificate.signature, for: certificate))
            #expect(
                try certificate.extensions.subjectAlternativeNames.map(Array.init)
                    == [.uniformResourceIdentifier("khien://catalog")]
            )
            #expect(try certificate.extensions.basicConstraints == .notCertificateAuthority)
            let usage = try #require(try certificate.extensions.extendedKeyUsage)
            #expect(!usage.contains(.clientAuth) && !usage.contains(.serverAuth) && !usage.contains(.any))
            #expect(signed.certificateExpiresAt == now.adding(seconds: 825 * 86_400))
            #expect(signed.certificate.count <= 4096)
            #expect(throws: CollectorError.self) { try ClientIdentity(certificate) }
        }
    }

    /// Two defenses stand between this certificate and a connection; the name alone has to do, too.
    @Test func itsNameIsNobodysEvenOnACertificateForClients() throws {
        let authority = try CertificateAuthority.create(now: now)
        let key = P256.Signing.PrivateKey()
        let certificate = try Certificate(
            version: .v3,
            serialNumber: CertificateAuthority.serialNumber(),
            publicKey: Certificate.PublicKey(key.publicKey),
            notValidBefore: now.date,
            notValidAfter: now.adding(seconds: 60).date,
            issuer: authority.certificate.subject,
            subject: try DistinguishedName { CommonName("center") },
            extensions: try Certificate.Extensions {
                SubjectAlternativeNames([.uniformResourceIdentifier(CertificateAuthority.catalogURI)])
                try ExtendedKeyUsage([.clientAuth])
            },
            issuerPrivateKey: Certificate.PrivateKey(authority.key)
        )
        #expect(throws: CollectorError.self) { try ClientIdentity(certificate) }
    }

    @Test func theKeyIsMadeOnceAndIsItsOwnersAlone() throws {
        try withTemporaryDirectory { directory in
            let authority = try CertificateAuthority.create(now: now)
            let first = try CatalogSigner(directory: directory, authority: authority).sign(text, now: now)
            let path = directory + "/catalog-key.pem"
            #expect(try fileMode(path) == 0o600)
            let bytes = try StateFile.read(path)
            let again = try CatalogSigner(directory: directory, authority: authority).sign(text, now: now)
            #expect(try StateFile.read(path) == bytes)
            #expect(
                try verifyingKey(first).subjectPublicKeyInfo == verifyingKey(again).subjectPublicKeyInfo
            )
        }
    }

    @Test func initMakesTheKey() throws {
        try withTemporaryDirectory { parent in
            _ = try CollectorInitialization(
                data: parent + "/data",
                hosts: [],
                units: try UnitsFile.official(),
                clock: .system
            ).run()
            #expect(try fileMode(parent + "/data/authority/catalog-key.pem") == 0o600)
        }
    }

    @Test func aDamagedKeyIsNamedAndNotReplaced() throws {
        try withTemporaryDirectory { directory in
            let authority = try CertificateAuthority.create(now: now)
            try StateFile.create(directory + "/catalog-key.pem", Array("damaged".utf8), mode: 0o600)
            let signer = CatalogSigner(directory: directory, authority: authority)
            let error = #expect(throws: CollectorError.self) { try signer.sign(text, now: now) }
            #expect(error?.code == .dataDirectory)
            #expect(try StateFile.read(directory + "/catalog-key.pem") == Array("damaged".utf8))
        }
    }
}
