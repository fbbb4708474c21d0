internal import Crypto
internal import Shared
internal import SwiftASN1
internal import X509

/// A certificate that the authority has just signed.
public struct IssuedCertificate: Sendable, Hashable {
    /// X.509 in DER.
    public let der: [UInt8]
    /// The serial number in lower-case hexadecimal.
    public let serial: String
    /// The first moment of its validity.
    public let notBefore: Milliseconds
    /// The last moment of its validity.
    public let notAfter: Milliseconds

    /// The certificate as PEM text.
    public var pem: String { PEMDocument(type: "CERTIFICATE", derBytes: der).pemString + "\n" }
}

extension CertificateAuthority {
    /// A certificate for a device: its id as common name and as URI, for client authentication, 30 days.
    public func issueDevice(
        _ request: CertificateRequest,
        now: Milliseconds
    ) throws(CollectorError) -> IssuedCertificate {
        try issue(
            to: request.key,
            commonName: request.deviceID,
            names: [.uniformResourceIdentifier(ClientIdentity.deviceURIPrefix + request.deviceID)],
            usage: .clientAuth,
            lifetimeSeconds: CertificateLifetime.deviceSeconds,
            now: now
        )
    }

    /// A certificate for an officer: the name as common name and as URI, for client authentication, a year.
    /// - Throws: `CollectorError` (`invalidArgument`) when the name is not 1 to 64 characters of [a-z0-9.-].
    public func issueOfficer(
        _ request: CertificateRequest,
        name: String,
        now: Milliseconds
    ) throws(CollectorError) -> IssuedCertificate {
        guard ClientIdentity.isOfficerName(name) else {
            throw CollectorError(
                .invalidArgument,
                Phrase(
                    "An officer's name is 1 to 64 characters of a-z, 0-9, \".\" and \"-\". Choose another one.",
                    vi: "Tên cán bộ gồm 1 đến 64 ký tự a-z, 0-9, \".\" và \"-\". Hãy chọn tên khác."
                )
            )
        }
        return try issue(
            to: request.key,
            commonName: name,
            names: [.uniformResourceIdentifier(ClientIdentity.officerURIPrefix + name)],
            usage: .clientAuth,
            lifetimeSeconds: CertificateLifetime.officerSeconds,
            now: now
        )
    }

    /// A certificate for the collector's listeners, 825 days.
    func issueServer(
        _ key: P256.Signing.PublicKey,
        hosts: [HostName],
        now: Milliseconds
    ) throws(CollectorError) -> IssuedCertificate {
        try issue(
            to: key,
            commonName: "khien-collector",
            names: HostName.serverNames(hosts).map(\.generalName),
            usage: .serverAuth,
            lifetimeSeconds: CertificateLifetime.serverSeconds,
            now: now
        )
    }

    /// A certificate for the key that signs catalogs, 825 days.
    ///
    /// It is neither for clients nor for servers, so that it opens no connection.
    func issueCatalog(_ key: P256.Signing.PublicKey, now: Milliseconds) throws(CollectorError) -> IssuedCertificate {
        try issue(
            to: key,
            commonName: "khien-catalog",
            names: [.uniformResourceIdentifier(Self.catalogURI)],
            usage: .codeSigning,
            lifetimeSeconds: CertificateLifetime.catalogSeconds,
            now: now
        )
    }

    /// The name of the key that signs catalogs; no device and no officer can have it.
    static let catalogURI = "khien://catalog"

    private func issue(
        to key: P256.Signing.PublicKey,
        commonName: String,
        names: [GeneralName],
        usage: ExtendedKeyUsage.Usage,
        lifetimeSeconds: Int64,
        now: Milliseconds
    ) throws(CollectorError) -> IssuedCertificate {
        do {
            let publicKey = Certificate.PublicKey(key)
            let certificate = try Certificate(
                version: .v3,
                serialNumber: Self.serialNumber(),
                publicKey: publicKey,
                notValidBefore: now.adding(seconds: -CertificateLifetime.backdatingSeconds).date,
                notValidAfter: min(now.adding(seconds: lifetimeSeconds).date, self.certificate.notValidAfter),
                issuer: self.certificate.subject,
                subject: try DistinguishedName { CommonName(commonName) },
                extensions: try Certificate.Extensions {
                    Critical(BasicConstraints.notCertificateAuthority)
                    Critical(KeyUsage(digitalSignature: true))
                    try ExtendedKeyUsage([usage])
                    SubjectAlternativeNames(names)
                    SubjectKeyIdentifier(hash: publicKey)
                    try authorityKeyIdentifier()
                },
                issuerPrivateKey: Certificate.PrivateKey(self.key)
            )
            return IssuedCertificate(
                der: try certificate.derBytes(),
                serial: certificate.serialHexadecimal,
                notBefore: Milliseconds(certificate.notValidBefore),
                notAfter: Milliseconds(certificate.notValidAfter)
            )
        } catch {
            throw CollectorError(.internal, "The certificate cannot be made.", cause: error)
        }
    }

    private func authorityKeyIdentifier() throws -> AuthorityKeyIdentifier {
        AuthorityKeyIdentifier(keyIdentifier: try certificate.extensions.subjectKeyIdentifier?.keyIdentifier)
    }
}
