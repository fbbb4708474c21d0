import Foundation
import Logging
import ServiceLifecycle
import Shared
import Signatures
import Testing

@testable import Collector

/// A real database in a folder of its own, with three units and devices made at will; no network.
final class TestCollector {
    static let approved = "kaspersky-endpoint-security"

    /// Removed when the process ends, not when a collector goes: services may still use its database.
    private static let root: URL = {
        atexit { try? FileManager.default.removeItem(at: TestCollector.rootPath) }
        return rootPath
    }()
    private static let rootPath = FileManager.default.temporaryDirectory
        .appending(path: "khien-tests-\(ProcessInfo.processInfo.processIdentifier)")

    let database: Database
    let path: String
    let shelf: CatalogShelf
    var now = Milliseconds(1_700_000_000_000)
    /// Of the devices that report.
    var platform = HostDescription.Platform.linux
    private var nextSequence: [String: UInt64] = [:]

    init(
        caps: [(code: String, seats: Int)] = [("unit-a", 3), ("unit-b", 100)],
        total: Int? = nil,
        catalog: TestCatalog = TestCatalog(version: 1)
    ) throws {
        let folder = Self.root.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.appending(path: "khien.db").path
        database = try Database(path: path)
        shelf = try CatalogShelf(builtIn: catalog.text)
        try database.seed(
            .firstTerm(
                units: caps.map { .init(code: $0.code, group: "department", name: "Sở \($0.code)", seats: $0.seats) },
                totalSeats: total ?? caps.reduce(0) { $0 + $1.seats },
                officer: .init(name: "center", certificateSerial: "01", certificateExpiresAt: Milliseconds(.max)),
                startsOn: try #require(Day("2023-10-13"))
            ),
            now: now
        )
    }

    /// Writes a device down without a certificate.
    func addDevice(_ id: String, unit: String = "unit-a", host: String? = nil) throws {
        try database.writeNow { sql in
            try DeviceStore(sql: sql).upsert(
                id: id,
                publicKey: [1, 2, 3],
                unitCode: unit,
                hostName: host ?? id,
                agentVersion: "0.1.0",
                certificateExpiresAt: Milliseconds(.max),
                now: now
            )
        }
    }

    /// A report with the next number of the device.
    func report(
        _ id: String,
        _ inventory: Inventory?,
        catalog version: Int = 1,
        epoch: UInt64 = 1,
        sequence: UInt64? = nil
    ) -> VerifiedReport {
        let number = sequence ?? (nextSequence[id] ?? 0) + 1
        if sequence == nil { nextSequence[id] = number }
        let text = inventory.map { "\(version) \($0)" } ?? "none"
        let digest = SHA256.hash(Array(text.utf8))
        let host = HostDescription(
            name: id,
            operatingSystem: "Debian",
            platform: platform,
            architecture: "x86_64",
            agentVersion: "0.1.0"
        )
        return VerifiedReport(
            deviceID: id,
            epoch: epoch,
            sequence: number,
            observedAt: now,
            inventoryDigest: digest,
            inventory: inventory.map { .init(host: host, catalogVersion: version, inventory: $0) },
            payload: Array("\(id) \(epoch) \(number) \(text)".utf8),
            signature: [UInt8](repeating: 7, count: 64)
        )
    }

    /// Commits one report by itself.
    @discardableResult
    func submit(_ report: VerifiedReport) throws -> Result<SubmitOutcome, CollectorError> {
        try database.writeNow { sql in
            let policy = try PolicyStore(sql: sql).policy(now: now)
            return try ReportProcessor(sql: sql, policy: policy, catalogs: shelf.current, now: now).apply(report)
        }
    }

    /// Commits the next report of a device with this inventory.
    @discardableResult
    func submit(_ id: String, _ inventory: Inventory?, catalog version: Int = 1) throws -> SubmitOutcome {
        try submit(report(id, inventory, catalog: version)).get()
    }

    /// A service over this database; what it wants judged again is judged when somebody runs its sweep.
    func catalogs(authority: CertificateAuthority? = nil, directory: String? = nil) throws -> CatalogService {
        let now = now
        let clock = WallClock { now }
        return CatalogService(
            database: database,
            clock: clock,
            shelf: shelf,
            signer: CatalogSigner(
                directory: directory ?? URL(filePath: path).deletingLastPathComponent().path,
                authority: try authority ?? CertificateAuthority.create(now: now)
            ),
            sweep: CatalogSweep(database: database, clock: clock, shelf: shelf, logger: Self.logger),
            logger: Self.logger,
            answerTime: .seconds(3600)
        )
    }

    /// Publishes a catalog in the center's name, with its sweep running.
    @discardableResult
    func publish(_ catalog: TestCatalog, dryRun: Bool = false) async throws -> CatalogService.Publication {
        let service = try catalogs()
        return try await withSweep(service.sweep) {
            try await service.publish(catalog.text, dryRun: dryRun, by: .center)
        }
    }

    /// Runs a sweep while the body runs, then stops it gracefully.
    func withSweep<Result>(_ sweep: CatalogSweep, _ body: () async throws -> Result) async throws -> Result {
        let group = ServiceGroup(services: [sweep], logger: Self.logger)
        async let running: Void = group.run()
        let result = try await body()
        await group.triggerGracefulShutdown()
        try await running
        return result
    }

    /// The kinds of a device's open findings.
    func openKinds(_ id: String) throws -> [FindingKind] {
        try database.writeNow { try FindingStore(sql: $0).open(of: id).map(\.kind).sorted() }
    }

    /// What is stored of a device.
    func products(_ id: String) throws -> [Product] {
        try database.writeNow { try InventoryStore(sql: $0).inventory(id)?.products ?? [] }
    }

    /// One number from the database.
    func number(_ query: String) throws -> Int {
        try database.writeNow { try $0.first(query) { $0.int(0) } } ?? -1
    }

    static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}

extension Caller {
    static let center = Caller(name: "center", role: .center, ownUnit: nil)
    static let reader = Caller(name: "reader", role: .reader, ownUnit: nil)
    static let unitA = Caller(name: "a", role: .unit, ownUnit: "unit-a")
}

extension Inventory {
    static func complete(_ products: Product...) -> Inventory {
        Inventory(
            products: products,
            sources: [
                SourceStatus(source: .dpkg, state: .complete, entries: 600),
                SourceStatus(source: .systemd, state: .complete, entries: 3),
            ]
        )
    }
}

extension Product {
    /// Proven by its package and its service.
    static func installed(_ family: String, name: String? = nil, role: ProductRole = .antivirus) -> Product {
        Product(
            family: family,
            name: name ?? family.uppercased(),
            vendor: "Vendor",
            version: "1.0",
            facts: [
                Fact(source: .dpkg, weight: .installed, role: role, value: family),
                Fact(source: .systemd, weight: .installed, role: role, value: "\(family).service"),
            ]
        )
    }
}
