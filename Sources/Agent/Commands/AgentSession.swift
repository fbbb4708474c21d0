import Shared

/// An opened and locked state with a connection to its collector: what `report` and `run` work with.
final class AgentSession {
    private let lock: StateLock
    private let files: IdentityFiles
    private let now: @Sendable () -> Int64
    private let connect: (DeviceIdentity) throws(TransportError) -> any GRPCCalling
    private let console: Console
    private var identity: DeviceIdentity
    private var connection: any GRPCCalling
    private let look: (Catalog) -> Scan
    let catalogs: CatalogKeeper
    let reporter: Reporter

    /// Opens the state of an enrolled device.
    ///
    /// - Throws: `AgentError` of code `notEnrolled`, `stateInUse`, `stateUnsafe`, `stateDamaged`, `inputOutput`,
    ///   `library`.
    init(
        statePath: String,
        platforms: Set<HostDescription.Platform>?,
        now: @escaping @Sendable () -> Int64,
        console: Console,
        connect: @escaping (DeviceIdentity) throws(TransportError) -> any GRPCCalling,
        scan: @escaping (Catalog) -> Scan
    ) throws(AgentError) {
        let state = try StateDirectory.open(statePath, creating: false)
        files = IdentityFiles(state: state)
        let identity = try files.load()
        lock = try state.lock()
        self.identity = identity
        self.now = now
        self.console = console
        self.connect = connect
        connection = try Self.connect(identity, by: connect)
        look = scan
        let catalogs = try CatalogKeeper(
            state: state,
            authority: identity.authority,
            platforms: platforms,
            now: now,
            console: console
        )
        self.catalogs = catalogs
        reporter = try Reporter(
            state: state,
            identity: identity,
            connection: connection,
            now: now,
            scan: { scan(catalogs.inUse.catalog) }
        )
        for remark in reporter.remarks { console.log(remark) }
    }

    var deviceID: String { identity.deviceID }

    /// Looks at the device with the catalog in use.
    func scan() -> Scan { look(catalogs.inUse.catalog) }

    /// Fetches the collector's catalog when an acknowledgement says that there is a newer one.
    ///
    /// - Returns: whether the device is another one with it than was reported, so that a report is wanted soon.
    func updateCatalog(after answer: SubmitAnswer) -> Bool {
        catalogs.update(to: answer.catalogVersion, over: connection) && reporter.isNews(scan())
    }

    /// Renews the certificate when it is time.
    ///
    /// A failure is logged: while the old one is valid, reports go on.
    func renewIfDue() throws(AgentError) {
        let time = now()
        let left = identity.certificate.notAfterMilliseconds - time
        guard CertificateRenewal.isDue(identity.certificate, atMilliseconds: time) else { return }
        guard left > 0 else {
            let end = SystemInformation.text(milliseconds: identity.certificate.notAfterMilliseconds)
            console.log(
                "The certificate of this device expired on \(end). If the clock is right, ask your officer for "
                    + "a join string, then: khien-agent enroll --again JOIN"
            )
            return
        }
        do {
            let certificate = try CertificateRenewal.renew(identity, over: connection)
            try files.storeCertificate(certificate)
            identity.certificate = certificate
            connection = try Self.connect(identity, by: connect)
            reporter.connection = connection
            let end = SystemInformation.text(milliseconds: certificate.notAfterMilliseconds)
            console.log("The certificate was renewed; it is valid until \(end).")
        } catch {
            console.log("The certificate could not be renewed: \(error.message)")
        }
    }

    /// Says how an attempt ended, in one line.
    func log(_ outcome: Reporter.Outcome) {
        switch outcome {
        case .acknowledged(let answer):
            let verdict = answer.findings.isEmpty ? "in order" : answer.findings.map(\.line).joined(separator: "; ")
            console.log(
                "Report \(answer.sequence) was acknowledged. Verdict: \(verdict). Next report in "
                    + "\(answer.nextReportSeconds) s."
            )
        case .kept(let error):
            console.log("\(error.message) \(reporter.waiting) report(s) wait in the spool and go out later.")
        case .refused(let error):
            console.log("\(error.message) The report was put aside and is not sent again.")
        case .cloned:
            console.log(Self.clonedMessage)
        }
    }

    static let clonedMessage =
        "ANOTHER DEVICE USES THIS DEVICE'S KEY (a cloned disk, a copied state or a restored backup). Nothing is sent "
        + "any more. On each of the two: move the state directory away, and enroll with a new token. Tell your officer."

    private static func connect(
        _ identity: DeviceIdentity,
        by connect: (DeviceIdentity) throws(TransportError) -> any GRPCCalling
    ) throws(AgentError) -> any GRPCCalling {
        do throws(TransportError) {
            return try connect(identity)
        } catch {
            throw AgentError(error)
        }
    }
}
