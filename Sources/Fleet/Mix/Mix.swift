public import Shared

/// What a simulated fleet consists of: kinds of devices and their shares.
public struct Mix: Sendable, Hashable {
    /// The kinds in the order of the file; their shares sum to 100.
    public let kinds: [DeviceKind]

    /// Reads a mix file.
    ///
    /// - Parameters:
    ///   - bytes: Tab-separated text; `fleet-mix.tsv` describes its columns.
    ///   - catalog: Where the families and the signs of their products are.
    /// - Throws: `FleetError` of code `mix` that names the first line that is wrong.
    public init(bytes: some Collection<UInt8>, catalog: Catalog) throws(FleetError) {
        kinds = try MixParser(catalog: catalog).parse(Array(bytes))
    }

    /// The mix that the simulator was built with.
    ///
    /// - Throws: `FleetError` of code `mix` when the catalog has lost a family that it names.
    public static func builtIn(catalog: Catalog) throws(FleetError) -> Mix {
        try Mix(bytes: PackageResources.fleet_mix_tsv, catalog: catalog)
    }

    /// How many of a number of devices are of each kind: the shares, rounded so that the sum is right.
    ///
    /// What rounding down leaves over goes to the largest remainders; among equal ones to the first.
    public func counts(devices: Int) -> [Int] {
        var counts = kinds.map { devices * $0.share / 100 }
        let left = devices - counts.reduce(0, +)
        let order = kinds.indices.sorted { first, second in
            let remainders = (devices * kinds[first].share % 100, devices * kinds[second].share % 100)
            return remainders.0 == remainders.1 ? first < second : remainders.0 > remainders.1
        }
        for index in order.prefix(left) { counts[index] += 1 }
        return counts
    }
}
