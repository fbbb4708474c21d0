/// The sizes and counts that agent and collector agree on; the proto files state the same figures.
public enum WireLimits {
    /// A whole gRPC request or answer, in bytes.
    public static let messageBytes = 1024 * 1024
    /// An encoded `Report`, in bytes.
    public static let reportBytes = 512 * 1024
    /// An encoded `Inventory`, in bytes.
    public static let inventoryBytes = 448 * 1024
    /// A PKCS#10 request, in bytes.
    public static let certificateRequestBytes = 4096
    /// Products in one inventory.
    public static let products = 64
    /// Facts that support one product.
    public static let factsPerProduct = 64
    /// Entries in `Inventory.sources`.
    public static let sources = 32
    /// A host name, in bytes.
    public static let hostNameBytes = 255
    /// Operating system and product names, in bytes.
    public static let nameBytes = 128
    /// Families, vendors and versions, in bytes.
    public static let shortBytes = 64
    /// Values, details and reasons, in bytes.
    public static let textBytes = 256
    /// Architecture and agent version, in bytes.
    public static let versionBytes = 32
    /// A raw P-256 signature: r and s.
    public static let signatureBytes = 64
    /// Seconds that a collector may ask an agent to wait for its next report.
    public static let reportIntervalSeconds = 10...86400
}
