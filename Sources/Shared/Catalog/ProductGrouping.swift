/// Makes products of observations: one for each family, however many of its packages, units and files were seen.
public struct ProductGrouping {
    let catalog: Catalog

    /// A grouping by a catalog's families.
    public init(catalog: Catalog) { self.catalog = catalog }

    /// Sorted by family; within the limits of a report, the better proven ones first to stay.
    public func products(_ observations: [Observation]) -> [Product] {
        var owners: [Observation.Owner: [Observation]] = [:]
        for observation in attributed(observations) {
            owners[observation.owner, default: []].append(observation)
        }
        return
            owners
            .map { product($0.key, $0.value) }
            .sorted { ($0.grade, $1.family) > ($1.grade, $0.family) }
            .prefix(WireLimits.products)
            .sorted { $0.family < $1.family }
    }

    /// Gives what several families claim to those of which something else was seen: one product is not to look like two.
    ///
    /// Of several, to those that are proven best without it: a driver of two products proves one of them, not the other
    /// whose entry was left behind. Where that cannot be told, it proves neither. Where nothing else was seen, the first
    /// family keeps it, so that it is not lost.
    private func attributed(_ observations: [Observation]) -> [Observation] {
        let own = observations.filter { !$0.isShared }
        let seen = Dictionary(grouping: own.filter { $0.fact.weight > .leftover }, by: \.family)
            .mapValues { OwnProof($0.map(\.fact)) }
        let left = Set(own.lazy.map(\.family))
        var kept = own
        for observation in observations where observation.isShared {
            let claimants = Set(
                observations
                    .filter { $0.fact.source == observation.fact.source && $0.fact.value == observation.fact.value }
                    .map(\.family)
            )
            let present = claimants.filter { seen[$0] != nil }
            let best = present.compactMap { seen[$0] }.max()
            let likely =
                present.isEmpty ? claimants.filter { left.contains($0) } : present.filter { seen[$0] == best }
            let isKept = likely.isEmpty ? observation.family == claimants.min() : likely.contains(observation.family)
            guard isKept else { continue }
            var given = observation
            if let best, !best.isConfirmed, likely.count > 1 { given.fact.weight = min(given.fact.weight, .registered) }
            kept.append(given)
        }
        return kept
    }

    private func product(_ owner: Observation.Owner, _ observations: [Observation]) -> Product {
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
        let version = ranked.lazy.compactMap(\.version).first
        let status = observations.lazy.compactMap(\.status).reduce(nil) { (merged: ProductStatus?, status) in
            merged.map { $0.merged(with: status) } ?? status
        }
        return switch owner {
        case .family(let index):
            Product(
                family: catalog.families[index].key,
                name: catalog.families[index].name,
                vendor: catalog.families[index].vendor,
                version: version,
                facts: facts,
                status: status
            )
        case .unknown(let unknown):
            Product(
                family: unknown.key,
                name: unknown.name,
                vendor: unknown.vendor,
                version: version,
                facts: facts,
                status: status
            )
        }
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

/// How well a family is proven by what no other family claims; those that are confirmed are equal.
private struct OwnProof: Comparable {
    let isConfirmed: Bool
    /// The weight of the best fact that is not weak; `leftover` where there is none.
    private let weight: FactWeight
    /// How many sources say, not weakly, that it is installed.
    private let sources: Int

    init(_ facts: [Fact]) {
        let sure = facts.filter { !$0.isWeak }
        isConfirmed = EvidenceTally(facts).grade == .confirmed
        weight = isConfirmed ? .running : sure.map(\.weight).max() ?? .leftover
        sources = isConfirmed ? 0 : Set(sure.lazy.filter { $0.weight >= .installed }.map(\.source)).count
    }

    static func < (one: Self, other: Self) -> Bool { (one.weight, one.sources) < (other.weight, other.sources) }
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

extension Observation {
    /// Orders families among each other; unknown ones share nothing.
    fileprivate var family: Int {
        switch owner {
        case .family(let index): index
        case .unknown: -1
        }
    }
}
