import COpenSSL

/// Runs OpenSSL's `i2d` functions, which allocate what they return.
package enum DERBuffer {
    /// The encoding as an array; `what` is for the message, `encode` calls the `i2d` function with the pointer it is
    /// given.
    package static func read(
        what: String,
        _ encode: (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>) -> Int32
    ) throws -> [UInt8] {
        var bytes: UnsafeMutablePointer<UInt8>?
        let count = encode(&bytes)
        guard count > 0, let bytes else { throw SignatureError.library("encode \(what)") }
        defer { CRYPTO_free(bytes, #file, #line) }
        return Array(UnsafeBufferPointer(start: bytes, count: Int(count)))
    }
}
