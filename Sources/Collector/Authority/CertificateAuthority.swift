internal import Crypto
internal import Foundation
internal import Signatures
internal import SwiftASN1
internal import X509

/// The collector's own certificate authority, and the only root that the collector trusts.
///
/// One P-256 key signs the certificates of the server, of devices and of officers.
public struct CertificateAuthority: Sendable {
    /// X.509 in DER.
    public let der: [UInt8]
    /// SHA-256 over `der`: 64 lower-case hexadecimal characters, as in join strings.
    public let fingerprint: String

    let certificate: Certificate
    let key: P256.Signing.PrivateKey

    /// Makes a new authority, valid for ten years.
    /// - Throws: `CollectorError` (`internal`) when the certificate cannot be made.
    public static func create(now: Milliseconds) throws(CollectorError) -> CertificateAuthority {
        let key = P256.Signing.PrivateKey()
        do {
            let publicKey = Certificate.PublicKey(key.publicKey)
            let name = try DistinguishedName {
                OrganizationName("Khien")
                CommonName("Khien certificate authority")
            }
            let certificate = try Certificate(
                version: .v3,
                serialNumber: serialNumber(),
                publicKey: publicKey,
                notValidBefore: now.adding(seconds: -CertificateLifetime.backdatingSeconds).date,
                notValidAfter: now.adding(seconds: CertificateLifetime.authoritySeconds).date,
                issuer: name,
                subject: name,
                extensions: try Certificate.Extensions {
                    Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
                    Critical(KeyUsage(keyCertSign: true))
                    SubjectKeyIdentifier(hash: publicKey)
                },
                issuerPrivateKey: Certificate.PrivateKey(key)
            )
            return try CertificateAuthority(certificate: certificate, key: key)
        } catch {
            throw CollectorError(.internal, "The certificate authority cannot be made.", cause: error)
        }
    }

    init(certificate: Certificate, key: P256.Signing.PrivateKey) throws {
        self.certificate = certificate
        self.key = key
        der = try certificate.derBytes()
        fingerprint = certificateFingerprint(der)
    }

    /// The certificate as PEM text.
    public func certificatePEM() throws(CollectorError) -> String {
        do {
            return try certificate.serializeAsPEM().pemString + "\n"
        } catch {
            throw CollectorError(.internal, "The authority's certificate cannot be written as PEM.", cause: error)
        }
    }

    /// 16 random bytes; the first is 1 to 127, so that the number is positive and DER needs no padding.
    static func serialNumber() -> Certificate.SerialNumber {
        Certificate.SerialNumber(bytes: [UInt8.random(in: 1...127)] + (1..<16).map { _ in UInt8.random(in: 0...255) })
    }
}

/// How long certificates live, in seconds.
enum CertificateLifetime {
    /// Every certificate begins a day in the past: clocks of office computers are often wrong.
    static let backdatingSeconds: Int64 = 86_400
    static let authoritySeconds: Int64 = 3650 * 86_400
    static let serverSeconds: Int64 = 825 * 86_400
    static let deviceSeconds: Int64 = 30 * 86_400
    static let officerSeconds: Int64 = 365 * 86_400
    static let catalogSeconds: Int64 = 825 * 86_400
    /// A server certificate with less than this left is replaced when the collector starts, and a catalog is signed
    /// anew.
    static let serverRenewalSeconds: Int64 = 60 * 86_400
}

/// SHA-256 over a certificate in DER, in lower-case hexadecimal.
func certificateFingerprint(_ der: [UInt8]) -> String {
    Hexadecimal.encode(Signatures.SHA256.hash(der))
}

extension Milliseconds {
    /// The moment as Foundation counts it.
    var date: Date { Date(timeIntervalSince1970: Double(value) / 1000) }

    init(_ date: Date) {
        let count = (date.timeIntervalSince1970 * 1000).rounded(.down)
        self.init(Int64(exactly: count) ?? (count < 0 ? .min : .max))
    }
}

extension Certificate {
    func derBytes() throws -> [UInt8] {
        var serializer = DER.Serializer()
        try serializer.serialize(self)
        return serializer.serializedBytes
    }

    /// The serial number in lower-case hexadecimal.
    var serialHexadecimal: String { Hexadecimal.encode(serialNumber.bytes) }
}
