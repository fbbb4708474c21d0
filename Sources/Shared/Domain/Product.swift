/// An antivirus product, or a part or relative of one, that was recognized in facts.
public struct Product: Sendable, Hashable {
    /// The catalog's key, such as `kaspersky-endpoint-security`; survives the vendor's renaming.
    public var family: String
    /// The name for people.
    public var name: String
    /// The vendor's name for people.
    public var vendor: String
    /// The installed version as the device's package database says; `nil` where none does.
    public var version: String?
    /// What supports it.
    public var facts: [Fact]
    /// What is said of its protection; `nil` where nobody says anything.
    public var status: ProductStatus?

    /// A product with all its parts.
    public init(
        family: String,
        name: String,
        vendor: String,
        version: String? = nil,
        facts: [Fact],
        status: ProductStatus? = nil
    ) {
        self.family = family
        self.name = name
        self.vendor = vendor
        self.version = version
        self.facts = facts
        self.status = status
    }
}
