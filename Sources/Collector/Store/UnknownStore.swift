internal import Shared

/// Something like an antivirus that no catalog knows, over all devices that have it.
struct UnknownRecord: Sendable, Hashable {
    /// `unknown-…`.
    var family: String
    var name: String
    var vendor: String
    var devices: Int
    /// Units that have such devices.
    var units: Int
    var firstSeenAt: Milliseconds
    /// The device whose words these are.
    var exampleDeviceID: String
    /// What that device reported about it.
    var facts: [Fact]
}

/// SQL of products that no catalog knows; of devices that are not revoked.
struct UnknownStore {
    /// Word by word the condition of the index `product_unknown`, or the index is of no use.
    private static let isUnknown = "substr(family, 1, 8) = 'unknown-'"

    let sql: SQLTransaction

    /// One page, those on most devices first.
    func page(after: (devices: Int, family: String)?, limit: Int) throws -> [UnknownRecord] {
        let rows = try sql.rows(
            """
            SELECT counts.family, product.name, product.vendor, counts.devices, counts.units, counts.first_seen,
                counts.example
            FROM (
                SELECT product.family, count(*) AS devices, count(DISTINCT device.unit_code) AS units,
                    coalesce(min(product.first_seen_ms), 0) AS first_seen, min(device.device_id) AS example
                FROM product JOIN device ON device.device_id = product.device_id
                WHERE \(Self.isUnknown) AND device.revoked_at_ms IS NULL
                GROUP BY product.family
            ) AS counts
            JOIN product ON product.device_id = counts.example AND product.family = counts.family
            WHERE counts.devices < $1 OR counts.devices = $1 AND counts.family > $2
            ORDER BY counts.devices DESC, counts.family LIMIT $3
            """,
            .integer(after?.devices ?? Int.max),
            .text(after?.family ?? ""),
            .integer(limit)
        ) { row in
            UnknownRecord(
                family: row.text(0),
                name: row.text(1),
                vendor: row.text(2),
                devices: row.int(3),
                units: row.int(4),
                firstSeenAt: Milliseconds(row.integer(5)),
                exampleDeviceID: row.text(6),
                facts: []
            )
        }
        let inventories = InventoryStore(sql: sql)
        return try rows.map { row in
            var row = row
            row.facts = try inventories.facts(row.exampleDeviceID, family: row.family)
            return row
        }
    }

    func count() throws -> Int {
        try sql.first(
            """
            SELECT count(DISTINCT product.family) FROM product JOIN device ON device.device_id = product.device_id
            WHERE \(Self.isUnknown) AND device.revoked_at_ms IS NULL
            """
        ) { $0.int(0) } ?? 0
    }

    /// Whether any device has it.
    func exists(_ family: String) throws -> Bool {
        try sql.first(
            "SELECT 1 FROM product WHERE \(Self.isUnknown) AND family = $1 LIMIT 1",
            .text(family)
        ) { $0.int(0) } != nil
    }
}
