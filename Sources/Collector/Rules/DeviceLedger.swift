internal import Shared

/// Writes down what follows from a judgement: products, findings, seat, and the figures in the device's row.
struct DeviceLedger {
    let sql: SQLTransaction
    let policy: Policy
    let now: Milliseconds

    /// What is judged, and how it was judged.
    struct Entry {
        /// The report that it follows from: the last one.
        var place: ReportPlace
        /// As it was before.
        var state: DeviceState
        /// As it is stored.
        var stored: Inventory?
        /// What takes its place.
        var effective: Inventory
        /// Of the catalog that recognized what takes its place.
        var catalogVersion: Int
        var judgement: OneAntivirusRule.Judgement
        var open: [FindingRecord]
    }

    /// - Returns: the findings that are open now, and the seat.
    func settle(_ entry: Entry) throws -> (findings: [FindingRecord], seat: SeatState) {
        let id = entry.place.deviceID
        try InventoryStore(sql: sql).replace(id, entry.stored, with: entry.effective, now: now)
        let findings = try FindingLedger(sql: sql, now: now).settle(
            entry.place,
            judgement: entry.judgement,
            products: entry.effective.products,
            open: entry.open
        )
        let seat = try SeatLedger(sql: sql, term: policy.term, now: now).settle(
            id,
            unit: entry.state.unitCode,
            hasApproved: entry.judgement.hasApproved,
            current: entry.state.seat
        )
        try DeviceStore(sql: sql).recordFigures(
            id,
            DeviceFigures(
                catalogVersion: entry.catalogVersion,
                openFindings: findings.count,
                violations: findings.count { $0.kind.isViolation },
                antivirus: entry.effective.products.filter(\.isConfirmedAntivirus).map(\.name).sorted()
            )
        )
        return (findings, seat)
    }
}
