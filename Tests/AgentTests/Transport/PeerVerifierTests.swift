import COpenSSL
import Testing

@testable import Agent

@Suite
struct PeerVerifierTests {
    private let authority: Certificate
    private let other: Certificate
    private let server: Certificate

    init() throws {
        authority = try Certificate(pem: TestCertificates.authority)
        other = try Certificate(pem: TestCertificates.otherAuthority)
        server = try Certificate(pem: TestCertificates.server)
    }

    @Test(arguments: ["collector.test", "localhost", "127.0.0.1"])
    func `The collector is taken under every name and address that its certificate holds`(host: String) {
        #expect(verdict(.authority(authority), host, leaf: server, chain: []) == nil)
        #expect(verdict(.fingerprint(authority.fingerprint), host, leaf: server, chain: [authority]) == nil)
    }

    @Test(arguments: ["other.test", "test", "collector.test.other", "127.0.0.2", "::1", "x.collector.test"])
    func `Any other name or address is refused`(host: String) {
        #expect(verdict(.authority(authority), host, leaf: server, chain: [])?.contains(host) == true)
    }

    @Test
    func `A fingerprint trusts the one certificate that has it, wherever it stands in the chain`() {
        let anchor = TrustAnchor.fingerprint(authority.fingerprint)
        #expect(verdict(anchor, "localhost", leaf: server, chain: [other, authority]) == nil)
        #expect(verdict(anchor, "localhost", leaf: server, chain: []) != nil)
        #expect(verdict(anchor, "localhost", leaf: server, chain: [other]) != nil)
        #expect(verdict(.fingerprint(other.fingerprint), "localhost", leaf: server, chain: [authority, other]) != nil)
        #expect(verdict(.fingerprint(""), "localhost", leaf: server, chain: [authority]) != nil)
    }

    @Test
    func `A certificate of another authority is refused, even when the right authority lies beside it`() throws {
        let stranger = try Certificate(pem: TestCertificates.stranger)
        #expect(verdict(.authority(authority), "collector.test", leaf: stranger, chain: [other, authority]) != nil)
        let anchor = TrustAnchor.fingerprint(authority.fingerprint)
        #expect(verdict(anchor, "collector.test", leaf: stranger, chain: [other, authority]) != nil)
    }

    @Test
    func `A device's certificate is no server's`() throws {
        let device = try Certificate(pem: TestCertificates.device)
        #expect(verdict(.authority(authority), "device", leaf: device, chain: []) != nil)
    }

    /// Why the verifier refuses; `nil` when it does not.
    private func verdict(_ anchor: TrustAnchor, _ host: String, leaf: Certificate, chain: [Certificate]) -> String? {
        let verifier = PeerVerifier(anchor: anchor, host: host)
        let stack = OPENSSL_sk_new_null()
        defer { OPENSSL_sk_free(stack) }
        for certificate in chain { OPENSSL_sk_push(stack, UnsafeRawPointer(certificate.handle)) }
        guard let context = X509_STORE_CTX_new(), let store = X509_STORE_new() else { return "no memory" }
        defer {
            X509_STORE_CTX_free(context)
            X509_STORE_free(store)
        }
        // As a handshake would: an empty store, the leaf, and what else the server sent.
        guard X509_STORE_CTX_init(context, store, leaf.handle, stack) == 1 else { return "not prepared" }
        let isTrusted = verifier.verify(context)
        #expect(isTrusted == (X509_STORE_CTX_get_error(context) == X509_V_OK))
        return isTrusted ? nil : verifier.failure ?? "refused"
    }
}
