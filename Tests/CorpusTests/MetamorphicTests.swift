import Shared
import Testing

/// What must not change what is said of a device.
@Suite("corpus under change") struct MetamorphicTests {
    /// Findings that accuse a device, or that a person is sent for.
    private static let accusations = ["multiple-antivirus", "no-antivirus", "ghost-registration"]

    @Test("the order of the records has no meaning", arguments: CorpusDevice.all)
    func isIndependentOfOrder(_ device: CorpusDevice) throws {
        let catalog = try CorpusTests.catalog.get()
        let seed = device.label.device.utf8.reduce(UInt64(0x6b68_6965_6e)) { $0 &* 31 &+ UInt64($1) }
        var random = SeededGenerator(seed: seed)
        let original = try #require(CorpusTests.said[device.label.device])
        let shuffled = Outcome(lines: device.lines.shuffled(using: &random), catalog: catalog)
        let difference = shuffled.differences(from: original)
        #expect(difference.isEmpty, "\(device.label.device), seed \(seed)\n\(difference)")
    }

    @Test("ordinary programs, services and drivers change nothing", arguments: CorpusDevice.all)
    func isIndependentOfOrdinaryThings(_ device: CorpusDevice) throws {
        let catalog = try CorpusTests.catalog.get()
        let isWindows = device.label.platform.hasPrefix("windows")
        let ordinary = try #require(CorpusDevice.parts[isWindows ? "more-windows" : "more-\(device.label.platform)"])
        let original = try #require(CorpusTests.said[device.label.device])
        let difference = Outcome(lines: device.lines + ordinary, catalog: catalog).differences(from: original)
        #expect(difference.isEmpty, "\(device.label.device)\n\(difference)")
    }

    @Test("a source that cannot be read never adds an accusation", arguments: CorpusDevice.all)
    func isNeverAccusedByFailure(_ device: CorpusDevice) throws {
        let catalog = try CorpusTests.catalog.get()
        let original = try #require(CorpusTests.said[device.label.device]).findings
        for source in Self.sources(of: device) {
            let rest = device.lines.filter { $0.source != source } + [try .unavailable(source)]
            let findings = Outcome(lines: rest, catalog: catalog).findings
            for kind in Self.accusations {
                guard let families = findings[kind] else { continue }
                let before = original[kind]
                #expect(
                    before != nil && Set(families).isSubset(of: before ?? []),
                    "\(device.label.device) without \(source): \(kind) \(families), before \(before ?? ["none"])"
                )
            }
        }
    }
}

extension MetamorphicTests {
    /// The sources that gave something, and one that gave nothing: of those, only the state can matter.
    private static func sources(of device: CorpusDevice) -> [String] {
        let stated = Set(device.lines.lazy.filter { $0.kind == "source" }.compactMap(\.source))
        let giving = Set(device.lines.lazy.filter { $0.kind != "source" }.compactMap(\.source))
        return stated.intersection(giving).sorted() + stated.subtracting(giving).sorted().prefix(1)
    }
}

/// A generator of random numbers that gives the same ones for the same seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
