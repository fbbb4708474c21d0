public import Shared

/// `khien-agent report`: one look, one signed report.
public struct ReportCommand {
    /// The state directory of an enrolled device.
    public var statePath: String
    /// Those whose names are wanted of the catalog; `nil` for all.
    public var platforms: Set<HostDescription.Platform>?
    /// The device's clock, in milliseconds since 1970.
    public var now: @Sendable () -> Int64
    /// Opens a connection to the collector of a device.
    public var connect: (DeviceIdentity) throws(TransportError) -> any GRPCCalling
    /// Looks at the device with a catalog.
    public var scan: (Catalog) -> Scan

    /// A command with all its parts; without others, the system's clock and the network.
    public init(
        statePath: String,
        platforms: Set<HostDescription.Platform>?,
        now: @escaping @Sendable () -> Int64 = SystemInformation.milliseconds,
        connect: @escaping (DeviceIdentity) throws(TransportError) -> any GRPCCalling = {
            identity throws(TransportError) in
            try AgentConnection(identity: identity)
        },
        scan: @escaping (Catalog) -> Scan
    ) {
        self.statePath = statePath
        self.platforms = platforms
        self.now = now
        self.connect = connect
        self.scan = scan
    }

    /// Reports once; what could not be sent stays in the spool.
    ///
    /// - Throws: `AgentError`.
    public func run(console: Console) throws(AgentError) -> ExitStatus {
        let session = try AgentSession(
            statePath: statePath,
            platforms: platforms,
            now: now,
            console: console,
            connect: connect,
            scan: scan
        )
        try session.renewIfDue()
        var outcome = try session.reporter.report()
        session.log(outcome)
        if case .acknowledged(let answer) = outcome, session.updateCatalog(after: answer) {
            outcome = try session.reporter.report()
            session.log(outcome)
        }
        return switch outcome {
        case .acknowledged: .success
        case .kept(let error): AgentError(error).exitStatus
        case .refused, .cloned: .failure
        }
    }
}
