internal import Shared

/// What the `source` records of a device say, one status for each source.
struct RecordedSources {
    private var known: [FactSource: SourceStatus] = [:]

    /// Reads `source` records; those of sources that are not known are passed over.
    ///
    /// Of Windows, numbers of entries that change while nothing is installed are left out.
    init(_ records: [ProbeRecord], isWindows: Bool = true) {
        for record in records {
            guard let name = record.text("source"), let source = Self.source(name) else { continue }
            var status = Self.status(record, name, source)
            if isWindows, Self.changing.contains(source) { status.entries = 0 }
            add(status)
            // Security Center is where product files are named, so how far it was read says how far these are known.
            if isWindows, source == .securityCenter {
                add(SourceStatus(source: .installPath, state: status.state, reason: status.reason))
            }
        }
    }

    /// Sorted by source.
    var statuses: [SourceStatus] { known.values.sorted { $0.source < $1.source } }

    /// How far a source was read; `nil` where no record says it.
    func state(of source: FactSource) -> SourceStatus.State? { known[source]?.state }

    /// Says that a part of a source was left out.
    mutating func cut(_ source: FactSource, _ reason: String) {
        var status = known[source] ?? SourceStatus(source: source, state: .partial)
        if status.state == .complete || status.state == .absent { status.state = .partial }
        if !status.reason.contains(reason) {
            status.reason = WireText.text([status.reason, reason].filter { !$0.isEmpty }.joined(separator: "; "))
        }
        known[source] = status
    }

    /// The source with a name of records: the words of ``FactSource``, and four that only records have.
    static func source(_ name: String) -> FactSource? {
        switch name {
        case "kaspersky": .vendorState
        case "pipe": .process
        case "file": .installPath
        default: FactSource.allCases.first { $0.word == name }
        }
    }

    /// Processes and pipes, or Security Center's files and others, are one source of facts: it is as good as its worst part.
    private mutating func add(_ status: SourceStatus) {
        guard let other = known[status.source] else {
            known[status.source] = status
            return
        }
        var merged = other
        let states = [other.state, status.state]
        if other.state != status.state {
            merged.state = states.contains(.partial) || states.contains(.unavailable) ? .partial : .complete
        }
        let reasons = [other.reason, status.reason].filter { !$0.isEmpty }
        merged.reason = WireText.text(Set(reasons).count == 1 ? reasons[0] : reasons.joined(separator: "; "))
        merged.entries = max(other.entries, status.entries)
        known[status.source] = merged
    }

    private static func status(_ record: ProbeRecord, _ name: String, _ source: FactSource) -> SourceStatus {
        let word = record.text("state") ?? ""
        let state = SourceStatus.State.allCases.first { $0.word == word }
        var reason = record.name("reason") ?? ""
        if state == nil { reason = "a state that is not known: \(word)" }
        if name != source.word, !reason.isEmpty { reason = "\(name): \(reason)" }
        let entries = record.number("entries").flatMap { Int(exactly: $0) } ?? 0
        return SourceStatus(
            source: source,
            state: state ?? .unavailable,
            reason: state == .complete || state == .absent ? "" : WireText.text(reason),
            entries: max(0, min(entries, 1_000_000))
        )
    }

    /// Sources whose number of entries changes while nothing is installed: an unchanged device is to say the same again.
    private static let changing: Set<FactSource> = [.process, .service, .driver, .registry, .installPath]
}
