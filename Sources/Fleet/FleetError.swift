/// Why the simulator could not do what was asked.
public struct FleetError: Error, Sendable, CustomStringConvertible {
    /// What kind of failure; decides the exit status.
    public enum Code: String, CaseIterable, Sendable, Hashable {
        /// The command line holds something that cannot be meant.
        case usage
        /// A mix file cannot be used.
        case mix
        /// A list of join strings cannot be used.
        case joins
        /// A kept identity cannot be used.
        case state
        /// No device could be enrolled.
        case enrollment
        /// The system refused to read, write or start a thread.
        case inputOutput = "input-output"
    }

    /// What kind of failure.
    public let code: Code
    /// What happened and what to do, in one line that is safe to show.
    public let message: String
    /// What was behind it.
    public let cause: (any Error)?

    /// An error with all its parts.
    public init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// The message.
    public var description: String { message }
}
