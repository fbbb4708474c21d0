internal import Crypto
internal import GRPCNIOTransportHTTP2Posix
internal import NIOCore
internal import NIOSSL

/// What a listener asks of those who connect.
enum ClientCertificatePolicy: Sendable {
    /// Nothing: the caller has no certificate yet.
    case notAsked
    /// A certificate of our own authority; the system's roots count for nothing.
    case required
}

/// Builds the transport of one listener: HTTP/2 over TLS 1.3 with every limit set.
///
/// The transport's own TLS settings allow TLS 1.2 and cannot be told otherwise. They stay as the floor, so that nothing
/// is ever served in the clear, and on each new connection their TLS handler gives way to one that begins at TLS 1.3.
enum SecureTransport {
    /// - Throws: `CollectorError` (`dataDirectory`) when the key or a certificate is refused by the TLS library.
    static func make(
        socket: ListeningSocket,
        credentials: ServerCredentials,
        authority: CertificateAuthority,
        clientCertificates: ClientCertificatePolicy,
        limits: ServerLimits
    ) throws(CollectorError) -> HTTP2ServerTransport.Posix {
        let context: NIOSSLContext
        do {
            context = try NIOSSLContext(
                configuration: configuration(credentials, authority: authority, clientCertificates: clientCertificates)
            )
        } catch {
            throw CollectorError(
                .dataDirectory,
                "The server's key and certificate cannot be used for TLS. Restore the data directory from a backup.",
                cause: error
            )
        }
        let count = ConnectionCount(limit: limits.connections)
        var config = limits.transportConfig
        config.channelDebuggingCallbacks.onAcceptTCPConnection = { channel in
            channel.eventLoop.makeCompletedFuture {
                let pipeline = channel.pipeline.syncOperations
                let floor = try pipeline.handler(type: NIOSSLServerHandler.self)
                try pipeline.addHandler(NIOSSLServerHandler(context: context), position: .before(floor))
                try pipeline.addHandler(
                    ConnectionGuard(count: count, handshakeTime: limits.handshakeTime),
                    position: .after(floor)
                )
                pipeline.removeHandler(floor, promise: nil)
            }
        }
        config.channelDebuggingCallbacks.onAcceptHTTP2Stream = { stream in
            stream.eventLoop.makeCompletedFuture {
                let guardian = MessageSizeGuard(limit: limits.messageBytes)
                try stream.pipeline.syncOperations.addHandler(guardian, position: .first)
            }
        }
        return HTTP2ServerTransport.Posix(
            listeningSocketDescriptor: Int(socket.descriptor),
            transportSecurity: .tls(floor(credentials, authority: authority, clientCertificates: clientCertificates)),
            config: config
        )
    }

    private static func configuration(
        _ credentials: ServerCredentials,
        authority: CertificateAuthority,
        clientCertificates: ClientCertificatePolicy
    ) throws -> TLSConfiguration {
        let root = try NIOSSLCertificate(bytes: authority.der, format: .der)
        // The root goes along, because an enrolling agent knows nothing but its fingerprint.
        let chain = [try NIOSSLCertificate(bytes: credentials.certificate, format: .der), root]
        let key = try NIOSSLPrivateKey(bytes: Array(credentials.key.derRepresentation), format: .der)
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) },
            privateKey: .privateKey(key)
        )
        configuration.minimumTLSVersion = .tlsv13
        configuration.applicationProtocols = ["h2"]
        configuration.trustRoots = .certificates([root])
        switch clientCertificates {
        case .notAsked: configuration.certificateVerification = .none
        // A client has no host name that could be verified; the chain and its purpose are.
        case .required: configuration.certificateVerification = .noHostnameVerification
        }
        return configuration
    }

    private static func floor(
        _ credentials: ServerCredentials,
        authority: CertificateAuthority,
        clientCertificates: ClientCertificatePolicy
    ) -> HTTP2ServerTransport.Posix.TransportSecurity.TLS {
        HTTP2ServerTransport.Posix.TransportSecurity.TLS(
            certificateChain: [
                .bytes(credentials.certificate, format: .der), .bytes(authority.der, format: .der),
            ],
            privateKey: .bytes(Array(credentials.key.derRepresentation), format: .der),
            clientCertificateVerification: clientCertificates == .required ? .noHostnameVerification : .noVerification,
            trustRoots: .certificates([.bytes(authority.der, format: .der)]),
            requireALPN: true
        )
    }
}
