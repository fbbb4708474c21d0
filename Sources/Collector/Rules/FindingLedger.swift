internal import Shared

/// Opens and closes a device's findings as a judgement says; history is never overwritten.
struct FindingLedger {
    let sql: SQLTransaction
    let now: Milliseconds

    /// Brings the open findings in line with a judgement.
    /// - Returns: the findings that are open now.
    func settle(
        _ report: ReportPlace,
        judgement: OneAntivirusRule.Judgement,
        products: [Product],
        open: [FindingRecord]
    ) throws -> [FindingRecord] {
        let findings = FindingStore(sql: sql)
        let names = Dictionary(products.map { ($0.family, $0.name) }, uniquingKeysWith: { first, _ in first })
        for finding in open {
            guard let families = judgement.findings[finding.kind] else {
                try findings.close(finding.id, by: report, now: now)
                continue
            }
            let named = families.map { names[$0] ?? $0 }
            if named != finding.products { try findings.setProducts(finding.id, named) }
        }
        let known = Set(open.map(\.kind))
        for (kind, families) in judgement.findings.sorted(by: { $0.key < $1.key }) where !known.contains(kind) {
            try findings.insert(kind, products: families.map { names[$0] ?? $0 }, by: report, now: now)
        }
        return try findings.open(of: report.deviceID)
    }
}
