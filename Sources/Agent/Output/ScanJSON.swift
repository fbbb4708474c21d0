internal import Shared

/// A scan as programs read it.
///
/// The keys are part of the agent's interface: they are added to, never renamed.
struct ScanJSON {
    let scan: Scan
    let verdict: ScanVerdict

    /// The whole document, ending with a line feed.
    var text: String { document.text(indentation: 0) + "\n" }

    private var document: JSONValue {
        .object([
            ("agentVersion", .string(scan.host.agentVersion)),
            ("catalogVersion", .number(scan.catalogVersion)),
            (
                "host",
                .object([
                    ("name", .string(scan.host.name)),
                    ("operatingSystem", .string(scan.host.operatingSystem)),
                    ("platform", .string(scan.host.platform.word)),
                    ("architecture", .string(scan.host.architecture)),
                ])
            ),
            ("products", .array(scan.inventory.products.map(product))),
            ("sources", .array(scan.inventory.sources.map(source))),
            ("findings", .array(verdict.findings.map(finding))),
            ("hasApproved", .boolean(verdict.hasApproved)),
            ("provesAbsence", .boolean(verdict.provesAbsence)),
        ])
    }

    private func product(_ product: Product) -> JSONValue {
        let explanation = Explanation(product)
        return .object([
            ("family", .string(product.family)),
            ("name", .string(product.name)),
            ("vendor", .string(product.vendor)),
            ("version", product.version.map { .string($0) } ?? .null),
            ("role", .string(product.role.word)),
            ("grade", .string(product.grade.word)),
            ("explanation", .string(explanation.rawValue)),
            ("counts", .boolean(explanation.counts)),
            ("status", product.status.map(status) ?? .null),
            ("facts", .array(product.facts.map(fact))),
        ])
    }

    private func status(_ status: ProductStatus) -> JSONValue {
        .object([
            ("source", .string(status.source.word)),
            ("protection", status.protection.map { .string($0.word) } ?? .null),
            ("signatures", status.signatures.map { .string($0.word) } ?? .null),
            ("signaturesAt", Self.number(status.signaturesAt)),
            ("license", status.license.map { .string($0.word) } ?? .null),
            ("server", .string(status.server)),
            ("serverContactAt", Self.number(status.serverContactAt)),
        ])
    }

    /// Seconds since 1970; `null` where nobody says it.
    private static func number(_ seconds: Int64?) -> JSONValue {
        seconds.flatMap { Int(exactly: $0) }.map { .number($0) } ?? .null
    }

    private func fact(_ fact: Fact) -> JSONValue {
        .object([
            ("source", .string(fact.source.word)),
            ("kind", fact.kind.map { .string($0.word) } ?? .null),
            ("weight", .string(fact.weight.word)),
            ("role", .string(fact.role.word)),
            ("weak", .boolean(fact.isWeak)),
            ("value", .string(fact.value)),
            ("detail", .string(fact.detail)),
            ("publisher", .string(fact.publisher)),
        ])
    }

    private func source(_ status: SourceStatus) -> JSONValue {
        .object([
            ("source", .string(status.source.word)),
            ("state", .string(status.state.word)),
            ("reason", .string(status.reason)),
            ("entries", .number(status.entries)),
        ])
    }

    private func finding(_ finding: ScanVerdict.Finding) -> JSONValue {
        .object([
            ("kind", .string(finding.kind.word)),
            ("families", .array(finding.families.map { .string($0) })),
            ("products", .array(finding.names.map { .string($0) })),
        ])
    }
}
