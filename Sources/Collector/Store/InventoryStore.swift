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
            SELECT source, kind, weight, role, is_weak, value, publisher, detail, family
            FROM fact WHERE device_id = $1 ORDER BY family, position
            """,
            .text(deviceID)
        ) { row in
            guard let fact = Self.fact(row) else { return }
            facts[row.text(8), default: []].append(fact)
        }
        let products = try sql.rows(
            """
            SELECT family, name, vendor, version, status_source, protection, signatures, signatures_at, license, server,
                server_contact_at
            FROM product WHERE device_id = $1 ORDER BY family
            """,
            .text(deviceID)
        ) { row in
            Product(
                family: row.text(0),
                name: row.text(1),
                vendor: row.text(2),
                version: row.optionalText(3),
                facts: facts[row.text(0)] ?? [],
                status: Self.status(row)
            )
        }
        return Inventory(products: products, sources: sources.compactMap(\.self))
    }

    /// The facts of one product.
    func facts(_ deviceID: String, family: String) throws -> [Fact] {
        try sql.rows(
            """
            SELECT source, kind, weight, role, is_weak, value, publisher, detail
            FROM fact WHERE device_id = $1 AND family = $2 ORDER BY position
            """,
            .text(deviceID),
            .text(family),
            read: Self.fact
        ).compactMap(\.self)
    }

    private static func fact(_ row: SQLRow) -> Fact? {
        guard let source = FactSource(rawValue: row.int(0)), let weight = FactWeight(rawValue: row.int(2)),
            let role = ProductRole(rawValue: row.int(3))
        else { return nil }
        return Fact(
            source: source,
            kind: row.optionalInteger(1).flatMap { SignalKind(rawValue: Int($0)) },
            weight: weight,
            role: role,
            isWeak: row.bool(4),
            value: row.text(5),
            publisher: row.text(6),
            detail: row.text(7)
        )
    }

    private static func status(_ row: SQLRow) -> ProductStatus? {
        func word<Word: RawRepresentable<Int>>(_ index: Int) -> Word? {
            row.optionalInteger(index).flatMap { Word(rawValue: Int($0)) }
        }
        guard let source: FactSource = word(4) else { return nil }
        return ProductStatus(
            source: source,
            protection: word(5),
            signatures: word(6),
            signaturesAt: row.optionalInteger(7),
            license: word(8),
            server: row.text(9),
            serverContactAt: row.optionalInteger(10)
        )
    }

    /// Puts an inventory in the place of the stored one; rows of what did not change stay as they are.
    func replace(_ deviceID: String, _ earlier: Inventory?, with inventory: Inventory, now: Milliseconds) throws {
        let stored = Dictionary(
            (earlier?.products ?? []).map { ($0.family, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        let families = Set(inventory.products.map(\.family))
        for product in stored.values where !families.contains(product.family) { try remove(product, of: deviceID) }
        for product in inventory.products where stored[product.family] != product {
            try put(product, of: deviceID, now: now)
            if stored[product.family]?.facts == product.facts { continue }
            if stored[product.family] != nil { try removeFacts(product, of: deviceID) }
            for (position, fact) in product.facts.enumerated() {
                try insert(fact, at: position, of: product, on: deviceID)
            }
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
        try removeFacts(product, of: deviceID)
    }

    private func removeFacts(_ product: Product, of deviceID: String) throws {
        try sql.execute(
            "DELETE FROM fact WHERE device_id = $1 AND family = $2",
            .text(deviceID),
            .text(product.family)
        )
    }

    /// When it was first seen stays as it is.
    private func put(_ product: Product, of deviceID: String, now: Milliseconds) throws {
        try sql.execute(
            """
            INSERT INTO product (device_id, family, name, vendor, version, status_source, protection, signatures,
                                 signatures_at, license, server, server_contact_at, first_seen_ms)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            ON CONFLICT (device_id, family) DO UPDATE SET name = excluded.name, vendor = excluded.vendor,
                version = excluded.version, status_source = excluded.status_source, protection = excluded.protection,
                signatures = excluded.signatures, signatures_at = excluded.signatures_at, license = excluded.license,
                server = excluded.server, server_contact_at = excluded.server_contact_at
            """,
            .text(deviceID),
            .text(product.family),
            .text(product.name),
            .text(product.vendor),
            .optional(product.version),
            .optional(product.status?.source.rawValue),
            .optional(product.status?.protection?.rawValue),
            .optional(product.status?.signatures?.rawValue),
            .optional(product.status?.signaturesAt),
            .optional(product.status?.license?.rawValue),
            .text(product.status?.server ?? ""),
            .optional(product.status?.serverContactAt),
            .integer(now.value)
        )
    }

    private func insert(_ fact: Fact, at position: Int, of product: Product, on deviceID: String) throws {
        try sql.execute(
            """
            INSERT INTO fact (device_id, family, position, source, kind, weight, role, is_weak, value, publisher, detail)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            """,
            .text(deviceID),
            .text(product.family),
            .integer(position),
            .integer(fact.source.rawValue),
            .optional(fact.kind?.rawValue),
            .integer(fact.weight.rawValue),
            .integer(fact.role.rawValue),
            .boolean(fact.isWeak),
            .text(fact.value),
            .text(fact.publisher),
            .text(fact.detail)
        )
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
