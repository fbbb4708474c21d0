extension Product {
    /// The role that the product has by its facts: the strongest one that any fact that counts supports.
    ///
    /// A fact of weight `leftover` supports a role only where nothing else is known.
    public var role: ProductRole {
        let present = facts.filter { $0.weight > .leftover }
        let supporting = present.isEmpty ? facts : present
        return supporting.map(\.role).max { $0.precedence < $1.precedence } ?? .component
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
        role == .antivirus && Self.grade(of: facts.filter { $0.role == .antivirus }) == .confirmed
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
