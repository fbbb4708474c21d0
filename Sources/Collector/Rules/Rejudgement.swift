internal import Shared

/// Judges a device again from what it reported: by another catalog than before, by another approval of products, or because
/// it is in service again.
struct Rejudgement {
    let sql: SQLTransaction
    let policy: Policy
    let catalog: Catalog
    let now: Milliseconds

    /// What changes by it.
    struct Change: Sendable, Hashable {
        /// Whether a newer catalog is the reason.
        var isByCatalog = true
        var opened: [FindingKind] = []
        var closed: [FindingKind] = []
        /// Unknown antiviruses of the device that the catalog knows, or knows to be none.
        var resolved: [String] = []
    }

    /// What would change; changes nothing.
    ///
    /// `nil` for a device that is revoked, or that was judged by a catalog of this version or above and by this approval.
    func preview(_ id: String) throws -> Change? {
        try entry(id).map(change)
    }

    /// Judges a device that comes back into service, whatever judged it before: its findings, and a seat or a place in
    /// the queue.
    ///
    /// Nothing happens to one that has never reported.
    func comeBack(_ id: String) throws {
        guard let entry = try entry(id, isReturning: true) else { return }
        _ = try DeviceLedger(sql: sql, policy: policy, now: now).settle(entry)
    }

    /// Judges the device and writes it down.
    ///
    /// `nil` as in `preview`.
    func apply(_ id: String) throws -> Change? {
        guard let entry = try entry(id) else { return nil }
        let result = try DeviceLedger(sql: sql, policy: policy, now: now).settle(entry)
        try DeviceStore(sql: sql).recordJudgement(
            id,
            DeviceFigures(
                catalogVersion: max(catalog.version, entry.state.catalogVersion),
                approval: policy.approval,
                antivirus: result.antivirus
            )
        )
        let change = change(entry)
        if !change.opened.isEmpty || !change.closed.isEmpty {
            try AuditStore(sql: sql).add(
                actor: change.isByCatalog ? "catalog:\(catalog.version)" : "policy:\(policy.revision)",
                action: "device-judged-again",
                target: id,
                detail: "opened: \(Self.words(change.opened)); closed: \(Self.words(change.closed))",
                now: now
            )
        }
        return change
    }

    private func entry(_ id: String, isReturning: Bool = false) throws -> DeviceLedger.Entry? {
        guard let state = try DeviceStore(sql: sql).state(id), !state.isRevoked,
            isReturning || state.catalogVersion < catalog.version || state.approval < policy.approval,
            let platform = state.platform, let stored = try InventoryStore(sql: sql).inventory(id)
        else { return nil }
        // What a newer catalog recognized is taken as it is.
        let whole = state.catalogVersion < catalog.version ? catalog.reclassified(stored, on: platform) : stored
        let open = try FindingStore(sql: sql).open(of: id)
        // What is stored may hold facts of sources that the last report could not read: they close nothing and open
        // nothing, as in the report itself.
        let readable = Set(whole.sources.lazy.filter { $0.state == .complete }.map(\.source))
        let (judgement, effective) = OneAntivirusRule(approvedFamilies: policy.approvedFamilies).judge(
            whole.only(from: readable),
            after: whole,
            open: open.members(among: stored.products),
            // Going out of service proved nothing about the product.
            hadApproved: isReturning || state.seat != .none
        )
        return DeviceLedger.Entry(
            place: ReportPlace(deviceID: id, epoch: state.epoch, sequence: state.sequence),
            state: state,
            stored: stored,
            effective: effective,
            judgement: judgement,
            open: open,
            isHeard: false
        )
    }

    private func change(_ entry: DeviceLedger.Entry) -> Change {
        let before = FindingKind.judged.intersection(entry.open.map(\.kind))
        let after = Set(entry.judgement.findings.keys)
        let families = Set(entry.effective.products.map(\.family))
        return Change(
            isByCatalog: entry.state.catalogVersion < catalog.version,
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
