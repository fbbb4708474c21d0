import CAgentMessages
import CProtobufC
import Foundation
import Messages
import Shared
import Signatures
import SwiftProtobuf
import Testing

@testable import Agent
@testable import Collector

/// Two codecs over one schema: protobuf-c on the device, swift-protobuf at the collector.
@Suite struct CodecContractTests {
    private let scan = Scan(
        host: HostDescription(
            name: "máy-tính-01",
            operatingSystem: "Debian GNU/Linux 12 (bookworm)",
            platform: .linux,
            architecture: "x86_64",
            agentVersion: khienVersion
        ),
        catalogVersion: 7,
        inventory: Inventory(
            products: FactSource.allCases.map(CodecContractTests.product).sorted { $0.family < $1.family },
            sources: zip(FactSource.allCases, SourceStatus.State.allCases + SourceStatus.State.allCases).map {
                SourceStatus(source: $0, state: $1, reason: $1 == .partial ? "lý do" : "", entries: 600)
            }
        )
    )

    /// One product of each source, with every weight, role and word of a status among them.
    private static func product(_ source: FactSource) -> Product {
        var facts: [Fact] = []
        for weight in FactWeight.allCases {
            for role in ProductRole.allCases {
                facts.append(
                    Fact(
                        source: source,
                        kind: SignalKind(rawValue: source.rawValue + weight.rawValue),
                        weight: weight,
                        role: role,
                        isWeak: weight == .running,
                        value: "v\(role)",
                        publisher: weight == .installed ? "ООО «Доктор Веб»" : ""
                    )
                )
            }
        }
        return Product(
            family: "family-\(source.rawValue)",
            name: "Sản phẩm \(source.rawValue)",
            vendor: "Hãng",
            version: "1.\(source.rawValue)",
            facts: facts,
            status: ProductStatus(
                source: source,
                protection: ProductStatus.Protection(rawValue: source.rawValue % 6),
                signatures: ProductStatus.Signatures(rawValue: source.rawValue % 3),
                signaturesAt: source == .defender ? nil : 1_700_000_000,
                license: ProductStatus.License(rawValue: source.rawValue % 4),
                server: source == .vendorState ? "ksc.example.vn" : "",
                serverContactAt: source == .vendorState ? 1_700_000_000 : nil
            )
        )
    }

    @Test func theCollectorReadsWhatTheAgentWrote() throws {
        let key = try SigningKey.generate()
        let encoded = ReportEncoder.encode(scan)
        let bytes = try ReportEncoder.signedReport(
            encoded,
            isWhole: true,
            epoch: 1_700_000_000_000,
            sequence: 42,
            observedAtMilliseconds: 1_700_000_000_123,
            key: key
        )
        let id = deviceID(ofPublicKey: key.publicKeyDER)
        let decoded = try ReportDecoder(keys: VerifyingKeyCache())
            .decode(try Khien_V1_SignedReport(serializedBytes: bytes), from: id, publicKey: key.publicKeyDER)
        #expect(decoded.epoch == 1_700_000_000_000 && decoded.sequence == 42)
        #expect(decoded.observedAt == Milliseconds(1_700_000_000_123))
        #expect(decoded.inventoryDigest == encoded.digest)
        let contents = try #require(decoded.inventory)
        #expect(contents.host == scan.host)
        #expect(contents.inventory.sources.map(\.source) == scan.inventory.sources.map(\.source))
        #expect(contents.inventory.sources.map(\.state) == scan.inventory.sources.map(\.state))
        #expect(contents.inventory.products.map(\.name) == scan.inventory.products.map(\.name))
        #expect(contents.inventory.products.map { Set($0.facts) } == scan.inventory.products.map { Set($0.facts) })
        #expect(contents.inventory.products.map(\.version) == scan.inventory.products.map(\.version))
        #expect(contents.inventory.products.map(\.status) == scan.inventory.products.map(\.status))
        #expect(contents.catalogVersion == scan.catalogVersion)
    }

