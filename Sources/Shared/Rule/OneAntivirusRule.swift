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
        /// The approved families that are proven to be installed, in the order of their names.
        public var approved: [String]
        /// Whether there is one.
        public var hasApproved: Bool { !approved.isEmpty }
    }

    /// Judges one inventory by itself.
    public func judge(_ inventory: Inventory) -> Judgement {
        let active = inventory.products
            .filter { ($0.isConfirmedAntivirus && !inventory.mayStandAside($0)) || $0.isActiveBuiltIn }
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
        // That nothing but a list names a product is known only when everything else was read.
        let ghosts = inventory.provesAbsence ? inventory.ghosts : []
        if !ghosts.isEmpty { findings[.ghostRegistration] = ghosts }
        let unprotected = inventory.products.filter(\.isUnprotected).map(\.family).sorted()
        if !unprotected.isEmpty { findings[.protectionOff] = unprotected }
        let outdated = inventory.products.filter(\.isOutdated).map(\.family).sorted()
        if !outdated.isEmpty { findings[.outdatedSignatures] = outdated }
        return Judgement(findings: findings, approved: installed.filter { approvedFamilies.contains($0) })
    }

    /// Judges an inventory in the light of the one before it and of the findings that are open.
    ///
    /// A finding opens only on what this inventory proves by itself, and closes only when this inventory proves that it no
    /// longer holds: what a failed probe could not see is taken from the earlier inventory for closing, never for opening.
    /// A product likewise leaves an open finding by proof only, and so is the approved product given up.
    ///
    /// - Parameters:
    ///   - inventory: What the device says now.
    ///   - earlier: The inventory that was stored before, with what it carried itself; `nil` for a new device.
    ///   - open: The device's open findings, each with the families that it is about.
    ///   - hadApproved: Whether the approved product was proven before.
    /// - Returns: the judgement, and the inventory to store.
    public func judge(
        _ inventory: Inventory,
        after earlier: Inventory?,
        open: [FindingKind: Set<String>],
        hadApproved: Bool
    ) -> (judgement: Judgement, effective: Inventory) {
        guard let earlier else { return (judge(inventory), inventory) }
        let effective = inventory.carryingForward(earlier)
        let now = judge(inventory.standingAside(as: effective))
        let carried = judge(effective)

        var findings = now.findings
        for (kind, members) in open {
            if let proven = findings[kind] {
                findings[kind] = members.intersection(carried.findings[kind] ?? []).union(proven).sorted()
                continue
            }
            if let families = carried.findings[kind] { findings[kind] = families }
            // Absence that was proven once is not disproven by a probe that fails now.
            if kind == .noAntivirus, !inventory.provesAbsence, !carried.hasAntivirus(in: effective) {
                findings[kind] = []
            }
            if kind == .ghostRegistration, !inventory.provesAbsence, !effective.ghosts.isEmpty {
                findings[kind] = effective.ghosts
            }
        }
        // An antivirus that only an earlier inventory knows is still one: nothing proves that there is none.
        if carried.hasAntivirus(in: effective) { findings[.noAntivirus] = nil }
        return (
            Judgement(
                findings: findings,
                approved: Set(now.approved).union(hadApproved ? carried.approved : []).sorted()
            ),
            effective
        )
    }
}

extension Inventory {
    /// Antiviruses that can be told to stand aside for another one, and say so only themselves.
    private static let modestFamilies: Set<String> = ["microsoft-defender-endpoint"]

    /// Whether an antivirus stands aside, or may do so because it could not be asked.
    fileprivate func mayStandAside(_ product: Product) -> Bool {
        if product.standsAside { return true }
        return product.status?.protection == nil && Self.modestFamilies.contains(product.family)
            && sources.contains { $0.source == .vendorState && ($0.state == .unavailable || $0.state == .partial) }
    }

    /// This inventory with the products that could not be asked now, and said before that they stand aside: an answer that is
    /// missing opens no conflict.
    fileprivate func standingAside(as effective: Inventory) -> Inventory {
        let aside = Dictionary(
            effective.products.lazy.filter(\.standsAside).map { ($0.family, $0.status) },
            uniquingKeysWith: { first, _ in first }
        )
        var known = self
        for index in known.products.indices where known.products[index].status?.protection == nil {
            if let status = aside[known.products[index].family] { known.products[index].status = status }
        }
        return known
    }

    /// Families that only lists name.
    fileprivate var ghosts: [String] { products.filter(\.isGhost).map(\.family).sorted() }
}

extension Product {
    /// An antivirus that is there and says that it does not protect; standing aside for another one is not meant.
    fileprivate var isUnprotected: Bool {
        guard isConfirmedAntivirus else { return false }
        return switch status?.protection {
        case .off, .snoozed, .expired: true
        case .on, .passive, nil: false
        }
    }

    /// An antivirus that is there, or the system's own while it is the one that protects, with old signatures.
    fileprivate var isOutdated: Bool {
        (isConfirmedAntivirus || isActiveBuiltIn) && status?.signatures == .outdated
    }
}

extension OneAntivirusRule.Judgement {
    fileprivate func hasAntivirus(in inventory: Inventory) -> Bool {
        inventory.products.contains { $0.isConfirmedAntivirus || $0.isActiveBuiltIn }
    }
}
