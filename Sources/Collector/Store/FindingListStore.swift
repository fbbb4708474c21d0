internal import Shared

/// Where a finding stands.
///
/// Raw values are the numbers of `khien.v1.FindingState` on the wire.
enum FindingState: Int, Sendable, Hashable {
    case open = 1
    case acknowledged = 2
    case waived = 3
    case closed = 4
}

/// A finding with its device and all of its life.
struct FindingDetails: Sendable, Hashable {
    var finding: FindingRecord
    var deviceID: String
    var hostName: String
    /// Where its device is now.
    var deviceUnit: String
    /// Where its device was when it was closed, or is now.
    var unitCode: String
    var unitName: String
    var lastReportAt: Milliseconds?
    var deadline: Milliseconds
    var acknowledgedAt: Milliseconds?
    var acknowledgedBy: String
    /// The first moment after the waiver's last day.
    var waivedUntil: Milliseconds?
    var waivedBy: String
    var waiverReason: String
    /// The report that opened it; `nil` when it followed from a seat or a term.
    var openedBy: ReportPlace?
    var closedBy: ReportPlace?
    var revision: Int64

    var state: FindingState {
        if finding.closedAt != nil { return .closed }
        if finding.isWaived { return .waived }
        return acknowledgedAt == nil ? .open : .acknowledged
    }

    /// What an officer may see of it; `nil` for nothing.
    ///
    /// A device that moved takes its findings along: its new unit does not learn where it was, nor its former one what became
    /// of it.
    func seen(by sight: OfficerSight) throws -> FindingDetails? {
        guard let own = sight.caller.ownUnit else { return self }
        guard unitCode == own || deviceUnit == own else { return nil }
        var seen = self
        if unitCode != own { (seen.unitCode, seen.unitName) = ("", "") }
        // Names change, and often say whose machine it is now.
        if deviceUnit != own { (seen.hostName, seen.lastReportAt) = ("", nil) }
        seen.acknowledgedBy = try sight.name(acknowledgedBy)
        seen.waivedBy = try sight.name(waivedBy)
        if seen.waivedBy != waivedBy { seen.waiverReason = "" }
        return seen
    }
}

/// What a lane is of.
protocol FindingLane: Sendable {
    var unit: String? { get }
    var kind: FindingKind? { get }
}

extension FindingLane {
    /// What the first two parameters are compared with: a column, or what they are anyway.
    fileprivate var unitColumn: String { unit == nil ? "''" : "unit_code" }
    fileprivate var kindColumn: String { kind == nil ? "''" : "kind" }
    fileprivate var values: [SQLValue] { [.text(unit ?? ""), .text(kind?.word ?? "")] }
}

/// SQL of lists of findings.
///
/// A list is put together from lanes: each is one range of one index, in order, so that nothing is read that is not shown
/// however many findings other units and kinds have.
struct FindingListStore {
    let sql: SQLTransaction

    /// Open findings of one unit and kind, or of one kind, or of all, that are all waived or not, acknowledged or not.
    struct OpenLane: FindingLane, Hashable {
        var unit: String?
        /// Always there where a unit is.
        var kind: FindingKind?
        var isWaived: Bool
        var isAcknowledged: Bool
    }

    /// Closed findings of one unit and kind, or of one kind, or of all.
    struct ClosedLane: FindingLane, Hashable {
        var unit: String?
        /// Always there where a unit is.
        var kind: FindingKind?
    }

    /// Where a finding stands in the order of a list.
    struct Key: Sendable, Hashable, Comparable {
        /// The deadline of open ones, the moment of closing of the others.
        var moment: Int64
        var id: Int64

        static let first = Key(moment: .min, id: .min)
        static let last = Key(moment: .max, id: .max)

        static func < (left: Key, right: Key) -> Bool { (left.moment, left.id) < (right.moment, right.id) }
    }

