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
        let recent = try sql.first(
            "SELECT 1 FROM audit WHERE target = $1 AND action = $2 AND at_ms > $3",
            .text(target),
            .text(action),
            .integer(now.adding(seconds: -3600).value)
        ) { $0.int(0) }
        if recent == nil { try add(actor: actor, action: action, target: target, now: now) }
    }
}
