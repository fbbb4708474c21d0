import Signatures
import Synchronization
import Testing

@testable import Agent

/// What a connection does with servers that are not our collector, over real sockets and TLS.
@Suite
struct AgentConnectionTests {
    private static let page = Array(
        "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 5\r\nconnection: close\r\n\r\nlogin".utf8
    )
    private let authority: Certificate

    init() throws { authority = try Certificate(pem: TestCertificates.authority) }

    @Test
    func `A page that some network answers with is never taken for the collector's answer`() throws {
        let server = try server()
        defer { server.stop() }
        let byAuthority = try call(server, .authority(authority))
        #expect(byAuthority.code == .protocolViolation)
        // The fingerprint finds the authority in the chain that the server sends.
        #expect(try call(server, .fingerprint(authority.fingerprint)).code == .protocolViolation)
    }

    @Test
    func `Another fingerprint or authority ends it before anything is sent`() throws {
        let server = try server()
        defer { server.stop() }
        let other = try Certificate(pem: TestCertificates.otherAuthority)
        #expect(try call(server, .authority(other)).code == .tls)
        let error = try call(server, .fingerprint(other.fingerprint))
        #expect(error.code == .tls)
        #expect(error.message.contains("fingerprint"))
    }

    @Test
    func `A fingerprint of the server's own certificate is no authority`() throws {
        let server = try server()
        defer { server.stop() }
        let leaf = try Certificate(pem: TestCertificates.server)
        #expect(try call(server, .fingerprint(leaf.fingerprint)).code == .tls)
    }

    @Test
    func `A name that the certificate does not hold is refused, an address that it holds is taken`() throws {
        let server = try server()
        defer { server.stop() }
        #expect(try call(server, .authority(authority), host: "localhost").code == .protocolViolation)
        let error = try call(server, .authority(authority), host: "127.0.0.2")
        #expect(error.code == .tls || error.code == .unreachable)
    }

    @Test
    func `An expired certificate is refused with a word about the clock`() throws {
        let server = try server(chain: [TestCertificates.expiredServer, TestCertificates.authority])
        defer { server.stop() }
        let error = try call(server, .authority(authority))
        #expect(error.code == .tls)
        #expect(error.message.contains("clock"))
    }

    @Test
    func `Nothing older than TLS 1-3 is spoken`() throws {
        let server = try TestTLSServer(
            chain: [TestCertificates.server, TestCertificates.authority],
            key: TestCertificates.serverKey,
            answer: Self.page,
            onlyTLS12: true
        )
        defer { server.stop() }
        #expect(try call(server, .authority(authority)).code == .tls)
    }

    @Test
    func `Where nobody listens the collector is unreachable`() throws {
        let server = try server()
        server.stop()
        let error = try call(server, .authority(authority), port: 1)
        #expect(error.code == .unreachable)
        #expect(AgentError(error).exitStatus == .unreachable)
    }

    @Test
    func `A call to a server that is silent ends when the process is to stop`() throws {
        let server = try TestTLSServer(
            chain: [TestCertificates.server, TestCertificates.authority],
            key: TestCertificates.serverKey,
            answer: nil
        )
        defer { server.stop() }
        let connection = try AgentConnection(
            host: "127.0.0.1",
            port: server.port,
            anchor: .authority(authority),
            isStopped: { true }
        )
        let error = #expect(throws: TransportError.self) { try connection.call(method: "a/b", request: []) }
        #expect(error?.code == .stopped)
    }

    private func server(
        chain: [[UInt8]] = [TestCertificates.server, TestCertificates.authority]
    ) throws -> TestTLSServer {
        try TestTLSServer(chain: chain, key: TestCertificates.serverKey, answer: Self.page)
    }

    private func call(
        _ server: TestTLSServer,
        _ anchor: TrustAnchor,
        host: String = "127.0.0.1",
        port: UInt16? = nil
    ) throws -> TransportError {
        let connection = try AgentConnection(host: host, port: port ?? server.port, anchor: anchor)
        return try #require(throws: TransportError.self) { try connection.call(method: "a/b", request: [1, 2, 3]) }
    }
}
