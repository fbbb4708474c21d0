import Shared
import Signatures

/// What the agent remembers of its talks with the collector; losing it costs one whole report, nothing else.
public struct Progress: Sendable, Hashable {
    /// The last report that the collector acknowledged.
    public struct Acknowledgement: Sendable, Hashable {
        /// Its epoch.
        public var epoch: UInt64
        /// Its sequence.
        public var sequence: UInt64
        /// When the acknowledgement came, in milliseconds since 1970 by this device's clock.
        public var atMilliseconds: Int64
        /// The digest of its inventory, as hexadecimal; empty while the collector asks for the inventory.
        public var digest: String
        /// Findings that held after it, each as one line for people.
        public var findings: [String]
        /// Seconds until the next report was wanted.
        public var nextReportSeconds: Int
    }

    /// The last report that was acknowledged; `nil` before the first.
    public var acknowledgement: Acknowledgement?
    /// What was lost since the device was enrolled.
    public var losses = Spool.Losses()
    /// Why the last attempt had no success; empty after a success.
    public var lastFailure = ""
    /// Whether the collector said that another device uses this device's key: nothing is sent any more.
    public var isCloned = false
    /// Texts that were cut and facts that were left out of the last report to keep the limits.
    public var truncated = 0

    private static let file = "progress"
    private static let recordName = "khien-progress"
    private static let recordVersion = 1

    /// Nothing to remember yet.
    public init() {}

    /// Reads what is remembered; a damaged file is as good as none.
    ///
    /// - Throws: `AgentError` of code `inputOutput` or `stateUnsafe`.
    static func load(_ state: StateDirectory, deviceID: String) throws(AgentError) -> Progress {
        let bytes: [UInt8]?
        do {
            bytes = try state.read(file, limit: AgentLimits.stateFileBytes)
        } catch let error where error.code == .stateDamaged {
            bytes = nil
        }
        guard let bytes, let record = TextRecord(bytes, name: recordName, version: recordVersion),
            record["device"] == deviceID
        else { return Progress() }
        var progress = Progress()
        if let epoch = record.number("epoch"), let sequence = record.number("sequence"),
            let acknowledged = record.number("acknowledged-ms"), let digest = record["digest"],
            let seconds = record.number("next-report-seconds")
        {
            progress.acknowledgement = Acknowledgement(
                epoch: epoch,
                sequence: sequence,
                atMilliseconds: Int64(acknowledged),
                digest: digest,
                findings: record.all("finding"),
                nextReportSeconds: WireLimits.reportIntervalSeconds.clamping(seconds)
            )
        }
        progress.losses.replaced = record.number("replaced").flatMap { Int(exactly: $0) } ?? 0
        progress.losses.dropped = record.number("dropped").flatMap { Int(exactly: $0) } ?? 0
        progress.losses.quarantined = record.number("quarantined").flatMap { Int(exactly: $0) } ?? 0
        progress.truncated = record.number("truncated").flatMap { Int(exactly: $0) } ?? 0
        progress.lastFailure = record["failure"] ?? ""
        progress.isCloned = record["cloned"] == "yes"
        return progress
    }

    /// Keeps it on the disk.
    func save(_ state: StateDirectory, deviceID: String) throws(AgentError) {
        var record = TextRecord()
        record.add("device", deviceID)
        if let acknowledgement {
            record.add("epoch", String(acknowledgement.epoch))
            record.add("sequence", String(acknowledgement.sequence))
            record.add("acknowledged-ms", String(max(0, acknowledgement.atMilliseconds)))
            record.add("digest", acknowledgement.digest)
            record.add("next-report-seconds", String(acknowledgement.nextReportSeconds))
            for finding in acknowledgement.findings { record.add("finding", finding) }
        }
        record.add("replaced", String(losses.replaced))
        record.add("dropped", String(losses.dropped))
        record.add("quarantined", String(losses.quarantined))
        record.add("truncated", String(truncated))
        if !lastFailure.isEmpty { record.add("failure", lastFailure) }
        if isCloned { record.add("cloned", "yes") }
        try state.replace(Self.file, with: record.encoded(name: Self.recordName, version: Self.recordVersion))
    }

    /// Adds what a spool lost; counts stop at their end instead of trapping.
    mutating func add(_ more: Spool.Losses) {
        losses.replaced = Self.sum(losses.replaced, more.replaced)
        losses.dropped = Self.sum(losses.dropped, more.dropped)
        losses.quarantined = Self.sum(losses.quarantined, more.quarantined)
    }

    private static func sum(_ left: Int, _ right: Int) -> Int {
        let (sum, overflow) = left.addingReportingOverflow(right)
        return overflow ? Int.max : sum
    }
}

extension ClosedRange<Int> {
    /// The number, or the end of the range that it lies beyond.
    func clamping(_ number: some BinaryInteger) -> Int {
        Swift.min(Swift.max(Int(clamping: number), lowerBound), upperBound)
    }
}
