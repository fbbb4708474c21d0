internal import Shared

/// What was decided about a unit.
struct UnitChangeRecord: Sendable, Hashable {
    /// Raw values are the numbers of `khien.v1.UnitChangeKind` on the wire, and what the database keeps.
    enum Kind: Int, Sendable, Hashable, CaseIterable {
        case add = 1
        case rename = 2
        case merge = 3
        case split = 4
        case close = 5
    }

    /// 0 before it is written down.
    var id: Int64 = 0
    var kind: Kind
    /// The new one, the one that was renamed, closed or split, or the one that the other went into.
    var unit: String
    /// The one that went into it, or that was split off.
    var other: String?
    var effectiveOn: Day
    var document: String
    var reason: String
    var officer: String
    var recordedAt: Milliseconds
    /// Where it was renamed.
    var formerName = ""
    /// Where it was put into another group; kept in the audit only.
    var formerGroup = ""
    /// Seats and devices in service that went along.
    var seats = 0
    var devices = 0
    /// Officers whose unit is another one now.
    var officers: [String] = []
}

/// SQL of what changes about units, and of what goes along.
struct UnitChangeStore {
    let sql: SQLTransaction

    /// Writes a change down.
    /// - Returns: it, with its number.
    func insert(_ change: UnitChangeRecord) throws -> UnitChangeRecord {
        try sql.execute(
            """
            INSERT INTO unit_change (kind, unit_code, other_code, effective_on, document, reason, officer, at_ms,
                former_name, seats, devices, officers)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            """,
            .integer(change.kind.rawValue),
            .text(change.unit),
            .optional(change.other),
            .text(change.effectiveOn.description),
            .text(change.document),
            .text(change.reason),
            .text(change.officer),
            .integer(change.recordedAt.value),
            .text(change.formerName),
            .integer(change.seats),
            .integer(change.devices),
            .text(change.officers.joined(separator: "\n"))
        )
        var written = change
        written.id = try sql.first("SELECT max(change_id) FROM unit_change") { $0.integer(0) } ?? 0
        return written
    }

    /// The changes that a unit, or one that went into it, had a part in; the last first.
    func changes(of code: String, limit: Int) throws -> [UnitChangeRecord] {
        try sql.rows(
            """
            \(UnitStore.lineage)
            SELECT change_id, kind, unit_code, other_code, effective_on, document, reason, officer, at_ms, former_name,
                seats, devices, officers
            FROM unit_change
            WHERE unit_code IN (SELECT code FROM lineage) OR other_code IN (SELECT code FROM lineage)
            ORDER BY change_id DESC LIMIT $2
            """,
            .text(code),
            .integer(limit)
        ) { row -> UnitChangeRecord? in
            guard let kind = UnitChangeRecord.Kind(rawValue: row.int(1)), let effectiveOn = Day(row.text(4)) else {
                return nil
            }
            return UnitChangeRecord(
                id: row.integer(0),
                kind: kind,
                unit: row.text(2),
                other: row.optionalText(3),
                effectiveOn: effectiveOn,
                document: row.text(5),
                reason: row.text(6),
                officer: row.text(7),
                recordedAt: Milliseconds(row.integer(8)),
                formerName: row.text(9),
                seats: row.int(10),
                devices: row.int(11),
                officers: row.text(12).split(separator: "\n").map(String.init)
            )
        }.compactMap(\.self)
    }

    /// The day of a unit's last change.
    func lastDay(of code: String) throws -> Day? {
        try sql.first(
            "SELECT max(effective_on) FROM unit_change WHERE unit_code = $1 OR other_code = $1",
            .text(code)
        ) { $0.optionalText(0).flatMap { Day($0) } } ?? nil
    }

    /// Who changed a unit last, for whoever came too late.
    func lastActor(of code: String) throws -> (actor: String, at: Milliseconds)? {
        try sql.first(
            """
            SELECT actor, at_ms FROM audit WHERE target = $1 AND action LIKE 'unit-%'
            ORDER BY at_ms DESC, audit_id DESC LIMIT 1
            """,
            .text("unit:\(code)")
        ) { ($0.text(0), Milliseconds($0.integer(1))) }
    }

