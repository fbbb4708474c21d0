public import Agent
internal import Shared

/// One device of a simulated fleet: what it has is decided by a seed, once.
public struct SimulatedDevice: Sendable, Hashable {
    /// Its number within the whole fleet, from 0.
    public let index: Int
    /// Its number within its group of join strings, from 1.
    public let number: Int
    /// Index of its join string in the list.
    public let join: Int
    /// Of which kind of the mix it is.
    public let kind: DeviceKind
    private let description: HostDescription
    private let catalogVersion: Int
    private let products: [Product]
    private let sources: [SourceStatus]

    private static let systems = [
        "Debian GNU/Linux 11 (bullseye)",
        "Debian GNU/Linux 12 (bookworm)",
        "Ubuntu 22.04.5 LTS",
        "Ubuntu 24.04.2 LTS",
        "Linux Mint 21.3",
    ]

    init(index: Int, number: Int, join: Int, kind: DeviceKind, catalog: Catalog, seed: UInt64) {
        var random = SeededGenerator(seed: seed, index: index)
        self.index = index
        self.number = number
        self.join = join
        self.kind = kind
        description = HostDescription(
            name: "",
            operatingSystem: Self.systems[Int.random(in: Self.systems.indices, using: &random)],
            platform: .linux,
            architecture: "x86_64",
            agentVersion: khienVersion
        )
        catalogVersion = catalog.version
        products = kind.products
            .compactMap { product in
                let version =
                    "\(Int.random(in: 8...12, using: &random)).\(Int.random(in: 0...4, using: &random)).0"
                    + "-\(Int.random(in: 1000...9999, using: &random))"
                return ProductTemplate(product, catalog: catalog)?.product(version: version)
            }
            .sorted { $0.family < $1.family }
        let paths = products.reduce(0) { $0 + $1.facts.count { $0.source == .installPath } }
        sources = [
            SourceStatus(source: .dpkg, state: .complete, entries: Int.random(in: 480...2600, using: &random)),
            SourceStatus(source: .rpm, state: .absent),
            SourceStatus(source: .systemd, state: .complete, entries: Int.random(in: 180...420, using: &random)),
            SourceStatus(source: .process, state: .complete, entries: Int.random(in: 90...260, using: &random)),
            SourceStatus(source: .kernelModule, state: .complete, entries: Int.random(in: 60...160, using: &random)),
            SourceStatus(source: .installPath, state: .complete, entries: paths),
        ]
    }

    /// The host name, which says that it is simulated: `sim-UNIT-0001`.
    public func hostName(unit: String) -> String {
        let digits = String(number)
        let unit = unit.utf8.prefix(WireLimits.shortBytes).map { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                byte
            default: UInt8(ascii: "-")
            }
        }
        return "sim-" + String(decoding: unit, as: UTF8.self) + "-"
            + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
    }

    /// What its agent would see.
    ///
    /// - Parameters:
    ///   - unit: Code of the unit that it was enrolled in.
    ///   - revision: Counts changes: another number gives the same products with other version of one, or another number of
    ///     packages where it has none.
    /// - Returns: the scan, with the simulated host name.
    public func scan(unit: String, revision: Int = 0) -> Scan {
        var host = description
        host.name = hostName(unit: unit)
        var products = products
        var sources = sources
        if revision > 0 {
            if let first = products.indices.first(where: { products[$0].version != nil }) {
                products[first].version = "\(products[first].version ?? "")+\(revision)"
            } else {
                sources[0].entries += 1 + revision % 1000
            }
        }
        return Scan(
            host: host,
            catalogVersion: catalogVersion,
            inventory: Inventory(products: products, sources: sources)
        )
    }
}
