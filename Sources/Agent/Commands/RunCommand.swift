public import Shared

/// `khien-agent run`: the service, until it is told to stop.
public struct RunCommand {
    /// The state directory of an enrolled device.
    public var statePath: String
    /// Those whose names are wanted of the catalog; `nil` for all.
    public var platforms: Set<HostDescription.Platform>?
    /// The device's clock, in milliseconds since 1970.
    public var now: @Sendable () -> Int64
    /// Seconds of a clock that never goes back.
    public var uptime: @Sendable () -> Double
    /// 0 to below 1, another one each time.
    public var random: () -> Double
    /// Waits, and knows when to stop.
    public var stop: any StopWaiting
    /// Opens a connection to the collector of a device.
    public var connect: (DeviceIdentity) throws(TransportError) -> any GRPCCalling
    /// Makes a watch over the sources that matter to a catalog, and over further paths; `nil` where nothing is watched.
    public var watch: ((_ catalog: Catalog, _ others: [String]) -> any SourceWatching)?
    /// Looks at the device with a catalog.
    public var scan: (Catalog) -> Scan

    /// A command with all its parts.
    public init(
        statePath: String,
        platforms: Set<HostDescription.Platform>?,
        now: @escaping @Sendable () -> Int64,
        uptime: @escaping @Sendable () -> Double,
        random: @escaping () -> Double,
        stop: any StopWaiting,
        connect: @escaping (DeviceIdentity) throws(TransportError) -> any GRPCCalling,
        watch: ((_ catalog: Catalog, _ others: [String]) -> any SourceWatching)?,
        scan: @escaping (Catalog) -> Scan
    ) {
        self.statePath = statePath
        self.platforms = platforms
        self.now = now
        self.uptime = uptime
        self.random = random
        self.stop = stop
        self.connect = connect
        self.watch = watch
        self.scan = scan
    }

    /// Reports as often as the collector asks for, and soon after something was installed or removed.
    ///
    /// - Throws: `AgentError` for a state that cannot be used, and `clonedIdentity`; failures of the network never end
    ///   it.
    public func run(console: Console) throws(AgentError) {
        let session = try AgentSession(
            statePath: statePath,
            platforms: platforms,
            now: now,
            console: console,
            connect: connect,
            scan: scan
        )
        let service = ReportingService(command: self, session: session, console: console)
        try service.run()
        console.log("khien-agent stopped; \(session.reporter.waiting) report(s) wait in the spool.")
    }
}
