import Crypto
import Foundation
import GRPCCore
import GRPCNIOTransportHTTP2Posix
import Logging
import NIOCore
import NIOSSL
import ServiceLifecycle

@testable import Collector

/// A whole collector in this process: a data directory that `init` made, both listeners on free ports, real TLS.
struct RunningCollector {
    /// Who a client says it is.
    enum Credentials {
        case none
        case pem(certificate: [UInt8], key: [UInt8])
    }

    let data: String
    let reporting: ListenAddress
    let enrollment: ListenAddress
    let group: ServiceGroup
    let clock: SettableClock

    private struct Adapter: Service {
        let service: CollectorService

        func run() async throws { try await service.run() }
    }

    /// Makes a collector, runs a body, then stops it gracefully.
    static func run(_ body: (RunningCollector) async throws -> Void) async throws {
        try await withTemporaryDirectoryAsync { parent in
            let data = parent + "/data"
            _ = try CollectorInitialization(data: data, hosts: [], units: .official(), clock: .system).run()
            try await serve(data: data, body)
        }
    }

    private static func serve(data: String, _ body: (RunningCollector) async throws -> Void) async throws {
        let clock = SettableClock(WallClock.system.now())
        let (lines, continuation) = AsyncStream.makeStream(of: String.self)
        let free = ListenAddress(host: "127.0.0.1", port: 0)
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let service = CollectorService(
            data: data,
            listen: free,
            enrollmentListen: free,
            clock: clock.clock,
            logger: logger,
            announce: { continuation.yield($0) }
        )
        let group = ServiceGroup(services: [Adapter(service: service)], logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                defer { continuation.finish() }
                try await group.run()
            }
            for await line in lines {
                let parts = line.split(separator: " ").compactMap { $0.split(separator: "=").last }
                if let reporting = ListenAddress(String(parts[1])), let enrollment = ListenAddress(String(parts[2])) {
                    try await body(
                        RunningCollector(
                            data: data,
                            reporting: reporting,
                            enrollment: enrollment,
                            group: group,
                            clock: clock
                        )
                    )
                }
                await group.triggerGracefulShutdown()
            }
            try await tasks.waitForAll()
        }
    }

    /// The first officer.
    func officer() throws -> Credentials {
        let profile = data + "/officers/center"
        return .pem(
            certificate: try StateFile.read(profile + "/certificate.pem"),
            key: try StateFile.read(profile + "/key.pem")
        )
    }

    /// A device whose certificate the authority signed without an enrollment.
    func device() throws -> Credentials {
        let key = P256.Signing.PrivateKey()
        let authority = try CertificateAuthority.load(from: data + "/authority")
        let issued = try authority.issueDevice(CertificateRequest(key: key.publicKey), now: clock.clock.now())
        return .pem(certificate: Array(issued.pem.utf8), key: Array(key.pemRepresentation.utf8))
    }

    /// Runs a body with a client of one listener.
    func client<Result: Sendable>(
        _ credentials: Credentials,
        to address: ListenAddress? = nil,
        newestTLS: TLSVersion = .tlsv13,
        onConnect: @escaping @Sendable () -> Void = {},
        _ body: (GRPCClient<HTTP2ClientTransport.Posix>) async throws -> Result
    ) async throws -> Result {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.maximumTLSVersion = newestTLS
        tls.applicationProtocols = ["h2"]
        tls.trustRoots = .certificates(
            try NIOSSLCertificate.fromPEMBytes(try StateFile.read(data + "/authority/certificate.pem"))
        )
        if case .pem(let certificate, let key) = credentials {
            tls.certificateChain = try NIOSSLCertificate.fromPEMBytes(certificate).map { .certificate($0) }
            tls.privateKey = .privateKey(try NIOSSLPrivateKey(bytes: key, format: .pem))
        }
        let context = try NIOSSLContext(configuration: tls)
        var config = HTTP2ClientTransport.Posix.Config.defaults
        config.channelDebuggingCallbacks.onCreateTCPConnection = { channel in
            channel.eventLoop.makeCompletedFuture {
                onConnect()
                let handler = try NIOSSLClientHandler(context: context, serverHostname: nil)
                try channel.pipeline.syncOperations.addHandler(handler, position: .first)
            }
        }
        let target = address ?? reporting
        // Fails at once where the connection is refused, instead of trying again until a deadline.
        let quick = MethodConfig(names: [MethodConfig.Name(service: "")], waitForReady: false)
        let transport = try HTTP2ClientTransport.Posix(
            target: .ipv4(address: target.host, port: Int(target.port)),
            transportSecurity: .customSecure,
            config: config,
            serviceConfig: ServiceConfig(methodConfig: [quick])
        )
        return try await withGRPCClient(transport: transport, handleClient: body)
    }
}
