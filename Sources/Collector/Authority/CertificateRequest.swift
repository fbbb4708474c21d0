internal import Crypto
internal import Shared
internal import Signatures
internal import SwiftASN1
internal import X509

/// A PKCS#10 request that proved to hold its key; nothing else of it is kept, whatever it asks for.
public struct CertificateRequest: Sendable {
    /// SubjectPublicKeyInfo in DER, always in the uncompressed form: 91 bytes.
    public let publicKey: [UInt8]
    /// The id of the device that has this key.
    public let deviceID: String

    let key: P256.Signing.PublicKey

    /// Reads a request in DER and verifies its own signature.
    /// - Throws: `CollectorError` (`invalidArgument`) for a request over the limit, malformed, with a key that is not
    ///   P-256, or with a signature that is not its key's.
    public init(der: [UInt8]) throws(CollectorError) {
        guard der.count <= WireLimits.certificateRequestBytes else {
            throw CollectorError(
                .invalidArgument,
                Phrase(
                    "The certificate request has \(der.count) bytes, at most \(WireLimits.certificateRequestBytes) are "
                        + "allowed. Send a plain PKCS#10 request.",
                    vi: "Yêu cầu cấp chứng thư dài \(der.count) byte, chỉ cho phép tối đa "
                        + "\(WireLimits.certificateRequestBytes) byte. Hãy gửi yêu cầu PKCS#10 thông thường."
                )
            )
        }
        let request: CertificateSigningRequest
        do {
            request = try CertificateSigningRequest(derEncoded: der)
        } catch {
            throw CollectorError(
                .invalidArgument,
                Phrase(
                    "The certificate request cannot be read. Send a PKCS#10 request in DER.",
                    vi: "Không đọc được yêu cầu cấp chứng thư. Hãy gửi yêu cầu PKCS#10 ở dạng DER."
                ),
                cause: error
            )
        }
        guard let key = P256.Signing.PublicKey(request.publicKey) else {
            throw CollectorError(
                .invalidArgument,
                Phrase(
                    "The certificate request's key is not P-256. Make a P-256 key.",
                    vi: "Khóa trong yêu cầu cấp chứng thư không phải là P-256. Hãy tạo khóa P-256."
                )
            )
        }
        guard request.signatureAlgorithm == .ecdsaWithSHA256,
            request.publicKey.isValidSignature(request.signature, for: request)
        else {
            throw CollectorError(
                .invalidArgument,
                Phrase(
                    "The certificate request's signature does not match its key. Sign it with ECDSA and SHA-256.",
                    vi: "Chữ ký trong yêu cầu cấp chứng thư không khớp với khóa. Hãy ký bằng ECDSA và SHA-256."
                )
            )
        }
        self.init(key: key)
    }

    /// What a key of our own asks for, such as the first officer's.
    init(key: P256.Signing.PublicKey) {
        self.key = key
        publicKey = Array(key.derRepresentation)
        deviceID = Signatures.deviceID(ofPublicKey: publicKey)
    }
}
