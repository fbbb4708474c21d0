import GRPCCore
import NIOCore
import NIOSSL

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension AdminError {
    /// The failure of a call, in plain words.
    ///
    /// - Parameters:
    ///   - error: What gRPC reported.
    ///   - endpoint: Who was asked.
    ///   - officer: The name in the profile.
    init(_ error: RPCError, endpoint: Endpoint, officer: String) {
        switch error.code {
        case .unavailable:
            self.init(.unreachable, Phrases.unreachable(endpoint, detail: Self.detail(of: error)), cause: error)
        case .deadlineExceeded:
            self.init(.unreachable, Phrases.deadline(endpoint), cause: error)
        case .unauthenticated:
            self.init(.refused, Phrases.unauthenticated(officer, said: error.message), cause: error)
        case .permissionDenied:
            self.init(.refused, Phrases.permissionDenied(officer, said: error.message), cause: error)
        case .unimplemented:
            self.init(.refused, Phrases.otherVersion(said: error.message), cause: error)
        case .resourceExhausted:
            self.init(.refused, Phrases.busy(said: error.message), cause: error)
        case .internalError, .unknown, .dataLoss:
            self.init(.refused, Phrases.collectorFault(said: error.message), cause: error)
        default:
            self.init(.refused, Phrases.refused(said: error.message), cause: error)
        }
    }

    /// What lies at the bottom of a failed connection, as far as its type says; TLS errors carry paths of the build
    /// machine in their text.
    private static func detail(of error: RPCError) -> String {
        switch error.cause {
        case let inner as RPCError: detail(of: inner)
        case let inner as IOError: String(cString: strerror(inner.errnoCode))
        case let inner as NIOSSLExtraError where inner == .failedToValidateHostname: Phrases.otherHost
        case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError: Phrases.handshake
        default: error.message
        }
    }
}
