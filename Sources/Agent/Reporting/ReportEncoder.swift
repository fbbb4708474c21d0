import CAgentMessages
import Shared
public import Signatures

/// An inventory as it goes over the wire.
public struct EncodedInventory: Sendable, Hashable {
    /// An encoded `khien.v1.Inventory`; the same scan always gives the same bytes.
    public let bytes: [UInt8]
    /// SHA-256 over the bytes.
    public let digest: [UInt8]
    /// Texts that were cut, and products, facts and sources that were left out, to keep the limits.
    public let truncated: Int
}

/// Turns what a device found into the bytes of a signed report.
public enum ReportEncoder {
    /// Encodes a scan within all limits of `WireLimits`, in canonical order.
    public static func encode(_ scan: Scan) -> EncodedInventory {
        var factLimit = WireLimits.factsPerProduct
        while true {
            let (bytes, truncated) = encode(scan, factLimit: factLimit)
            // With one fact each, products at every limit take a tenth of what is allowed.
            if bytes.count <= WireLimits.inventoryBytes || factLimit == 1 {
                return EncodedInventory(bytes: bytes, digest: SHA256.hash(bytes), truncated: truncated)
            }
            factLimit /= 2
        }
    }

    /// Encodes and signs a report.
    ///
    /// - Parameters:
    ///   - inventory: What the device found.
    ///   - isWhole: Whether the inventory goes along, or only its digest because the collector holds it.
    ///   - epoch: The count that the sequence belongs to.
    ///   - sequence: The number of this report.
    ///   - observedAtMilliseconds: When the device looked, in milliseconds since 1970.
    ///   - key: The device's key; the device id follows from it.
    /// - Returns: an encoded `khien.v1.SignedReport`.
    /// - Throws: `SignatureError`.
    public static func signedReport(
        _ inventory: EncodedInventory,
        isWhole: Bool,
        epoch: UInt64,
        sequence: UInt64,
        observedAtMilliseconds: Int64,
        key: SigningKey
    ) throws -> [UInt8] {
        let arena = MessageArena()
        let report = arena.message(khien__v1__report__init)
        report.pointee.device_id = arena.string(deviceID(ofPublicKey: key.publicKeyDER), limit: WireLimits.shortBytes)
        report.pointee.epoch = epoch
        report.pointee.sequence = sequence
        report.pointee.observed_at_ms = observedAtMilliseconds
        report.pointee.inventory_digest = arena.bytes(inventory.digest)
        if isWhole { report.pointee.inventory = arena.bytes(inventory.bytes) }
        let payload = MessageArena.pack(
            report,
            size: khien__v1__report__get_packed_size,
            pack: khien__v1__report__pack
        )
        return try sign(payload, key: key)
    }

    /// Signs an encoded `khien.v1.Report`.
    ///
    /// - Parameters:
    ///   - payload: The encoded report.
    ///   - key: The device's key.
    /// - Returns: an encoded `khien.v1.SignedReport`.
    /// - Throws: `SignatureError`.
    public static func sign(_ payload: [UInt8], key: SigningKey) throws -> [UInt8] {
        let arena = MessageArena()
        let signed = arena.message(khien__v1__signed_report__init)
        let message = PreAuthenticationEncoding.encode(type: PreAuthenticationEncoding.reportType, payload: payload)
        signed.pointee.payload = arena.bytes(payload)
        signed.pointee.signature = arena.bytes(try key.sign(message))
        return MessageArena.pack(
            signed,
            size: khien__v1__signed_report__get_packed_size,
            pack: khien__v1__signed_report__pack
        )
    }

    private static func encode(_ scan: Scan, factLimit: Int) -> (bytes: [UInt8], truncated: Int) {
        let arena = MessageArena()
        var leftOut = 0
        let products = scan.inventory.products
            .filter { !$0.facts.isEmpty }
            .sorted { ($0.family, $0.name) < ($1.family, $1.name) }
        leftOut += max(0, products.count - WireLimits.products)
        let sources = scan.inventory.sources.sorted { $0.source < $1.source }
        leftOut += max(0, sources.count - WireLimits.sources)

        let inventory = arena.message(khien__v1__inventory__init)
        inventory.pointee.host = host(scan.host, arena)
        inventory.pointee.catalog_version = UInt32(clamping: scan.catalogVersion)
        let encodedProducts = products.prefix(WireLimits.products).map { product in
            let facts = FactSelection.strongest(product.facts, limit: factLimit)
            leftOut += Set(product.facts).count - facts.count
            return encode(product, facts: facts, arena)
        }
        inventory.pointee.n_products = encodedProducts.count
        inventory.pointee.products = arena.array(encodedProducts)
        let encodedSources = sources.prefix(WireLimits.sources).map { encode($0, arena) }
        inventory.pointee.n_sources = encodedSources.count
        inventory.pointee.sources = arena.array(encodedSources)
        let bytes = MessageArena.pack(
            inventory,
            size: khien__v1__inventory__get_packed_size,
            pack: khien__v1__inventory__pack
        )
        return (bytes, arena.truncated + leftOut)
    }

