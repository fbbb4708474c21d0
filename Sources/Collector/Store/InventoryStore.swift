internal import Shared

/// SQL of what a device has: products, the facts behind them, and what its sources could tell.
struct InventoryStore {
    let sql: SQLTransaction

    /// The stored inventory; `nil` when the device has never sent one.
    func inventory(_ deviceID: String) throws -> Inventory? {
        let sources = try sql.rows(
            "SELECT source, state, reason, entries FROM source_status WHERE device_id = $1 ORDER BY source",
            .text(deviceID)
        ) { row -> SourceStatus? in
            guard let source = FactSource(rawValue: row.int(0)), let state = SourceStatus.State(rawValue: row.int(1))
            else { return nil }
            return SourceStatus(source: source, state: state, reason: row.text(2), entries: row.int(3))
        }
        guard !sources.isEmpty else { return nil }

        var facts: [String: [Fact]] = [:]
        _ = try sql.rows(
            """
            SELECT family, source, weight, role, is_weak, value, detail
            FROM fact WHERE device_id = $1 ORDER BY family, position
            """,
            .text(deviceID)
        ) { row in
            guard let source = FactSource(rawValue: row.int(1)), let weight = FactWeight(rawValue: row.int(2)),
                let role = ProductRole(rawValue: row.int(3))
            else { return }
            facts[row.text(0), default: []].append(
                Fact(
                    source: source,
                    weight: weight,
                    role: role,
                    isWeak: row.bool(4),
                    value: row.text(5),
                    detail: row.text(6)
                )
            )
        }
        let products = try sql.rows(
            "SELECT family, name, vendor, version FROM product WHERE device_id = $1 ORDER BY family",
            .text(deviceID)
        ) { row in
            Product(
                family: row.text(0),
                name: row.text(1),
                vendor: row.text(2),
                version: row.optionalText(3),
                facts: facts[row.text(0)] ?? []
            )
        }
        return Inventory(products: products, sources: sources.compactMap(\.self))
    }

    /// Puts an inventory in the place of the stored one; rows of what did not change stay as they are.
    func replace(_ deviceID: String, _ earlier: Inventory?, with inventory: Inventory) throws {
        let stored = Dictionary(
            (earlier?.products ?? []).map { ($0.family, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        let families = Set(inventory.products.map(\.family))
        for product in stored.values where !families.contains(product.family) { try remove(product, of: deviceID) }
        for product in inventory.products where stored[product.family] != product {
            if let former = stored[product.family] { try remove(former, of: deviceID) }
            try insert(product, of: deviceID)
        }
        guard earlier?.sources != inventory.sources else { return }
        try sql.execute("DELETE FROM source_status WHERE device_id = $1", .text(deviceID))
        for status in inventory.sources { try insert(status, of: deviceID) }
    }

    private func remove(_ product: Product, of deviceID: String) throws {
        try sql.execute(
            "DELETE FROM product WHERE device_id = $1 AND family = $2",
            .text(deviceID),
            .text(product.family)
        )
        try sql.execute(
            "DELETE FROM fact WHERE device_id = $1 AND family = $2",
            .text(deviceID),
            .text(product.family)
        )
    }

    private func insert(_ product: Product, of deviceID: String) throws {
        try sql.execute(
            "INSERT INTO product (device_id, family, name, vendor, version) VALUES ($1, $2, $3, $4, $5)",
            .text(deviceID),
            .text(product.family),
            .text(product.name),
            .text(product.vendor),
            .optional(product.version)
        )
        for (position, fact) in product.facts.enumerated() {
            try sql.execute(
                """
                INSERT INTO fact (device_id, family, position, source, weight, role, is_weak, value, detail)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                """,
                .text(deviceID),
                .text(product.family),
                .integer(position),
                .integer(fact.source.rawValue),
                .integer(fact.weight.rawValue),
                .integer(fact.role.rawValue),
                .boolean(fact.isWeak),
                .text(fact.value),
                .text(fact.detail)
            )
        }
    }

    private func insert(_ status: SourceStatus, of deviceID: String) throws {
        try sql.execute(
            """
            INSERT INTO source_status (device_id, source, state, reason, entries) VALUES ($1, $2, $3, $4, $5)
            """,
            .text(deviceID),
            .integer(status.source.rawValue),
            .integer(status.state.rawValue),
            .text(status.reason),
            .integer(status.entries)
        )
    }
}
