import Shared

/// What `run` does until it is told to stop: reports as the collector asks for, and looks in between whether something
/// changed.
final class ReportingService {
    /// What to do after a report.
    private enum Continuation {
        case goOn
        case stop
    }

    private let command: RunCommand
    private let session: AgentSession
    private let console: Console
    private let catalogPath: String

    private var schedule: ReportSchedule
    private var interval: Int
    /// When the next report is due, in seconds of the command's `uptime`.
    private var reportAt: Double
    /// When the device was looked at for a report that was not acknowledged yet, likewise.
    private var unreportedSince: Double?
    private var watch: (any SourceWatching)?
    private var freshness: FreshnessSchedule?

    /// How much earlier than it is due something may be done, in seconds: times are rounded.
    private static let tolerance = 0.05

    init(command: RunCommand, session: AgentSession, console: Console) {
        self.command = command
        self.session = session
        self.console = console
        catalogPath = "\(command.statePath)/\(CatalogStore.file)"
        schedule = ReportSchedule(deviceID: session.deviceID)
        let acknowledgement = session.reporter.progress.acknowledgement
        interval = acknowledgement?.nextReportSeconds ?? AgentLimits.reportIntervalSeconds
        let delay = schedule.startDelay(hasReported: acknowledgement != nil)
        reportAt = command.uptime() + delay
        makeWatch()
        if let watch {
            freshness = FreshnessSchedule(at: command.uptime(), phase: schedule.phase, watch.look())
        }
        console.log("khien-agent runs as device \(session.deviceID); the first report is due in \(Int(delay)) s.")
    }

    /// Works until the process is to stop.
    ///
    /// - Throws: `AgentError` for a state that cannot be used, and `clonedIdentity`.
    func run() throws(AgentError) {
        while true {
            let step = freshness?.next
            let next = min(reportAt, step?.at ?? .infinity)
            guard !command.stop.wait(seconds: max(0, next - command.uptime())) else { return }
            let time = command.uptime() + Self.tolerance
            var continuation = Continuation.goOn
            if time >= reportAt {
                continuation = try reportAsScheduled()
            } else if let step, time >= step.at {
                switch step.step {
                case .look: lookForChanges()
                case .scan: continuation = try reportChange()
                }
            }
            guard continuation == .goOn else { return }
        }
    }

    private func reportAsScheduled() throws(AgentError) -> Continuation {
        try session.renewIfDue()
        // A report that waits is sent again as it is until it is so old that a new look says more.
        if let unreportedSince, command.uptime() - unreportedSince < Double(interval) {
            return try proceed(after: session.reporter.resend())
        }
        unreportedSince = command.uptime()
        noteScan()
        return try proceed(after: session.reporter.report())
    }

    private func lookForChanges() {
        guard let watch else { return }
        freshness?.looked(watch.look(), at: command.uptime(), random: command.random())
    }

    /// Scans because something changed, and reports when that is news.
    private func reportChange() throws(AgentError) -> Continuation {
        guard let fingerprint = watch?.look(), let baseline = freshness?.baseline else { return .goOn }
        if fingerprint.differs(from: baseline, at: catalogPath) {
            try session.catalogs.reload()
            makeWatch()
        }
        noteScan()
        let scan = session.scan()
        guard session.reporter.isNews(scan) else { return .goOn }
        let place = fingerprint.firstDifference(from: baseline).map { " (\(PrintableText.escape($0)))" } ?? ""
        console.log("What is installed or running has changed\(place); a report goes out now.")
        unreportedSince = command.uptime()
        try session.renewIfDue()
        return try proceed(after: session.reporter.report(scan))
    }

    private func proceed(after outcome: Reporter.Outcome) throws(AgentError) -> Continuation {
        if case .kept(let error) = outcome, error.code == .stopped { return .stop }
        session.log(outcome)
        switch outcome {
        case .acknowledged(let answer):
            interval = answer.nextReportSeconds
            unreportedSince = nil
            reportAt = command.uptime() + schedule.delay(afterAcknowledgement: interval, random: command.random())
            updateCatalog(after: answer)
        case .kept, .refused:
            reportAt = command.uptime() + schedule.delayAfterFailure(random: command.random())
        case .cloned:
            throw AgentError(code: .clonedIdentity, message: "Stopped because of the cloned key.")
        }
        return .goOn
    }

    /// Takes a newer catalog, and brings the next report forward when the device is another one with it.
    private func updateCatalog(after answer: SubmitAnswer) {
        let version = session.catalogs.inUse.catalog.version
        let isNews = session.updateCatalog(after: answer)
        guard session.catalogs.inUse.catalog.version != version else { return }
        makeWatch()
        if let watch { freshness?.scanned(watch.look(), at: command.uptime()) }
        guard isNews else { return }
        let delay = command.random() * Double(AgentLimits.changeSpreadSeconds)
        reportAt = min(reportAt, command.uptime() + delay)
    }

    private func makeWatch() { watch = command.watch?(session.catalogs.inUse.catalog, [catalogPath]) }

    /// Remembers how the sources look before they are scanned: what changes meanwhile is seen by the next look.
    private func noteScan() {
        if let watch { freshness?.scanned(watch.look(), at: command.uptime()) }
    }
}