    @Test func theAgentReadsWhatTheCollectorAnswers() throws {
        let outcome = SubmitOutcome(
            epoch: UInt64.max,
            sequence: 7,
            findings: FindingKind.allCases.map {
                FindingRecord(id: 1, kind: $0, openedAt: Milliseconds(1_700_000_000_000), products: ["Một", "Hai"])
            },
            seat: .overCap,
            wantsInventory: true,
            nextReportSeconds: 900,
            answeredAt: Milliseconds(1_700_000_000_999),
            catalogVersion: 12,
            unitCode: "so-y-te"
        )
        let answer = try #require(SubmitAnswer(try Khien_V1_SubmitResponse(outcome).serializedBytes()))
        #expect(answer.epoch == outcome.epoch && answer.sequence == outcome.sequence)
        #expect(answer.findings.map(\.kind) == FindingKind.allCases)
        #expect(answer.findings.allSatisfy { $0.products == ["Một", "Hai"] })
        #expect(answer.findings.allSatisfy { $0.openedAtMilliseconds == 1_700_000_000_000 })
        #expect(answer.seat == .overCap && answer.wantsInventory && answer.nextReportSeconds == 900)
        #expect(answer.collectorTimeMilliseconds == 1_700_000_000_999 && answer.catalogVersion == 12)
    }

    @Test(arguments: [SeatState.none, .held, .overCap])
    func seatsAreOneThingInBothCodecs(seat: SeatState) throws {
        var response = Khien_V1_SubmitResponse()
        response.seat = Khien_V1_SeatState(seat)
        let answer = try #require(SubmitAnswer(try response.serializedBytes()))
        #expect(answer.seat == [SeatState.none: .some(.none), .held: .held, .overCap: .overCap][seat])
    }

    @Test func anInventoryOfTheCollectorsCodecSurvivesTheAgentsToTheByte() throws {
        let bytes = ReportEncoder.encode(scan).bytes
        let message = try Khien_V1_Inventory(serializedBytes: bytes)
        let again: [UInt8] = try message.serializedBytes()
        #expect(again == bytes)
        let unpacked = try #require(khien__v1__inventory__unpack(nil, again.count, again))
        defer { khien__v1__inventory__free_unpacked(unpacked, nil) }
        #expect(unpacked.pointee.n_products == FactSource.allCases.count)
        #expect(khien__v1__inventory__get_packed_size(unpacked) == bytes.count)
    }

    @Test func theNumbersOfTheDomainAreTheNumbersOfTheWire() {
        #expect(FactSource.allCases.map(\.rawValue) == Khien_V1_Source.allCases.map(\.rawValue).filter { $0 != 0 })
        #expect(FactWeight.allCases.map(\.rawValue) == Khien_V1_Weight.allCases.map(\.rawValue).filter { $0 != 0 })
        #expect(ProductRole.allCases.map(\.rawValue) == Khien_V1_Role.allCases.map(\.rawValue).filter { $0 != 0 })
        #expect(EvidenceGrade.allCases.map(\.rawValue) == Khien_V1_Grade.allCases.map(\.rawValue).filter { $0 != 0 })
        #expect(
            FindingKind.allCases.map(\.rawValue) == Khien_V1_FindingKind.allCases.map(\.rawValue).filter { $0 != 0 }
        )
        #expect(
            SignalKind.allCases.map(\.rawValue) == Khien_V1_SignalKind.allCases.map(\.rawValue).filter { $0 != 0 }
        )
        #expect(
            ProductStatus.Protection.allCases.map(\.rawValue)
                == Khien_V1_Protection.allCases.map(\.rawValue).filter { $0 != 0 }
        )
        #expect(
            ProductStatus.Signatures.allCases.map(\.rawValue)
                == Khien_V1_Signatures.allCases.map(\.rawValue).filter { $0 != 0 }
        )
        #expect(
            ProductStatus.License.allCases.map(\.rawValue)
                == Khien_V1_License.allCases.map(\.rawValue).filter { $0 != 0 }
        )
        #expect(
            OfficerRole.allCases.map(\.rawValue) == Khien_V1_OfficerRole.allCases.map(\.rawValue).filter { $0 != 0 }
        )
        #expect(
            SourceStatus.State.allCases.map(\.rawValue)
                == Khien_V1_SourceState.allCases.map(\.rawValue).filter { $0 != 0 }
        )
        #expect(
            HostDescription.Platform.allCases.map(\.rawValue)
                == Khien_V1_Platform.allCases.map(\.rawValue).filter { $0 != 0 }
        )
    }
}
