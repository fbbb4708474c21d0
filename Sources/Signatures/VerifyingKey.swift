import COpenSSL

/// The public half of a P-256 key: tells whether a signature is its holder's.
///
/// `@unchecked Sendable`: the key is never changed after it was read, and OpenSSL allows any number of threads to
/// verify with one key. Source: openssl-threads(7).
public final class VerifyingKey: @unchecked Sendable {
    /// The key as it was given: SubjectPublicKeyInfo in DER.
    public let subjectPublicKeyInfo: [UInt8]

    private let key: OpaquePointer

    /// What stands before the point in every SubjectPublicKeyInfo of P-256 with an uncompressed point.
    ///
    /// Source: RFC 5480.
    static let prefix: [UInt8] = [
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06, 0x08, 0x2A, 0x86,
        0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04,
    ]

    // A key without a point: to copy it and to set the point takes 5 microseconds, to decode the DER takes 150.
    nonisolated(unsafe) private static let curve: OpaquePointer? = {
        guard let context = EVP_PKEY_CTX_new_from_name(nil, "EC", nil) else { return nil }
        defer { EVP_PKEY_CTX_free(context) }
        var curve: OpaquePointer?
        guard EVP_PKEY_paramgen_init(context) == 1, EVP_PKEY_CTX_set_group_name(context, "P-256") == 1,
            EVP_PKEY_paramgen(context, &curve) == 1
        else { return nil }
        return curve
    }()

    /// Reads a key: DER with the named curve P-256 and an uncompressed point, 91 bytes.
    ///
    /// - Throws: `SignatureError` of code `wrongCurve` for any other form, `malformedKey` for a point that is not on
    ///   the curve.
    public init(subjectPublicKeyInfo bytes: [UInt8]) throws {
        // One spelling of a key only: the identity of a device is a hash of these bytes.
        guard bytes.count == Self.prefix.count + 64, bytes.starts(with: Self.prefix) else {
            throw SignatureError(code: .wrongCurve, message: "This is not a P-256 public key; make a new key.")
        }
        // The point without the prefix; its first byte says that both coordinates follow.
        let point = Array(bytes[(Self.prefix.count - 1)...])
        guard let key = EVP_PKEY_dup(Self.curve) else { throw SignatureError.library("reserve a key") }
        // Also checks that the point is on the curve.
        guard EVP_PKEY_set1_encoded_public_key(key, point, point.count) == 1 else {
            EVP_PKEY_free(key)
            ERR_clear_error()
            throw SignatureError(
                code: .malformedKey,
                message: "The public key is not a point of the curve P-256; make a new key."
            )
        }
        self.key = key
        subjectPublicKeyInfo = bytes
    }

    deinit { EVP_PKEY_free(key) }

    /// Whether the signature was made over these bytes with the private half of this key.
    ///
    /// False for every signature that is not 64 bytes, has r or s outside 1 to n - 1, or s in the upper half of the
    /// order.
    public func isValid(signature: [UInt8], for bytes: [UInt8]) -> Bool {
        guard let der = RawSignature.derEncoded(signature) else { return false }
        let digest = SHA256.hash(bytes)
        guard let context = EVP_PKEY_CTX_new_from_pkey(nil, key, nil) else { return false }
        defer { EVP_PKEY_CTX_free(context) }
        guard EVP_PKEY_verify_init(context) == 1,
            EVP_PKEY_verify(context, der, der.count, digest, digest.count) == 1
        else {
            // The failure is the answer; left in the queue, it would be reported by whoever looks next.
            ERR_clear_error()
            return false
        }
        return true
    }
}
