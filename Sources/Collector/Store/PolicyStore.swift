/// What the province has decided, as far as a report is judged by it.
struct Policy: Sendable, Hashable {
    /// The contract whose seats are counted.
    var term: TermRecord
    /// Families whose antivirus is approved.
    var approvedFamilies: Set<String>
    /// Seconds between two reports of a device.
    var reportIntervalSeconds: Int
    /// Days after which a device that was not heard of counts as silent.
    var silentAfterDays: Int
    /// Days for which a report without an inventory is kept.
    var heartbeatRetentionDays: Int
    /// Days for which a report with an inventory is kept.
    var inventoryRetentionDays: Int
}

/// SQL of the table `setting` and of the contract in force.
struct PolicyStore {
    let sql: SQLTransaction

    func policy() throws -> Policy {
        guard let term = try SeatStore(sql: sql).currentTerm() else {
            throw CollectorError(
                .internal,
                "The database holds no term. Run khien-collector init on a new data directory."
            )
        }
        let settings = Dictionary(
            try sql.rows("SELECT name, value FROM setting") { ($0.text(0), $0.text(1)) },
            uniquingKeysWith: { first, _ in first }
        )
        func number(_ name: String, default fallback: Int, in range: ClosedRange<Int>) -> Int {
            guard let value = settings[name].flatMap({ Int($0) }), range.contains(value) else { return fallback }
            return value
        }
        return Policy(
            term: term,
            approvedFamilies: [term.productFamily],
            reportIntervalSeconds: number("report_interval_seconds", default: 900, in: 10...86400),
            silentAfterDays: number("silent_after_days", default: 7, in: 1...365),
            heartbeatRetentionDays: number("heartbeat_retention_days", default: 7, in: 1...3650),
            inventoryRetentionDays: number("inventory_retention_days", default: 400, in: 1...3650)
        )
    }

    func set(_ name: String, _ value: String) throws {
        try sql.execute(
            "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            .text(name),
            .text(value)
        )
    }
}
