internal import Shared

/// A scan as people read it.
///
/// Text from the device is escaped, so that it cannot move the cursor or hide words.
struct ScanTable {
    let scan: Scan
    let verdict: ScanVerdict

    /// The whole text, ending with a line feed.
    var text: String {
        var lines = [
            "Device    \(shown(scan.host.name)) (\(shown(scan.host.operatingSystem)), \(shown(scan.host.architecture)))",
            "Catalog   version \(scan.catalogVersion)",
            "",
        ]
        lines += products
        lines += sources
        lines += findings
        return lines.joined(separator: "\n") + "\n"
    }

    private var products: [String] {
        guard !scan.inventory.products.isEmpty else { return ["No antivirus product was recognized.", ""] }
        var rows = [["PRODUCT", "VERSION", "ROLE", "GRADE"]]
        var facts: [[[String]]] = [[]]
        for product in scan.inventory.products {
            rows.append([shown(product.name), shown(product.version ?? "-"), product.role.word, product.grade.word])
            facts.append(
                product.facts.map { fact in
                    [
                        fact.weight.word,
                        fact.source.word,
                        shown(fact.value) + (fact.isWeak ? " (weak)" : ""),
                        shown(fact.detail),
                    ]
                }
            )
        }
        // All facts share their columns, so that the eye can go down them.
        let factLines = Self.aligned(facts.flatMap { $0 }).map { "    " + $0 }
        var lines: [String] = []
        var next = 0
        for (row, line) in Self.aligned(rows).enumerated() {
            lines.append(line)
            let count = facts[row].count
            lines += factLines[next..<(next + count)]
            next += count
        }
        return lines + [""]
    }

    private var sources: [String] {
        let rows = scan.inventory.sources
            .filter { $0.state != .complete && $0.state != .absent }
            .map { [$0.source.word, $0.state.word, shown($0.reason)] }
        guard !rows.isEmpty else { return [] }
        return ["Not read to the end:"] + Self.aligned(rows).map { "    " + $0 } + [""]
    }

    private var findings: [String] {
        guard !verdict.findings.isEmpty else {
            guard !verdict.hasApproved, !verdict.provesAbsence else { return ["Findings: none"] }
            return ["Findings: none proven; what could not be read may hide some"]
        }
        return ["Findings:"]
            + verdict.findings.map { finding in
                let names = finding.names.map { shown($0) }.joined(separator: ", ")
                return "    \(finding.kind.word): \(names.isEmpty ? "nothing protects this device" : names)"
            }
    }

    private func shown(_ text: String) -> String { PrintableText.escape(text, limit: 512) }

    /// Rows with columns of one width, two spaces apart, nothing behind the last.
    private static func aligned(_ rows: [[String]]) -> [String] {
        var widths: [Int] = []
        for row in rows {
            for (column, cell) in row.enumerated() {
                if column == widths.count { widths.append(0) }
                widths[column] = max(widths[column], cell.count)
            }
        }
        return rows.map { row in
            var line = ""
            for (column, cell) in row.enumerated() {
                line += cell
                if row[(column + 1)...].contains(where: { !$0.isEmpty }) {
                    line += String(repeating: " ", count: widths[column] - cell.count + 2)
                }
            }
            return line
        }
    }
}
