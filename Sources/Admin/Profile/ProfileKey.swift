import Crypto
import SwiftASN1
import X509

/// An officer's key; it is made on the machine that uses it.
struct ProfileKey: Sendable {
    private let key: P256.Signing.PrivateKey

    /// A new key.
    init() {
        key = P256.Signing.PrivateKey()
    }

    /// Reads `key.pem`; `nil` when it is not a P-256 key in PEM.
    init?(pem: [UInt8]) {
        guard let key = try? P256.Signing.PrivateKey(pemRepresentation: String(decoding: pem, as: UTF8.self)) else {
            return nil
        }
        self.key = key
    }

    /// PKCS#8 in PEM; the secret.
    var pem: String { key.pemRepresentation }

    /// Of the public half.
    var fingerprint: Fingerprint { Fingerprint(of: key.publicKey.derRepresentation) }

    /// Whether a certificate is for this key.
    func belongs(to certificate: Certificate) -> Bool {
        certificate.publicKey == Certificate.PublicKey(key.publicKey)
    }

    /// A request for a certificate over this key.
    func request(name: String) throws -> CertificateSigningRequest {
        try CertificateSigningRequest(
            version: .v1,
            subject: DistinguishedName { CommonName(name) },
            privateKey: Certificate.PrivateKey(key),
            attributes: CertificateSigningRequest.Attributes(),
            signatureAlgorithm: .ecdsaWithSHA256
        )
    }
}
