public import Shared

/// Why the collector refused or failed: a code that one place maps to a gRPC status, and a message that is safe to show
/// to whoever asked, saying what happened and what to do.
public struct CollectorError: Error, Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    /// What kind of refusal; decisions are made on this, never on the text.
    public enum Code: Sendable, Hashable, CaseIterable {
        /// The request is malformed or over a limit; the same request can never succeed.
        case invalidArgument
        /// The token is not valid, whatever the reason.
        case unauthenticated
        /// The caller is known and may not do this.
        case permissionDenied
        /// Nothing has that name, or nothing that this caller may see.
        case notFound
        /// The name is taken, or a report's place in its sequence is.
        case alreadyExists
        /// The request does not fit the state of things, such as a replayed report.
        case failedPrecondition
        /// Somebody else changed the thing since the caller looked at it.
        case aborted
        /// A queue is full; the same request may succeed later.
        case resourceExhausted
        /// Nothing was stored; the same request may succeed later.
        case unavailable
        /// The data directory, its files or their contents cannot be used.
        case dataDirectory
        /// A fault of ours.
        case `internal`
    }

    /// What kind of refusal.
    public var code: Code
    /// What happened and what to do; safe to show.
    public var phrase: Phrase
    /// The same in English.
    public var message: String { phrase.english }
    /// What lies beneath; only for the log.
    public var cause: (any Error)?

    /// An error with all its parts.
    public init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.init(code, Phrase(verbatim: message), cause: cause)
    }

    /// An error that officers see, in every language.
    public init(_ code: Code, _ phrase: Phrase, cause: (any Error)? = nil) {
        self.code = code
        self.phrase = phrase
        self.cause = cause
    }

    /// The message.
    public var description: String { message }
    /// The message with its cause; only for the log.
    public var debugDescription: String { cause.map { "\(message) [\($0)]" } ?? message }
}
