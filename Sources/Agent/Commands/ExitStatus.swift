/// How a command of ours ends; the same numbers for agent and command line.
public enum ExitStatus: Int32, Sendable {
    /// Done.
    case success = 0
    /// Refused or failed.
    case failure = 1
    /// The command line cannot be meant.
    case usage = 2
    /// The collector cannot be reached.
    case unreachable = 3
}

extension AgentError {
    /// The exit status that stands for this error.
    public var exitStatus: ExitStatus {
        switch code {
        case .usage: .usage
        case .unreachable: .unreachable
        case .stopped: .success
        default: .failure
        }
    }
}
