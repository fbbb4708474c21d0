internal import Crypto
internal import Shared
internal import Signatures
internal import Synchronization

/// Signs catalogs, with a key that signs nothing else.
final class CatalogSigner: Sendable {
    /// A signature whose certificate has less than this left is made anew, in seconds.
    static let renewalSeconds = CertificateLifetime.serverRenewalSeconds

    private let path: String
    private let authority: CertificateAuthority
    private let key = Mutex<SigningKey?>(nil)

    /// A signer with the key in the directory of the authority.
    init(directory: String, authority: CertificateAuthority) {
        path = Self.path(in: directory)
        self.authority = authority
    }

    /// Makes the key of a new data directory.
    /// - Throws: `CollectorError` (`dataDirectory`, `internal`).
    static func createKey(in directory: String) throws(CollectorError) {
        _ = try create(path(in: directory))
    }

    /// Signs a catalog's text, with a new certificate.
    ///
    /// A data directory of a version that published nothing gets its key now.
    /// - Throws: `CollectorError` (`dataDirectory`, `internal`).
    func sign(_ text: some Collection<UInt8>, now: Milliseconds) throws(CollectorError) -> CatalogSignature {
        let key = try loadedKey()
        let certificate: IssuedCertificate
        let signature: [UInt8]
        do {
            let publicKey = try P256.Signing.PublicKey(derRepresentation: key.publicKeyDER)
            certificate = try authority.issueCatalog(publicKey, now: now)
            signature = try key.sign(
                PreAuthenticationEncoding.encode(type: PreAuthenticationEncoding.catalogType, payload: text)
            )
        } catch {
            throw CollectorError(
                .internal,
                Phrase(
                    "The catalog cannot be signed. Look at the collector's log.",
                    vi: "Không ký được danh mục. Hãy xem nhật ký của máy chủ thu thập."
                ),
                cause: error
            )
        }
        return CatalogSignature(
            signature: signature,
            certificate: certificate.der,
            certificateExpiresAt: certificate.notAfter
        )
    }

    private func loadedKey() throws(CollectorError) -> SigningKey {
        try key.withLock { key throws(CollectorError) in
            if let key { return key }
            let loaded = StateFile.exists(path) ? try Self.read(path) : try Self.create(path)
            key = loaded
            return loaded
        }
    }

    private static func read(_ path: String) throws(CollectorError) -> SigningKey {
        let pem = try StateFile.read(path)
        do {
            return try SigningKey(pem: pem)
        } catch {
            throw CollectorError(
                .dataDirectory,
                "The key in '\(path)' is damaged. Restore it from a backup, or remove it: a new one is made.",
                cause: error
            )
        }
    }

    private static func create(_ path: String) throws(CollectorError) -> SigningKey {
        let key: SigningKey
        let pem: [UInt8]
        do {
            key = try SigningKey.generate()
            pem = try key.pem()
        } catch {
            throw CollectorError(.internal, "The key for catalogs cannot be made.", cause: error)
        }
        try StateFile.replace(path, pem, mode: 0o600)
        return key
    }

    private static func path(in directory: String) -> String { directory + "/catalog-key.pem" }
}
