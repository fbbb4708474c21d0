/// `khien-agent status`: what this device is, and how its reports go.
///
/// Reads only.
public struct StatusCommand: Sendable {
    /// The state directory.
    public var statePath: String
    /// The device's clock, in milliseconds since 1970.
    public var now: @Sendable () -> Int64

    /// A command with all its parts.
    public init(statePath: String, now: @escaping @Sendable () -> Int64 = SystemInformation.milliseconds) {
        self.statePath = statePath
        self.now = now
    }

    /// Prints the status, also while the service runs.
    ///
    /// - Throws: `AgentError`.
    public func run(console: Console) throws(AgentError) {
        let state = try StateDirectory.open(statePath, creating: false)
        let identity = try IdentityFiles(state: state).load()
        let progress = try Progress.load(state, deviceID: identity.deviceID)
        let waiting = try Spool.count(in: state)
        // No names are wanted to say which catalog it is.
        let catalog = try CatalogInUse.find(
            statePath: statePath,
            isRequired: true,
            platforms: [],
            log: console.log
        )
        for (name, value) in lines(identity, progress, waiting: waiting, catalog: catalog) {
            console.print(name + String(repeating: " ", count: max(1, 14 - name.count)) + value)
        }
    }

    private func lines(
        _ identity: DeviceIdentity,
        _ progress: Progress,
        waiting: Int,
        catalog: CatalogInUse
    ) -> [(name: String, value: String)] {
        var lines = [
            (name: "Device", value: identity.deviceID),
            (name: "Unit", value: "\(identity.unitCode), \(identity.unitName)"),
            (name: "Collector", value: identity.collector),
            (name: "Certificate", value: certificate(identity.certificate)),
            (name: "Catalog", value: catalog.line),
        ]
        if let last = progress.acknowledgement {
            let time = SystemInformation.text(milliseconds: last.atMilliseconds)
            lines.append((name: "Last report", value: "\(last.sequence) of epoch \(last.epoch), acknowledged \(time)"))
            lines.append((name: "Verdict", value: last.findings.first ?? "in order"))
            for finding in last.findings.dropFirst() { lines.append((name: "", value: finding)) }
        } else {
            lines.append((name: "Last report", value: "none was acknowledged yet"))
        }
        let losses = progress.losses
        lines.append(
            (
                name: "Spool",
                value: "\(waiting) waiting, \(losses.replaced) replaced by newer, \(losses.dropped) dropped, "
                    + "\(losses.quarantined) put aside"
            )
        )
        if progress.truncated > 0 {
            lines.append((name: "Cut", value: "\(progress.truncated) texts or facts of the last report"))
        }
        if !progress.lastFailure.isEmpty { lines.append((name: "Last failure", value: progress.lastFailure)) }
        if progress.isCloned { lines.append((name: "STOPPED", value: AgentSession.clonedMessage)) }
        return lines
    }

    private func certificate(_ certificate: Certificate) -> String {
        let end = SystemInformation.text(milliseconds: certificate.notAfterMilliseconds)
        let time = now()
        guard time <= certificate.notAfterMilliseconds else { return "EXPIRED on \(end); enroll again (--again)" }
        guard time >= certificate.notBeforeMilliseconds else { return "not yet valid; is the clock right?" }
        return "valid until \(end)"
    }
}
