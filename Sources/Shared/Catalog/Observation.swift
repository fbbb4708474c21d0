/// A fact together with the product that the catalog gives it.
public struct Observation: Sendable, Hashable {
    /// Whose fact it is.
    public enum Owner: Sendable, Hashable {
        /// Index into the catalog's families.
        case family(Int)
        /// Something that acts like an antivirus and is in no catalog.
        case unknown(UnknownAntivirus)
    }

    /// Whose fact it is.
    public var owner: Owner
    /// Whether another family claims the same name: counts only beside another sign of this one.
    public var isShared: Bool
    /// What was seen.
    public var fact: Fact
    /// The version that the source states.
    public var version: String?
    /// What the source says about protection.
    public var status: ProductStatus?

    /// An observation of something that a signal names; none for a look-alike.
    ///
    /// Without a `value`, the signal's own is meant; with `isPart`, the value is no name of the signal's kind but belongs to
    /// what has such a name.
    public init?(
        _ signal: Catalog.Signal,
        source: FactSource,
        weight: FactWeight,
        isWeak: Bool = false,
        value: String? = nil,
        isPart: Bool = false,
        publisher: String = "",
        detail: String = "",
        version: String? = nil,
        status: ProductStatus? = nil
    ) {
        guard let family = signal.family else { return nil }
        self.owner = .family(family)
        self.isShared = signal.isShared
        self.version = version
        self.status = status
        self.fact = Fact(
            source: source,
            kind: isPart ? nil : signal.kind,
            weight: weight,
            role: signal.role,
            isWeak: isWeak || signal.isWeak,
            value: WireText.text(value ?? signal.value),
            publisher: WireText.text(publisher, limit: WireLimits.nameBytes),
            detail: WireText.text(detail)
        )
    }

    /// An observation with all its parts.
    init(owner: Owner, isShared: Bool, fact: Fact, version: String?, status: ProductStatus?) {
        self.owner = owner
        self.isShared = isShared
        self.fact = fact
        self.version = version
        self.status = status
    }
}
