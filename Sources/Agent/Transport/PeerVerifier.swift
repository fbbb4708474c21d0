import COpenSSL
import Signatures

/// Whom a connection trusts; never the authorities of the system.
public enum TrustAnchor: Sendable {
    /// The certificate in the server's chain whose SHA-256 is this (64 characters of lower-case hexadecimal).
    case fingerprint(String)
    /// This authority.
    case authority(Certificate)
}

/// Decides in the middle of a TLS handshake whether the server is our collector.
///
/// It takes the place of OpenSSL's own verification, so that no store that curl or the system's configuration fills has
/// any say. Used by one thread at a time: the one that runs the handshake.
final class PeerVerifier {
    private let anchor: TrustAnchor
    private let host: String
    /// Why the last server was refused.
    private(set) var failure: String?

    init(anchor: TrustAnchor, host: String) {
        self.anchor = anchor
        self.host = host
    }

    /// Forgets why an earlier server was refused.
    func reset() { failure = nil }

    /// Judges the chain that the server sent.
    func verify(_ handshake: OpaquePointer) -> Bool {
        let result = judge(handshake)
        // curl asks for this result once more after the handshake.
        X509_STORE_CTX_set_error(handshake, result)
        ERR_clear_error()
        return result == X509_V_OK
    }

    private func judge(_ handshake: OpaquePointer) -> Int32 {
        let chain = X509_STORE_CTX_get0_untrusted(handshake)
        guard let leaf = X509_STORE_CTX_get0_cert(handshake), let root = root(in: chain) else {
            failure =
                "The server is not the collector that the fingerprint in the join string names; ask your officer "
                + "for a new join string, and do not go on if it happens again."
            return X509_V_ERR_CERT_UNTRUSTED
        }
        guard let store = X509_STORE_new() else { return X509_V_ERR_OUT_OF_MEM }
        defer { X509_STORE_free(store) }
        guard let context = X509_STORE_CTX_new() else { return X509_V_ERR_OUT_OF_MEM }
        defer { X509_STORE_CTX_free(context) }
        guard X509_STORE_add_cert(store, root) == 1,
            X509_STORE_CTX_init(context, store, leaf, chain) == 1,
            X509_STORE_CTX_set_default(context, "ssl_server") == 1,
            expectHost(X509_STORE_CTX_get0_param(context))
        else { return X509_V_ERR_UNSPECIFIED }
        // Only 1 is a yes; the error alone could still be "fine" when nothing was verified at all.
        guard X509_verify_cert(context) == 1 else {
            let error = X509_STORE_CTX_get_error(context)
            failure = explanation(of: error)
            return error == X509_V_OK ? X509_V_ERR_UNSPECIFIED : error
        }
        return X509_V_OK
    }

    private func root(in chain: OpaquePointer?) -> OpaquePointer? {
        switch anchor {
        case .authority(let certificate):
            return certificate.handle
        case .fingerprint(let fingerprint):
            for index in 0..<khien_x509_count(chain) {
                guard let candidate = khien_x509_at(chain, index) else { continue }
                let der = try? DERBuffer.read(what: "a certificate") { i2d_X509(candidate, $0) }
                if let der, Hexadecimal.encode(SHA256.hash(der)) == fingerprint { return candidate }
            }
            return nil
        }
    }

    private func expectHost(_ parameters: OpaquePointer?) -> Bool {
        guard let parameters else { return false }
        // An address is compared as an address, anything else as a name.
        guard X509_VERIFY_PARAM_set1_ip_asc(parameters, host) != 1 else { return true }
        X509_VERIFY_PARAM_set_hostflags(parameters, UInt32(X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS))
        return X509_VERIFY_PARAM_set1_host(parameters, host, 0) == 1
    }

    private func explanation(of error: Int32) -> String {
        let words = String(cString: X509_verify_cert_error_string(Int(error)))
        return switch error {
        case X509_V_ERR_CERT_HAS_EXPIRED, X509_V_ERR_CERT_NOT_YET_VALID:
            "The collector's certificate is not valid now (\(words)); check the clock of this device first, then tell "
                + "your officer."
        case X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH:
            "The collector's certificate is not for \(host) (\(words)); use the name that it was set up with."
        default:
            "The server is not our collector (\(words)); check the address, and tell your officer."
        }
    }
}
