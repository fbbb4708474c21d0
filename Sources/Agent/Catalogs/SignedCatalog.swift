import CAgentMessages
import CProtobufC
import Shared
import Signatures

/// A catalog as the collector signed it: `khien.v1.SignedCatalog`, on the wire and as a file of the state.
struct SignedCatalog: Sendable, Hashable {
    /// The catalog's text.
    var text: [UInt8]
    /// Over the text with its payload type: r then s.
    var signature: [UInt8]
    /// The key that signed: X.509 in DER.
    var certificate: [UInt8]

    /// The largest encoding, in bytes: every part at its limit, and the frames around them.
    static let maximumBytes =
        CatalogLimits.textBytes + WireLimits.signatureBytes + AgentLimits.catalogCertificateBytes + 64

    /// A signed catalog with all its parts.
    init(text: [UInt8], signature: [UInt8], certificate: [UInt8]) {
        self.text = text
        self.signature = signature
        self.certificate = certificate
    }

    /// Reads an encoded one; `nil` when it is malformed or a part is over its limit.
    init?(_ bytes: [UInt8]) {
        // Fields that this version does not know cost memory before they are left out.
        guard bytes.count <= Self.maximumBytes, !bytes.isEmpty,
            let message = khien__v1__signed_catalog__unpack(nil, bytes.count, bytes)
        else { return nil }
        defer { khien__v1__signed_catalog__free_unpacked(message, nil) }
        let parts = message.pointee
        guard parts.payload.len <= CatalogLimits.textBytes, parts.signature.len == WireLimits.signatureBytes,
            parts.certificate.len <= AgentLimits.catalogCertificateBytes
        else { return nil }
        text = EnrollmentClient.array(parts.payload)
        signature = EnrollmentClient.array(parts.signature)
        certificate = EnrollmentClient.array(parts.certificate)
    }

    /// The encoding.
    var encoded: [UInt8] {
        let arena = MessageArena()
        let message = arena.message(khien__v1__signed_catalog__init)
        message.pointee.payload = arena.bytes(text)
        message.pointee.signature = arena.bytes(signature)
        message.pointee.certificate = arena.bytes(certificate)
        return MessageArena.pack(
            message,
            size: khien__v1__signed_catalog__get_packed_size,
            pack: khien__v1__signed_catalog__pack
        )
    }

    /// SHA-256 over the text, as hexadecimal.
    var digest: String { Hexadecimal.encode(SHA256.hash(text)) }

    /// The name that only a key for catalogs has.
    static let name = "khien://catalog"

    /// Checks who signed, and that it was this text.
    ///
    /// - Parameters:
    ///   - authority: The one that this device trusts.
    ///   - now: When the certificate has to be valid, in milliseconds since 1970; `nil` for a catalog that was taken
    ///     while it was: what has been trusted does not become wrong by growing old.
    /// - Throws: `CatalogRefusal`.
    func verify(by authority: Certificate, atMilliseconds now: Int64?) throws(CatalogRefusal) {
        guard let certificate = try? Certificate(der: certificate) else { throw .malformed }
        guard certificate.isIssued(by: authority), certificate.isPlainLeaf else { throw .wrongIssuer }
        guard certificate.onlyURI == Array(Self.name.utf8) else { throw .wrongName }
        if let now, !certificate.isValid(atMilliseconds: now) { throw .notValidNow }
        guard let key = try? VerifyingKey(subjectPublicKeyInfo: certificate.subjectPublicKeyInfo) else {
            throw .wrongKey
        }
        let signed = PreAuthenticationEncoding.encode(type: PreAuthenticationEncoding.catalogType, payload: text)
        guard key.isValid(signature: signature, for: signed) else { throw .wrongSignature }
    }

    /// The catalog in it.
    ///
    /// - Throws: `CatalogRefusal` of code `unreadable`.
    func catalog(for platforms: Set<HostDescription.Platform>?) throws(CatalogRefusal) -> Catalog {
        do {
            return try Catalog(text: text, for: platforms)
        } catch {
            throw .unreadable(error)
        }
    }
}
