internal import Shared

/// Open findings of one kind in one unit.
struct FindingTally: Sendable, Hashable {
    var kind: FindingKind
    /// Without those that are waived.
    var open: Int
    /// Of the open ones, those past their deadline.
    var overdue: Int
    var waived: Int
}

/// Counts findings of units, over an index alone.
struct UnitFindingStore {
    let sql: SQLTransaction

    func tally(of code: String, now: Milliseconds) throws -> [FindingTally] {
        try sql.rows(
            """
            SELECT kind, count(*), sum(is_waived), sum(CASE WHEN is_waived = 0 AND deadline_ms < $1 THEN 1 ELSE 0 END)
            FROM finding WHERE unit_code = $2 AND closed_at_ms IS NULL AND is_listed = 1 GROUP BY kind ORDER BY kind
            """,
            .integer(now.value),
            .text(code)
        ) { row -> FindingTally? in
            FindingKind(word: row.text(0)).map { kind in
                FindingTally(kind: kind, open: row.int(1) - row.int(2), overdue: row.int(3), waived: row.int(2))
            }
        }.compactMap(\.self)
    }
}
