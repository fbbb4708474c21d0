internal import Crypto
internal import SwiftASN1
internal import X509

extension CertificateAuthority {
    /// Reads the authority from a directory with `key.pem` and `certificate.pem`.
    /// - Throws: `CollectorError` (`dataDirectory`) when either is missing or damaged, or they do not belong together.
    public static func load(from directory: String) throws(CollectorError) -> CertificateAuthority {
        let keyText = try text(of: directory + "/key.pem")
        let certificateText = try text(of: directory + "/certificate.pem")
        do {
            let key = try P256.Signing.PrivateKey(pemRepresentation: keyText)
            let certificate = try Certificate(pemEncoded: certificateText)
            guard certificate.publicKey == Certificate.PublicKey(key.publicKey) else {
                throw CollectorError(.dataDirectory, "The key does not belong to the certificate.")
            }
            return try CertificateAuthority(certificate: certificate, key: key)
        } catch {
            throw CollectorError(
                .dataDirectory,
                "The certificate authority in '\(directory)' is damaged. Restore key.pem and certificate.pem from a "
                    + "backup: without them every device has to enroll again.",
                cause: error
            )
        }
    }

    /// Writes `key.pem` (mode 0600) and `certificate.pem` into a directory that has neither.
    /// - Throws: `CollectorError` (`dataDirectory`).
    public func save(to directory: String) throws(CollectorError) {
        try StateFile.create(directory + "/key.pem", Array((key.pemRepresentation + "\n").utf8), mode: 0o600)
        try StateFile.create(directory + "/certificate.pem", Array(try certificatePEM().utf8), mode: 0o644)
    }

    static func text(of path: String) throws(CollectorError) -> String {
        guard let text = String(validating: try StateFile.read(path), as: UTF8.self) else {
            throw CollectorError(.dataDirectory, "The file '\(path)' is not text. Restore it from a backup.")
        }
        return text
    }
}
