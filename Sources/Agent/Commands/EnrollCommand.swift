import Shared

/// `khien-agent enroll`: makes this device a device of the province.
public struct EnrollCommand: Sendable {
    /// The state directory; made when missing.
    public var statePath: String
    /// The join string.
    public var join: String
    /// Whether a device that is enrolled may enroll again with the key it has.
    public var isAgain: Bool
    /// For people at the collector.
    public var hostName: String

    /// A command with all its parts.
    public init(statePath: String, join: String, isAgain: Bool, hostName: String) {
        self.statePath = statePath
        self.join = join
        self.isAgain = isAgain
        self.hostName = hostName
    }

    /// Enrolls, and keeps the identity in the state.
    ///
    /// - Throws: `AgentError`.
    public func run(console: Console) throws(AgentError) {
        guard let join = JoinString(join) else {
            throw AgentError(
                code: .usage,
                message:
                    "This is not a join string; it looks like khien://HOST:7444/TOKEN?ca=sha256:… and is printed by "
                    + "`khien token create`. Put it in quotes, and copy all of it."
            )
        }
        let state = try StateDirectory.open(statePath, creating: true)
        let lock = try state.lock()
        let files = IdentityFiles(state: state)
        if !isAgain, try files.isEnrolled() {
            throw AgentError(
                code: .alreadyEnrolled,
                message: "This device is enrolled already (see khien-agent status). With --again it gets a new "
                    + "certificate for the key it has."
            )
        }
        let identity = try EnrollmentClient.enroll(join, key: try files.keyOrNew(), hostName: hostName)
        try files.store(identity)
        withExtendedLifetime(lock) {}
        console.print("Enrolled as device \(identity.deviceID)")
        console.print("in unit \(identity.unitCode), \(identity.unitName).")
        console.print("Reports go to \(identity.collector).")
    }
}
