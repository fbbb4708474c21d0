/// What one device said that it has at one moment: the input of the rule.
public struct Inventory: Sendable, Hashable {
    /// The products that were recognized.
    public var products: [Product]
    /// What each probe could read.
    public var sources: [SourceStatus]

    /// An inventory with all its parts.
    public init(products: [Product], sources: [SourceStatus]) {
        self.products = products
        self.sources = sources
    }

    /// Whether enough was read to say that something is *not* there: at least one source to its end, and none that
    /// failed or stopped half-way.
    public var provesAbsence: Bool {
        sources.contains { $0.state == .complete }
            && sources.allSatisfy { $0.state == .complete || $0.state == .absent }
    }

    /// This inventory with what an earlier one knew from sources that could not be read to their end this time.
    ///
    /// A probe that fails must not look like a product that was removed: facts are carried until their own source has
    /// been read and no longer holds them. A source that used to hold facts and is now absent was not read either.
    public func carryingForward(_ earlier: Inventory) -> Inventory {
        let readable = Set(sources.filter { $0.state == .complete }.map(\.source))
        var merged = self
        for product in earlier.products {
            let carried = product.facts.filter { !readable.contains($0.source) }
            guard !carried.isEmpty else { continue }
            let status = product.status.flatMap { readable.contains($0.source) ? nil : $0 }
            if let index = merged.products.firstIndex(where: { $0.family == product.family }) {
                let known = Set(merged.products[index].facts)
                // What is seen now comes first: a device that varies its facts cannot make what is kept of it grow.
                let room = max(0, WireLimits.factsPerProduct - known.count)
                merged.products[index].facts += carried.filter { !known.contains($0) }.prefix(room)
                if merged.products[index].status == nil { merged.products[index].status = status }
            } else if merged.products.count < WireLimits.products {
                var remaining = product
                remaining.facts = carried
                remaining.status = status
                merged.products.append(remaining)
            }
        }
        return merged
    }
}
