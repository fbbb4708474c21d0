/// `khien-agent run`: the service, until it is told to stop.
public struct RunCommand {
    /// The state directory of an enrolled device.
    public var statePath: String
    /// The device's clock, in milliseconds since 1970.
    public var now: @Sendable () -> Int64
    /// 0 to below 1, another one each time.
    public var random: () -> Double
    /// Waits, and knows when to stop.
    public var stop: any StopWaiting
    /// Opens a connection to the collector of a device.
    public var connect: (DeviceIdentity) throws(TransportError) -> any GRPCCalling
    /// Looks at the device.
    public var scan: () -> Scan

    /// A command with all its parts.
    public init(
        statePath: String,
        now: @escaping @Sendable () -> Int64,
        random: @escaping () -> Double,
        stop: any StopWaiting,
        connect: @escaping (DeviceIdentity) throws(TransportError) -> any GRPCCalling,
        scan: @escaping () -> Scan
    ) {
        self.statePath = statePath
        self.now = now
        self.random = random
        self.stop = stop
        self.connect = connect
        self.scan = scan
    }

    /// Reports as often as the collector asks for.
    ///
    /// - Throws: `AgentError` for a state that cannot be used, and `clonedIdentity`; failures of the network never end
    ///   it.
    public func run(console: Console) throws(AgentError) {
        let session = try AgentSession(
            statePath: statePath,
            now: now,
            console: console,
            connect: connect,
            scan: scan
        )
        var schedule = ReportSchedule(deviceID: session.deviceID)
        let acknowledgement = session.reporter.progress.acknowledgement
        var interval = acknowledgement?.nextReportSeconds ?? AgentLimits.reportIntervalSeconds
        var delay = schedule.startDelay(hasReported: acknowledgement != nil)
        var lastLook: Int64?
        console.log("khien-agent runs as device \(session.deviceID); the first report is due in \(Int(delay)) s.")

        while !stop.wait(seconds: delay) {
            try session.renewIfDue()
            // A report that waits is sent again as it is until it is so old that a new look says more.
            let age = lastLook.map { now() - $0 }
            let outcome: Reporter.Outcome
            if let age, age >= 0, age < Int64(interval) * 1000 {
                outcome = try session.reporter.resend()
            } else {
                lastLook = now()
                outcome = try session.reporter.report()
            }
            if case .kept(let error) = outcome, error.code == .stopped { break }
            session.log(outcome)
            switch outcome {
            case .acknowledged(let answer):
                interval = answer.nextReportSeconds
                lastLook = nil
                delay = schedule.delay(afterAcknowledgement: interval, random: random())
            case .kept, .refused:
                delay = schedule.delayAfterFailure(random: random())
            case .cloned:
                throw AgentError(code: .clonedIdentity, message: "Stopped because of the cloned key.")
            }
        }
        console.log("khien-agent stopped; \(session.reporter.waiting) report(s) wait in the spool.")
    }
}
