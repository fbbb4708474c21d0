internal import Shared

/// Judges a device again from what it reported, by another catalog than before.
struct Rejudgement {
    let sql: SQLTransaction
    let policy: Policy
    let catalog: Catalog
    let now: Milliseconds

    /// What changes by it.
    struct Change: Sendable, Hashable {
        var opened: [FindingKind] = []
        var closed: [FindingKind] = []
        /// Unknown antiviruses of the device that the catalog knows, or knows to be none.
        var resolved: [String] = []
    }

    /// What would change; changes nothing.
    ///
    /// `nil` for a device that is revoked, or that a catalog of this version or above has judged.
    func preview(_ id: String) throws -> Change? {
        try entry(id).map(change)
    }

    /// Judges the device and writes it down.
    ///
    /// `nil` as in `preview`.
    func apply(_ id: String) throws -> Change? {
        guard let entry = try entry(id) else { return nil }
        _ = try DeviceLedger(sql: sql, policy: policy, now: now).settle(entry)
        let change = change(entry)
        if !change.opened.isEmpty || !change.closed.isEmpty {
            try AuditStore(sql: sql).add(
                actor: "catalog:\(catalog.version)",
                action: "device-judged-again",
                target: id,
                detail: "opened: \(Self.words(change.opened)); closed: \(Self.words(change.closed))",
                now: now
            )
        }
        return change
    }

    private func entry(_ id: String) throws -> DeviceLedger.Entry? {
        guard let state = try DeviceStore(sql: sql).state(id), !state.isRevoked,
            state.catalogVersion < catalog.version,
            let platform = state.platform, let stored = try InventoryStore(sql: sql).inventory(id)
        else { return nil }
        let whole = catalog.reclassified(stored, on: platform)
        let open = try FindingStore(sql: sql).open(of: id)
        // What is stored may hold facts of sources that the last report could not read: they close nothing and open
        // nothing, as in the report itself.
        let readable = Set(whole.sources.lazy.filter { $0.state == .complete }.map(\.source))
        let (judgement, effective) = OneAntivirusRule(approvedFamilies: policy.approvedFamilies).judge(
            whole.only(from: readable),
            after: whole,
            open: Set(open.map(\.kind)),
            hadApproved: state.seat != .none
        )
        return DeviceLedger.Entry(
            place: ReportPlace(deviceID: id, epoch: state.epoch, sequence: state.sequence),
            state: state,
            stored: stored,
            effective: effective,
            catalogVersion: catalog.version,
            judgement: judgement,
            open: open
        )
    }

    private func change(_ entry: DeviceLedger.Entry) -> Change {
        let before = Set(entry.open.map(\.kind))
        let after = Set(entry.judgement.findings.keys)
        let families = Set(entry.effective.products.map(\.family))
        return Change(
            opened: after.subtracting(before).sorted(),
            closed: before.subtracting(after).sorted(),
            resolved: (entry.stored?.products ?? []).map(\.family)
                .filter { UnknownAntivirus.isKey($0) && !families.contains($0) }
        )
    }

    private static func words(_ kinds: [FindingKind]) -> String {
        kinds.isEmpty ? "none" : kinds.map(\.word).joined(separator: ", ")
    }
}

extension Inventory {
    /// What these sources alone say.
    fileprivate func only(from readable: Set<FactSource>) -> Inventory {
        var inventory = self
        inventory.products = products.compactMap { product in
            var product = product
            product.facts.removeAll { !readable.contains($0.source) }
            if let status = product.status, !readable.contains(status.source) { product.status = nil }
            return product.facts.isEmpty ? nil : product
        }
        return inventory
    }
}
