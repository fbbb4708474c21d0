extension Product {
    /// The role that the product has by its facts: the strongest one that is proven, else the strongest one that any fact that
    /// counts supports.
    ///
    /// A fact of weight `leftover` supports a role only where nothing else is known.
    public var role: ProductRole {
        let isPresent = facts.contains { $0.weight > .leftover }
        let all = EvidenceTally(facts)
        var strongest: ProductRole?
        for role in ProductRole.byPrecedence
        where facts.contains(where: { $0.role == role && ($0.weight > .leftover || !isPresent) }) {
            if isProven(role, all) { return role }
            strongest = strongest ?? role
        }
        return strongest ?? .component
    }

    /// How well the product is proven.
    ///
    /// - `confirmed`: a running fact, or installed facts from two different sources, at least one fact among all that
    ///   support it not being weak.
    /// - `registered`: any other installed or registered fact.
    /// - `remnant`: left-overs only.
    public var grade: EvidenceGrade { EvidenceTally(facts).grade }

    /// Whether the product is proven to be installed *in the role it has*: ClamAV's package proves the scanner, only its
    /// on-access daemon proves an antivirus.
    public var isConfirmedAntivirus: Bool {
        role == .antivirus && isProven(.antivirus, EvidenceTally(facts))
    }

    /// Whether facts of a role prove it, or one that is installed and not weak says which role a proven product has.
    private func isProven(_ role: ProductRole, _ all: EvidenceTally) -> Bool {
        let own = EvidenceTally(facts, of: role)
        return own.grade == .confirmed || own.hasStrongInstalled && all.grade == .confirmed
    }

    /// Whether the product is proven to be there, in whatever role.
    public var isConfirmed: Bool { grade == .confirmed }

    /// The operating system's own antivirus, while it says itself that its protection is on.
    ///
    /// A running service is not enough: Defender's runs in passive mode, too.
    public var isActiveBuiltIn: Bool {
        role == .builtIn && facts.contains { $0.source == .defender && $0.weight == .running && !$0.isWeak }
    }

    /// Whether the product's own word is that it stands aside for another one.
    ///
    /// Defender for Endpoint does so on many Linux servers. It is installed all the same; a conflict is of two that protect.
    var standsAside: Bool { status?.protection == .passive }

    /// Whether only lists name the product, each of which may outlive it: no file, no service, nothing that runs.
    public var isGhost: Bool {
        let present = facts.filter { $0.weight > .leftover }
        return role == .antivirus && !present.isEmpty
            && present.allSatisfy { fact in
                // Security Center says itself that its rows are antiviruses; a generic title elsewhere may be anything.
                fact.weight == .registered && fact.source.isList && (!fact.isWeak || fact.source == .securityCenter)
            }
    }

    /// Not proven, but nothing to accuse a device of having no antivirus with either.
    var mayBeAntivirus: Bool {
        switch role {
        case .antivirus: grade >= .registered && !isGhost
        // Every Windows has the service of a sensor, switched off.
        case .edr: facts.contains { $0.weight > .leftover && !$0.isWeak }
        case .unknown: grade >= .registered
        case .onDemand, .builtIn, .component, .management: false
        }
    }
}
