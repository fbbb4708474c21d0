/// One observation that the catalog recognized as a sign of a product.
public struct Fact: Sendable, Hashable {
    /// Where it was read.
    public var source: FactSource
    /// What it says about the product being there.
    public var weight: FactWeight
    /// The role that it supports.
    public var role: ProductRole
    /// Whether the catalog calls the name generic; such a fact counts only beside one that is not.
    public var isWeak: Bool
    /// The name that matched, such as `kesl.service`.
    public var value: String
    /// State or place, such as `active` or `/opt/kaspersky/kesl`; may be empty.
    public var detail: String

    /// A fact with all its parts.
    public init(
        source: FactSource,
        weight: FactWeight,
        role: ProductRole,
        isWeak: Bool = false,
        value: String,
        detail: String = ""
    ) {
        self.source = source
        self.weight = weight
        self.role = role
        self.isWeak = isWeak
        self.value = value
        self.detail = detail
    }
}
