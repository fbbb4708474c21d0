public import Shared

/// Why a command did not do what was asked: a code that one place maps to the exit status, and a message for the officer
/// that says what happened and what to do.
public struct AdminError: Error, Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    /// What kind of failure; decisions are made on this, never on the text.
    public enum Code: Sendable, Hashable, CaseIterable {
        /// The arguments do not fit together.
        case usage
        /// The profile directory is missing, damaged, or readable by others.
        case profile
        /// A file or folder of this machine cannot be read or written.
        case localFile
        /// The collector understood and said no.
        case refused
        /// The collector's answer cannot be used.
        case badAnswer
        /// No answer from the collector: no connection, no trust, or no time left.
        case unreachable
        /// What the collector answered cannot be written; what was to be changed is changed.
        case output
        /// What was to be changed is changed; a file that was to come of it is not there, and the message says how to go on.
        case incomplete
    }

    /// What kind of failure.
    public var code: Code
    /// What happened and what to do; may hold text of the collector, so it is escaped before it is shown.
    public var message: String
    /// What lies beneath.
    public var cause: (any Error)?

    /// An error with all its parts.
    public init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// An error whose message is in the language of the run.
    public init(_ code: Code, _ phrase: Phrase, cause: (any Error)? = nil) {
        self.init(code, phrase.description, cause: cause)
    }

    /// The message.
    public var description: String { message }
    /// The message and what lies beneath.
    public var debugDescription: String { cause.map { "\(message) [\($0)]" } ?? message }

    /// What the process ends with.
    public var exitStatus: CommandStatus {
        switch code {
        case .usage, .profile, .localFile: .usage
        case .refused, .badAnswer: .refused
        case .unreachable: .unreachable
        case .output, .incomplete: .unwritten
        }
    }
}

/// What the process ends with; scripts rely on these numbers.
public enum CommandStatus: Int32, Sendable, Hashable, CaseIterable {
    /// Done.
    case done = 0
    /// The collector refused; nothing was changed.
    case refused = 1
    /// The command line, the profile or a file of this machine is wrong; nothing was changed.
    case usage = 2
    /// The collector did not answer. A change that had been sent may have been made; the message says so.
    case unreachable = 3
    /// What the collector answered could not be written or used; what was to be changed is changed.
    case unwritten = 4
}
