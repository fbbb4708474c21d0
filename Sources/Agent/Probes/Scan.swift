public import Shared

/// What one look at a device found: the input of the local verdict and of a report.
public struct Scan: Sendable, Hashable {
    /// The device's words about itself.
    public var host: HostDescription
    /// Version of the catalog that recognized the products.
    public var catalogVersion: Int
    /// Products with their facts, and what each source could tell.
    public var inventory: Inventory

    /// What a catalog makes of a reading.
    public init(_ reading: DeviceReading, catalog: Catalog) {
        self.init(
            host: reading.host,
            catalogVersion: catalog.version,
            inventory: Inventory(
                products: catalog.products(of: reading.facts, on: reading.host.platform),
                sources: reading.sources
            )
        )
    }

    /// A scan with all its parts.
    public init(host: HostDescription, catalogVersion: Int, inventory: Inventory) {
        self.host = host
        self.catalogVersion = catalogVersion
        self.inventory = inventory
    }
}
