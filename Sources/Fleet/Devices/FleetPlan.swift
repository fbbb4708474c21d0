public import Shared

/// Which devices a fleet consists of, and where each enrolls.
public struct FleetPlan: Sendable {
    /// All devices; their indices count from 0 without a gap.
    public let devices: [SimulatedDevice]
    /// Where they enroll.
    public let joins: [FleetJoin]

    /// The devices of a mix, spread over the join strings; the same arguments give the same devices.
    ///
    /// - Parameters:
    ///   - mix: Which kinds, and their shares.
    ///   - joins: Where they enroll, each with its number of devices.
    ///   - catalog: Where the signs of the products are.
    ///   - seed: Decides which device is of which kind, and its details.
    public init(mix: Mix, joins: [FleetJoin], catalog: Catalog, seed: UInt64) {
        self.joins = joins
        let places = joins.enumerated().flatMap { join, entry in
            (0..<entry.devices).map { (join: join, number: $0 + 1) }
        }
        var kinds = zip(mix.kinds, mix.counts(devices: places.count)).flatMap { kind, count in
            repeatElement(kind, count: count)
        }
        var random = SeededGenerator(seed: seed)
        kinds.shuffle(using: &random)
        devices = zip(places, kinds).enumerated().map { index, pair in
            SimulatedDevice(
                index: index,
                number: pair.0.number,
                join: pair.0.join,
                kind: pair.1,
                catalog: catalog,
                seed: seed
            )
        }
    }
}