    private static func host(_ host: HostDescription, _ arena: MessageArena) -> UnsafeMutablePointer<Khien__V1__Host> {
        let message = arena.message(khien__v1__host__init)
        message.pointee.name = arena.string(host.name, limit: WireLimits.hostNameBytes)
        message.pointee.operating_system = arena.string(host.operatingSystem, limit: WireLimits.nameBytes)
        message.pointee.platform = Khien__V1__Platform(UInt32(host.platform.rawValue))
        message.pointee.architecture = arena.string(host.architecture, limit: WireLimits.versionBytes)
        message.pointee.agent_version = arena.string(host.agentVersion, limit: WireLimits.versionBytes)
        return message
    }

    private static func encode(
        _ product: Product,
        facts: [Fact],
        _ arena: MessageArena
    ) -> UnsafeMutablePointer<Khien__V1__Product> {
        let message = arena.message(khien__v1__product__init)
        message.pointee.family = arena.string(product.family, limit: WireLimits.shortBytes)
        message.pointee.name = arena.string(product.name, limit: WireLimits.nameBytes)
        message.pointee.vendor = arena.string(product.vendor, limit: WireLimits.shortBytes)
        message.pointee.version = arena.string(product.version ?? "", limit: WireLimits.shortBytes)
        let encoded = facts.map { encode($0, arena) }
        message.pointee.n_facts = encoded.count
        message.pointee.facts = arena.array(encoded)
        if let status = product.status { message.pointee.status = encode(status, arena) }
        return message
    }

    private static func encode(
        _ status: ProductStatus,
        _ arena: MessageArena
    ) -> UnsafeMutablePointer<Khien__V1__ProductStatus> {
        let message = arena.message(khien__v1__product_status__init)
        message.pointee.source = Khien__V1__Source(UInt32(status.source.rawValue))
        message.pointee.protection = Khien__V1__Protection(UInt32(status.protection?.rawValue ?? 0))
        message.pointee.signatures = Khien__V1__Signatures(UInt32(status.signatures?.rawValue ?? 0))
        message.pointee.signatures_at = status.signaturesAt ?? 0
        message.pointee.license = Khien__V1__License(UInt32(status.license?.rawValue ?? 0))
        message.pointee.server = arena.string(status.server, limit: WireLimits.hostNameBytes)
        message.pointee.server_contact_at = status.serverContactAt ?? 0
        return message
    }

    private static func encode(_ fact: Fact, _ arena: MessageArena) -> UnsafeMutablePointer<Khien__V1__Fact> {
        let message = arena.message(khien__v1__fact__init)
        message.pointee.source = Khien__V1__Source(UInt32(fact.source.rawValue))
        message.pointee.weight = Khien__V1__Weight(UInt32(fact.weight.rawValue))
        message.pointee.role = Khien__V1__Role(UInt32(fact.role.rawValue))
        message.pointee.weak = fact.isWeak ? 1 : 0
        message.pointee.value = arena.string(fact.value, limit: WireLimits.textBytes)
        message.pointee.detail = arena.string(fact.detail, limit: WireLimits.textBytes)
        message.pointee.kind = Khien__V1__SignalKind(UInt32(fact.kind?.rawValue ?? 0))
        message.pointee.publisher = arena.string(fact.publisher, limit: WireLimits.nameBytes)
        return message
    }

    private static func encode(
        _ status: SourceStatus,
        _ arena: MessageArena
    ) -> UnsafeMutablePointer<Khien__V1__SourceStatus> {
        let message = arena.message(khien__v1__source_status__init)
        message.pointee.source = Khien__V1__Source(UInt32(status.source.rawValue))
        message.pointee.state = Khien__V1__SourceState(UInt32(status.state.rawValue))
        message.pointee.reason = arena.string(status.reason, limit: WireLimits.textBytes)
        // The number of processes changes from one look to the next; an inventory that did not change must keep its
        // digest.
        message.pointee.entries = status.source == .process ? 0 : UInt32(clamping: status.entries)
        return message
    }
}
