internal import Agent

/// How a call that failed is counted, and whether to make it again.
struct Failure {
    /// A word for tables, such as `unavailable`.
    let word: String
    /// Whether the same report may be stored later.
    let isTransient: Bool
    /// Whether the collector answered at all.
    let isAnswer: Bool
    /// What the transport says.
    let message: String

    init(_ error: TransportError) {
        message = error.message
        if case .status = error.code { isAnswer = true } else { isAnswer = false }
        switch error.code {
        case .unreachable: (word, isTransient) = ("unreachable", true)
        case .timedOut: (word, isTransient) = ("timed-out", true)
        // A collector that stops in the middle of a handshake looks like one that refuses.
        case .tls: (word, isTransient) = ("tls", true)
        case .protocolViolation: (word, isTransient) = ("protocol-violation", true)
        case .stopped: (word, isTransient) = ("stopped", false)
        case .library: (word, isTransient) = ("library", false)
        case .status(let code):
            word = Self.word(of: code)
            isTransient = [.unavailable, .resourceExhausted, .deadlineExceeded, .cancelled, .aborted].contains(code)
        }
    }

    /// `failedPrecondition` becomes `failed-precondition`.
    private static func word(of code: GRPCStatusCode) -> String {
        var word = ""
        for character in String(describing: code) {
            if character.isUppercase { word += "-" }
            word += character.lowercased()
        }
        return word
    }
}