    func rename(_ code: String, name: String, group: String) throws {
        try sql.execute(
            "UPDATE unit SET name = $1, unit_group = $2, revision = revision + 1 WHERE code = $3",
            .text(name),
            .text(group),
            .text(code)
        )
    }

    /// Marks a unit as changed, so that who decides on an earlier look is told.
    func touch(_ code: String) throws {
        try sql.execute("UPDATE unit SET revision = revision + 1 WHERE code = $1", .text(code))
    }

    func close(_ code: String, on day: Day, successor: String?) throws {
        try sql.execute(
            "UPDATE unit SET closed_on = $1, successor = $2, revision = revision + 1 WHERE code = $3",
            .text(day.description),
            .optional(successor),
            .text(code)
        )
    }

    /// A unit's accounts that hold seats or have some in use, of every term.
    func accounts(of code: String) throws -> [(term: Int64, cap: Int, used: Int)] {
        try sql.rows(
            "SELECT term_id, cap, used FROM seat_account WHERE unit_code = $1 AND (cap > 0 OR used > 0) ORDER BY term_id",
            .text(code)
        ) { ($0.integer(0), $0.int(1), $0.int(2)) }
    }

    /// Moves seats in use from one unit's account to another's; the caps are the ledger's.
    func moveUsed(
        _ seats: Int,
        from: (term: Int64, unit: String),
        to: (term: Int64, unit: String)
    ) throws {
        guard seats > 0 else { return }
        try sql.execute(
            """
            INSERT INTO seat_account (term_id, unit_code, cap)
            SELECT $1, $2, 0 WHERE NOT EXISTS (SELECT 1 FROM seat_account WHERE term_id = $1 AND unit_code = $2)
            """,
            .integer(to.term),
            .text(to.unit)
        )
        for (account, change) in [(from, -seats), (to, seats)] {
            try sql.execute(
                "UPDATE seat_account SET used = used + $1 WHERE term_id = $2 AND unit_code = $3",
                .integer(change),
                .integer(account.term),
                .text(account.unit)
            )
        }
    }

    /// Moves all that belongs to a unit, except for the balances of its accounts.
    ///
    /// Set-based: figures and open findings follow by triggers, places in the queue by their own times.
    /// - Returns: names of the officers who are not revoked.
    func moveAll(from: String, to: String, now: Milliseconds) throws -> [String] {
        let officers = try sql.rows(
            "SELECT name FROM officer WHERE unit_code = $1 AND revoked_at_ms IS NULL ORDER BY name",
            .text(from)
        ) { $0.text(0) }
        try sql.execute(
            """
            INSERT INTO seat_event (device_id, term_id, unit_code, event, at_ms)
            SELECT device_id, term_id, $1, 'moved', $2 FROM seat WHERE unit_code = $3
            """,
            .text(to),
            .integer(now.value),
            .text(from)
        )
        for statement in [
            "UPDATE seat SET unit_code = $1 WHERE unit_code = $2",
            "UPDATE device SET unit_code = $1 WHERE unit_code = $2",
            // The open ones went with their devices: these are the closed ones, also of devices that had left before.
            "UPDATE finding SET unit_code = $1 WHERE unit_code = $2 AND closed_at_ms IS NOT NULL",
            "UPDATE token SET unit_code = $1 WHERE unit_code = $2",
            "UPDATE officer SET unit_code = $1 WHERE unit_code = $2",
            "UPDATE seat_request SET unit_code = $1, revision = revision + 1 WHERE unit_code = $2 AND state = 1",
        ] {
            try sql.execute(statement, .text(to), .text(from))
        }
        try sql.execute(
            """
            UPDATE unit_figure SET last_report_at_ms = (
                SELECT max(last_report_at_ms) FROM unit_figure WHERE unit_code IN ($1, $2)
            ) WHERE unit_code = $1
            """,
            .text(to),
            .text(from)
        )
        try moveContact(from: from, to: to)
        return officers
    }

