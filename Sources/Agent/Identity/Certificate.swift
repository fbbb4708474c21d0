import COpenSSL
import Signatures

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// An X.509 certificate.
///
/// `@unchecked Sendable`: it is never changed after it was read, and OpenSSL allows any number of threads to look at
/// one.
public final class Certificate: @unchecked Sendable {
    /// The certificate's bytes.
    public let der: [UInt8]
    /// SHA-256 over the DER: 64 characters of lower-case hexadecimal.
    public let fingerprint: String
    /// The key that it is about: SubjectPublicKeyInfo in DER.
    public let subjectPublicKeyInfo: [UInt8]
    /// First moment of its validity, in milliseconds since 1970.
    public let notBeforeMilliseconds: Int64
    /// Last moment of its validity, in milliseconds since 1970.
    public let notAfterMilliseconds: Int64

    let handle: OpaquePointer

    /// Reads exactly one certificate.
    ///
    /// - Throws: `AgentError` of code `stateDamaged`.
    public init(der: [UInt8]) throws(AgentError) {
        var consumed = 0
        let handle: OpaquePointer? = der.withUnsafeBufferPointer { buffer in
            var cursor = buffer.baseAddress
            let certificate = d2i_X509(nil, &cursor, buffer.count)
            if let cursor, let start = buffer.baseAddress { consumed = cursor - start }
            return certificate
        }
        guard let handle else {
            ERR_clear_error()
            throw Self.malformed
        }
        var publicKey: [UInt8]?
        if let key = X509_get_X509_PUBKEY(handle) {
            publicKey = try? DERBuffer.read(what: "a public key") { i2d_X509_PUBKEY(key, $0) }
        }
        guard consumed == der.count, let publicKey,
            let notBefore = Self.milliseconds(X509_get0_notBefore(handle)),
            let notAfter = Self.milliseconds(X509_get0_notAfter(handle))
        else {
            X509_free(handle)
            ERR_clear_error()
            throw Self.malformed
        }
        self.handle = handle
        self.der = der
        fingerprint = Hexadecimal.encode(SHA256.hash(der))
        subjectPublicKeyInfo = publicKey
        notBeforeMilliseconds = notBefore
        notAfterMilliseconds = notAfter
    }

    /// Reads the first certificate of a PEM text.
    ///
    /// - Throws: `AgentError` of code `stateDamaged`.
    public convenience init(pem: [UInt8]) throws(AgentError) {
        guard let handle = PEMBuffer.read(pem, { PEM_read_bio_X509($0, nil, { _, _, _, _ in -1 }, nil) }) else {
            ERR_clear_error()
            throw Self.malformed
        }
        defer { X509_free(handle) }
        guard let der = try? DERBuffer.read(what: "a certificate", { i2d_X509(handle, $0) }) else {
            throw Self.malformed
        }
        try self.init(der: der)
    }

    deinit { X509_free(handle) }

    /// The certificate as a PEM text.
    public func pem() throws -> [UInt8] {
        guard let bio = BIO_new(BIO_s_mem()) else { throw SignatureError.library("reserve memory") }
        defer { BIO_free(bio) }
        var start: UnsafeMutablePointer<CChar>?
        guard PEM_write_bio_X509(bio, handle) == 1 else { throw SignatureError.library("write a certificate") }
        let count = khien_bio_memory(bio, &start)
        guard let start, count > 0 else { throw SignatureError.library("write a certificate") }
        return Array(UnsafeRawBufferPointer(start: start, count: count))
    }

    /// Whether another certificate, that of an authority, signed this one.
    func isIssued(by authority: Certificate) -> Bool {
        guard X509_check_issued(authority.handle, handle) == X509_V_OK,
            let key = X509_get0_pubkey(authority.handle),
            X509_verify(handle, key) == 1
        else {
            ERR_clear_error()
            return false
        }
        return X509_check_ca(authority.handle) == 1
    }

    /// How much of its life is left at a moment: 1 on its first day, 0 and less after its last.
    func remainingFraction(atMilliseconds now: Int64) -> Double {
        let life = Double(notAfterMilliseconds) - Double(notBeforeMilliseconds)
        return life > 0 ? (Double(notAfterMilliseconds) - Double(now)) / life : 0
    }

    private static func milliseconds(_ time: UnsafePointer<ASN1_TIME>?) -> Int64? {
        var parts = tm()
        guard let time, ASN1_TIME_to_tm(time, &parts) == 1 else { return nil }
        let (milliseconds, overflow) = Int64(timegm(&parts)).multipliedReportingOverflow(by: 1000)
        return overflow ? nil : milliseconds
    }

    private static var malformed: AgentError {
        AgentError(code: .stateDamaged, message: "A certificate cannot be read; enroll this device again (--again).")
    }
}
