internal import Shared

/// SQL of devices that leave service, come back, and move.
extension DeviceStore {
    /// Takes a device out of service or brings it back; figures and findings follow by triggers.
    ///
    /// `keeper`: of a merged one, the record that is kept.
    func setLife(_ id: String, _ life: DeviceLife, keeper: String? = nil, now: Milliseconds) throws {
        try sql.execute(
            "UPDATE device SET life = $1, life_at_ms = $2, merged_into = $3 WHERE device_id = $4",
            .integer(life.rawValue),
            .integer(now.value),
            .optional(keeper),
            .text(id)
        )
    }

    /// Moves a device; figures and open findings follow by triggers, the seat does not.
    func setUnit(_ id: String, _ unit: String) throws {
        try sql.execute("UPDATE device SET unit_code = $1 WHERE device_id = $2", .text(unit), .text(id))
    }

    /// The record that a merged one was merged into.
    func keeper(of id: String) throws -> String? {
        try sql.first("SELECT merged_into FROM device WHERE device_id = $1", .text(id)) { $0.optionalText(0) } ?? nil
    }

    /// Records that were merged into one; of one unit where one is given.
    func merged(into id: String, unit: String?) throws -> [String] {
        try sql.rows(
            """
            SELECT device_id FROM device WHERE merged_into = $1 AND ($2 IS NULL OR unit_code = $2)
            ORDER BY device_id LIMIT 1000
            """,
            .text(id),
            .optional(unit)
        ) { $0.text(0) }
    }

    /// Since when a unit is closed; `nil` for one that is not.
    func closing(ofUnit code: String) throws -> String? {
        try sql.first("SELECT closed_on FROM unit WHERE code = $1", .text(code)) { $0.optionalText(0) } ?? nil
    }
}
