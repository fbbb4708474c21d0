internal import Crypto
internal import SwiftASN1
internal import X509

/// The key and certificate that both listeners show.
struct ServerCredentials: Sendable {
    let key: P256.Signing.PrivateKey
    /// X.509 in DER.
    let certificate: [UInt8]
    /// By these names the collector is reached; the first stands in join strings.
    let hosts: [HostName]

    /// Makes a key and a certificate and writes both into a directory that has neither.
    /// - Throws: `CollectorError` (`dataDirectory`, `internal`).
    static func create(
        in directory: String,
        authority: CertificateAuthority,
        hosts: [HostName],
        now: Milliseconds
    ) throws(CollectorError) -> ServerCredentials {
        let key = P256.Signing.PrivateKey()
        let issued = try authority.issueServer(key.publicKey, hosts: hosts, now: now)
        try StateFile.create(directory + "/key.pem", Array((key.pemRepresentation + "\n").utf8), mode: 0o600)
        try StateFile.create(directory + "/certificate.pem", Array(issued.pem.utf8), mode: 0o644)
        return ServerCredentials(key: key, certificate: issued.der, hosts: HostName.serverNames(hosts))
    }

    /// Reads both, and replaces the certificate when less than 60 days of it are left.
    /// - Throws: `CollectorError` (`dataDirectory`, `internal`).
    static func load(
        from directory: String,
        authority: CertificateAuthority,
        now: Milliseconds
    ) throws(CollectorError) -> ServerCredentials {
        let keyText = try CertificateAuthority.text(of: directory + "/key.pem")
        let certificateText = try CertificateAuthority.text(of: directory + "/certificate.pem")
        let key: P256.Signing.PrivateKey
        let certificate: Certificate
        let der: [UInt8]
        do {
            key = try P256.Signing.PrivateKey(pemRepresentation: keyText)
            certificate = try Certificate(pemEncoded: certificateText)
            der = try certificate.derBytes()
        } catch {
            throw CollectorError(
                .dataDirectory,
                "The server's key or certificate in '\(directory)' is damaged. Restore both files from a backup.",
                cause: error
            )
        }
        let hosts = names(of: certificate)
        let mustEnd = Milliseconds(certificate.notValidAfter)
        let isGood =
            certificate.publicKey == Certificate.PublicKey(key.publicKey)
            && authority.certificate.publicKey.isValidSignature(certificate.signature, for: certificate)
        if isGood, now.adding(seconds: CertificateLifetime.serverRenewalSeconds) < mustEnd {
            return ServerCredentials(key: key, certificate: der, hosts: hosts)
        }
        let issued = try authority.issueServer(key.publicKey, hosts: hosts, now: now)
        try StateFile.replace(directory + "/certificate.pem", Array(issued.pem.utf8), mode: 0o644)
        return ServerCredentials(key: key, certificate: issued.der, hosts: hosts)
    }

    private static func names(of certificate: Certificate) -> [HostName] {
        let names = (try? certificate.extensions.subjectAlternativeNames) ?? SubjectAlternativeNames()
        return HostName.serverNames(names.compactMap { HostName($0) })
    }
}