    /// The officer in charge goes along where the other unit has named none.
    private func moveContact(from: String, to: String) throws {
        try sql.execute(
            """
            UPDATE unit SET contact_name = former.contact_name, contact_phone = former.contact_phone,
                contact_email = former.contact_email, trained_on = former.trained_on
            FROM unit AS former
            WHERE former.code = $1 AND unit.code = $2 AND unit.contact_name = '' AND unit.contact_phone = ''
                AND unit.contact_email = '' AND former.contact_name <> ''
            """,
            .text(from),
            .text(to)
        )
    }

    /// Writes an audit row for each request, token and officer that a change of its unit takes along, under its own name.
    func auditMove(from: String, to: String, by actor: String, now: Milliseconds) throws {
        for (action, target, table, condition) in [
            ("officer-moved", "name", "officer", "revoked_at_ms IS NULL"),
            ("token-moved", "token_id", "token", "revoked_at_ms IS NULL"),
            ("request-moved", "'request:' || request_id", "seat_request", "state = 1"),
        ] {
            try audit(action, target, of: table, condition, unit: from, detail: "\(from) -> \(to)", actor, now: now)
        }
    }

    /// Writes an audit row for each request and token that ends with its unit.
    func auditClosing(of code: String, by actor: String, now: Milliseconds) throws {
        for (action, target, table, condition) in [
            ("request-withdrawn", "'request:' || request_id", "seat_request", "state = 1"),
            ("token-revoked", "token_id", "token", "revoked_at_ms IS NULL"),
        ] {
            try audit(action, target, of: table, condition, unit: code, detail: "unit \(code) closed", actor, now: now)
        }
    }

    private func audit(
        _ action: String,
        _ target: String,
        of table: String,
        _ condition: String,
        unit: String,
        detail: String,
        _ actor: String,
        now: Milliseconds
    ) throws {
        try sql.execute(
            """
            INSERT INTO audit (at_ms, actor, action, target, detail)
            SELECT $1, $2, $3, \(target), $4 FROM \(table) WHERE unit_code = $5 AND \(condition)
            """,
            .integer(now.value),
            .text(actor),
            .text(action),
            .text(detail),
            .text(unit)
        )
    }

    /// Tokens that could still be used are good no more.
    func revokeTokens(of code: String, now: Milliseconds) throws {
        try sql.execute(
            "UPDATE token SET revoked_at_ms = $1 WHERE unit_code = $2 AND revoked_at_ms IS NULL",
            .integer(now.value),
            .text(code)
        )
    }

    // MARK: Splits

    func moveDevice(_ id: String, to code: String) throws {
        try sql.execute("UPDATE device SET unit_code = $1 WHERE device_id = $2", .text(code), .text(id))
    }

    /// Seats of a product that devices of a new unit hold in the account of the one that they came from; those of one term
    /// first, then whoever has had the product longest.
    func heldSeats(ofDevicesIn code: String, from: String, term: TermRecord) throws -> [(device: String, term: Int64)] {
        try sql.rows(
            """
            SELECT seat.device_id, seat.term_id FROM device JOIN seat ON seat.device_id = device.device_id
            WHERE device.unit_code = $1 AND seat.unit_code = $2 AND seat.state = 1 AND seat.product_family = $3
            ORDER BY CASE WHEN seat.term_id = $4 THEN 0 ELSE 1 END, seat.queued_at_ms, seat.device_id
            """,
            .text(code),
            .text(from),
            .text(term.productFamily),
            .integer(term.id)
        ) { ($0.text(0), $0.integer(1)) }
    }

    /// Moves one seat to a unit's account in a term, with everything else as it was.
    func moveSeat(_ deviceID: String, to code: String, term: Int64) throws {
        try sql.execute(
            "UPDATE seat SET unit_code = $1, term_id = $2 WHERE device_id = $3",
            .text(code),
            .integer(term),
            .text(deviceID)
        )
    }

    /// The devices of a unit whose seat, or place in a queue, is another unit's.
    func devicesWithSeatElsewhere(_ code: String) throws -> [String] {
        try sql.rows(
            """
            SELECT seat.device_id FROM device JOIN seat ON seat.device_id = device.device_id
            WHERE device.unit_code = $1 AND seat.unit_code <> $1
            ORDER BY seat.priority, seat.queued_at_ms, seat.device_id
            """,
            .text(code)
        ) { $0.text(0) }
    }
}
