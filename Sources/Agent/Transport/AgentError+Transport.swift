extension AgentError {
    /// What a failed call means for a command.
    public init(_ error: TransportError) {
        let code: Code =
            switch error.code {
            case .unreachable, .timedOut, .protocolViolation: .unreachable
            case .tls: .untrusted
            case .stopped: .stopped
            case .library: .library
            case .status(.unavailable), .status(.resourceExhausted), .status(.deadlineExceeded), .status(.cancelled):
                .unreachable
            case .status: .refused
            }
        self.init(code: code, message: error.message, cause: error)
    }
}
