internal import Shared

/// Makes products of observations: one for each family, however many of its packages, units and files were seen.
struct ProductGrouping {
    let catalog: Catalog

    /// Sorted by family; within the limits of a report, the better proven ones first to stay.
    func products(_ observations: [Observation]) -> [Product] {
        var families: [Int: [Observation]] = [:]
        for observation in attributed(observations) {
            families[observation.family, default: []].append(observation)
        }
        let products = families.map { product(catalog.families[$0.key], $0.value) }
        return
            products
            .sorted { ($0.grade, $1.family) > ($1.grade, $0.family) }
            .prefix(WireLimits.products)
            .sorted { $0.family < $1.family }
    }

    /// Gives what several families claim to those of which something else was seen: one product is not to look like two.
    ///
    /// Where nothing else was seen, the first family keeps it, so that it is not lost.
    private func attributed(_ observations: [Observation]) -> [Observation] {
        let seen = Set(observations.filter { !$0.isShared && $0.fact.weight > .leftover }.map(\.family))
        var kept = observations.filter { !$0.isShared }
        for observation in observations where observation.isShared {
            let claimants =
                observations
                .filter { $0.fact.source == observation.fact.source && $0.fact.value == observation.fact.value }
                .map(\.family)
            let likely = claimants.filter { seen.contains($0) }
            let isKept = likely.isEmpty ? observation.family == claimants.min() : likely.contains(observation.family)
            if isKept { kept.append(observation) }
        }
        return kept
    }

    private func product(_ family: Catalog.Family, _ observations: [Observation]) -> Product {
        var best: [FactKey: Observation] = [:]
        for observation in observations {
            let key = FactKey(observation.fact)
            if let other = best[key], !observation.fact.isBetter(than: other.fact) { continue }
            best[key] = observation
        }
        let ranked = best.values.sorted { $0.fact.isBetter(than: $1.fact) }.prefix(WireLimits.factsPerProduct)
        let facts = ranked.map(\.fact).sorted {
            $0.source != $1.source ? $0.source < $1.source : $0.isBetter(than: $1)
        }
        return Product(
            family: family.key,
            name: family.name,
            vendor: family.vendor,
            version: ranked.lazy.compactMap(\.version).first,
            facts: facts
        )
    }

    /// What makes two facts the same one seen twice: a process of which several run.
    private struct FactKey: Hashable {
        let source: FactSource
        let role: ProductRole
        let value: String

        init(_ fact: Fact) {
            source = fact.source
            role = fact.role
            value = fact.value
        }
    }
}

extension Fact {
    /// An order in which the facts that prove more come first; total, so that one device always says the same.
    fileprivate func isBetter(than other: Fact) -> Bool {
        if weight != other.weight { return weight > other.weight }
        if isWeak != other.isWeak { return other.isWeak }
        if value != other.value { return value < other.value }
        if source != other.source { return source < other.source }
        if role != other.role { return role.rawValue < other.role.rawValue }
        return detail < other.detail
    }
}
