import Foundation
import Messages
import Shared
import Signatures
import SwiftProtobuf
import Testing

@testable import Collector

@Suite struct ReportDecoderTests {
    private let key: SigningKey
    private let deviceID: String
    private let decoder = ReportDecoder(keys: VerifyingKeyCache())

    init() throws {
        key = try SigningKey.generate()
        deviceID = Signatures.deviceID(ofPublicKey: key.publicKeyDER)
    }

    private func inventory() -> Khien_V1_Inventory {
        .with { inventory in
            inventory.host = .with {
                $0.name = "pc-01"
                $0.operatingSystem = "Debian"
                $0.platform = .linux
                $0.architecture = "x86_64"
                $0.agentVersion = "0.1.0"
            }
            inventory.products = [
                .with { product in
                    product.family = "kaspersky-endpoint-security"
                    product.name = "Kaspersky Endpoint Security"
                    product.facts = [
                        .with {
                            $0.source = .dpkg
                            $0.weight = .installed
                            $0.role = .antivirus
                            $0.value = "kesl"
                        }
                    ]
                }
            ]
            inventory.sources = [
                .with {
                    $0.source = .dpkg
                    $0.state = .complete
                    $0.entries = 600
                }
            ]
        }
    }

    private func report(
        _ inventory: Khien_V1_Inventory? = nil,
        change: (inout Khien_V1_Report) -> Void = { _ in }
    ) throws -> Khien_V1_Report {
        let bytes = try (inventory ?? self.inventory()).serializedBytes() as [UInt8]
        var report = Khien_V1_Report.with {
            $0.deviceID = deviceID
            $0.epoch = 1
            $0.sequence = 1
            $0.observedAtMs = 1_700_000_000_000
            $0.inventory = Data(bytes)
            $0.inventoryDigest = Data(SHA256.hash(bytes))
        }
        change(&report)
        return report
    }

    private func sign(
        _ payload: [UInt8],
        type: String = PreAuthenticationEncoding.reportType,
        with key: SigningKey? = nil
    ) throws -> Khien_V1_SignedReport {
        let signature = try (key ?? self.key).sign(PreAuthenticationEncoding.encode(type: type, payload: payload))
        return .with {
            $0.payload = Data(payload)
            $0.signature = Data(signature)
        }
    }

    private func decode(_ signed: Khien_V1_SignedReport) -> Result<VerifiedReport, CollectorError> {
        Result { () throws(CollectorError) in
            try decoder.decode(signed, from: deviceID, publicKey: key.publicKeyDER)
        }
    }

    private func decode(_ report: Khien_V1_Report) throws -> Result<VerifiedReport, CollectorError> {
        decode(try sign(try report.serializedBytes()))
    }

    @Test func aGoodReportComesOutAsItWasPutIn() throws {
        let decoded = try decode(try report()).get()
        #expect(decoded.deviceID == deviceID && decoded.epoch == 1 && decoded.sequence == 1)
        let contents = try #require(decoded.inventory)
        #expect(contents.host.name == "pc-01" && contents.host.platform == .linux)
        #expect(contents.inventory.products.map(\.family) == ["kaspersky-endpoint-security"])
        #expect(contents.inventory.products.first?.facts.first?.value == "kesl")
        #expect(contents.inventory.sources == [SourceStatus(source: .dpkg, state: .complete, entries: 600)])
    }

