import Crypto
import Shared
import SwiftASN1
import X509

/// What an officer sends to the center: a request for a certificate, without anything secret in it.
struct ProfileRequest: Sendable {
    /// Who asks.
    let name: String
    /// PKCS#10 in DER.
    let der: [UInt8]
    /// Of the key as SubjectPublicKeyInfo in DER, to be compared over the telephone.
    let fingerprint: Fingerprint
    private let key: Certificate.PublicKey

    /// A request over a key of this machine.
    init(name: String, key: ProfileKey) throws {
        try self.init(key.request(name: name), name: name, fingerprint: key.fingerprint)
    }

    /// Reads `request.pem`.
    ///
    /// - Parameter pem: The bytes of the file.
    /// - Throws: `ProfileRequestProblem`.
    init(pem: [UInt8]) throws(ProfileRequestProblem) {
        let request: CertificateSigningRequest
        do {
            request = try CertificateSigningRequest(pemEncoded: String(decoding: pem, as: UTF8.self))
        } catch {
            throw .unreadable
        }
        guard let key = P256.Signing.PublicKey(request.publicKey) else { throw .otherKey }
        guard request.publicKey.isValidSignature(request.signature, for: request) else { throw .badSignature }
        guard let name = Self.commonName(of: request.subject), OfficerName.isValid(name) else { throw .badName }
        do {
            try self.init(request, name: name, fingerprint: Fingerprint(of: key.derRepresentation))
        } catch {
            throw .unreadable
        }
        guard der.count <= WireLimits.certificateRequestBytes else { throw .tooLarge }
    }

    private init(_ request: CertificateSigningRequest, name: String, fingerprint: Fingerprint) throws {
        self.name = name
        self.fingerprint = fingerprint
        key = request.publicKey
        var serializer = DER.Serializer()
        try serializer.serialize(request)
        der = serializer.serializedBytes
    }

    /// The text of `request.pem`.
    var pem: String {
        PEMDocument(type: CertificateSigningRequest.defaultPEMDiscriminator, derBytes: der).pemString + "\n"
    }

    /// Whether a certificate is for the key that asked.
    func isAnswered(by certificate: Certificate) -> Bool { certificate.publicKey == key }

    private static func commonName(of subject: DistinguishedName) -> String? {
        for relative in subject {
            for attribute in relative where attribute.type == .RDNAttributeType.commonName {
                return String(attribute.value)
            }
        }
        return nil
    }
}

/// What is wrong with a request for a certificate.
enum ProfileRequestProblem: Error, Sendable, Hashable {
    /// It is no PKCS#10 in PEM.
    case unreadable
    case tooLarge
    /// Its key is not P-256.
    case otherKey
    /// The one who made it does not hold the key.
    case badSignature
    /// It names nobody, or somebody whom no officer can be called.
    case badName
}
