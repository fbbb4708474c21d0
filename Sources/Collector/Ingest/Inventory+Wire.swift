internal import Messages
internal import Shared

extension Khien_V1_Inventory {
    /// The domain's words for this message.
    ///
    /// What a newer agent says in words that this collector does not know yet (a source, a weight) is left out, not
    /// refused: the rest of its report is still true.
    func contents() throws(CollectorError) -> VerifiedReport.Contents {
        guard products.count <= WireLimits.products, sources.count <= WireLimits.sources,
            products.allSatisfy({ $0.facts.count <= WireLimits.factsPerProduct })
        else {
            throw CollectorError(.invalidArgument, "The inventory has too many products, facts or sources.")
        }
        guard hasHost, let platform = HostDescription.Platform(rawValue: host.platform.rawValue) else {
            throw CollectorError(.invalidArgument, "The inventory does not say which kind of system it is from.")
        }
        let description = HostDescription(
            name: try text(host.name, atMost: WireLimits.hostNameBytes),
            operatingSystem: try text(host.operatingSystem, atMost: WireLimits.nameBytes),
            platform: platform,
            architecture: try text(host.architecture, atMost: WireLimits.versionBytes),
            agentVersion: try text(host.agentVersion, atMost: WireLimits.versionBytes)
        )
        var seen: Set<String> = []
        var known: [Product] = []
        for product in products {
            guard Catalog.isKey(product.family, limit: WireLimits.shortBytes), seen.insert(product.family).inserted
            else {
                throw CollectorError(.invalidArgument, "The inventory names a product family wrongly or twice.")
            }
            let product = try product.domain()
            if !product.facts.isEmpty { known.append(product) }
        }
        var statuses: [FactSource: SourceStatus] = [:]
        for status in sources {
            guard let source = FactSource(rawValue: status.source.rawValue),
                let state = SourceStatus.State(rawValue: status.state.rawValue)
            else { continue }
            guard statuses[source] == nil else {
                throw CollectorError(.invalidArgument, "The inventory has two states for one source.")
            }
            statuses[source] = SourceStatus(
                source: source,
                state: state,
                reason: try text(status.reason, atMost: WireLimits.textBytes),
                entries: Int(status.entries)
            )
        }
        return VerifiedReport.Contents(
            host: description,
            catalogVersion: Int(catalogVersion),
            inventory: Inventory(products: known, sources: statuses.values.sorted { $0.source < $1.source })
        )
    }
}

extension Khien_V1_Product {
    fileprivate func domain() throws(CollectorError) -> Product {
        var facts: [Fact] = []
        for fact in self.facts {
            guard let source = FactSource(rawValue: fact.source.rawValue),
                let weight = FactWeight(rawValue: fact.weight.rawValue),
                let role = ProductRole(rawValue: fact.role.rawValue)
            else { continue }
            facts.append(
                Fact(
                    source: source,
                    kind: SignalKind(rawValue: fact.kind.rawValue),
                    weight: weight,
                    role: role,
                    isWeak: fact.weak,
                    value: try text(fact.value, atMost: WireLimits.textBytes),
                    publisher: try text(fact.publisher, atMost: WireLimits.nameBytes),
                    detail: try text(fact.detail, atMost: WireLimits.textBytes)
                )
            )
        }
        return Product(
            family: family,
            name: try text(name, atMost: WireLimits.nameBytes),
            vendor: try text(vendor, atMost: WireLimits.shortBytes),
            version: version.isEmpty ? nil : try text(version, atMost: WireLimits.shortBytes),
            facts: facts,
            status: hasStatus ? try status.domain() : nil
        )
    }
}

extension Khien_V1_ProductStatus {
    /// `nil` where the one who says it is not known here.
    fileprivate func domain() throws(CollectorError) -> ProductStatus? {
        guard let source = FactSource(rawValue: source.rawValue) else { return nil }
        return ProductStatus(
            source: source,
            protection: ProductStatus.Protection(rawValue: protection.rawValue),
            signatures: ProductStatus.Signatures(rawValue: signatures.rawValue),
            signaturesAt: Self.moment(signaturesAt),
            license: ProductStatus.License(rawValue: license.rawValue),
            server: try text(server, atMost: WireLimits.hostNameBytes),
            serverContactAt: Self.moment(serverContactAt)
        )
    }

    /// A time out of range is a product's mistake, not the device's: the rest of the report is still true.
    private static func moment(_ seconds: Int64) -> Int64? {
        let lastSecond: Int64 = 253_402_300_799  // of the year 9999
        return (1...lastSecond).contains(seconds) ? seconds : nil
    }
}

/// A text for people: refused when too long, control characters replaced, so that no stored name breaks a line or a
/// terminal.
private func text(_ text: String, atMost limit: Int) throws(CollectorError) -> String {
    guard text.utf8.count <= limit else {
        throw CollectorError(.invalidArgument, "A text in the inventory is over its limit of \(limit) bytes.")
    }
    if text.utf8.allSatisfy({ (0x20..<0x7f).contains($0) }) { return text }
    let isClean = text.unicodeScalars.allSatisfy { !$0.isControl }
    guard !isClean else { return text }
    var repaired = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
        repaired.append(scalar.isControl ? "\u{FFFD}" : scalar)
    }
    return String(repaired)
}