    @Test func everyTruncationAndEveryFlippedBitIsRefused() throws {
        let signed = try sign(try report().serializedBytes())
        for length in 0..<signed.payload.count {
            var cut = signed
            cut.payload = signed.payload.prefix(length)
            #expect(decode(cut).code == .invalidArgument)
        }
        for length in 0..<signed.signature.count {
            var cut = signed
            cut.signature = signed.signature.prefix(length)
            #expect(decode(cut).code == .invalidArgument)
        }
        for bit in stride(from: 0, to: signed.payload.count * 8, by: 5) {
            var flipped = signed
            flipped.payload[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(decode(flipped).code == .invalidArgument)
        }
    }

    @Test func aPayloadThatIsCutBeforeItIsSignedIsRefusedAtEveryByte() throws {
        let whole: [UInt8] = try report().serializedBytes()
        for length in 0..<whole.count {
            let code = decode(try sign(Array(whole.prefix(length)))).code
            // Cutting away whole fields from the end leaves a shorter report: a heartbeat at the end of the digest.
            if code == nil {
                #expect(try Khien_V1_Report(serializedBytes: Array(whole.prefix(length))).inventory.isEmpty)
            } else {
                #expect(code == .invalidArgument || code == .permissionDenied)
            }
        }
    }

    @Test func anotherKeyAnotherTypeOrMoreBytesMakeTheSignatureWorthless() throws {
        let payload: [UInt8] = try report().serializedBytes()
        #expect(decode(try sign(payload, with: try SigningKey.generate())).code == .invalidArgument)
        #expect(decode(try sign(payload, type: "application/vnd.khien.catalog.v1")).code == .invalidArgument)
        var longer = try sign(payload)
        longer.signature.append(0)
        #expect(decode(longer).code == .invalidArgument)
        longer.signature = Data(count: 64)
        #expect(decode(longer).code == .invalidArgument)
    }

    @Test func aReportInAnotherDevicesNameIsRefused() throws {
        let other = String(repeating: "a", count: 32)
        #expect(try decode(try report { $0.deviceID = other }).code == .permissionDenied)
    }

    @Test func numbersAndTimesOutOfRangeAreRefused() throws {
        #expect(try decode(try report { $0.epoch = 0 }).code == .invalidArgument)
        #expect(try decode(try report { $0.epoch = .max }).code == .invalidArgument)
        #expect(try decode(try report { $0.sequence = 0 }).code == .invalidArgument)
        #expect(try decode(try report { $0.sequence = UInt64(Int64.max) + 1 }).code == .invalidArgument)
        #expect(try decode(try report { $0.observedAtMs = .min }).code == .invalidArgument)
        #expect(try decode(try report { $0.observedAtMs = .max }).code == .invalidArgument)
    }

    @Test func anInventoryThatDoesNotMatchItsDigestIsRefused() throws {
        #expect(try decode(try report { $0.inventoryDigest = Data(count: 32) }).code == .invalidArgument)
        #expect(try decode(try report { $0.inventoryDigest = Data(count: 31) }).code == .invalidArgument)
    }

    @Test func whatIsOverALimitIsRefused() throws {
        var many = inventory()
        many.products = (0...WireLimits.products).map { index in
            .with {
                $0.family = "family-\(index)"
                $0.facts = inventory().products[0].facts
            }
        }
        #expect(try decode(try report(many)).code == .invalidArgument)
        var facts = inventory()
        facts.products[0].facts = Array(repeating: facts.products[0].facts[0], count: WireLimits.factsPerProduct + 1)
        #expect(try decode(try report(facts)).code == .invalidArgument)
        var name = inventory()
        name.host.name = String(repeating: "x", count: 256)
        #expect(try decode(try report(name)).code == .invalidArgument)
        let huge = Khien_V1_SignedReport.with { $0.payload = Data(count: WireLimits.reportBytes + 1) }
        #expect(decode(huge).code == .invalidArgument)
    }

    @Test func whatACatalogNeedsToJudgeAgainComesOutAsItWasPutIn() throws {
        var inventory = inventory()
        inventory.catalogVersion = 7
        inventory.products[0].family = "unknown-strange-shield-0badcafe"
        inventory.products[0].facts[0].kind = .deb
        inventory.products[0].facts[0].publisher = "ООО «Доктор Веб»"
        inventory.products[0].status = .with {
            $0.source = .vendorState
            $0.protection = .expired
            $0.signatures = .outdated
            $0.signaturesAt = 1_699_999_200
            $0.license = .expired
            $0.server = "ksc.example.vn"
            $0.serverContactAt = 1_699_920_000
        }
        let contents = try #require(try decode(try report(inventory)).get().inventory)
        #expect(contents.catalogVersion == 7)
        let product = try #require(contents.inventory.products.first)
        #expect(product.family == "unknown-strange-shield-0badcafe")
        #expect(product.facts.map(\.kind) == [.deb] && product.facts.map(\.publisher) == ["ООО «Доктор Веб»"])
        #expect(
            product.status
                == ProductStatus(
                    source: .vendorState,
                    protection: .expired,
                    signatures: .outdated,
                    signaturesAt: 1_699_999_200,
                    license: .expired,
                    server: "ksc.example.vn",
                    serverContactAt: 1_699_920_000
                )
        )
    }

