/// Why a call has no answer.
public struct TransportError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of failure.
    public enum Code: Sendable, Hashable {
        /// No connection, or it broke.
        case unreachable
        /// Whoever answered is not the collector that we trust, or it does not accept our certificate.
        case tls
        /// Time ran out.
        case timedOut
        /// What answered does not speak gRPC, or not as it must.
        case protocolViolation
        /// The process was told to stop.
        case stopped
        /// curl or OpenSSL on this device cannot do what is needed.
        case library
        /// The collector answered, and said no.
        case status(GRPCStatusCode)
    }

    /// What kind of failure.
    public let code: Code
    /// What happened and what to do, in one line that is safe to show.
    public let message: String

    /// An error with all its parts.
    public init(code: Code, message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
