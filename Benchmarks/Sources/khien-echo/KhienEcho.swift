internal import ArgumentParser
internal import GRPCCore
internal import GRPCNIOTransportHTTP2Posix

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// `khien-echo`: what grpc-swift does when it does nothing but answer; the baseline of the collector's figures.
@main
struct KhienEcho: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "khien-echo",
        abstract:
            "Answers each call of khien.bench.Echo/Echo with the bytes that it got, over TLS, until it is killed.",
        discussion: "Uses the collector's certificates and limits. Prints 'listening PORT' once it accepts."
    )

    @Option(help: "The server's certificate in PEM.")
    var certificate: String

    @Option(help: "The server's key in PEM.")
    var key: String

    @Option(help: "The authority's certificate in PEM.")
    var authority: String

    @Flag(help: "Ask callers for no certificate, for generators that cannot have one.")
    var anonymous = false

    func run() async throws {
        var router = RPCRouter<HTTP2ServerTransport.Posix>()
        router.registerHandler(
            forMethod: MethodDescriptor(fullyQualifiedService: "khien.bench.Echo", method: "Echo"),
            deserializer: RawBytes(),
            serializer: RawBytes()
        ) { request, _ in
            let request = try await ServerRequest(stream: request)
            return StreamingServerResponse(single: ServerResponse(message: request.message))
        }
        let server = GRPCServer(transport: transport, router: router)
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask { try await server.serve() }
            if let port = try await server.listeningAddress?.ipv4?.port {
                print("listening \(port)")
                // Whoever started this waits for the line, and a pipe would keep it.
                fflush(nil)
            }
        }
    }

    private var transport: HTTP2ServerTransport.Posix {
        HTTP2ServerTransport.Posix(
            address: .ipv4(host: "127.0.0.1", port: 0),
            transportSecurity: .tls(
                HTTP2ServerTransport.Posix.TransportSecurity.TLS(
                    certificateChain: [.file(path: certificate, format: .pem), .file(path: authority, format: .pem)],
                    privateKey: .file(path: key, format: .pem),
                    clientCertificateVerification: anonymous ? .noVerification : .noHostnameVerification,
                    trustRoots: .certificates([.file(path: authority, format: .pem)]),
                    requireALPN: true
                )
            ),
            config: .defaults { config in
                // As in the collector's ServerLimits.
                config.http2.maxConcurrentStreams = 100
                config.rpc.maxRequestPayloadSize = 1024 * 1024
                config.connection.maxAge = .seconds(3600)
                config.connection.maxGraceTime = .seconds(30)
                config.connection.maxIdleTime = .seconds(600)
                config.connection.keepalive.time = .seconds(60)
                config.connection.keepalive.timeout = .seconds(20)
                config.connection.keepalive.clientBehavior.allowWithoutCalls = true
                config.connection.keepalive.clientBehavior.minPingIntervalWithoutCalls = .seconds(60)
            }
        )
    }
}
