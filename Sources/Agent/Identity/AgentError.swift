/// Why a command of the agent could not do what was asked.
public struct AgentError: Error, Sendable, CustomStringConvertible {
    /// What kind of failure; decides the exit status.
    public enum Code: Sendable, Hashable {
        /// The command line holds something that cannot be meant.
        case usage
        /// The state already holds an enrolled device.
        case alreadyEnrolled
        /// The state holds no enrolled device.
        case notEnrolled
        /// Another agent uses the state.
        case stateInUse
        /// A file of the state cannot be trusted: a link, a pipe, another owner, readable by others.
        case stateUnsafe
        /// A file of the state cannot be understood.
        case stateDamaged
        /// The system refused to read or write.
        case inputOutput
        /// The collector said no.
        case refused
        /// Whoever answered is not our collector.
        case untrusted
        /// No answer of the collector.
        case unreachable
        /// Another device uses this device's key.
        case clonedIdentity
        /// Ended because the process was told to stop.
        case stopped
        /// OpenSSL or curl failed in a way that no input explains.
        case library
    }

    /// What kind of failure.
    public let code: Code
    /// What happened and what to do, in one line that is safe to show.
    public let message: String
    /// What was behind it.
    public let cause: (any Error)?

    /// An error with all its parts.
    public init(code: Code, message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// The message.
    public var description: String { message }
}
