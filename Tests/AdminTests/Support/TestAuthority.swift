import Crypto
import Foundation
import SwiftASN1
import X509

/// A certificate authority like the collector's own.
struct TestAuthority: Sendable {
    /// A key and its certificate in PEM.
    struct Issued: Sendable {
        var key: String
        var certificate: String
    }

    let certificate: String
    private let key: P256.Signing.PrivateKey
    private let name: DistinguishedName

    init() throws {
        key = P256.Signing.PrivateKey()
        name = try DistinguishedName { CommonName("Test authority") }
        certificate = try Self.sign(
            publicKey: key.publicKey,
            subject: name,
            issuer: name,
            by: key,
            validUntil: Self.farAhead,
            extensions: Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
                Critical(KeyUsage(keyCertSign: true))
            }
        ).serializeAsPEM().pemString
    }

    static let farAhead = Date(timeIntervalSince1970: 4_000_000_000)

    /// A certificate for a listener.
    func server(_ names: [GeneralName]) throws -> Issued {
        try issue("khien-collector", names, .serverAuth, validUntil: Self.farAhead)
    }

    /// A certificate for an officer.
    func officer(_ name: String, validUntil: Date = farAhead) throws -> Issued {
        try issue(name, [.uniformResourceIdentifier("urn:khien:officer:\(name)")], .clientAuth, validUntil: validUntil)
    }

    /// What `AddOfficer` answers to a request.
    func certificate(forRequest der: [UInt8], name: String) throws -> [UInt8] {
        let request = try CertificateSigningRequest(derEncoded: der)
        guard request.publicKey.isValidSignature(request.signature, for: request),
            let key = P256.Signing.PublicKey(request.publicKey)
        else { throw CocoaError(.coderInvalidValue) }
        return try certificate(for: key, name: name)
    }

    /// An officer's certificate over any key, in DER.
    func certificate(for key: P256.Signing.PublicKey, name: String) throws -> [UInt8] {
        let certificate = try sign(
            key,
            name,
            [.uniformResourceIdentifier("urn:khien:officer:\(name)")],
            .clientAuth,
            validUntil: Self.farAhead
        )
        var serializer = DER.Serializer()
        try serializer.serialize(certificate)
        return serializer.serializedBytes
    }

    private func issue(
        _ subject: String,
        _ names: [GeneralName],
        _ usage: ExtendedKeyUsage.Usage,
        validUntil: Date
    ) throws -> Issued {
        let ownKey = P256.Signing.PrivateKey()
        let certificate = try sign(ownKey.publicKey, subject, names, usage, validUntil: validUntil)
        return Issued(key: ownKey.pemRepresentation, certificate: try certificate.serializeAsPEM().pemString)
    }

    private func sign(
        _ publicKey: P256.Signing.PublicKey,
        _ subject: String,
        _ names: [GeneralName],
        _ usage: ExtendedKeyUsage.Usage,
        validUntil: Date
    ) throws -> Certificate {
        try Self.sign(
            publicKey: publicKey,
            subject: DistinguishedName { CommonName(subject) },
            issuer: name,
            by: key,
            validUntil: validUntil,
            extensions: Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                try ExtendedKeyUsage([usage])
                SubjectAlternativeNames(names)
            }
        )
    }

    private static func sign(
        publicKey: P256.Signing.PublicKey,
        subject: DistinguishedName,
        issuer: DistinguishedName,
        by key: P256.Signing.PrivateKey,
        validUntil: Date,
        extensions: Certificate.Extensions
    ) throws -> Certificate {
        try Certificate(
            version: .v3,
            serialNumber: Certificate.SerialNumber(),
            publicKey: Certificate.PublicKey(publicKey),
            notValidBefore: Date(timeIntervalSince1970: 1_600_000_000),
            notValidAfter: validUntil,
            issuer: issuer,
            subject: subject,
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: extensions,
            issuerPrivateKey: Certificate.PrivateKey(key)
        )
    }
}

extension GeneralName {
    /// 127.0.0.1, as a collector's certificate names it.
    static let loopback = GeneralName.ipAddress(ASN1OctetString(contentBytes: [127, 0, 0, 1]))
}
