import Agent
import Shared

/// What the program says of a device, or what its label says, in one form.
struct Outcome: Equatable {
    /// `family grade role` of each known product.
    var products: Set<String>
    /// Names of unknown antiviruses.
    var unknown: Set<String>
    /// Words of findings, each with its families.
    var findings: [String: [String]]

    /// What the label says.
    init(_ label: CorpusDevice.Label) {
        products = Set(label.products)
        unknown = Set(label.unknown)
        findings = label.findings.mapValues { $0.sorted() }
    }

    /// What interpreter, catalog and rule make of the recorded lines: the way of a report, without the wire.
    init(lines: [CorpusDevice.Line], catalog: Catalog) {
        // Lines are decoded when the corpus is read; what is not a record of Windows goes the whole way once more.
        let reading =
            lines.contains { $0.kind == "fact" }
            ? Recording(lines.map(\.text).joined(separator: "\n").utf8).reading()
            : WindowsReading().reading(of: lines.map(\.record))
        let found = catalog.products(of: reading.facts, on: reading.host.platform)
        let judgement = OneAntivirusRule(approvedFamilies: ["kaspersky-endpoint-security"])
            .judge(Inventory(products: found, sources: reading.sources))
        products = Set(
            found.filter { $0.role != .unknown }.map { "\($0.family) \($0.grade.word) \($0.role.word)" }
        )
        unknown = Set(found.filter { $0.role == .unknown }.map(\.name))
        findings = Dictionary(uniqueKeysWithValues: judgement.findings.map { ($0.word, $1.sorted()) })
    }

    /// Each difference to what is expected, a line each; empty when there is none.
    func differences(from expected: Outcome) -> String {
        var lines: [String] = []
        func compare(_ what: String, _ said: Set<String>, _ truth: Set<String>) {
            lines += truth.subtracting(said).sorted().map { "missing \(what): \($0)" }
            lines += said.subtracting(truth).sorted().map { "not true \(what): \($0)" }
        }
        compare("product", products, expected.products)
        compare("unknown antivirus", unknown, expected.unknown)
        compare("finding", findingLines, expected.findingLines)
        return lines.joined(separator: "\n")
    }

    private var findingLines: Set<String> {
        Set(findings.map { "\($0) \($1.joined(separator: ", "))" })
    }
}
