/// The province's rule: the approved antivirus on every device, and never several.
///
/// Pure: the same inventory gives the same judgement on the device and at the collector.
public struct OneAntivirusRule: Sendable {
    /// Families that the province licensed.
    public var approvedFamilies: Set<String>

    /// A rule that approves these families.
    public init(approvedFamilies: Set<String>) {
        self.approvedFamilies = approvedFamilies
    }

    /// What one inventory breaks.
    public struct Judgement: Sendable, Hashable {
        /// The findings that hold, each with the families it is about (empty for `noAntivirus`).
        public var findings: [FindingKind: [String]]
        /// Whether the approved product is proven to be installed.
        public var hasApproved: Bool
    }

    /// Judges one inventory by itself.
    public func judge(_ inventory: Inventory) -> Judgement {
        let active = inventory.products
            .filter { $0.isConfirmedAntivirus || $0.isActiveBuiltIn }
            .map(\.family)
            .sorted()
        let installed = inventory.products.filter(\.isConfirmedAntivirus).map(\.family).sorted()
        let unapproved = installed.filter { !approvedFamilies.contains($0) }

        var findings: [FindingKind: [String]] = [:]
        if active.count >= 2, !installed.isEmpty { findings[.multipleAntivirus] = active }
        if !unapproved.isEmpty { findings[.unapprovedAntivirus] = unapproved }
        if active.isEmpty, inventory.provesAbsence, !inventory.products.contains(where: \.mayBeAntivirus) {
            findings[.noAntivirus] = []
        }
        return Judgement(findings: findings, hasApproved: installed.contains { approvedFamilies.contains($0) })
    }

    /// Judges an inventory in the light of the one before it and of the findings that are open.
    ///
    /// A finding opens only on what this inventory proves by itself, and closes only when this inventory proves that it no
    /// longer holds: what a failed probe could not see is taken from the earlier inventory for closing, never for opening.
    /// The approved product likewise is given up only by proof.
    ///
    /// - Parameters:
    ///   - inventory: What the device says now.
    ///   - earlier: The inventory that was stored before, with what it carried itself; `nil` for a new device.
    ///   - open: The kinds of the device's open findings.
    ///   - hadApproved: Whether the approved product was proven before.
    /// - Returns: the judgement, and the inventory to store.
    public func judge(
        _ inventory: Inventory,
        after earlier: Inventory?,
        open: Set<FindingKind>,
        hadApproved: Bool
    ) -> (judgement: Judgement, effective: Inventory) {
        let now = judge(inventory)
        guard let earlier else { return (now, inventory) }
        let effective = inventory.carryingForward(earlier)
        let carried = judge(effective)

        var findings = now.findings
        for kind in open where findings[kind] == nil {
            if let families = carried.findings[kind] { findings[kind] = families }
            // Absence that was proven once is not disproven by a probe that fails now.
            if kind == .noAntivirus, !inventory.provesAbsence, !carried.hasAntivirus(in: effective) {
                findings[kind] = []
            }
        }
        // An antivirus that only an earlier inventory knows is still one: nothing proves that there is none.
        if carried.hasAntivirus(in: effective) { findings[.noAntivirus] = nil }
        return (
            Judgement(findings: findings, hasApproved: now.hasApproved || (hadApproved && carried.hasApproved)),
            effective
        )
    }
}

extension OneAntivirusRule.Judgement {
    fileprivate func hasAntivirus(in inventory: Inventory) -> Bool {
        inventory.products.contains { $0.isConfirmedAntivirus || $0.isActiveBuiltIn }
    }
}

extension Product {
    /// The operating system's own antivirus, while its protection runs.
    var isActiveBuiltIn: Bool {
        role == .builtIn && facts.contains { $0.role == .builtIn && $0.weight == .running && !$0.isWeak }
    }

    /// Not proven, but nothing to accuse a device of having no antivirus with either.
    var mayBeAntivirus: Bool {
        (role == .antivirus || role == .edr) && grade >= .registered
    }
}
