/// One observation as a probe makes it, before the catalog says what it is a sign of.
public struct RawFact: Sendable, Hashable {
    /// Where it was read.
    public var source: FactSource
    /// What kind of name `value` is; `nil` for what only belongs to other facts of its subject.
    public var kind: SignalKind?
    /// What it says about what it names being there.
    public var weight: FactWeight
    /// The name that was seen.
    public var value: String
    /// Who the system says made it: a publisher, a company, a team; empty where it does not say.
    public var publisher: String
    /// State or place, for people.
    public var detail: String
    /// The version that the source states.
    public var version: String?
    /// Whether the probe itself is not sure, whatever the catalog says about the name.
    public var isWeak: Bool
    /// Numbers the things that were looked at; `nil` for a fact that stands for itself.
    ///
    /// Facts of one entry, service or driver share it, so that what the catalog does not know about a thing follows what it
    /// knows.
    public var subject: Int?
    /// What the source says about the product's protection.
    public var status: ProductStatus?

    /// A raw fact with all its parts.
    public init(
        source: FactSource,
        kind: SignalKind?,
        weight: FactWeight,
        value: String,
        publisher: String = "",
        detail: String = "",
        version: String? = nil,
        isWeak: Bool = false,
        subject: Int? = nil,
        status: ProductStatus? = nil
    ) {
        self.source = source
        self.kind = kind
        self.weight = weight
        self.value = value
        self.publisher = publisher
        self.detail = detail
        self.version = version
        self.isWeak = isWeak
        self.subject = subject
        self.status = status
    }
}