    /// Open findings after a key and with a deadline before a moment, the earliest deadline first.
    func open(_ lane: OpenLane, after: Key, before: Int64, limit: Int) throws -> [Key] {
        try sql.rows(
            Self.openStatement(lane),
            values: lane.values + [
                .boolean(lane.isWaived), .boolean(lane.isAcknowledged), .integer(after.moment), .integer(after.id),
                .integer(before), .integer(limit),
            ]
        ) { Key(moment: $0.integer(0), id: $0.integer(1)) }
    }

    /// How many `open` would give.
    func countOpen(_ lane: OpenLane, after: Key, before: Int64) throws -> Int {
        try sql.rows(
            Self.openCountStatement(lane),
            values: lane.values + [
                .boolean(lane.isWaived), .boolean(lane.isAcknowledged), .integer(after.moment), .integer(after.id),
                .integer(before),
            ]
        ) { $0.int(0) }.first ?? 0
    }

    /// Closed findings before a key that were opened since a moment, the last closed first.
    func closed(_ lane: ClosedLane, before: Key, since: Int64, limit: Int) throws -> [Key] {
        try sql.rows(
            Self.closedStatement(lane),
            values: lane.values + [
                .integer(before.moment), .integer(before.id), .integer(since), .integer(limit),
            ]
        ) { Key(moment: $0.integer(0), id: $0.integer(1)) }
    }

    /// Findings that were closed at a moment or later, in the place that they had among the open ones after a key: few, as long
    /// as the moment is that of a list's first page.
    func closed(
        _ lane: ClosedLane,
        atOrAfter moment: Int64,
        after: Key,
        since: Int64,
        limit: Int
    ) throws -> [Key] {
        try sql.rows(
            Self.lateStatement(lane),
            values: lane.values + [
                .integer(moment), .integer(since), .integer(after.moment), .integer(after.id), .integer(limit),
            ]
        ) { Key(moment: $0.integer(0), id: $0.integer(1)) }
    }

    /// How many `closed` would give from the first page on.
    func countClosed(_ lane: ClosedLane, since: Int64) throws -> Int {
        try sql.rows(
            Self.closedCountStatement(lane),
            values: lane.values + [.integer(since)]
        ) { $0.int(0) }.first ?? 0
    }

    /// A finding with its device and life, of one unit where one is given.
    ///
    /// A closed one stays with the unit in which it was closed; whoever has the device now sees it, too.
    func details(_ id: Int64, unit: String? = nil) throws -> FindingDetails? {
        try sql.first(
            """
            SELECT \(Self.columns) WHERE finding.finding_id = $1
                AND ($2 IS NULL OR finding.unit_code = $2 OR device.unit_code = $2)
            """,
            .integer(id),
            .optional(unit),
            read: Self.details
        ) ?? nil
    }

    /// Findings of one device, open and closed, the newest first; only of one kind where one is given.
    func all(of deviceID: String, kind: FindingKind? = nil, limit: Int) throws -> [FindingDetails] {
        try sql.rows(
            """
            SELECT \(Self.columns) WHERE finding.device_id = $1 AND ($2 IS NULL OR finding.kind = $2)
            ORDER BY finding.opened_at_ms DESC, finding.opened_by_epoch DESC, finding.opened_by_sequence DESC,
                finding.finding_id LIMIT $3
            """,
            .text(deviceID),
            .optional(kind?.word),
            .integer(limit),
            read: Self.details
        ).compactMap(\.self)
    }

    // MARK: Statements

    static func openStatement(_ lane: OpenLane) -> String {
        """
        SELECT deadline_ms, finding_id FROM finding
        WHERE \(lane.unitColumn) = $1 AND \(lane.kindColumn) = $2 AND is_waived = $3 AND is_acknowledged = $4
            AND (deadline_ms, finding_id) > ($5, $6) AND deadline_ms < $7
            AND closed_at_ms IS NULL AND is_listed = 1
        ORDER BY deadline_ms, finding_id LIMIT $8
        """
    }

