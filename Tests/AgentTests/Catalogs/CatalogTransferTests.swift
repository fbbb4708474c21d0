import Shared
import Testing

@testable import Agent

/// Catalogs over real sockets and TLS.
@Suite
struct CatalogTransferTests {
    private let authority: TestAuthority
    private let state: TestState
    private let transcript = Transcript()

    init() throws {
        authority = try TestAuthority()
        state = try TestState(authority: authority)
    }

    @Test
    func `The collector's catalog comes over the connection of the reports`() throws {
        let version = try Catalog.builtIn(for: []).version + 1
        let keeper = try fetch(authority.catalog(version: version).encoded, version: version)
        #expect(keeper.inUse.catalog.version == version)
        #expect(transcript.logged == ["The collector's catalog, version \(version), is in use from now on."])
    }

    @Test
    func `An answer beyond the limit of a message is broken off`() throws {
        let keeper = try fetch([UInt8](repeating: 0, count: WireLimits.messageBytes + 1), version: 99)
        #expect(keeper.inUse.origin == .builtIn)
        #expect(transcript.logged.first?.contains("larger than any answer") == true)
    }

    @Test
    func `A catalog at its limit fits into an answer`() throws {
        var text = TestAuthority.text(version: 99)
        text += [UInt8](repeating: UInt8(ascii: "#"), count: CatalogLimits.textBytes - text.count)
        let keeper = try fetch(authority.sign(text).encoded, version: 99)
        #expect(keeper.inUse.catalog.version == 99)
    }

    private func fetch(_ message: [UInt8], version: Int) throws -> CatalogKeeper {
        let server = try TestTLSServer(
            chain: [TestCertificates.server, TestCertificates.authority],
            key: TestCertificates.serverKey,
            answer: Self.answer(message)
        )
        defer { server.stop() }
        let connection = try AgentConnection(
            host: "127.0.0.1",
            port: server.port,
            anchor: .authority(Certificate(pem: TestCertificates.authority))
        )
        let keeper = try CatalogKeeper(
            state: StateDirectory.open(state.path, creating: false),
            authority: authority.certificate,
            platforms: [.linux],
            now: TestClock().now,
            console: transcript.console
        )
        _ = keeper.update(to: version, over: connection)
        return keeper
    }

    /// A gRPC answer; the trailers stand behind the last piece.
    private static func answer(_ message: [UInt8]) -> [UInt8] {
        let length = withUnsafeBytes(of: UInt32(message.count).bigEndian) { Array($0) }
        return Array("HTTP/1.1 200 OK\r\ncontent-type: application/grpc\r\ntransfer-encoding: chunked\r\n\r\n".utf8)
            + Array("\(String(message.count + 5, radix: 16))\r\n".utf8) + [0] + length + message
            + Array("\r\n0\r\ngrpc-status: 0\r\n\r\n".utf8)
    }
}
