import COpenSSL

/// SHA-256 by OpenSSL.
///
/// Source: FIPS 180-4.
public enum SHA256 {
    /// Bytes of a digest.
    public static let byteCount = 32

    // Fetched once: looking the algorithm up costs more than hashing a report. The object is immutable and lives as
    // long as the process.
    nonisolated(unsafe) static let algorithm: OpaquePointer? = EVP_MD_fetch(nil, "SHA256", nil)

    /// The 32 bytes of the digest.
    public static func hash(_ bytes: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: byteCount) { digest, count in
            guard EVP_Digest(bytes, bytes.count, digest.baseAddress, nil, algorithm, nil) == 1 else {
                fatalError("OpenSSL offers no SHA-256; its configuration is broken")
            }
            count = byteCount
        }
    }
}
