import Shared
import Testing

@testable import Fleet

@Suite struct MixTests {
    private static let good = "100\tapproved\tkaspersky-endpoint-security:running\t-\tThe approved product.\n"

    private func mix(_ text: String) throws -> Mix {
        try Mix(bytes: Array(text.utf8), catalog: try Catalog.builtIn())
    }

    @Test func aRowBecomesAKindOfDevice() throws {
        let text =
            "# a comment\n\n60\ta\tclamav:running:antivirus,kaspersky-endpoint-security:leftover\tno-antivirus\tA b.\n"
            + "40\tb\t-\tmultiple-antivirus,unapproved-antivirus\tC.\n"
        let mix = try mix(text)
        #expect(mix.kinds.map(\.share) == [60, 40])
        #expect(mix.kinds[0].name == "a")
        #expect(
            mix.kinds[0].products == [
                DeviceKind.Product(family: "clamav", state: .running, extraRole: .antivirus),
                DeviceKind.Product(family: "kaspersky-endpoint-security", state: .leftover, extraRole: nil),
            ]
        )
        #expect(mix.kinds[0].findings == [.noAntivirus])
        #expect(mix.kinds[1].products.isEmpty)
        #expect(mix.kinds[1].findings == [.multipleAntivirus, .unapprovedAntivirus])
        #expect(mix.kinds[1].description == "C.")
    }

    @Test(arguments: [
        ("99\ta\t-\t-\tD.\n", "sum to 99"),
        ("", "sum to 0"),
        ("60\ta\t-\t-\tD.\n50\tb\t-\t-\tD.\n", "sum to 110"),
        ("100\ta\t-\t-\n", "Line 1 of the mix file: 4 columns"),
        ("100\ta\t-\t-\tD.\tE.\n", "Line 1 of the mix file: 6 columns"),
        ("\n0\ta\t-\t-\tD.\n", "Line 2 of the mix file: the share '0'"),
        ("101\ta\t-\t-\tD.\n", "the share '101'"),
        ("-5\ta\t-\t-\tD.\n", "the share '-5'"),
        ("+5\ta\t-\t-\tD.\n", "the share '+5'"),
        ("9999999999999999999999\ta\t-\t-\tD.\n", "the share '9999999999999999999999'"),
        ("ten\ta\t-\t-\tD.\n", "the share 'ten'"),
        ("100\tA b\t-\t-\tD.\n", "the name 'A b'"),
        ("100\t\t-\t-\tD.\n", "the name ''"),
        ("100\ta\t-\t-\t\n", "the description is empty"),
        ("50\ta\t-\t-\tD.\n50\ta\t-\t-\tD.\n", "Line 2 of the mix file: 'a' stands there twice"),
        ("100\ta\tkaspersky-endpoint-security\t-\tD.\n", "is not FAMILY:running"),
        ("100\ta\tclamav:asleep\t-\tD.\n", "'clamav:asleep' is not FAMILY:running"),
        ("100\ta\tno-such:running\t-\tD.\n", "the catalog has no family 'no-such'"),
        ("100\ta\tclamav:running:king\t-\tD.\n", "'king' is not a role"),
        ("100\ta\tclamav:running:edr\t-\tD.\n", "no sign that could show"),
        ("100\ta\tclamav:running,clamav:installed\t-\tD.\n", "'clamav' stands there twice"),
        ("100\ta\t-\tbad\tD.\n", "'bad' is not a finding"),
        ("100\ta\t-\tno-antivirus,no-antivirus\tD.\n", "stands there twice"),
    ])
    func aWrongFileIsRefusedWithItsReason(text: String, reason: String) throws {
        let error = try #require(throws: FleetError.self) { try mix(text) }
        #expect(error.code == .mix)
        #expect(error.message.contains(reason), "\(error.message)")
    }

    @Test func aFileThatIsNotTextIsRefused() throws {
        let catalog = try Catalog.builtIn()
        let error = #expect(throws: FleetError.self) { try Mix(bytes: [0xFF, 0x0A], catalog: catalog) }
        #expect(error?.message.contains("UTF-8") == true)
    }

    @Test func aFileOverTheLimitIsRefused() throws {
        let text = Self.good + String(repeating: "#\n", count: FleetLimits.fileBytes / 2)
        #expect(throws: FleetError.self) { try mix(text) }
        #expect(try mix(Self.good + "#\n").kinds.count == 1)
    }

    @Test func theMixThatIsBuiltInIsSound() throws {
        let mix = try Mix.builtIn(catalog: try Catalog.builtIn())
        #expect(mix.kinds.contains { $0.findings == [.multipleAntivirus, .unapprovedAntivirus] })
        #expect(mix.kinds.contains { $0.findings.isEmpty && $0.products.contains { $0.state == .leftover } })
    }

    @Test func noDamageMakesTheParserTrapOrAcceptAnotherSum() throws {
        let catalog = try Catalog.builtIn()
        let original = PackageResources.fleet_mix_tsv
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededGenerator(seed: seed)
        var refused = 0
        for _ in 0..<400 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: bytes.indices, using: &random)
                switch Int.random(in: 0...3, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: place)
                case 2: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
                default: bytes.removeSubrange(place...)
                }
                if bytes.isEmpty { break }
            }
            do {
                let mix = try Mix(bytes: bytes, catalog: catalog)
                #expect(mix.kinds.reduce(0) { $0 + $1.share } == 100, "seed \(seed)")
            } catch {
                #expect(error.code == .mix, "seed \(seed)")
                #expect(error.message.utf8.allSatisfy { (0x20...0x7E).contains($0) }, "seed \(seed): \(error.message)")
                refused += 1
            }
        }
        #expect(refused > 0, "seed \(seed)")
    }
}
