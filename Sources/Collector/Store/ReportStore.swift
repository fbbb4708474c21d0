/// SQL of the table `report`.
struct ReportStore {
    let sql: SQLTransaction

    /// The signed bytes that were acknowledged at this place of a device's sequence.
    func payload(_ deviceID: String, epoch: UInt64, sequence: UInt64) throws -> [UInt8]? {
        try sql.first(
            "SELECT payload FROM report WHERE device_id = $1 AND epoch = $2 AND sequence = $3",
            .text(deviceID),
            .integer(Int64(clamping: epoch)),
            .integer(Int64(clamping: sequence))
        ) { $0.blob(0) }
    }

    func insert(_ report: VerifiedReport, now: Milliseconds) throws {
        try sql.execute(
            """
            INSERT INTO report (device_id, epoch, sequence, received_at_ms, has_inventory, payload, signature)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """,
            .text(report.deviceID),
            .integer(Int64(clamping: report.epoch)),
            .integer(Int64(clamping: report.sequence)),
            .integer(now.value),
            .boolean(report.inventory != nil),
            .blob(report.payload),
            .blob(report.signature)
        )
    }

    /// Drops one device's reports that are past their time: those without an inventory sooner.
    func prune(_ deviceID: String, heartbeatsBefore: Milliseconds, inventoriesBefore: Milliseconds) throws {
        try sql.execute(
            """
            DELETE FROM report WHERE device_id = $1
                AND (received_at_ms < $2 AND has_inventory = 0 OR received_at_ms < $3)
            """,
            .text(deviceID),
            .integer(heartbeatsBefore.value),
            .integer(inventoriesBefore.value)
        )
    }
}
