import COpenSSL

/// Lets OpenSSL read PEM from memory of ours.
package enum PEMBuffer {
    /// What the body reads from a memory BIO over these bytes; `nil` also when they are too many for one.
    ///
    /// A BIO only points to the bytes. An array that is merely passed to `BIO_new_mem_buf` may be freed as soon as that
    /// returns, so that what is read is whatever another thread has written there since.
    package static func read<Result>(_ pem: [UInt8], _ body: (OpaquePointer) -> Result?) -> Result? {
        pem.withUnsafeBufferPointer { buffer in
            guard let count = Int32(exactly: buffer.count), let bio = BIO_new_mem_buf(buffer.baseAddress, count) else {
                return nil
            }
            defer { BIO_free(bio) }
            return body(bio)
        }
    }
}
