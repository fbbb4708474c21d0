internal import GRPCCore
internal import Shared

extension RPCError {
    /// What a caller is told; nothing of a fault of ours but that there was one.
    init(_ error: CollectorError) {
        let code: RPCError.Code =
            switch error.code {
            case .invalidArgument: .invalidArgument
            case .unauthenticated: .unauthenticated
            case .permissionDenied: .permissionDenied
            case .notFound: .notFound
            case .alreadyExists: .alreadyExists
            case .failedPrecondition: .failedPrecondition
            case .aborted: .aborted
            case .resourceExhausted: .resourceExhausted
            case .unavailable: .unavailable
            case .dataDirectory, .internal: .internalError
            }
        let message = LocalDays.text(error.phrase.description, in: .current)
        self.init(code: code, message: code == .internalError ? Self.internalMessage.description : message)
    }

    /// Maps whatever a call threw.
    init(anything error: any Error) {
        switch error {
        case let error as CollectorError: self.init(error)
        case let error as RPCError: self = error
        case is CancellationError: self.init(code: .cancelled, message: "The call was cancelled.")
        default: self.init(code: .internalError, message: Self.internalMessage.description)
        }
    }

    private static let internalMessage = Phrase(
        "The collector failed on this call. Its log says why; tell its administrator.",
        vi: "Máy chủ thu thập gặp lỗi khi xử lý lệnh này. Nhật ký của máy chủ có ghi lý do; hãy báo người quản trị."
    )
}
