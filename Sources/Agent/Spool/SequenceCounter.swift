/// Counts the reports of a device, so that none can be sent twice under different numbers or replayed.
///
/// A number is on the disk as used before it is handed out. Where the count is lost, a new *epoch* begins: the time of
/// the loss, which is higher than every epoch before.
final class SequenceCounter {
    private let state: StateDirectory
    private let deviceID: String
    private let now: @Sendable () -> Int64
    private(set) var epoch: UInt64
    private(set) var sequence: UInt64
    /// Whether the count began anew because the old one was missing or damaged.
    private(set) var isRestarted = false

    private static let file = "sequence"
    private static let recordName = "khien-sequence"
    private static let recordVersion = 1

    /// Reads the count.
    ///
    /// - Throws: `AgentError` of code `inputOutput` or `stateUnsafe`.
    init(state: StateDirectory, deviceID: String, now: @escaping @Sendable () -> Int64) throws(AgentError) {
        self.state = state
        self.deviceID = deviceID
        self.now = now
        let bytes: [UInt8]?
        do {
            bytes = try state.read(Self.file, limit: AgentLimits.stateFileBytes)
        } catch let error where error.code == .stateDamaged {
            bytes = []
        }
        if let bytes, let record = TextRecord(bytes, name: Self.recordName, version: Self.recordVersion),
            record["device"] == deviceID, let epoch = record.number("epoch"), let sequence = record.number("sequence"),
            epoch > 0
        {
            self.epoch = epoch
            self.sequence = sequence
        } else {
            epoch = Self.milliseconds(now())
            sequence = 0
            isRestarted = bytes != nil
        }
    }

    /// The next number, used from now on.
    func reserve() throws(AgentError) -> (epoch: UInt64, sequence: UInt64) {
        if sequence >= UInt64(Int64.max) { beginEpoch() }
        sequence += 1
        try save()
        return (epoch, sequence)
    }

    /// Begins a count that is younger than everything before.
    func beginEpoch() {
        // The clock may have been set back, the epoch may not; at its end there is nothing younger to be had.
        let next = epoch < UInt64(Int64.max) ? epoch + 1 : epoch
        epoch = max(Self.milliseconds(now()), next)
        sequence = 0
    }

    private func save() throws(AgentError) {
        var record = TextRecord()
        record.add("device", deviceID)
        record.add("epoch", String(epoch))
        record.add("sequence", String(sequence))
        try state.replace(Self.file, with: record.encoded(name: Self.recordName, version: Self.recordVersion))
    }

    private static func milliseconds(_ time: Int64) -> UInt64 { time > 0 ? UInt64(time) : 1 }
}
