internal import Shared

/// A scan as an officer reads it who has to defend an accusation: for each product what was seen, and why it counts for
/// the rule or not.
///
/// Text from the device is escaped, so that it cannot move the cursor or hide words.
struct ScanExplanation {
    let scan: Scan
    let verdict: ScanVerdict
    let rule: OneAntivirusRule

    /// The whole text, ending with a line feed.
    var text: String {
        var lines = [
            "Device    \(shown(scan.host.name)) (\(shown(scan.host.operatingSystem)), \(shown(scan.host.architecture)))",
            "Catalog   version \(scan.catalogVersion)",
            "",
        ]
        if scan.inventory.products.isEmpty { lines += ["No antivirus product was recognized.", ""] }
        for product in scan.inventory.products { lines += self.lines(product) }
        lines += sources
        lines += ["What the rule says:"] + findings.map { "    " + $0 }
        return lines.joined(separator: "\n") + "\n"
    }

    private func lines(_ product: Product) -> [String] {
        let version = product.version.map { " " + shown($0) } ?? ""
        let vendor = product.vendor.isEmpty ? "" : " by \(shown(product.vendor))"
        var lines = [
            "\(shown(product.name))\(version)\(vendor)",
            "    " + Explanation(product).sentence.english,
        ]
        if let status = product.status { lines.append("    " + status.sentence) }
        lines.append("    What was seen of it:")
        lines += product.facts.map { "      - " + $0.sentence(shown: shown) }
        return lines + [""]
    }

    private var sources: [String] {
        func words(_ states: Set<SourceStatus.State>) -> [SourceStatus] {
            scan.inventory.sources.filter { states.contains($0.state) }
        }
        var lines: [String] = []
        let read = words([.complete]).map(\.source.noun)
        if !read.isEmpty { lines.append("Read to the end: \(read.joined(separator: ", ")).") }
        let absent = words([.absent]).map(\.source.noun)
        if !absent.isEmpty { lines.append("Not on this system: \(absent.joined(separator: ", ")).") }
        let failed = words([.partial, .unavailable])
        if !failed.isEmpty {
            lines.append("NOT READ, so what only they would show is not known:")
            lines += failed.map { status in
                let how = status.state == .partial ? "only in part" : "not at all"
                let reason = status.reason.isEmpty ? "no reason was given" : shown(status.reason)
                return "    \(status.source.noun), \(how): \(reason)"
            }
        }
        return lines.isEmpty ? [] : lines + [""]
    }

    private var findings: [String] {
        let approved = rule.approvedFamilies.sorted().map { shown($0) }.joined(separator: ", ")
        var lines = verdict.findings.map { finding in
            let names = finding.names.map { shown($0) }
            return "\(finding.kind.word): " + finding.kind.sentence(names: names, approved: approved)
        }
        if lines.isEmpty {
            lines.append(
                verdict.hasApproved || verdict.provesAbsence
                    ? "Nothing is broken."
                    : "Nothing is proven to be broken; what could not be read may hide something."
            )
        }
        lines.append(
            verdict.hasApproved
                ? "The approved product (\(approved)) is here."
                : "The approved product (\(approved)) is not proven to be here."
        )
        return lines
    }

    private func shown(_ text: String) -> String { PrintableText.escape(text, limit: 512) }
}
