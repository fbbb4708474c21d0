extension Catalog {
    /// Products with graded evidence, from what probes saw.
    ///
    /// Pure: the same facts and catalog give the same products on the device and, when the catalog changes, at the collector.
    ///
    /// - Returns: products sorted by family, within the limits of a report.
    public func products(of facts: [RawFact], on platform: HostDescription.Platform) -> [Product] {
        ProductGrouping(catalog: self).products(observations(of: facts, on: platform))
    }

    /// What the catalog makes of facts: those that are signs of a family, and those of an unknown antivirus.
    public func observations(of facts: [RawFact], on platform: HostDescription.Platform) -> [Observation] {
        var subjects: [Int: [RawFact]] = [:]
        var observations: [Observation] = []
        for fact in facts {
            if let subject = fact.subject {
                subjects[subject, default: []].append(fact)
            } else {
                observations += Recognition(catalog: self, platform: platform).observations(of: [fact])
            }
        }
        for subject in subjects.keys.sorted() {
            observations += Recognition(catalog: self, platform: platform).observations(of: subjects[subject] ?? [])
        }
        return observations
    }

    /// The facts of a stored product as they were before a catalog gave them a meaning.
    ///
    /// - Parameters:
    ///   - product: The product with its facts.
    ///   - subject: Numbers the product among those of its device.
    /// - Returns: its facts as probes would make them.
    public func rawFacts(of product: Product, subject: Int) -> [RawFact] {
        product.facts.map { fact in
            RawFact(
                source: fact.source,
                kind: fact.kind,
                weight: fact.weight,
                value: fact.value,
                publisher: fact.publisher,
                detail: fact.detail,
                version: product.version,
                // What made a process of unknown origin weak was the probe, not the catalog.
                isWeak: fact.isWeak && fact.source == .process,
                subject: subject,
                status: product.status
            )
        }
    }
}

/// Says of the facts about one thing what they are signs of.
private struct Recognition {
    let catalog: Catalog
    let platform: HostDescription.Platform

    func observations(of facts: [RawFact]) -> [Observation] {
        var found: [Observation] = []
        var others: [RawFact] = []
        var isLookAlike = false
        for fact in facts {
            guard let kind = fact.kind, !kind.isMaker else {
                others.append(fact)
                continue
            }
            switch catalog.lookup(platform: platform, kind: kind, named: fact.value) {
            case .signals(let signals): found += signals.compactMap { observation(fact, $0, among: signals) }
            case .lookAlike: isLookAlike = true
            case .unknown: others.append(fact)
            }
        }
        if isAtOtherAltitude(facts) { found.removeAll { $0.fact.isWeak } }
        if found.isEmpty { return isLookAlike ? [] : unknown(facts) }
        // What several products share says least about which of them the rest belongs to; and where that cannot be told, the
        // rest is nobody's, or it would prove two products at once.
        let owners = found.owners
        let sure = owners.filter { !$0.isShared }
        let likely = sure.isEmpty ? owners : sure
        guard likely.count == 1, let owner = likely.first else { return found }
        return found + others.compactMap { part($0, of: owner) }
    }

    private func observation(
        _ fact: RawFact,
        _ signal: Catalog.Signal,
        among claims: ArraySlice<Catalog.Signal>
    ) -> Observation? {
        var observation = Observation(
            signal,
            source: fact.source,
            weight: fact.weight,
            isWeak: fact.isWeak,
            value: fact.value,
            publisher: fact.publisher,
            detail: fact.detail,
            version: fact.version,
            status: fact.status
        )
        // A generic name with the vendor's own beside it is generic no longer; but what several products of that vendor
        // share still does not say which of them it is.
        if signal.isWeak, !fact.isWeak, claims.filter({ isMade(fact, by: $0.family) }).map(\.family) == [signal.family]
        {
            observation?.fact.isWeak = false
            observation?.isShared = false
        }
        return observation
    }

    /// Whether who made the thing is, by the catalog, who makes the family.
    private func isMade(_ fact: RawFact, by family: Int?) -> Bool {
        guard !fact.publisher.isEmpty, let kind: SignalKind = platform == .macOS ? .teamID : .publisher,
            platform != .linux
        else { return false }
        return catalog.lookup(platform: platform, kind: kind, named: fact.publisher).signals
            .contains { $0.family == family }
    }

    /// What the catalog does not know about a thing follows what it knows, and proves no more than that.
    private func part(_ fact: RawFact, of known: Observation) -> Observation? {
        guard fact.kind.map({ !$0.isMaker }) ?? true else { return nil }
        var observation = known
        observation.fact.source = fact.source
        observation.fact.kind = fact.kind
        observation.fact.weight = fact.weight
        observation.fact.value = WireText.text(fact.value)
        observation.fact.detail = WireText.text(fact.detail)
        observation.version = fact.version
        observation.status = fact.status
        return observation
    }

    /// A row of Security Center, or a driver in the altitudes of antivirus filters, of which nothing is known.
    private func unknown(_ facts: [RawFact]) -> [Observation] {
        let telling = facts.first { $0.kind == .securityCenter } ?? facts.first { isInAntivirusRange($0) }
        guard let telling else { return [] }
        let name =
            telling.kind == .minifilter ? telling.value.prefix { $0 != "@" } : telling.value[...]
        guard !name.isEmpty else { return [] }
        let unknown = UnknownAntivirus(
            name: String(name),
            vendor: facts.lazy.map(\.publisher).first { !$0.isEmpty } ?? ""
        )
        return facts.map { fact in
            Observation(
                owner: .unknown(unknown),
                isShared: false,
                fact: Fact(
                    source: fact.source,
                    kind: fact.kind,
                    weight: fact.weight,
                    role: .unknown,
                    isWeak: fact.isWeak,
                    value: WireText.text(fact.value),
                    publisher: WireText.text(fact.publisher, limit: WireLimits.nameBytes),
                    detail: WireText.text(fact.detail)
                ),
                version: fact.version,
                status: fact.status
            )
        }
    }

    /// Whether the thing is a filter driver at an altitude that the catalog does not know: a file's name alone is anybody's.
    private func isAtOtherAltitude(_ facts: [RawFact]) -> Bool {
        let filters = facts.filter { $0.kind == .minifilter }
        return !filters.isEmpty
            && filters.allSatisfy { filter in
                guard !isInAntivirusRange(filter),
                    case .unknown = catalog.lookup(platform: platform, kind: .minifilter, named: filter.value)
                else { return false }
                return true
            }
    }

    private func isInAntivirusRange(_ fact: RawFact) -> Bool {
        guard fact.kind == .minifilter, fact.weight > .leftover, let at = fact.value.lastIndex(of: "@") else {
            return false
        }
        return Altitude(fact.value[fact.value.index(after: at)...])?.isAntivirus ?? false
    }
}

extension [Observation] {
    /// One observation of each owner, the strongest one, in the order in which they were found.
    fileprivate var owners: [Observation] {
        var best: [Observation] = []
        for observation in self {
            if let index = best.firstIndex(where: { $0.owner == observation.owner }) {
                let isSurer = best[index].isShared && !observation.isShared
                if isSurer || best[index].fact.isWeak && !observation.fact.isWeak { best[index] = observation }
            } else {
                best.append(observation)
            }
        }
        return best
    }
}
