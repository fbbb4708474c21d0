internal import Shared

/// How the units stand.
struct UnitService: Sendable {
    /// What was decided about one unit and those that went into it, the last first.
    private static let shownChanges = 100
    /// Open requests of one unit.
    private static let shownRequests = 100

    let database: Database
    let clock: WallClock

    struct Overview: Sendable {
        /// What lists are headed with.
        var term: TermSummary
        /// All that give seats now.
        var terms: [TermSummary]
        var units: [UnitRecord]
        /// Those that this officer may see.
        var openRequests: Int
    }

    /// Everything that is known of one unit.
    struct Details: Sendable {
        var unit: UnitRecord
        var contact: UnitContact
        var terms: [UnitTermRecord]
        var book: TermBook
        var findings: [FindingTally]
        var changes: [UnitChangeRecord]
        /// Codes that lead here.
        var formerCodes: [String]
        var openRequests: [SeatRequestRecord]
        var revision: Int64
        /// It was asked for by a code or a name of before.
        var isFormer: Bool
    }

    /// The units that stand, and those of before that still have devices in service; on request all.
    func overview(withClosed: Bool = false, for caller: Caller) async throws(CollectorError) -> Overview {
        let now = clock.now()
        return try await database.read { sql in
            let policy = try PolicyStore(sql: sql).policy(now: now)
            func summary(_ term: TermRecord) throws -> TermSummary {
                try TermSummary(term, of: policy.terms, sql: sql, for: caller)
            }
            return Overview(
                term: try summary(policy.term),
                terms: try policy.terms.counting.map(summary),
                units: try UnitStore(sql: sql).summaries(
                    unit: caller.ownUnit,
                    withClosed: withClosed,
                    terms: policy.terms.counting.map(\.id),
                    silentBefore: policy.silentBeforeDay(now)
                ),
                openRequests: try RequestStore(sql: sql).count(unit: caller.ownUnit, state: .open)
            )
        }
    }

    /// Everything about the unit of this code, old code or name; also of one that is closed.
    func details(_ requested: String, for caller: Caller) async throws(CollectorError) -> Details {
        let now = clock.now()
        return try await database.read { sql in
            let found = try UnitDirectory(sql: sql).resolve(requested, for: caller, evenClosed: true)
            let code = found.unit.code
            let policy = try PolicyStore(sql: sql).policy(now: now)
            let units = UnitStore(sql: sql)
            let summaries = try units.summaries(
                unit: code,
                withClosed: true,
                terms: policy.terms.counting.map(\.id),
                silentBefore: policy.silentBeforeDay(now)
            )
            guard let summary = summaries.first else {
                throw CollectorError(.internal, "The database holds a unit without figures.")
            }
            return Details(
                unit: summary,
                contact: try units.contact(of: code),
                terms: try units.terms(of: code),
                book: policy.terms,
                findings: try UnitFindingStore(sql: sql).tally(of: code, now: now),
                changes: try changes(of: code, sql, for: caller),
                formerCodes: try units.identities(leadingTo: code).map(\.code).filter { $0 != code },
                openRequests: try RequestStore(sql: sql)
                    .open(unit: code, after: (.min, .min), limit: Self.shownRequests),
                revision: found.unit.revision,
                isFormer: found.isFormer
            )
        }
    }

    /// What was decided about the unit and those that went into it; for a unit's officer without those that did not.
    private func changes(of code: String, _ sql: SQLTransaction, for caller: Caller) throws -> [UnitChangeRecord] {
        let changes = try UnitChangeStore(sql: sql).changes(of: code, limit: Self.shownChanges)
        guard let ownUnit = caller.ownUnit else { return changes }
        let own = Set(try UnitStore(sql: sql).identities(leadingTo: ownUnit).map(\.code))
        return changes.map { change in
            var change = change
            // Numbers in a row would say how often others were changed.
            change.id = 0
            guard change.kind == .split, let new = change.other, !own.contains(change.unit) || !own.contains(new) else {
                return change
            }
            if own.contains(new) {
                change.unit = ""
            } else {
                (change.other, change.seats, change.devices) = (nil, 0, 0)
            }
            return change
        }
    }
}
