internal import Shared

/// Which findings a list holds.
///
/// Raw values are the numbers of `khien.v1.FindingFilter` on the wire.
enum FindingFilter: Int, Sendable, Hashable, CaseIterable {
    /// Open and acknowledged.
    case standing = 0
    case open = 1
    case acknowledged = 2
    case waived = 3
    case closed = 4
    /// Open or acknowledged, and past the deadline.
    case overdue = 5
    case all = 6
}

/// A finding as officers see it.
struct FindingEntry: Sendable, Hashable {
    var details: FindingDetails
    var severity: Severity
    var isOverdue: Bool
    /// The last day of its waiver.
    var waivedUntil: Day?

    init(_ details: FindingDetails, policy: Policy, now: Milliseconds) {
        self.details = details
        severity = policy.kind(details.finding.kind).severity
        isOverdue = [.open, .acknowledged].contains(details.state) && details.deadline < now
        waivedUntil = details.waivedUntil.map(policy.lastDay)
    }
}

/// Lists findings, shows what happened to one, and writes down what officers decide of it.
struct FindingService: Sendable {
    /// Earlier findings of the same kind on the device that are shown.
    private static let shownEarlier = 100

    let database: Database
    let clock: WallClock

    /// What a list is to hold.
    struct Query: Sendable {
        /// Empty: all.
        var kinds: Set<FindingKind> = []
        /// What the officer calls the unit; empty for all that the officer may see.
        var unit = ""
        /// Opened at or after this moment.
        var since: Milliseconds?
        var filter = FindingFilter.standing
        var pageSize: UInt32 = 0
        var pageToken = ""
    }

    /// One page with the figures of the whole list.
    struct Page: Sendable {
        var findings: Listing<FindingEntry>
        /// Of the same kinds and unit, what is waived and not in the list.
        var waived: Int
        var overdue: Int
    }

    /// One finding with everything that happened to it.
    struct History: Sendable {
        var finding: FindingEntry
        /// The oldest first.
        var events: [FindingEvent]
        /// Of the same kind on the device, the last first.
        var earlier: [FindingEntry]
    }

    func list(_ query: Query, for caller: Caller) async throws(CollectorError) -> Page {
        let size = try PageToken.size(query.pageSize)
        let start = try FindingList.Position(query.pageToken)
        let now = clock.now()
        return try await database.read { sql in
            let list = FindingList(
                sql: sql,
                kinds: query.kinds,
                unit: try UnitDirectory(sql: sql).scope(query.unit, for: caller, evenClosed: true),
                since: query.since,
                filter: query.filter,
                policy: try PolicyStore(sql: sql).policy(now: now),
                now: now,
                sight: OfficerSight(sql: sql, caller: caller)
            )
            return try list.page(from: start, size: size)
        }
    }

    /// - Throws: `CollectorError` (`notFound`): another unit's is answered like one that does not exist.
    func history(_ id: UInt64, for caller: Caller) async throws(CollectorError) -> History {
        let now = clock.now()
        return try await database.read { sql in
            let findings = FindingListStore(sql: sql)
            let sight = OfficerSight(sql: sql, caller: caller)
            let found = try Self.require(id, for: caller, sql: sql)
            let policy = try PolicyStore(sql: sql).policy(now: now)
            let earlier = try findings.all(
                of: found.deviceID,
                kind: found.finding.kind,
                limit: Self.shownEarlier + 1
            ).compactMap { try $0.seen(by: sight) }.drop { $0.finding.id != found.finding.id }.dropFirst()
            return History(
                finding: FindingEntry(found, policy: policy, now: now),
                events: try FindingEventStore(sql: sql).history(of: [found] + earlier)
                    .map { try $0.seen(by: sight, of: found.deviceID) },
                earlier: earlier.prefix(Self.shownEarlier).map { FindingEntry($0, policy: policy, now: now) }
            )
        }
    }

    static func require(_ id: UInt64, for caller: Caller, sql: SQLTransaction) throws -> FindingDetails {
        guard let number = Int64(exactly: id),
            let found = try FindingListStore(sql: sql).details(number, unit: caller.ownUnit)?
                .seen(by: OfficerSight(sql: sql, caller: caller))
        else {
            throw CollectorError(
                .notFound,
                Phrase(
                    "There is no finding \(id). `khien findings` lists them.",
                    vi: "Không có phát hiện số \(id). Lệnh `khien findings` liệt kê các phát hiện."
                )
            )
        }
        return found
    }
}
