import Shared
import Testing

/// Recorded devices with labels, all the way from records to findings.
@Suite("corpus") struct CorpusTests {
    /// The catalog that the programs are built with.
    static let catalog = Result { () throws(CatalogError) in try Catalog.builtIn() }

    /// What is said of each device, by its name; empty without a catalog.
    static let said: [String: Outcome] = {
        guard let catalog = try? catalog.get() else { return [:] }
        return Dictionary(
            CorpusDevice.all.map { ($0.label.device, Outcome(lines: $0.lines, catalog: catalog)) },
            uniquingKeysWith: { first, _ in first }
        )
    }()

    @Test("a recorded device gets the products and findings of its label", arguments: CorpusDevice.all)
    func judges(_ device: CorpusDevice) throws {
        let said = try #require(Self.said[device.label.device])
        let difference = said.differences(from: Outcome(device.label))
        #expect(difference.isEmpty, "\(device.label.device): \(device.label.what)\n\(difference)")
    }
}
