public import Shared

/// What one look at a device found: the input of the local verdict and of a report.
public struct Scan: Sendable, Hashable {
    /// The device's words about itself.
    public var host: HostDescription
    /// Version of the catalog that recognized the products.
    public var catalogVersion: Int
    /// Products with their facts, and what each source could tell.
    public var inventory: Inventory

    /// A scan with all its parts.
    public init(host: HostDescription, catalogVersion: Int, inventory: Inventory) {
        self.host = host
        self.catalogVersion = catalogVersion
        self.inventory = inventory
    }
}
