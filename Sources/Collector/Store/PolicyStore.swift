internal import Shared

/// How much an open finding says against a device.
///
/// Raw values are the numbers of `khien.v1.Severity` on the wire.
enum Severity: Int, Sendable, Hashable, CaseIterable, Comparable {
    /// Listed; the device stays in order.
    case notice = 1
    /// The device is in violation.
    case warning = 2
    case critical = 3

    /// The word that settings keep.
    var word: String {
        switch self {
        case .notice: "notice"
        case .warning: "warning"
        case .critical: "critical"
        }
    }

    static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }
}

/// What the policy says of one kind of finding.
struct KindPolicy: Sendable, Hashable {
    /// Days from its opening to its deadline.
    var deadlineDays: Int
    var severity: Severity

    /// What holds until somebody decides otherwise: a ghost is only to be cleaned up, and what follows from seats and terms
    /// accuses no device.
    static func standard(_ kind: FindingKind) -> KindPolicy {
        switch kind {
        case .multipleAntivirus, .noAntivirus: KindPolicy(deadlineDays: 7, severity: .critical)
        case .unapprovedAntivirus: KindPolicy(deadlineDays: 14, severity: .warning)
        case .protectionOff: KindPolicy(deadlineDays: 3, severity: .critical)
        case .outdatedSignatures: KindPolicy(deadlineDays: 7, severity: .warning)
        case .ghostRegistration, .overCap, .termExpired: KindPolicy(deadlineDays: 30, severity: .notice)
        }
    }
}

/// What the province has decided, as far as a report is judged by it.
struct Policy: Sendable, Hashable {
    /// The contracts, as they stand today.
    var terms: TermBook
    /// The contract that lists are headed with.
    var term: TermRecord
    /// Families whose antivirus is approved: those of the terms, and those that the policy names beside them.
    var approvedFamilies: Set<String>
    /// Those that the policy names.
    var besideFamilies: Set<String>
    /// Rises when other families are approved than before; a device that was judged by a lower number is judged again.
    var approval: Int
    /// Rises with every change that an officer makes.
    var revision: Int
    /// Only the kinds that differ from the standard.
    var kinds: [FindingKind: KindPolicy]
    /// Of the province's clock: Vietnam has 420.
    var minutesAheadOfUTC: Int
    /// Seconds between two reports of a device.
    var reportIntervalSeconds: Int
    /// Days after which a device that was not heard of counts as silent.
    var silentAfterDays: Int
    /// Days for which a report without an inventory is kept.
    var heartbeatRetentionDays: Int
    /// Days for which a report with an inventory is kept.
    var inventoryRetentionDays: Int
}

extension Policy {
    func kind(_ kind: FindingKind) -> KindPolicy { kinds[kind] ?? .standard(kind) }

    /// Whether an open finding of this kind puts a device into violation.
    func isViolation(_ kind: FindingKind) -> Bool { self.kind(kind).severity >= .warning }

    /// Until when a finding that opens now is to be closed.
    func deadline(_ kind: FindingKind, openedAt: Milliseconds) -> Milliseconds {
        openedAt.adding(seconds: Int64(self.kind(kind).deadlineDays) * 86400)
    }

    /// The number of the day (`device.report_day`) before which a device's last report makes it silent.
    func silentBeforeDay(_ now: Milliseconds) -> Int64 { now.reportDay - Int64(silentAfterDays) }
}

extension Milliseconds {
    /// Days since 1970 in UTC, for `device.report_day`.
    var reportDay: Int64 { max(0, value / 86_400_000) }
}

/// SQL of the table `setting` and of the contract in force.
struct PolicyStore {
    let sql: SQLTransaction

    func policy(now: Milliseconds) throws -> Policy {
        let settings = Dictionary(
            try sql.rows("SELECT name, value FROM setting") { ($0.text(0), $0.text(1)) },
            uniquingKeysWith: { first, _ in first }
        )
        func number(_ name: String, default fallback: Int, in range: ClosedRange<Int>) -> Int {
            guard let value = settings[name].flatMap({ Int($0) }), range.contains(value) else { return fallback }
            return value
        }
        let minutesAhead = number("utc_offset_minutes", default: 420, in: -720...840)
        let book = TermBook(
            try SeatStore(sql: sql).terms(),
            today: Day(milliseconds: now.value, minutesAhead: minutesAhead)
        )
        guard let term = book.current else {
            throw CollectorError(
                .internal,
                "The database holds no term. Run khien-collector init on a new data directory."
            )
        }
        let approved = settings["approved_families"]?.split(separator: "\n").map(String.init) ?? []
        var kinds: [FindingKind: KindPolicy] = [:]
        for kind in FindingKind.allCases {
            let standard = KindPolicy.standard(kind)
            let severity = settings["severity.\(kind.word)"].flatMap { word in
                Severity.allCases.first { $0.word == word }
            }
            let chosen = KindPolicy(
                deadlineDays: number("deadline_days.\(kind.word)", default: standard.deadlineDays, in: 1...3650),
                severity: severity ?? standard.severity
            )
            if chosen != standard { kinds[kind] = chosen }
        }
        return Policy(
            terms: book,
            term: term,
            approvedFamilies: book.licensedFamilies.union(approved).union([term.productFamily]),
            besideFamilies: Set(approved),
            approval: number("approval", default: 0, in: 0...1_000_000_000),
            revision: number("policy_revision", default: 1, in: 1...1_000_000_000),
            kinds: kinds,
            minutesAheadOfUTC: minutesAhead,
            reportIntervalSeconds: number("report_interval_seconds", default: 900, in: 10...86400),
            silentAfterDays: number("silent_after_days", default: 7, in: 1...365),
            heartbeatRetentionDays: number("heartbeat_retention_days", default: 7, in: 1...3650),
            inventoryRetentionDays: number("inventory_retention_days", default: 400, in: 1...3650)
        )
    }

    /// Notes which families are approved, and for which of them there are seats.
    ///
    /// Where that differs from the last time, every device has to be judged again: by a decision of officers, and also
    /// by the day on which a term begins or ends. A product may have been approved long before a term gives seats for it.
    /// - Returns: whether that is so.
    func noteApproved(_ policy: Policy) throws -> Bool {
        let families = [policy.approvedFamilies, policy.terms.licensedFamilies]
            .map { $0.sorted().joined(separator: "\n") }.joined(separator: "\n\n")
        let former = try sql.first("SELECT value FROM setting WHERE name = $1", .text("noted_families")) { $0.text(0) }
        guard former != families else { return false }
        try set("noted_families", families)
        // The first time nothing was judged by anything else.
        guard former != nil else { return false }
        try set("approval", "\(policy.approval + 1)")
        return true
    }

    func set(_ name: String, _ value: String) throws {
        try sql.execute(
            "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            .text(name),
            .text(value)
        )
    }
}
