internal import GRPCNIOTransportHTTP2Posix
internal import NIOCore
internal import Shared

/// Every limit of the collector's listeners.
///
/// HTTP/2 header blocks are held to 16 KiB by the transport itself.
public struct ServerLimits: Sendable {
    /// Connections of one listener at a time; further ones are closed before the TLS handshake.
    public var connections = 10_000
    /// Calls of one connection at a time.
    public var streamsPerConnection = 100
    /// One request, in bytes.
    public var messageBytes = WireLimits.messageBytes
    /// From the TCP connection to the end of the TLS handshake.
    public var handshakeTime: Duration = .seconds(10)
    /// A connection is asked to leave at this age, so that load spreads and revoked clients come back to be refused.
    public var connectionAge: Duration = .seconds(3600)
    /// After which a connection that was asked to leave is cut.
    public var connectionGrace: Duration = .seconds(30)
    /// A connection without a call is closed; shorter than the usual report interval of 15 minutes on purpose.
    public var idleTime: Duration = .seconds(600)
    /// A connection that is quiet during a call is probed after this time.
    public var keepaliveTime: Duration = .seconds(60)
    /// And closed when the probe is not answered for this time.
    public var keepaliveTimeout: Duration = .seconds(20)
    /// Clients may probe this often at most.
    public var clientKeepaliveInterval: Duration = .seconds(60)
    /// Calls that run when the collector stops have this long; the whole stop takes at most `stopTime`.
    public var drainTime: Duration = .seconds(3)
    /// From the signal to the end of the process.
    public var stopTime: Duration = .seconds(9)
    /// `Health.Watch` calls of one listener at a time.
    public var healthWatchers = 64
    /// Requests in one reflection call.
    public var reflectionRequests = 1000

    /// The limits of the main listener.
    public init() {}

    /// The limits of the enrollment listener: a device comes once, makes one call and goes.
    public static var enrollment: ServerLimits {
        var limits = ServerLimits()
        limits.connections = 500
        limits.streamsPerConnection = 4
        limits.messageBytes = 16 * 1024
        limits.connectionAge = .seconds(60)
        limits.connectionGrace = .seconds(5)
        limits.idleTime = .seconds(30)
        return limits
    }

    var transportConfig: HTTP2ServerTransport.Posix.Config {
        .defaults { config in
            config.http2.maxConcurrentStreams = streamsPerConnection
            config.rpc.maxRequestPayloadSize = messageBytes
            config.connection.maxAge = connectionAge
            config.connection.maxGraceTime = connectionGrace
            config.connection.maxIdleTime = idleTime
            config.connection.keepalive.time = keepaliveTime
            config.connection.keepalive.timeout = keepaliveTimeout
            config.connection.keepalive.clientBehavior.allowWithoutCalls = true
            config.connection.keepalive.clientBehavior.minPingIntervalWithoutCalls = clientKeepaliveInterval
        }
    }
}