    @Test func whatIsNotSaidOfAProductIsNotZero() throws {
        var inventory = inventory()
        inventory.products[0].facts[0].kind = .UNRECOGNIZED(99)
        inventory.products[0].status = .with {
            $0.source = .defender
            $0.protection = .UNRECOGNIZED(99)
            $0.signaturesAt = .max
            $0.serverContactAt = .min
        }
        let contents = try #require(try decode(try report(inventory)).get().inventory)
        #expect(contents.inventory.products[0].facts.map(\.kind) == [nil])
        #expect(contents.inventory.products[0].status == ProductStatus(source: .defender))
        inventory.products[0].status.source = .UNRECOGNIZED(99)
        let unsaid = try #require(try decode(try report(inventory)).get().inventory)
        #expect(unsaid.inventory.products[0].status == nil)
    }

    @Test func aPublisherOrAServerOverItsLimitIsRefused() throws {
        var publisher = inventory()
        publisher.products[0].facts[0].publisher = String(repeating: "x", count: WireLimits.nameBytes)
        #expect(try decode(try report(publisher)).code == nil)
        publisher.products[0].facts[0].publisher += "x"
        #expect(try decode(try report(publisher)).code == .invalidArgument)
        var server = inventory()
        server.products[0].status = .with {
            $0.source = .vendorState
            $0.server = String(repeating: "x", count: 255)
        }
        #expect(try decode(try report(server)).code == nil)
        server.products[0].status.server += "x"
        #expect(try decode(try report(server)).code == .invalidArgument)
    }

    @Test(arguments: ["", "Kaspersky", "a b", "a\n", String(repeating: "a", count: 65), "é"])
    func aFamilyThatIsNoKeyIsRefused(family: String) throws {
        var inventory = inventory()
        inventory.products[0].family = family
        #expect(try decode(try report(inventory)).code == .invalidArgument)
    }

    @Test func oneFamilyTwiceOrOneSourceTwiceIsRefused() throws {
        var twice = inventory()
        twice.products.append(twice.products[0])
        #expect(try decode(try report(twice)).code == .invalidArgument)
        twice = inventory()
        twice.sources.append(twice.sources[0])
        #expect(try decode(try report(twice)).code == .invalidArgument)
    }

    @Test func wordsOfANewerAgentAreLeftOutAndTheRestIsKept() throws {
        var newer = inventory()
        newer.products[0].facts.append(
            .with {
                $0.source = .UNRECOGNIZED(99)
                $0.weight = .running
                $0.role = .antivirus
            }
        )
        newer.sources.append(
            .with {
                $0.source = .UNRECOGNIZED(99)
                $0.state = .complete
            }
        )
        let contents = try #require(try decode(try report(newer)).get().inventory)
        #expect(contents.inventory.products[0].facts.count == 1)
        #expect(contents.inventory.sources.count == 1)
    }

    @Test func controlCharactersInNamesAreReplaced() throws {
        var hostile = inventory()
        hostile.host.name = "pc\n\u{1B}[31m\u{0}"
        let contents = try #require(try decode(try report(hostile)).get().inventory)
        #expect(contents.host.name == "pc\u{FFFD}\u{FFFD}[31m\u{FFFD}")
    }

    @Test(arguments: [UInt64(11), 12, 13])
    func noBytesThatAreSignedCanBringTheCollectorDown(seed: UInt64) throws {
        print("seed \(seed)")
        var random = SplitMix64(state: seed)
        let inventoryBytes: [UInt8] = try inventory().serializedBytes()
        for _ in 0..<400 {
            var mutated = inventoryBytes
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                switch Int.random(in: 0..<3, using: &random) {
                case 0 where !mutated.isEmpty:
                    mutated[Int.random(in: 0..<mutated.count, using: &random)] = .random(in: 0...255, using: &random)
                case 1 where !mutated.isEmpty:
                    mutated.remove(at: Int.random(in: 0..<mutated.count, using: &random))
                default:
                    mutated.insert(
                        .random(in: 0...255, using: &random),
                        at: Int.random(in: 0...mutated.count, using: &random)
                    )
                }
            }
            let hostile = try report { report in
                report.inventory = Data(mutated)
                report.inventoryDigest = Data(SHA256.hash(mutated))
            }
            let result = try decode(hostile)
            #expect(result.code == nil || result.code == .invalidArgument)
        }
    }

    @Test func deeplyNestedUnknownGroupsAreRefused() throws {
        // Field 100 as a group, opened 100,000 times.
        let nested = [UInt8](repeatElement([0xA3, 0x06], count: 100_000).joined())
        #expect(decode(try sign(nested)).code == .invalidArgument)
    }
}
