import Shared
import Signatures

/// Makes reports, keeps them in the spool, and sends them until the collector has them.
public final class Reporter {
    /// How an attempt ended.
    public enum Outcome: Sendable, Hashable {
        /// The collector has the report.
        case acknowledged(SubmitAnswer)
        /// The collector has not got it; it stays in the spool.
        case kept(TransportError)
        /// The collector called it wrong in itself; it was put aside.
        case refused(TransportError)
        /// Another device uses this device's key; nothing is sent any more.
        case cloned
    }

    /// Over what reports are sent; replaced after a certificate was renewed.
    var connection: any GRPCCalling

    private let state: StateDirectory
    private let identity: DeviceIdentity
    private let now: @Sendable () -> Int64
    private let scan: () -> Scan
    private let spool: Spool
    private let sequence: SequenceCounter
    /// What is remembered from talks with the collector.
    public private(set) var progress: Progress
    /// What opening the state found, one line each.
    public let remarks: [String]

    /// A reporter of a state that the caller has locked.
    ///
    /// - Parameters:
    ///   - state: Where spool, sequence and progress are.
    ///   - identity: The device.
    ///   - connection: Over what reports are sent.
    ///   - now: The device's clock, in milliseconds since 1970.
    ///   - scan: Looks at the device.
    /// - Throws: `AgentError` of code `inputOutput` or `stateUnsafe`.
    public init(
        state: StateDirectory,
        identity: DeviceIdentity,
        connection: any GRPCCalling,
        now: @escaping @Sendable () -> Int64,
        scan: @escaping () -> Scan
    ) throws(AgentError) {
        self.state = state
        self.identity = identity
        self.connection = connection
        self.now = now
        self.scan = scan
        spool = try Spool(state: state, deviceID: identity.deviceID)
        sequence = try SequenceCounter(state: state, deviceID: identity.deviceID, now: now)
        progress = try Progress.load(state, deviceID: identity.deviceID)
        var remarks = spool.remarks
        if sequence.isRestarted {
            remarks.append("The count of reports in \(state.path)/sequence was damaged; a new epoch begins.")
        }
        self.remarks = remarks
        reportedLosses = Spool.Losses()
    }

    /// Reports that wait in the spool.
    public var waiting: Int { spool.records.count }

    /// Looks at the device, and sends what it found.
    ///
    /// - Throws: `AgentError` of code `inputOutput` when the report could not be kept; nothing was sent then.
    public func report() throws(AgentError) -> Outcome {
        guard !progress.isCloned else { return .cloned }
        return try report(scan())
    }

    /// Whether a scan says something else about products, or about what could be read, than the last one that this process
    /// reported.
    func isNews(_ scan: Scan) -> Bool {
        guard let reported else { return true }
        return scan.inventory.products != reported.inventory.products
            || scan.inventory.sources.map(\.state) != reported.inventory.sources.map(\.state)
    }

    /// Sends what a scan found.
    ///
    /// - Throws: `AgentError` of code `inputOutput` when the report could not be kept; nothing was sent then.
    func report(_ scan: Scan) throws(AgentError) -> Outcome {
        guard !progress.isCloned else { return .cloned }
        let inventory = ReportEncoder.encode(scan)
        progress.truncated = inventory.truncated
        let isKnown = progress.acknowledgement?.digest == Hexadecimal.encode(inventory.digest)
        try prepare(inventory, isWhole: !isKnown)
        reported = scan
        let delivery = try deliver()
        switch delivery {
        case .acknowledged(let answer) where answer.wantsInventory:
            try prepare(inventory, isWhole: true)
            return try finish(try deliver())
        case .stale:
            try prepare(inventory, isWhole: true)
            return try finish(try deliver())
        default:
            return try finish(delivery)
        }
    }

    /// Sends what waits in the spool as it is; looks at the device where nothing waits, or what waits is not wanted.
    ///
    /// - Throws: `AgentError` of code `inputOutput`.
    public func resend() throws(AgentError) -> Outcome {
        guard !progress.isCloned else { return .cloned }
        guard !spool.records.isEmpty else { return try report() }
        let delivery = try deliver()
        switch delivery {
        case .stale: return try report()
        case .acknowledged(let answer) where answer.wantsInventory: return try report()
        default: return try finish(delivery)
        }
    }

    private func prepare(_ inventory: EncodedInventory, isWhole: Bool) throws(AgentError) {
        let number = try sequence.reserve()
        let payload: [UInt8]
        do {
            payload = try ReportEncoder.signedReport(
                inventory,
                isWhole: isWhole,
                epoch: number.epoch,
                sequence: number.sequence,
                observedAtMilliseconds: now(),
                key: identity.key
            )
        } catch {
            throw AgentError(code: .library, message: "The report could not be signed: \(error)", cause: error)
        }
        try spool.add(
            SpoolRecord(
                kind: .inventory,
                epoch: number.epoch,
                sequence: number.sequence,
                digest: inventory.digest,
                payload: payload
            )
        )
    }

    /// Sends the records, oldest first, until one has to wait; says what became of the last one that was sent.
    private func deliver() throws(AgentError) -> Delivery {
        var last: Delivery?
        for record in spool.records {
            let delivery = send(record)
            last = delivery
            switch delivery {
            case .acknowledged(let answer):
                try acknowledge(record, answer)
            case .malformed:
                try spool.quarantine(record)
            case .stale:
                try spool.remove(record)
                sequence.beginEpoch()
                return delivery
            case .cloned:
                progress.isCloned = true
                return delivery
            case .kept:
                return delivery
            }
        }
        return last ?? .kept(TransportError(code: .library, message: "The spool is full and kept nothing to send."))
    }

    private func send(_ record: SpoolRecord) -> Delivery {
        do throws(TransportError) {
            return Delivery(try connection.call(method: GRPCMethod.submit, request: record.payload), to: record)
        } catch {
            return Delivery(error)
        }
    }

    private func acknowledge(_ record: SpoolRecord, _ answer: SubmitAnswer) throws(AgentError) {
        progress.acknowledgement = Progress.Acknowledgement(
            epoch: record.epoch,
            sequence: record.sequence,
            atMilliseconds: now(),
            digest: answer.wantsInventory ? "" : Hexadecimal.encode(record.digest),
            findings: answer.findings.map(\.line),
            nextReportSeconds: answer.nextReportSeconds
        )
        // Remembered first: a record that is sent twice gets the same answer, one that is forgotten is lost.
        try saveProgress()
        try spool.remove(record)
    }

    private func finish(_ delivery: Delivery) throws(AgentError) -> Outcome {
        let outcome: Outcome =
            switch delivery {
            case .acknowledged(let answer): .acknowledged(answer)
            case .malformed(let error): .refused(error)
            case .cloned: .cloned
            case .kept(let error), .stale(let error): .kept(error)
            }
        switch delivery {
        case .acknowledged: progress.lastFailure = ""
        case .malformed(let error), .cloned(let error), .kept(let error), .stale(let error):
            progress.lastFailure = error.message
        }
        try saveProgress()
        return outcome
    }

    private var reportedLosses: Spool.Losses
    private var savedProgress: Progress?
    private var reported: Scan?

    private func saveProgress() throws(AgentError) {
        var more = spool.losses
        more.replaced -= reportedLosses.replaced
        more.dropped -= reportedLosses.dropped
        more.quarantined -= reportedLosses.quarantined
        progress.add(more)
        reportedLosses = spool.losses
        guard progress != savedProgress else { return }
        try progress.save(state, deviceID: identity.deviceID)
        savedProgress = progress
    }
}
