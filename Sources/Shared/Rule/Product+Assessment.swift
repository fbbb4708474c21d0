extension Product {
    /// The role that the product has by its facts: the strongest one that is proven, else the strongest one that any fact that
    /// counts supports.
    ///
    /// A fact of weight `leftover` supports a role only where nothing else is known.
    public var role: ProductRole {
        let present = facts.filter { $0.weight > .leftover }
        let supporting = present.isEmpty ? facts : present
        let proven = supporting.filter { isProven($0.role) }
        return (proven.isEmpty ? supporting : proven).map(\.role).max { $0.precedence < $1.precedence } ?? .component
    }

    /// How well the product is proven.
    ///
    /// - `confirmed`: a running fact, or installed facts from two different sources, at least one fact among all that
    ///   support it not being weak.
    /// - `registered`: any other installed or registered fact.
    /// - `remnant`: left-overs only.
    public var grade: EvidenceGrade { Self.grade(of: facts) }

    /// Whether the product is proven to be installed *in the role it has*: ClamAV's package proves the scanner, only its
    /// on-access daemon proves an antivirus.
    public var isConfirmedAntivirus: Bool {
        role == .antivirus && isProven(.antivirus)
    }

    /// Whether facts of a role prove it, or one that is installed and not weak says which role a proven product has.
    private func isProven(_ role: ProductRole) -> Bool {
        let own = facts.filter { $0.role == role }
        if Self.grade(of: own) == .confirmed { return true }
        return own.contains { $0.weight >= .installed && !$0.isWeak } && grade == .confirmed
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

    private static func grade(of facts: [Fact]) -> EvidenceGrade {
        let present = facts.filter { $0.weight > .leftover }
        guard !present.isEmpty else { return .remnant }
        guard present.contains(where: { !$0.isWeak }) else { return .registered }
        // A weak name may be anybody's: two of them from different sources still prove nothing without a strong one.
        let isRunning =
            present.contains { $0.weight == .running && !$0.isWeak }
            || present.contains { $0.weight == .running } && present.contains { $0.weight == .installed && !$0.isWeak }
        let installedSources = Set(present.filter { $0.weight >= .installed }.map(\.source))
        return isRunning || installedSources.count >= 2 ? .confirmed : .registered
    }
}
