public import Shared

/// A kind of device in a mix: which products it has, and what the rule says about it.
public struct DeviceKind: Sendable, Hashable {
    /// One product of a kind of device.
    public struct Product: Sendable, Hashable {
        /// A family of the catalog.
        public var family: String
        /// In what state it is.
        public var state: ProductState
        /// What it proves besides the family's own role; `nil` for nothing more.
        public var extraRole: ProductRole?
    }

    /// In what state a product is on a device.
    public enum ProductState: String, CaseIterable, Sendable, Hashable {
        /// Installed, and its service runs.
        case running
        /// Installed, and nothing of it runs.
        case installed
        /// Removed; its configuration or data remains.
        case leftover
    }

    /// Percent of the devices.
    public var share: Int
    /// Its name, `[a-z0-9-]`.
    public var name: String
    /// What it has, in the order of the file.
    public var products: [Product]
    /// What the one-antivirus rule says about such a device.
    public var findings: Set<FindingKind>
    /// For people.
    public var description: String
}
