/// Something that was done.
struct AuditRow: Sendable, Hashable {
    var at: Milliseconds
    var actor: String
    var action: String
    var detail: String
}

/// SQL of the table `audit`: who did what to what, in the same transaction as the deed.
struct AuditStore {
    let sql: SQLTransaction

    func add(actor: String, action: String, target: String, detail: String = "", now: Milliseconds) throws {
        try sql.execute(
            "INSERT INTO audit (at_ms, actor, action, target, detail) VALUES ($1, $2, $3, $4, $5)",
            .integer(now.value),
            .text(actor),
            .text(action),
            .text(target),
            .text(detail)
        )
    }

    /// Adds a row unless one of the same action and target was added within the hour, so that a device that repeats itself
    /// cannot fill the table.
    func addAtMostHourly(actor: String, action: String, target: String, now: Milliseconds) throws {
        guard try !holds(action, of: target, since: now.adding(seconds: -3600)) else { return }
        try add(actor: actor, action: action, target: target, now: now)
    }

    /// Whether an action on one thing was written down after a moment.
    func holds(_ action: String, of target: String, since moment: Milliseconds) throws -> Bool {
        try sql.first(
            "SELECT 1 FROM audit WHERE target = $1 AND action = $2 AND at_ms > $3",
            .text(target),
            .text(action),
            .integer(moment.value)
        ) { $0.int(0) } != nil
    }

    /// What was done to one thing, the last first.
    func rows(of target: String, limit: Int) throws -> [AuditRow] {
        try sql.rows(
            "SELECT at_ms, actor, action, detail FROM audit WHERE target = $1 ORDER BY at_ms DESC, audit_id DESC LIMIT $2",
            .text(target),
            .integer(limit)
        ) { row in
            AuditRow(at: Milliseconds(row.integer(0)), actor: row.text(1), action: row.text(2), detail: row.text(3))
        }
    }
}
