internal import Shared

/// Writes down what follows from a judgement: products, findings, seat.
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
        var judgement: OneAntivirusRule.Judgement
        var open: [FindingRecord]
        /// Whether it follows from a report that came now, and not from what is stored.
        var isHeard = true
    }

    /// What holds for the device now.
    struct Result {
        /// Those that are open.
        var findings: [FindingRecord]
        var seat: SeatState
        /// Names of confirmed antivirus products.
        var antivirus: [String]
    }

    /// Writes everything but the device's own row, of which the figures of findings alone, where they change.
    func settle(_ entry: Entry) throws -> Result {
        let id = entry.place.deviceID
        try InventoryStore(sql: sql).replace(id, entry.stored, with: entry.effective, now: now)
        let judged = try FindingLedger(sql: sql, policy: policy, now: now).settle(
            entry.place,
            judgement: entry.judgement,
            products: entry.effective.products,
            open: entry.open
        )
        let seat =
            try !mayHaveSeat(entry)
            ? SeatState.none
            : try SeatLedger(sql: sql, policy: policy, now: now).settle(
                id,
                unit: entry.state.unitCode,
                approved: entry.judgement.approved,
                current: entry.state.seat,
                isHeard: entry.isHeard
            )
        // With several products ever, a seat may have become another one's, and closed findings on the way.
        let isSame = seat == entry.state.seat && !policy.terms.hasSeveralProducts
        let findings = isSame ? judged : try FindingStore(sql: sql).open(of: id)
        let figures = FindingFigures(findings, policy: policy)
        if figures != entry.state.findings || seat != entry.state.seat {
            try DeviceStore(sql: sql).recordFindings(id, figures)
        }
        return Result(
            findings: findings,
            seat: seat,
            antivirus: entry.effective.products.filter(\.isConfirmedAntivirus).map(\.name).sorted()
        )
    }

    /// What is out of service takes no seat, whatever it reports, nor does a device that came back into a closed unit: there
    /// are none, and nobody waits for one.
    private func mayHaveSeat(_ entry: Entry) throws -> Bool {
        guard entry.state.life == .inService else { return false }
        // Who has one is in a unit that stands; who has no product that is licensed asks for none.
        guard entry.state.seat == .none, !entry.judgement.approved.isEmpty else { return true }
        return try DeviceStore(sql: sql).closing(ofUnit: entry.state.unitCode) == nil
    }
}