    static func openCountStatement(_ lane: OpenLane) -> String {
        """
        SELECT count(*) FROM finding
        WHERE \(lane.unitColumn) = $1 AND \(lane.kindColumn) = $2 AND is_waived = $3 AND is_acknowledged = $4
            AND (deadline_ms, finding_id) > ($5, $6) AND deadline_ms < $7
            AND closed_at_ms IS NULL AND is_listed = 1
        """
    }

    static func closedStatement(_ lane: ClosedLane) -> String {
        """
        SELECT closed_at_ms, finding_id FROM finding
        WHERE \(lane.unitColumn) = $1 AND \(lane.kindColumn) = $2 AND (closed_at_ms, finding_id) < ($3, $4)
            AND closed_at_ms >= $5 AND opened_at_ms >= $5 AND closed_at_ms IS NOT NULL
        ORDER BY closed_at_ms DESC, finding_id DESC LIMIT $6
        """
    }

    static func lateStatement(_ lane: ClosedLane) -> String {
        """
        SELECT deadline_ms, finding_id FROM finding
        WHERE \(lane.unitColumn) = $1 AND \(lane.kindColumn) = $2 AND closed_at_ms >= $3 AND opened_at_ms >= $4
            AND (deadline_ms, finding_id) > ($5, $6) AND closed_at_ms IS NOT NULL
        ORDER BY deadline_ms, finding_id LIMIT $7
        """
    }

    static func closedCountStatement(_ lane: ClosedLane) -> String {
        """
        SELECT count(*) FROM finding
        WHERE \(lane.unitColumn) = $1 AND \(lane.kindColumn) = $2
            AND closed_at_ms >= $3 AND opened_at_ms >= $3 AND closed_at_ms IS NOT NULL
        """
    }

    private static let columns = """
        finding.finding_id, finding.kind, finding.opened_at_ms, finding.closed_at_ms, finding.products,
            finding.is_waived, finding.device_id, device.host_name, finding.unit_code, unit.name,
            device.last_report_at_ms, finding.deadline_ms, finding.acknowledged_at_ms, finding.acknowledged_by,
            finding.waived_until_ms, finding.waived_by, finding.waiver_reason, finding.opened_by_epoch,
            finding.opened_by_sequence, finding.closed_by_epoch, finding.closed_by_sequence, finding.revision,
            device.unit_code
        FROM finding JOIN device ON device.device_id = finding.device_id JOIN unit ON unit.code = finding.unit_code
        """

    private static func details(_ row: SQLRow) -> FindingDetails? {
        guard let kind = FindingKind(word: row.text(1)) else { return nil }
        let device = row.text(6)
        func place(_ epoch: Int64?, _ sequence: Int64?) -> ReportPlace? {
            // What follows from seats and terms has no report: number 0 is never one's.
            guard let epoch, let sequence, epoch != 0 || sequence != 0 else { return nil }
            return ReportPlace(
                deviceID: device,
                epoch: UInt64(clamping: epoch),
                sequence: UInt64(clamping: sequence)
            )
        }
        return FindingDetails(
            finding: FindingRecord(
                id: row.integer(0),
                kind: kind,
                openedAt: Milliseconds(row.integer(2)),
                closedAt: row.optionalInteger(3).map { Milliseconds($0) },
                products: FindingStore.split(row.text(4)),
                isWaived: row.bool(5)
            ),
            deviceID: device,
            hostName: row.text(7),
            deviceUnit: row.text(22),
            unitCode: row.text(8),
            unitName: row.text(9),
            lastReportAt: row.optionalInteger(10).map { Milliseconds($0) },
            deadline: Milliseconds(row.integer(11)),
            acknowledgedAt: row.optionalInteger(12).map { Milliseconds($0) },
            acknowledgedBy: row.text(13),
            waivedUntil: row.optionalInteger(14).map { Milliseconds($0) },
            waivedBy: row.text(15),
            waiverReason: row.text(16),
            openedBy: place(row.integer(17), row.integer(18)),
            closedBy: place(row.optionalInteger(19), row.optionalInteger(20)),
            revision: row.integer(21)
        )
    }
}
