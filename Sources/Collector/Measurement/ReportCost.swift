internal import Foundation
internal import Logging
internal import Messages
internal import Shared
internal import Signatures
internal import SwiftProtobuf

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// What reports cost a collector: processor time up to the flushed commit.
struct ReportCost {
    /// What is paid for.
    enum Part: Sendable, Hashable, CaseIterable {
        /// From the verified report on: the database.
        case commit
        /// From the received bytes on: signature, decoding and database; TLS and HTTP/2 are the same for every size.
        case report
    }

    /// Reports that wait at once; they are committed together, as under load.
    private static let together = 128
    /// Keys that the devices share; what is kept of a key is kept for each device.
    private static let keyCount = 16

    let measured: MeasuredDatabase
    let shelf: CatalogShelf
    let logger: Logger
    private let keys: [SigningKey]
    private let decoder = ReportDecoder(keys: VerifyingKeyCache())

    init(measured: MeasuredDatabase, shelf: CatalogShelf, logger: Logger) throws {
        self.measured = measured
        self.shelf = shelf
        self.logger = logger
        keys = try (0..<Self.keyCount).map { _ in try SigningKey.generate() }
    }

    /// Commits one report of each device.
    ///
    /// `isChanged`: with an inventory that differs in a version; else only the digest that is stored.
    /// - Returns: microseconds of this process's processor time for each report.
    func microseconds(
        _ part: Part,
        _ devices: [MeasuredDatabase.Reporter],
        sequence: UInt64,
        isChanged: Bool
    ) async throws -> Double {
        let signed = try devices.enumerated().map { index, device in
            try sign(device, with: keys[index % keys.count], sequence: sequence, isChanged: isChanged)
        }
        let verified = part == .commit ? try signed.map { try $0.verified(by: decoder) } : []
        let now = measured.now
        let writer = ReportWriter(
            database: measured.database,
            clock: WallClock { now },
            shelf: shelf,
            logger: logger
        )
        return try await withThrowingTaskGroup(of: Void.self) { [decoder] group in
            let running = Task { try await writer.run() }
            let start = Self.processorTime()
            var next = 0
            func add() {
                guard next < signed.count else { return }
                let (arrived, known) = (signed[next], part == .commit ? verified[next] : nil)
                next += 1
                group.addTask { _ = try await writer.submit(try known ?? arrived.verified(by: decoder)) }
            }
            for _ in 0..<Self.together { add() }
            while try await group.next() != nil { add() }
            let used = Self.processorTime() - start
            running.cancel()
            return used / Double(max(1, devices.count))
        }
    }

    /// A report as it arrives, and the key in the certificate of the connection.
    private struct Arrival: Sendable {
        var deviceID: String
        var publicKey: [UInt8]
        var report: Khien_V1_SignedReport

        func verified(by decoder: ReportDecoder) throws -> VerifiedReport {
            try decoder.decode(report, from: deviceID, publicKey: publicKey)
        }
    }

    private func sign(
        _ device: MeasuredDatabase.Reporter,
        with key: SigningKey,
        sequence: UInt64,
        isChanged: Bool
    ) throws -> Arrival {
        let inventory = isChanged ? try Self.inventory(device, sequence: sequence).serializedBytes() as [UInt8] : []
        let report = Khien_V1_Report.with {
            $0.deviceID = device.id
            $0.epoch = 2
            $0.sequence = sequence
            $0.observedAtMs = measured.now.value
            $0.inventoryDigest =
                isChanged ? Data(SHA256.hash(inventory)) : Data(repeating: 0, count: SHA256.byteCount)
            $0.inventory = Data(inventory)
        }
        let payload: [UInt8] = try report.serializedBytes()
        let signature = try key.sign(
            PreAuthenticationEncoding.encode(type: PreAuthenticationEncoding.reportType, payload: payload)
        )
        let signed = Khien_V1_SignedReport.with {
            $0.payload = Data(payload)
            $0.signature = Data(signature)
        }
        return Arrival(deviceID: device.id, publicKey: key.publicKeyDER, report: signed)
    }

    private static func inventory(_ device: MeasuredDatabase.Reporter, sequence: UInt64) -> Khien_V1_Inventory {
        .with { inventory in
            inventory.host = .with {
                $0.name = device.hostName
                $0.operatingSystem = "Windows 10 Pro 22H2"
                $0.platform = .windows
                $0.architecture = "x86_64"
                $0.agentVersion = "0.1.0"
            }
            // Taken as it is: what is measured is not the recognition.
            inventory.catalogVersion = 1_000_000
            inventory.products = [
                .with { product in
                    product.family = "kaspersky-endpoint-security"
                    product.name = "Kaspersky Endpoint Security"
                    product.vendor = "Kaspersky"
                    product.version = "12.\(sequence)"
                    product.facts = [Khien_V1_Source.systemd, .process, .kernelModule].enumerated().map {
                        index,
                        source in
                        .with {
                            $0.source = source
                            $0.weight = .running
                            $0.role = .antivirus
                            $0.value = "name-\(index)"
                            $0.kind = .deb
                            $0.publisher = "AO Kaspersky Lab"
                        }
                    }
                }
            ]
            inventory.sources = [Khien_V1_Source.dpkg, .rpm, .systemd, .process].map { source in
                .with {
                    $0.source = source
                    $0.state = .complete
                    $0.entries = 10
                }
            }
        }
    }

    /// Of this process, user and system, in microseconds.
    private static func processorTime() -> Double { Double(clock()) * 1e6 / Double(CLOCKS_PER_SEC) }
}
