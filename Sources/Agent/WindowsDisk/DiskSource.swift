/// What one source of a disk gives, and how far it could be read.
struct DiskSource {
    /// As `source` records name it.
    let name: String
    /// When it stops.
    let deadline: Deadline
    private(set) var records: [ProbeRecord] = []
    private var troubles: [String] = []
    private var hiddenTroubles = 0
    private var unavailable: String?
    private var isAbsent = false
    private let limit: Int

    private static let maximumTroubles = 6

    init(_ name: String, deadline: Deadline, limit: Int) {
        self.name = name
        self.deadline = deadline
        self.limit = limit
    }

    /// Makes use of a hive: says so where it is not current, and returns whether it can be read.
    mutating func use(_ hive: DiskHive) -> Bool {
        guard hive.opens(deadline: deadline) else {
            unavailable = "\(hive.name): \(hive.failure ?? "")"
            return false
        }
        if let dirtiness = hive.dirtiness { trouble("\(hive.name): \(dirtiness)") }
        return true
    }

    /// Adds a record; false when the source has to stop.
    mutating func add(_ record: ProbeRecord) -> Bool {
        guard records.count < limit else {
            trouble("more than \(limit) entries")
            return false
        }
        records.append(record)
        return !stopsAtDeadline()
    }

    /// Whether the deadline is over, which is then a trouble.
    mutating func stopsAtDeadline() -> Bool {
        guard deadline.isOver else { return false }
        trouble(ProbeContext.overdue)
        return true
    }

    /// Something that could not be read.
    mutating func trouble(_ words: String) {
        guard !troubles.contains(words) else { return }
        if troubles.count < Self.maximumTroubles {
            troubles.append(words)
        } else {
            hiddenTroubles += 1
        }
    }

    /// The troubles of another source whose reading this one shares.
    mutating func shareTroubles(of other: DiskSource) {
        for words in other.troubles { trouble(words) }
        if unavailable == nil { unavailable = other.unavailable }
    }

    /// The source cannot be asked on a disk.
    mutating func isUnavailable(_ reason: String) { unavailable = reason }

    /// The system has no such source.
    mutating func isNotThere() { isAbsent = true }

    /// The records, and last the one about the source itself.
    func finished() -> [ProbeRecord] {
        var draft = RecordDraft("source")
        draft.text("source", name)
        var reasons = troubles
        if let unavailable { reasons.insert(unavailable, at: 0) }
        if hiddenTroubles > 0 { reasons.append("and \(hiddenTroubles) more") }
        let state: String
        if unavailable != nil {
            state = records.isEmpty ? "unavailable" : "partial"
        } else if !reasons.isEmpty {
            state = "partial"
        } else {
            state = isAbsent && records.isEmpty ? "absent" : "complete"
        }
        draft.text("state", state)
        if !reasons.isEmpty { draft.text("reason", reasons.joined(separator: "; ")) }
        draft.number("entries", Int64(records.count))
        return records + [draft.record]
    }
}
