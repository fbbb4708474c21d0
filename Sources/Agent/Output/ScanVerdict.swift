internal import Shared

/// What the rule says about a scan, with the products' names.
struct ScanVerdict {
    /// One broken rule.
    struct Finding {
        var kind: FindingKind
        var families: [String]
        var names: [String]
    }

    /// Sorted by kind.
    var findings: [Finding]
    /// Whether the approved product is proven to be installed.
    var hasApproved: Bool
    /// Whether enough was read for what is not in the scan to be known as not there.
    var provesAbsence: Bool

    /// Judges a scan by itself.
    init(_ scan: Scan, rule: OneAntivirusRule) {
        let judgement = rule.judge(scan.inventory)
        var names: [String: String] = [:]
        for product in scan.inventory.products { names[product.family] = product.name }
        findings = judgement.findings.keys.sorted().map { kind in
            let families = judgement.findings[kind] ?? []
            return Finding(kind: kind, families: families, names: families.map { names[$0] ?? $0 })
        }
        hasApproved = judgement.hasApproved
        provesAbsence = scan.inventory.provesAbsence
    }
}
