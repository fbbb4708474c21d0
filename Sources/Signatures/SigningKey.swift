import COpenSSL
import Shared

/// A P-256 key pair.
///
/// `@unchecked Sendable`: the key is never changed after it was made, and OpenSSL allows any number of threads to sign
/// with one key. Source: openssl-threads(7).
public final class SigningKey: @unchecked Sendable {
    /// The `EVP_PKEY`; it lives as long as this object.
    package let key: OpaquePointer

    /// The public half: SubjectPublicKeyInfo in DER, 91 bytes.
    public let publicKeyDER: [UInt8]

    private init(adopting key: OpaquePointer) throws {
        self.key = key
        publicKeyDER = try DERBuffer.read(what: "the public key") { i2d_PUBKEY(key, $0) }
        // The same strict reading as at the collector, so that what is signed here is accepted there.
        _ = try VerifyingKey(subjectPublicKeyInfo: publicKeyDER)
    }

    deinit { EVP_PKEY_free(key) }

    /// A new key from the system's randomness.
    public static func generate() throws -> SigningKey {
        guard let key = khien_generate_p256() else { throw SignatureError.library("make a P-256 key") }
        return try SigningKey(adopting: key)
    }

    /// Reads a private key: PKCS#8 or SEC 1 in PEM, not encrypted.
    ///
    /// - Throws: `SignatureError` of code `malformedKey` or `wrongCurve`.
    public convenience init(pem: [UInt8]) throws {
        // Without a callback OpenSSL would ask for a password on the terminal.
        guard let key = PEMBuffer.read(pem, { PEM_read_bio_PrivateKey($0, nil, { _, _, _, _ in -1 }, nil) }) else {
            ERR_clear_error()
            throw SignatureError(
                code: .malformedKey,
                message: "The private key cannot be read; it is damaged or encrypted. Enroll anew with a fresh state."
            )
        }
        try self.init(adopting: key)
    }

    /// The private key as PKCS#8 in PEM, not encrypted; whoever holds it is the device.
    public func pem() throws -> [UInt8] {
        guard let bio = BIO_new(BIO_s_secmem()) else { throw SignatureError.library("reserve memory") }
        defer { BIO_free(bio) }
        guard PEM_write_bio_PKCS8PrivateKey(bio, key, nil, nil, 0, nil, nil) == 1 else {
            throw SignatureError.library("write the key")
        }
        var start: UnsafeMutablePointer<CChar>?
        let count = khien_bio_memory(bio, &start)
        guard let start, count > 0 else { throw SignatureError.library("write the key") }
        return Array(UnsafeRawBufferPointer(start: start, count: count))
    }

    /// A signature over the SHA-256 of these bytes: r then s, 32 bytes each, s in the lower half of the order.
    public func sign(_ bytes: [UInt8]) throws -> [UInt8] {
        let digest = SHA256.hash(bytes)
        guard let context = EVP_PKEY_CTX_new_from_pkey(nil, key, nil) else { throw SignatureError.library("sign") }
        defer { EVP_PKEY_CTX_free(context) }
        guard EVP_PKEY_sign_init(context) == 1 else { throw SignatureError.library("sign") }
        var count = RawSignature.maximumDERBytes
        var der = [UInt8](repeating: 0, count: count)
        guard EVP_PKEY_sign(context, &der, &count, digest, digest.count) == 1 else {
            throw SignatureError.library("sign")
        }
        return try Self.raw(fromDER: der, count: count)
    }

    private static func raw(fromDER der: [UInt8], count: Int) throws -> [UInt8] {
        let signature: OpaquePointer? = der.withUnsafeBufferPointer { buffer in
            var cursor = buffer.baseAddress
            return d2i_ECDSA_SIG(nil, &cursor, count)
        }
        guard let signature else { throw SignatureError.library("read its own signature") }
        defer { ECDSA_SIG_free(signature) }
        var r = [UInt8](repeating: 0, count: 32)
        var s = [UInt8](repeating: 0, count: 32)
        guard BN_bn2binpad(ECDSA_SIG_get0_r(signature), &r, 32) == 32,
            BN_bn2binpad(ECDSA_SIG_get0_s(signature), &s, 32) == 32
        else { throw SignatureError.library("read its own signature") }
        return RawSignature.normalized(r: r, s: s)
    }
}

extension SignatureError {
    /// A failure of OpenSSL that no input explains; its own words are added.
    package static func library(_ attempt: String) -> SignatureError {
        var text = [CChar](repeating: 0, count: 256)
        ERR_error_string_n(ERR_get_error(), &text, text.count)
        ERR_clear_error()
        let reason = String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        return SignatureError(
            code: .library,
            message: "OpenSSL could not \(attempt) (\(reason)); check its installation."
        )
    }
}
