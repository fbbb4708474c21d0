internal import Shared

/// One entry of the ledger.
struct LedgerEntry: Sendable, Hashable {
    var id: Int64
    var term: Int64
    var from: String
    var to: String
    var seats: Int
    var document: String
    var reason: String
    var officer: String
    var effectiveOn: String
    var recordedAt: Milliseconds
    var requestID: Int64?
}

/// What an account held at the end of a day.
struct AccountBalance: Sendable, Hashable {
    var term: Int64
    var account: String
    /// Of a unit's account, as it was called on that day; empty for others.
    var unitName: String
    var seats: Int64
}

/// Which part of the ledger is looked at.
struct LedgerScope: Sendable, Hashable {
    /// `nil` for all terms.
    var term: Int64?
    /// The unit whose account is looked at; `nil` for all accounts.
    var unit: String?
    /// Entries in effect on this day.
    var day: Day

    /// As the ledger writes it; empty for all.
    var account: String { unit.map { LedgerAccount.unit($0).text } ?? "" }

    /// The condition on an account.
    ///
    /// An officer of a unit asks of that unit's entries alone, and the time that it takes says nothing of others'.
    /// `parameter`: the account; empty for all.
    fileprivate static func filter(_ parameter: String, isOfOneUnit: Bool) -> String {
        guard isOfOneUnit else { return "'' = \(parameter)" }
        // Written so that SQLite goes from the few terms to the account in the index, and not the other way around.
        return """
            entry_id IN (
                SELECT giving.entry_id FROM term CROSS JOIN ledger AS giving
                WHERE giving.term_id = term.term_id AND giving.from_account = \(parameter)
                UNION ALL
                SELECT taking.entry_id FROM term CROSS JOIN ledger AS taking
                WHERE taking.term_id = term.term_id AND taking.to_account = \(parameter)
            )
            """
    }
}

/// SQL of the table `ledger`.
extension SeatStore {
    /// Moves seats from one account to another; caps and the reserve follow by triggers.
    /// - Throws: the database's refusal when an account does not hold that many: check before.
    func post(_ entry: LedgerPosting, now: Milliseconds) throws {
        try sql.execute(
            """
            INSERT INTO ledger (term_id, from_account, to_account, seats, document, reason, officer, effective_on,
                request_id, at_ms)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """,
            .integer(entry.term),
            .text(entry.from.text),
            .text(entry.to.text),
            .integer(entry.seats),
            .text(entry.document),
            .text(entry.reason),
            .text(entry.officer),
            .text(entry.effectiveOn.description),
            .optional(entry.requestID),
            .integer(now.value)
        )
    }

    /// Seats that the ledger's rows sum to in one account: what the kept balances are checked against.
    func balance(term: Int64, account: LedgerAccount) throws -> Int {
        try sql.first(
            """
            SELECT coalesce(sum(CASE WHEN to_account = $1 THEN seats ELSE 0 END), 0)
                - coalesce(sum(CASE WHEN from_account = $1 THEN seats ELSE 0 END), 0)
            FROM ledger WHERE term_id = $2
            """,
            .text(account.text),
            .integer(term)
        ) { $0.int(0) } ?? 0
    }

    /// A term's ledger as a number that grows with every entry; 0 for an empty one.
    func revision(term: Int64) throws -> Int64 {
        try sql.first("SELECT coalesce(max(entry_id), 0) FROM ledger WHERE term_id = $1", .integer(term)) {
            $0.integer(0)
        } ?? 0
    }

    /// What the accounts held at the end of the scope's day: the contract and the reserve of each term, then the units.
    func balances(_ scope: LedgerScope, limit: Int) throws -> [AccountBalance] {
        try sql.rows(
            Self.balancesStatement(isOfOneUnit: scope.unit != nil),
            .optional(scope.term),
            .text(scope.account),
            .text(scope.day.description),
            .integer(limit)
        ) { row in
            AccountBalance(term: row.integer(0), account: row.text(1), unitName: row.text(2), seats: row.integer(3))
        }
    }

    static func balancesStatement(isOfOneUnit: Bool) -> String {
        """
        SELECT sums.term_id, sums.account, coalesce(renamed.former_name, unit.name, ''), sums.seats
        FROM (
            SELECT moves.term_id, moves.account, sum(moves.seats) AS seats
            FROM (
                SELECT ledger.term_id, ledger.from_account AS account, -ledger.seats AS seats
                FROM term CROSS JOIN ledger
                WHERE ($1 IS NULL OR term.term_id = $1) AND ledger.term_id = term.term_id
                    AND \(isOfOneUnit ? "ledger.from_account" : "''") = $2 AND ledger.effective_on <= $3
                UNION ALL
                SELECT ledger.term_id, ledger.to_account AS account, ledger.seats AS seats
                FROM term CROSS JOIN ledger
                WHERE ($1 IS NULL OR term.term_id = $1) AND ledger.term_id = term.term_id
                    AND \(isOfOneUnit ? "ledger.to_account" : "''") = $2 AND ledger.effective_on <= $3
            ) AS moves
            GROUP BY moves.term_id, moves.account
        ) AS sums
        LEFT JOIN unit ON sums.account LIKE 'unit:%' AND unit.code = substr(sums.account, 6)
        -- The first change of name after that day took the name of that day away.
        LEFT JOIN unit_change AS renamed ON renamed.change_id = (
            SELECT min(change_id) FROM unit_change
            WHERE unit_change.unit_code = unit.code AND former_name <> '' AND effective_on > $3
        )
        ORDER BY sums.term_id, coalesce(unit.position, -1), coalesce(unit.code, ''), sums.account LIMIT $4
        """
    }

    /// Entries in the order in which they were written, after one, without the first so many.
    func entries(_ scope: LedgerScope, after id: Int64, skipping: Int = 0, limit: Int) throws -> [LedgerEntry] {
        try sql.rows(
            Self.entriesStatement(isOfOneUnit: scope.unit != nil),
            .integer(id),
            .optional(scope.term),
            .text(scope.account),
            .text(scope.day.description),
            .integer(limit),
            .integer(skipping)
        ) { row in
            LedgerEntry(
                id: row.integer(0),
                term: row.integer(1),
                from: row.text(2),
                to: row.text(3),
                seats: row.int(4),
                document: row.text(5),
                reason: row.text(6),
                officer: row.text(7),
                effectiveOn: row.text(8),
                recordedAt: Milliseconds(row.integer(9)),
                requestID: row.optionalInteger(10)
            )
        }
    }

    static func entriesStatement(isOfOneUnit: Bool) -> String {
        """
        SELECT entry_id, term_id, from_account, to_account, seats, document, reason, officer, effective_on, at_ms,
            request_id
        FROM ledger
        WHERE entry_id > $1 AND ($2 IS NULL OR term_id = $2)
            AND \(LedgerScope.filter("$3", isOfOneUnit: isOfOneUnit)) AND effective_on <= $4
        ORDER BY entry_id LIMIT $5 OFFSET $6
        """
    }

    func entryCount(_ scope: LedgerScope) throws -> Int {
        try sql.first(
            Self.entryCountStatement(isOfOneUnit: scope.unit != nil),
            .optional(scope.term),
            .text(scope.account),
            .text(scope.day.description)
        ) { $0.int(0) } ?? 0
    }

    static func entryCountStatement(isOfOneUnit: Bool) -> String {
        """
        SELECT count(*) FROM ledger
        WHERE ($1 IS NULL OR term_id = $1) AND \(LedgerScope.filter("$2", isOfOneUnit: isOfOneUnit))
            AND effective_on <= $3
        """
    }
}
