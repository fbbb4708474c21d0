import Shared

/// Which facts of a product go into a report when not all can.
enum FactSelection {
    /// What makes two facts equal in what they prove.
    private struct Group: Hashable {
        var source: FactSource
        var weight: FactWeight
        var role: ProductRole
        var isWeak: Bool
    }

    /// At most `limit` different facts in canonical order.
    ///
    /// One of each kind of proof comes before the second of any: two hundred files of one package must not push out the
    /// one process that shows that it runs.
    static func strongest(_ facts: [Fact], limit: Int) -> [Fact] {
        let sorted = Set(facts).sorted(by: precedes)
        guard sorted.count > limit else { return sorted }
        var seen: [Group: Int] = [:]
        let ranked = sorted.map { fact in
            let group = Group(source: fact.source, weight: fact.weight, role: fact.role, isWeak: fact.isWeak)
            let rank = seen[group, default: 0]
            seen[group] = rank + 1
            return (rank: rank, fact: fact)
        }
        let chosen = ranked.enumerated()
            .sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }
            .prefix(limit)
        return chosen.map(\.element.fact).sorted(by: precedes)
    }

    /// The canonical order: strong before weak, then by source and text.
    private static func precedes(_ left: Fact, _ right: Fact) -> Bool {
        if left.isWeak != right.isWeak { return !left.isWeak }
        if left.weight != right.weight { return left.weight > right.weight }
        if left.source != right.source { return left.source < right.source }
        if left.role != right.role { return left.role.rawValue < right.role.rawValue }
        if (left.value, left.detail) != (right.value, right.detail) {
            return (left.value, left.detail) < (right.value, right.detail)
        }
        return (left.kind?.rawValue ?? 0, left.publisher) < (right.kind?.rawValue ?? 0, right.publisher)
    }
}
