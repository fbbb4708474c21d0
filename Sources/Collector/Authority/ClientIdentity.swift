internal import Crypto
internal import Shared
internal import Signatures
public import X509

/// Who calls, as the client's certificate proves it.
public enum ClientIdentity: Sendable, Hashable {
    case device(DeviceIdentity)
    case officer(OfficerIdentity)

    static let deviceURIPrefix = "urn:khien:device:"
    static let officerURIPrefix = "urn:khien:officer:"

    /// Reads the identity from a certificate whose chain to our authority the TLS handshake has verified.
    ///
    /// A device's id must be the hash of the certificate's key; nothing that a payload says matters here.
    /// - Throws: `CollectorError` (`permissionDenied`) for a certificate that names neither a device nor an officer.
    public init(_ certificate: Certificate) throws(CollectorError) {
        guard let key = P256.Signing.PublicKey(certificate.publicKey),
            let usage = try? certificate.extensions.extendedKeyUsage, usage.contains(.clientAuth),
            let names = try? certificate.extensions.subjectAlternativeNames, names.count == 1,
            case .uniformResourceIdentifier(let uri) = names[names.startIndex]
        else { throw Self.refusal }

        let publicKey = Array(key.derRepresentation)
        let life = CertificateLife(
            serial: certificate.serialHexadecimal,
            notBefore: Milliseconds(certificate.notValidBefore),
            notAfter: Milliseconds(certificate.notValidAfter)
        )
        if uri.hasPrefix(Self.deviceURIPrefix) {
            let id = String(uri.dropFirst(Self.deviceURIPrefix.count))
            guard id == Signatures.deviceID(ofPublicKey: publicKey) else { throw Self.refusal }
            self = .device(DeviceIdentity(id: id, publicKey: publicKey, life: life))
        } else if uri.hasPrefix(Self.officerURIPrefix) {
            let name = String(uri.dropFirst(Self.officerURIPrefix.count))
            guard Self.isOfficerName(name) else { throw Self.refusal }
            self = .officer(OfficerIdentity(name: name, publicKey: publicKey, life: life))
        } else {
            throw Self.refusal
        }
    }

    /// The life of the certificate that proves this identity.
    public var life: CertificateLife {
        switch self {
        case .device(let device): device.life
        case .officer(let officer): officer.life
        }
    }

    /// Whether a text is 1 to 64 characters of [a-z0-9.-].
    public static func isOfficerName(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                    UInt8(ascii: "."), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }

    private static let refusal = CollectorError(
        .permissionDenied,
        Phrase(
            "The client certificate is neither a device's nor an officer's. Enroll again, or use an officer's profile.",
            vi: "Chứng thư không phải của thiết bị hay của cán bộ. Hãy ghi danh lại, hoặc dùng hồ sơ của cán bộ."
        )
    )
}

/// An enrolled device.
public struct DeviceIdentity: Sendable, Hashable {
    /// The hash of its key: 32 lower-case hexadecimal characters.
    public let id: String
    /// SubjectPublicKeyInfo in DER.
    public let publicKey: [UInt8]
    /// The life of its present certificate.
    public let life: CertificateLife
}

/// An administrator; what the officer may do is in the database, not in the certificate.
public struct OfficerIdentity: Sendable, Hashable {
    /// The officer's name.
    public let name: String
    /// SubjectPublicKeyInfo in DER.
    public let publicKey: [UInt8]
    /// The life of the present certificate.
    public let life: CertificateLife
}

/// Serial number and validity of a certificate.
public struct CertificateLife: Sendable, Hashable {
    /// The serial number in lower-case hexadecimal.
    public let serial: String
    /// The first moment of its validity.
    public let notBefore: Milliseconds
    /// The last moment of its validity.
    public let notAfter: Milliseconds

    /// Whether a moment lies within the validity; a connection can outlive its certificate.
    public func holds(at moment: Milliseconds) -> Bool { notBefore <= moment && moment <= notAfter }
}
