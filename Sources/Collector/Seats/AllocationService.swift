internal import Shared

/// Lists and changes what units hold: one by one, or by a file.
struct AllocationService: Sendable {
    /// Seats of one unit.
    static let seats = 0...1_000_000

    let database: Database
    let clock: WallClock

    /// What an officer decides for one unit.
    struct Assignment: Sendable {
        /// 0 for the current one.
        var term: UInt32
        var unit: String
        var seats: UInt32
        var decision: Decision
        /// The state of the term's ledger that the decision rests on.
        var expectedRevision: UInt64
    }

    /// What one unit had and has, and the term after it.
    struct Assigned: Sendable {
        var change: AllocationChange
        var term: TermSummary
    }

    /// A file that is to be shown as a difference, or applied.
    struct Import: Sendable {
        var file: [UInt8]
        var fileName: String
        /// 0 for the current one.
        var term: UInt32
        /// `nil` to show only what would change.
        var decision: Decision?
        var expectedRevision: UInt64
    }

    /// What a file changes.
    struct Imported: Sendable {
        var changes: [AllocationChange]
        /// Units that it names and leaves as they are.
        var unchanged: Int
        /// After it, or as it would be.
        var term: TermSummary
    }

    /// What units hold in a term (0 for the current one): one unit, or all that the officer may see when none is named.
    func list(
        term: UInt32,
        unit: String,
        for caller: Caller
    ) async throws(CollectorError) -> TermService.Details {
        let now = clock.now()
        return try await database.read { sql in
            let scope = try UnitDirectory(sql: sql).scope(unit, for: caller, evenClosed: true)
            let book = try PolicyStore(sql: sql).policy(now: now).terms
            let term = try book.requireTerm(term)
            return TermService.Details(
                summary: try TermSummary(term, of: book, sql: sql, for: caller),
                allocations: try SeatStore(sql: sql).allocations(of: term, unit: scope)
            )
        }
    }

    /// Gives a unit so many seats: more comes out of the reserve, less goes back to it.
    func set(_ assignment: Assignment, by caller: Caller) async throws(CollectorError) -> Assigned {
        try caller.requireCenter()
        let count = Int(assignment.seats)
        guard Self.seats.contains(count) else {
            throw CollectorError(
                .invalidArgument,
                Phrase(
                    "A unit holds 0 to \(Self.seats.upperBound) seats. Give the number of the decision.",
                    vi:
                        "Mỗi đơn vị được phân bổ từ 0 đến \(Self.seats.upperBound) suất. Hãy ghi đúng số trong quyết định."
                )
            )
        }
        let now = clock.now()
        return try await database.write { sql in
            let unit = try UnitDirectory(sql: sql).standing(assignment.unit, for: caller)
            let book = try allocations(of: assignment.term, sql, now: now)
            try book.requireRevision(assignment.expectedRevision)
            let changes = try book.changes([(unit, count)])
            if !changes.isEmpty { try book.requireNoSuccession() }
            try book.apply(changes, assignment.decision, by: caller)
            let account = try SeatStore(sql: sql).account(term: book.term.id, unit: unit.code)
            let change = AllocationChange(
                unit: unit.code,
                unitName: unit.name,
                former: changes.first?.former ?? account.cap,
                seats: account.cap,
                used: account.used
            )
            try AuditStore(sql: sql).add(
                actor: "officer:\(caller.name)",
                action: "allocation-set",
                target: "unit:\(unit.code)",
                detail: "term \(book.term.id), \(change.former) to \(change.seats), \(assignment.decision.document)",
                now: now
            )
            return Assigned(change: change, term: try summary(of: book.term.id, sql, for: caller, now: now))
        }
    }

    /// Shows what a file changes, or applies it whole.
    func take(_ request: Import, by caller: Caller) async throws(CollectorError) -> Imported {
        try caller.requireCenter()
        let file = try AllocationFile(bytes: request.file, name: request.fileName)
        let now = clock.now()
        guard let decision = request.decision else {
            return try await database.read { sql in
                let book = try allocations(of: request.term, sql, now: now)
                let wanted = try AllocationImport(sql: sql, file: file, caller: caller).wanted()
                try book.requireAllUnits(wanted)
                let changes = try book.changes(wanted)
                var term = try summary(of: book.term.id, sql, for: caller, now: now)
                let more = changes.reduce(0) { $0 + $1.seats - $1.former }
                term.sums?.allocated += more
                term.sums?.reserve -= more
                return Imported(changes: changes, unchanged: wanted.count - changes.count, term: term)
            }
        }
        return try await database.write { sql in
            let book = try allocations(of: request.term, sql, now: now)
            try book.requireRevision(request.expectedRevision)
            let wanted = try AllocationImport(sql: sql, file: file, caller: caller).wanted()
            try book.requireAllUnits(wanted)
            var changes = try book.changes(wanted)
            try book.apply(changes, decision, by: caller)
            for index in changes.indices {
                changes[index].used = try SeatStore(sql: sql).account(term: book.term.id, unit: changes[index].unit)
                    .used
            }
            try AuditStore(sql: sql).add(
                actor: "officer:\(caller.name)",
                action: "allocations-imported",
                target: "term:\(book.term.id)",
                detail:
                    "\(changes.count) units changed, \(wanted.count - changes.count) unchanged, \(decision.document)",
                now: now
            )
            return Imported(
                changes: changes,
                unchanged: wanted.count - changes.count,
                term: try summary(of: book.term.id, sql, for: caller, now: now)
            )
        }
    }

    private func allocations(of term: UInt32, _ sql: SQLTransaction, now: Milliseconds) throws -> AllocationBook {
        let policy = try PolicyStore(sql: sql).policy(now: now)
        return AllocationBook(sql: sql, policy: policy, term: try policy.terms.requireOpenTerm(term), now: now)
    }

    private func summary(
        of term: Int64,
        _ sql: SQLTransaction,
        for caller: Caller,
        now: Milliseconds
    ) throws -> TermSummary {
        let book = try PolicyStore(sql: sql).policy(now: now).terms
        return try TermSummary(try book.requireTerm(UInt32(clamping: term)), of: book, sql: sql, for: caller)
    }
}
