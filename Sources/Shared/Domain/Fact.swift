/// One observation that the catalog recognized as a sign of a product.
public struct Fact: Sendable, Hashable {
    /// Where it was read.
    public var source: FactSource
    /// What kind of name `value` is; `nil` for what only belongs to another fact, such as a package's file.
    public var kind: SignalKind?
    /// What it says about the product being there.
    public var weight: FactWeight
    /// The role that it supports.
    public var role: ProductRole
    /// Whether the catalog calls the name generic or unconfirmed; such a fact counts only beside one that is not.
    public var isWeak: Bool
    /// The name that was seen, such as `kesl.service`.
    public var value: String
    /// Who the system says made it; empty where it does not say.
    public var publisher: String
    /// State or place, such as `active` or `/opt/kaspersky/kesl`; may be empty.
    public var detail: String

    /// A fact with all its parts.
    public init(
        source: FactSource,
        kind: SignalKind? = nil,
        weight: FactWeight,
        role: ProductRole,
        isWeak: Bool = false,
        value: String,
        publisher: String = "",
        detail: String = ""
    ) {
        self.source = source
        self.kind = kind
        self.weight = weight
        self.role = role
        self.isWeak = isWeak
        self.value = value
        self.publisher = publisher
        self.detail = detail
    }
}
