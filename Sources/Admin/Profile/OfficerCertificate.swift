import SwiftASN1
import X509

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// What an officer's certificate says, and whether it is what it should be.
struct OfficerCertificate: Sendable {
    /// The certificate itself.
    let certificate: Certificate

    /// A certificate as a collector issues it, in DER.
    init(der: [UInt8]) throws {
        certificate = try Certificate(derEncoded: der)
    }

    /// A certificate in PEM; the first one of the text.
    init(pem: String) throws {
        certificate = try Certificate(pemEncoded: pem)
    }

    /// The officer that it is for; `nil` when it is for something else.
    var name: String? {
        guard let names = try? certificate.extensions.subjectAlternativeNames, names.count == 1,
            case .uniformResourceIdentifier(let uri) = names[names.startIndex], uri.hasPrefix(Self.prefix)
        else { return nil }
        let name = String(uri.dropFirst(Self.prefix.count))
        return OfficerName.isValid(name) ? name : nil
    }

    /// The first moment of its life.
    var begins: Timestamp { Self.timestamp(certificate.notValidBefore) }
    /// The last moment of its life.
    var ends: Timestamp { Self.timestamp(certificate.notValidAfter) }

    /// Whether one of these roots signed it.
    func isIssued(by roots: [Certificate]) -> Bool {
        roots.contains { root in
            root.subject == certificate.issuer
                && root.publicKey.isValidSignature(certificate.signature, for: certificate)
        }
    }

    /// All certificates of a text in PEM.
    ///
    /// - Throws: when there is none, more than `AdminLimits.authorities`, or anything that is no certificate.
    static func all(pem: String) throws -> [Certificate] {
        let documents = try PEMDocument.parseMultiple(pemString: pem)
        guard (1...AdminLimits.authorities).contains(documents.count) else { throw WrongCount() }
        return try documents.map(Certificate.init(pemDocument:))
    }

    /// Certificates as one text in PEM.
    static func pem(_ certificates: [Certificate]) throws -> String {
        try certificates.map { try $0.serializeAsPEM().pemString + "\n" }.joined()
    }

    /// A text in PEM holds no certificate, or too many.
    struct WrongCount: Error {}

    /// In the name that the collector's authority gives to officers.
    private static let prefix = "urn:khien:officer:"

    private static func timestamp(_ date: Date) -> Timestamp {
        Timestamp(milliseconds: Int64(clamping: Int(date.timeIntervalSince1970)) &* 1000)
    }
}
