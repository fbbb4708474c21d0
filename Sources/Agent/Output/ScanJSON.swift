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
        .object([
            ("family", .string(product.family)),
            ("name", .string(product.name)),
            ("vendor", .string(product.vendor)),
            ("version", product.version.map { .string($0) } ?? .null),
            ("role", .string(product.role.word)),
            ("grade", .string(product.grade.word)),
            ("facts", .array(product.facts.map(fact))),
        ])
    }

    private func fact(_ fact: Fact) -> JSONValue {
        .object([
            ("source", .string(fact.source.word)),
            ("weight", .string(fact.weight.word)),
            ("role", .string(fact.role.word)),
            ("weak", .boolean(fact.isWeak)),
            ("value", .string(fact.value)),
            ("detail", .string(fact.detail)),
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
