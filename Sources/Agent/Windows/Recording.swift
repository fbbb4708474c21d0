internal import Shared

/// What somebody recorded on a device: JSON lines, as docs/probe-records.md has them.
///
/// A line that cannot be read is counted and passed over; nothing in a recording is fatal.
public struct Recording: Sendable, Hashable {
    /// The records, in the order of the lines.
    public let records: [ProbeRecord]
    /// Lines that could not be read.
    public let badLines: Int
    /// The number of the first of them; `nil` where all were read.
    public let firstBadLine: Int?
    /// Whether the recording goes on where a limit stopped the reading.
    public let isCut: Bool

    private let limits: WindowsLimits

    /// Reads a recording; a byte order mark at its begin and carriage returns do no harm.
    public init(_ bytes: some Collection<UInt8>, limits: WindowsLimits = WindowsLimits()) {
        var bytes = Array(bytes.prefix(limits.recordingBytes + 1))[...]
        var isCut = bytes.count > limits.recordingBytes
        if isCut { bytes = bytes.dropLast(1) }
        if bytes.starts(with: [0xef, 0xbb, 0xbf]) { bytes = bytes.dropFirst(3) }

        var records: [ProbeRecord] = []
        var bad: [Int] = []
        var badLines = 0
        var number = 0
        while !bytes.isEmpty {
            let end = bytes.firstIndex(of: 0x0a) ?? bytes.endIndex
            let line = bytes[..<end]
            bytes = end < bytes.endIndex ? bytes[(end + 1)...] : []
            number += 1
            guard number <= limits.lines else {
                isCut = true
                break
            }
            guard line.contains(where: { $0 > 0x20 }) else { continue }
            if let record = Self.record(line, limits) {
                records.append(record)
            } else {
                badLines += 1
                if bad.isEmpty { bad.append(number) }
            }
        }
        self.records = records
        self.badLines = badLines
        self.firstBadLine = bad.first
        self.isCut = isCut
        self.limits = limits
    }

    private static func record(_ line: ArraySlice<UInt8>, _ limits: WindowsLimits) -> ProbeRecord? {
        guard line.count <= limits.lineBytes,
            case .dictionary(let values)? = try? JSONText.read(Array(line), budget: limits.lineBudget),
            values.count <= limits.fields, let kind = values["kind"]?.text
        else { return nil }
        // Fractions, lists and objects are passed over: no record has such fields.
        var fields = values.compactMapValues { ProbeRecord.Value($0, limit: limits.textBytes) }
        fields["kind"] = nil
        return ProbeRecord(kind.prefix(utf8Bytes: limits.textBytes), fields)
    }

    /// What the recording says; of Windows by its records, of other systems by the facts in it.
    ///
    /// The age of signatures is judged by `now`, in seconds since 1970, or by the time of the recording.
    public func reading(now: Int64? = nil) -> DeviceReading {
        var reading = WindowsReading(now: now, limits: limits).reading(of: records)
        let recorded = records.filter { $0.kind == "fact" }.compactMap(RecordedFact.init)
        let offset = (reading.facts.lazy.compactMap(\.subject).max() ?? 0) + 1
        reading.facts += recorded.prefix(limits.facts).map { $0.fact(subjectOffset: offset) }
        var troubles = troubles
        if recorded.count > limits.facts { troubles.append("more than \(limits.facts) facts") }
        // Nobody knows to which source a lost line belonged.
        for reason in troubles {
            for index in reading.sources.indices {
                if reading.sources[index].state == .complete { reading.sources[index].state = .partial }
                guard reading.sources[index].state == .partial else { continue }
                let reasons = [reading.sources[index].reason, reason].filter { !$0.isEmpty }
                reading.sources[index].reason = WireText.text(reasons.joined(separator: "; "))
            }
        }
        return reading
    }

    /// What could not be read, for people.
    public var troubles: [String] {
        var troubles: [String] = []
        if let firstBadLine {
            troubles.append("\(badLines) lines of the recording cannot be read, the first is line \(firstBadLine)")
        }
        if isCut { troubles.append("the recording is longer than what is read of one") }
        return troubles
    }
}

extension ProbeRecord.Value {
    /// A plain value; `nil` for any other.
    fileprivate init?(_ value: StructuredValue, limit: Int) {
        switch value {
        case .text(let text): self = .text(text.prefix(utf8Bytes: limit))
        case .number(let number): self = .number(number)
        case .truth(let truth): self = .boolean(truth)
        case .array, .dictionary, .other: return nil
        }
    }
}
