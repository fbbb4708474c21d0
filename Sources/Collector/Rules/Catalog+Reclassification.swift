internal import Shared

extension Catalog {
    /// What this catalog makes of products that another one recognized.
    ///
    /// A product of whose facts none says what kind of name it is, is from an agent before catalogs could be published; it
    /// stays what it was.
    func reclassified(_ products: [Product], on platform: HostDescription.Platform) -> [Product] {
        var kept: [Product] = []
        var facts: [RawFact] = []
        for (subject, product) in products.enumerated() {
            if product.facts.allSatisfy({ $0.kind == nil }) {
                kept.append(product)
            } else {
                facts += evidence(of: product, subject: subject, on: platform)
            }
        }
        guard !facts.isEmpty else { return kept }
        var merged = self.products(of: facts, on: platform)
        for product in kept {
            if let index = merged.firstIndex(where: { $0.family == product.family }) {
                let room = max(0, WireLimits.factsPerProduct - merged[index].facts.count)
                merged[index].facts += product.facts.prefix(room)
            } else if merged.count < WireLimits.products {
                merged.append(product)
            }
        }
        return merged.sorted { $0.family < $1.family }
    }

    /// An inventory with its products recognized anew.
    func reclassified(_ inventory: Inventory, on platform: HostDescription.Platform) -> Inventory {
        Inventory(products: reclassified(inventory.products, on: platform), sources: inventory.sources)
    }

    /// The facts of a product, to be recognized anew.
    ///
    /// What the catalog does not know follows what it knows of the same product. Where that is more than one product now,
    /// or some of it belongs to none, nobody can say whose the rest is; given to each, it would prove two products by one
    /// thing. It is left out until the device has looked again by the new catalog.
    private func evidence(of product: Product, subject: Int, on platform: HostDescription.Platform) -> [RawFact] {
        let facts = rawFacts(of: product, subject: subject)
        var families: Set<Int> = []
        for fact in facts {
            guard let kind = fact.kind, kind != .publisher, kind != .teamID else { continue }
            families.formUnion(
                lookup(platform: platform, kind: kind, named: fact.value).signals
                    .lazy.filter { !$0.isShared }.compactMap(\.family)
            )
        }
        let hasLookAlike = facts.contains { fact in
            guard let kind = fact.kind, case .lookAlike = lookup(platform: platform, kind: kind, named: fact.value)
            else { return false }
            return true
        }
        guard families.count > 1 || hasLookAlike else { return facts }
        return facts.filter { fact in
            fact.kind.map { !lookup(platform: platform, kind: $0, named: fact.value).signals.isEmpty } ?? false
        }.map(\.alone)
    }
}

extension RawFact {
    /// The same fact by itself; what was said of the whole product is not said of a part of it.
    fileprivate var alone: RawFact {
        var fact = self
        fact.subject = nil
        fact.status = nil
        fact.version = nil
        return fact
    }
}
