import GRPCCore
import NIOCore
import NIOSSL
import Shared

extension AdminError {
    /// The failure of a call, in plain words.
    ///
    /// - Parameters:
    ///   - error: What gRPC reported.
    ///   - endpoint: Who was asked.
    ///   - officer: The name in the profile.
    ///   - isChangeSent: Whether something that changes what the collector holds had gone out by then.
    init(_ error: RPCError, endpoint: Endpoint, officer: String, isChangeSent: Bool = false) {
        if isChangeSent, !error.isFromCollector || error.code == .deadlineExceeded {
            let detail = error.code == .deadlineExceeded ? nil : Self.detail(of: error)
            self.init(.unreachable, Phrases.changeUncertain(endpoint, detail: detail), cause: error)
            return
        }
        switch error.code {
        case .unavailable where error.isFromCollector:
            self.init(.refused, Phrases.collectorBusy(endpoint, said: error.message), cause: error)
        case .unavailable:
            self.init(.unreachable, Phrases.unreachable(endpoint, detail: Self.detail(of: error)), cause: error)
        case .deadlineExceeded:
            self.init(.unreachable, Phrases.deadline(endpoint), cause: error)
        case .unauthenticated:
            self.init(.refused, Phrases.unauthenticated(officer, said: error.message), cause: error)
        case .permissionDenied:
            self.init(.refused, Phrases.permissionDenied(officer, said: error.message), cause: error)
        case .unimplemented:
            self.init(.refused, Phrases.unknownCall(endpoint, said: error.message), cause: error)
        case .resourceExhausted:
            self.init(.refused, Phrases.busy(said: error.message), cause: error)
        case .internalError, .unknown, .dataLoss:
            self.init(.refused, Phrases.collectorFault(said: error.message), cause: error)
        default:
            self.init(.refused, Phrases.refused(said: error.message), cause: error)
        }
    }

    /// Why nobody knows what became of a change.
    static func reason(of error: RPCError) -> String {
        if error.code == .deadlineExceeded { return Phrases.noAnswerInTime.description }
        return error.isFromCollector ? error.message : detail(of: error)
    }

    /// What lies at the bottom of a failed connection, as far as its type says; TLS errors carry paths of the build
    /// machine in their text.
    private static func detail(of error: RPCError) -> String {
        switch error.cause {
        case let inner as RPCError: detail(of: inner)
        case let inner as IOError: SystemError.phrase(inner.errnoCode).description
        case ChannelError.connectTimeout?: Phrases.connectionTimedOut.description
        case let inner as NIOSSLExtraError where inner == .failedToValidateHostname: Phrases.otherHost.description
        case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError: Phrases.handshake.description
        case let inner?: "\(error.message) (\(type(of: inner)))"
        case nil: error.message
        }
    }
}

extension RPCError {
    /// Whether the collector sent this status: those that are made on this side carry no headers.
    var isFromCollector: Bool { !metadata.isEmpty }

    /// Whether the collector said no, by which it changed nothing; one that failed or was stopped meanwhile may have.
    var isRefusal: Bool {
        let unclear: Set<RPCError.Code> = [.cancelled, .deadlineExceeded, .internalError, .unknown, .dataLoss]
        return isFromCollector && !unclear.contains(code)
    }
}
