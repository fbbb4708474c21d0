import GRPCCore
import GRPCNIOTransportHTTP2Posix
import Testing
import X509

/// A fake administration service behind real sockets and real mutual TLS on loopback.
struct TestCollector {
    /// Signs the listener's certificate and the officers'.
    let authority: TestAuthority
    /// What answers.
    let service: FakeAdministration
    /// The port that the system chose.
    let port: Int

    /// Serves while the body runs.
    ///
    /// - Parameters:
    ///   - answers: What the service answers.
    ///   - authority: Who signs; a new one without it.
    ///   - names: What the listener's certificate is for.
    ///   - body: The test.
    /// - Throws: what the body throws.
    static func serving(
        _ answers: FakeAdministration.Answers = FakeAdministration.Answers(),
        authority: TestAuthority? = nil,
        names: [GeneralName] = [.loopback, .dnsName("localhost")],
        _ body: (TestCollector) async throws -> Void
    ) async throws {
        let authority = try authority ?? TestAuthority()
        let listener = try authority.server(names)
        let transport = HTTP2ServerTransport.Posix(
            address: .ipv4(host: "127.0.0.1", port: 0),
            transportSecurity: .mTLS(
                certificateChain: [.bytes(Array(listener.certificate.utf8), format: .pem)],
                privateKey: .bytes(Array(listener.key.utf8), format: .pem)
            ) {
                $0.trustRoots = .certificates([.bytes(Array(authority.certificate.utf8), format: .pem)])
            }
        )
        let service = FakeAdministration(answers)
        try await withGRPCServer(transport: transport, services: [service]) { server in
            let address = try await server.listeningAddress
            let port = try #require(address?.ipv4?.port)
            try await body(TestCollector(authority: authority, service: service, port: port))
            server.beginGracefulShutdown()
        }
    }

    /// A profile of an officer of this collector.
    func profile(host: String = "127.0.0.1") throws -> TestProfile {
        try TestProfile(authority, endpoint: "\(host):\(port)")
    }

    /// Runs the command line as an officer of this collector, patiently: the machine may be busy with other tests.
    func khien(_ arguments: String...) async throws -> Run { try await khien(arguments) }

    func khien(_ arguments: [String], answer: (@Sendable () -> String?)? = nil) async throws -> Run {
        let profile = try profile()
        let patience = arguments.contains("--timeout") ? [] : ["--timeout", "2m"]
        return await Run.khien(arguments + patience + ["--profile", profile.path], answer: answer)
    }
}
