internal import Logging
internal import Shared
internal import Signatures

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// What reports cost a database: processor time from the verified report to the flushed commit.
struct ReportCost {
    /// Reports that wait at once; they are committed together, as under load.
    private static let together = 128

    let measured: MeasuredDatabase
    let shelf: CatalogShelf
    let logger: Logger

    /// Commits one report of each device.
    ///
    /// `isChanged`: with an inventory that differs in a version; else only the digest that is stored.
    /// - Returns: microseconds of this process's processor time for each report.
    func microseconds(
        _ devices: [MeasuredDatabase.Reporter],
        sequence: UInt64,
        isChanged: Bool
    ) async throws -> Double {
        let now = measured.now
        let writer = ReportWriter(
            database: measured.database,
            clock: WallClock { now },
            shelf: shelf,
            logger: logger
        )
        return try await withThrowingTaskGroup(of: Void.self) { group in
            let running = Task { try await writer.run() }
            let start = Self.processorTime()
            var next = devices.makeIterator()
            func add() {
                guard let device = next.next() else { return }
                let report = Self.report(device, sequence: sequence, isChanged: isChanged, now: now)
                group.addTask { _ = try await writer.submit(report) }
            }
            for _ in 0..<Self.together { add() }
            while try await group.next() != nil { add() }
            let used = Self.processorTime() - start
            running.cancel()
            return used / Double(max(1, devices.count))
        }
    }

    private static func report(
        _ device: MeasuredDatabase.Reporter,
        sequence: UInt64,
        isChanged: Bool,
        now: Milliseconds
    ) -> VerifiedReport {
        let product = Product(
            family: "kaspersky-endpoint-security",
            name: "Kaspersky Endpoint Security",
            vendor: "Kaspersky",
            version: "12.\(sequence)",
            facts: (0..<3).map { position in
                Fact(
                    source: FactSource(rawValue: 3 + position) ?? .uninstall,
                    kind: SignalKind(rawValue: 1),
                    weight: .running,
                    role: .antivirus,
                    isWeak: false,
                    value: "name-\(position)",
                    publisher: "AO Kaspersky Lab",
                    detail: ""
                )
            }
        )
        let sources = (1...4).compactMap { FactSource(rawValue: $0) }
        let contents = VerifiedReport.Contents(
            host: HostDescription(
                name: device.hostName,
                operatingSystem: "Windows 10 Pro 22H2",
                platform: .windows,
                architecture: "x86_64",
                agentVersion: "0.1.0"
            ),
            // Taken as it is: what is measured is the database.
            catalogVersion: 1_000_000,
            inventory: Inventory(
                products: [product],
                sources: sources.map { SourceStatus(source: $0, state: .complete, entries: 10) }
            )
        )
        return VerifiedReport(
            deviceID: device.id,
            epoch: 2,
            sequence: sequence,
            observedAt: now,
            inventoryDigest: isChanged
                ? SHA256.hash(Array("\(device.id) \(sequence)".utf8)) : [UInt8](repeating: 0, count: 32),
            inventory: isChanged ? contents : nil,
            payload: [UInt8](repeating: 7, count: isChanged ? 900 : 180),
            signature: [UInt8](repeating: 7, count: 64)
        )
    }

    /// Of this process, user and system, in microseconds.
    private static func processorTime() -> Double { Double(clock()) * 1e6 / Double(CLOCKS_PER_SEC) }
}
