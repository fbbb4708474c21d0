import GRPCCore
import GRPCNIOTransportHTTP2Posix
import Messages
import NIOCore
import NIOSSL
import Shared

/// The typed client of the administration service.
typealias AdministrationClient = Khien_V1_AdministrationService.Client<HTTP2ClientTransport.Posix>

/// The way to one collector: gRPC over mutual TLS 1.3, with a deadline on every call.
struct CollectorConnection: Sendable {
    private let profile: Profile
    private let timeout: Duration
    private let changes: ChangeRecord
    private let tls: NIOSSLContext

    /// Prepares the connection; nothing is sent yet.
    ///
    /// - Parameters:
    ///   - profile: Who asks, and whom.
    ///   - timeout: For each call.
    ///   - changes: Where it is noted that a change goes out.
    /// - Throws: `AdminError` (`profile`) when TLS cannot use the profile's files.
    init(profile: Profile, timeout: Duration, changes: ChangeRecord) throws(AdminError) {
        self.profile = profile
        self.timeout = timeout
        self.changes = changes
        tls = try Self.context(profile)
    }

    /// Connects, runs the body with a client, and disconnects.
    ///
    /// - Throws: `AdminError` for every failed call, and what the body throws.
    func withClient<Result: Sendable>(
        _ body: (AdministrationClient) async throws -> Result
    ) async throws -> Result {
        do {
            return try await withGRPCClient(
                transport: try transport(),
                interceptors: [LanguageInterceptor(language: .current), ChangeInterceptor(changes: changes)]
            ) { client in
                try await body(AdministrationClient(wrapping: client))
            }
        } catch let error as RPCError {
            throw told(error)
        } catch let interruption as ListInterruption {
            guard let cause = interruption.cause as? RPCError else { throw interruption.cause }
            var error = told(cause)
            error.message += "\n\(Phrases.listInterrupted(interruption.rows))"
            throw error
        }
    }

    private func told(_ error: RPCError) -> AdminError {
        AdminError(error, endpoint: profile.endpoint, officer: profile.name, isChangeSent: changes.isSent)
    }

    private func transport() throws -> HTTP2ClientTransport.Posix {
        let tls = tls
        // An address is not allowed as a server name; it is checked against the addresses in the certificate instead.
        let serverName = profile.endpoint.kind == .name ? profile.endpoint.host : nil
        var config = HTTP2ClientTransport.Posix.Config.defaults
        // The transport's own TLS settings would accept TLS 1.2.
        config.channelDebuggingCallbacks.onCreateTCPConnection = { channel in
            channel.eventLoop.makeCompletedFuture {
                let handler = try NIOSSLClientHandler(context: tls, serverHostname: serverName)
                try channel.pipeline.syncOperations.addHandler(handler, position: .first)
            }
        }
        let everyCall = MethodConfig(
            names: [MethodConfig.Name(service: "")],
            waitForReady: false,
            timeout: timeout,
            maxResponseMessageBytes: AdminLimits.answerBytes
        )
        return try HTTP2ClientTransport.Posix(
            target: target,
            transportSecurity: .customSecure,
            config: config,
            serviceConfig: ServiceConfig(methodConfig: [everyCall])
        )
    }

    private var target: any ResolvableTarget {
        let endpoint = profile.endpoint
        let port = Int(endpoint.port)
        switch endpoint.kind {
        case .name: return .dns(host: endpoint.host, port: port)
        case .ipv4: return .ipv4(address: endpoint.host, port: port)
        case .ipv6: return .ipv6(address: endpoint.host, port: port)
        }
    }

    private static func context(_ profile: Profile) throws(AdminError) -> NIOSSLContext {
        let roots = try certificates(profile.authority, profile.directory, Profile.File.authority)
        let chain = try certificates(profile.certificate, profile.directory, Profile.File.certificate)
        let key: NIOSSLPrivateKey
        do {
            key = try NIOSSLPrivateKey(bytes: profile.key, format: .pem)
        } catch {
            throw ProfileProblem.pem(profile.directory, Profile.File.key).error(cause: error)
        }

        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv13
        configuration.certificateVerification = .fullVerification
        configuration.trustRoots = .certificates(roots)
        configuration.certificateChain = chain.map { .certificate($0) }
        configuration.privateKey = .privateKey(key)
        configuration.applicationProtocols = ["h2"]
        do {
            return try NIOSSLContext(configuration: configuration)
        } catch {
            throw ProfileProblem.pair(profile.directory).error(cause: error)
        }
    }

    private static func certificates(
        _ pem: [UInt8],
        _ directory: String,
        _ file: String
    ) throws(AdminError) -> [NIOSSLCertificate] {
        do {
            let certificates = try NIOSSLCertificate.fromPEMBytes(pem)
            if !certificates.isEmpty { return certificates }
        } catch {
            throw ProfileProblem.pem(directory, file).error(cause: error)
        }
        throw ProfileProblem.pem(directory, file).error()
    }
}
