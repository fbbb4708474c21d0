/// The reports on disk that the collector has not acknowledged, oldest first; one file for each.
///
/// A record is on the disk before it is sent, and leaves it after the acknowledgement. Whoever uses it holds the
/// state's lock.
public final class Spool {
    /// What became of records that will not be sent; for the counts that `status` shows.
    public struct Losses: Sendable, Hashable {
        /// Older inventories that a newer one replaced before they could be sent.
        public var replaced = 0
        /// Dropped because the spool was full.
        public var dropped = 0
        /// Put aside: damaged, foreign, or refused by the collector for what they are.
        public var quarantined = 0
    }

    private struct Entry {
        var name: String
        var record: SpoolRecord
    }

    private let directory: StateDirectory
    private let quarantine: StateDirectory
    private let deviceID: String
    private var entries: [Entry] = []

    /// What was lost since this spool was opened.
    public private(set) var losses = Losses()
    /// What opening it found, one line each.
    public private(set) var remarks: [String] = []

    static let directoryName = "spool"
    private static let quarantineName = "quarantine"
    private static let suffix = ".report"

    /// Opens the spool of a state, keeps what is sound, and puts everything else aside.
    ///
    /// - Throws: `AgentError` of code `inputOutput` or `stateUnsafe`.
    public init(state: StateDirectory, deviceID: String) throws(AgentError) {
        directory = try state.subdirectory(Self.directoryName)
        quarantine = try directory.subdirectory(Self.quarantineName)
        self.deviceID = deviceID
        for name in try directory.names() where name != Self.quarantineName { try take(name) }
        try enforceLimits()
    }

    /// The records, oldest first.
    public var records: [SpoolRecord] { entries.map(\.record) }

    /// Puts a record on the disk, in place of every older one that it replaces.
    ///
    /// - Throws: `AgentError` of code `inputOutput`; the older ones are still there then.
    public func add(_ record: SpoolRecord) throws(AgentError) {
        let name = Self.name(record)
        try directory.replace(name, with: record.encoded(deviceID: deviceID))
        let older = entries.filter { $0.record.kind == record.kind && $0.name != name }
        entries.removeAll { $0.name == name }
        entries.append(Entry(name: name, record: record))
        entries.sort { $0.name < $1.name }
        if record.kind == .inventory {
            for entry in older {
                try remove(entry.record)
                losses.replaced += 1
            }
        }
        try enforceLimits()
    }

    /// Takes a record off the disk: it was acknowledged, or made anew.
    public func remove(_ record: SpoolRecord) throws(AgentError) {
        let name = Self.name(record)
        try directory.remove(name)
        entries.removeAll { $0.name == name }
    }

    /// Puts a record aside that must never be sent again.
    public func quarantine(_ record: SpoolRecord) throws(AgentError) {
        let name = Self.name(record)
        entries.removeAll { $0.name == name }
        try putAside(name)
    }

    /// How many records a spool holds, without opening or changing it; for a look from outside.
    static func count(in state: StateDirectory) throws(AgentError) -> Int {
        try state.existingSubdirectory(directoryName)?.names().count { $0.hasSuffix(suffix) } ?? 0
    }

    private func take(_ name: String) throws(AgentError) {
        if name.hasPrefix(StateDirectory.temporaryPrefix) {
            // Never finished, so never sent, and made anew by the next report.
            try directory.remove(name)
            return
        }
        let bytes: [UInt8]?
        do {
            bytes = try directory.read(name, limit: SpoolRecord.maximumBytes)
        } catch let error where error.code == .stateUnsafe || error.code == .stateDamaged {
            remarks.append(error.message)
            try putAside(name)
            return
        }
        guard let bytes else { return }
        do throws(SpoolRecord.Damage) {
            let record = try SpoolRecord(bytes, deviceID: deviceID)
            guard Self.name(record) == name else { throw .damaged }
            entries.append(Entry(name: name, record: record))
        } catch {
            let reason =
                switch error {
                case .damaged: "is damaged"
                case .version: "was written by another version of the agent"
                case .foreign: "belongs to another device"
                }
            remarks.append("The spooled report \(PrintableText.escape(name)) \(reason); it was put aside.")
            try putAside(name)
        }
    }

    private func putAside(_ name: String) throws(AgentError) {
        // Room first: the oldest names go, and what cannot be removed that way (a directory) stays and takes its place.
        let kept = try quarantine.names()
        for old in kept.prefix(max(0, kept.count + 1 - AgentLimits.quarantinedRecords)) {
            do { try quarantine.remove(old) } catch { remarks.append(error.message) }
        }
        try directory.move(name, to: quarantine)
        losses.quarantined += 1
    }

    private func enforceLimits() throws(AgentError) {
        var bytes = entries.reduce(0) { $0 + $1.record.payload.count }
        while entries.count > AgentLimits.spoolRecords || bytes > AgentLimits.spoolBytes, let oldest = entries.first {
            bytes -= oldest.record.payload.count
            try remove(oldest.record)
            losses.dropped += 1
        }
    }

    /// Sixteen digits each, so that names sort by age.
    private static func name(_ record: SpoolRecord) -> String {
        "\(hexadecimal(record.epoch))-\(hexadecimal(record.sequence))\(suffix)"
    }

    private static func hexadecimal(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
