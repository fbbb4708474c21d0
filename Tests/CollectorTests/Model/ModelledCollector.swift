import Foundation
import GRPCCore
import Logging
import Messages
import Shared
import Signatures
import Testing

@testable import Collector

/// The real collector without its network: the handlers that officers call and the processor of reports, over a database of
/// its own that survives a killed process but not a cut of power, which no test here is about.
final class ModelledCollector {
    enum Outcome: Equatable {
        case accepted
        /// With the text that the officer or the device sees.
        case refused(String)
    }

    let database: Database
    let machine: DyingMachine
    let handler: AdministrationHandler
    let context: ServerContext
    private let shelf: CatalogShelf
    private let folder: URL
    private var reports: [Int: (sequence: UInt64, digest: [UInt8])] = [:]

    private static let folders = FileManager.default.temporaryDirectory
    private static let authority = Result { try CertificateAuthority.create(now: Milliseconds(1_700_000_000_000)) }
    private static let logger = Logger(label: "model") { _ in SwiftLogNoOpLogHandler() }

    /// With statements that break the schema, for tests of this test.
    init(now: Int64, starts: Int, caps: [Int], total: Int, sabotage: String = "") async throws {
        folder = Self.folders.appending(path: "khien-model-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let machine = DyingMachine(now: now)
        self.machine = machine
        database = try Database(
            path: folder.appending(path: "khien.db").path,
            flushesCommits: false,
            interruption: machine.interrupt
        )
        shelf = try CatalogShelf(builtIn: TestCatalog(version: 1).knowing(Province.products[1], as: "drweb").text)
        try database.seed(
            .firstTerm(
                units: caps.enumerated().map {
                    .init(
                        code: Name.unit($0.offset),
                        group: "department",
                        name: "Sở số \($0.offset)",
                        seats: $0.element
                    )
                },
                totalSeats: total,
                officer: .init(name: "center", certificateSerial: "01", certificateExpiresAt: Milliseconds(.max)),
                startsOn: try #require(Day(number: starts))
            ),
            now: machine.now
        )
        if !sabotage.isEmpty { try database.writeNow { try $0.script(sabotage) } }
        handler = try Self.handler(
            database: database,
            clock: WallClock { machine.now },
            shelf: shelf,
            authority: Self.authority.get(),
            folder: folder
        )
        context = await Self.context()
    }

    deinit {
        try? database.close()
        try? FileManager.default.removeItem(at: folder)
    }

    static func handler(
        database: Database,
        clock: WallClock,
        shelf: CatalogShelf,
        authority: CertificateAuthority,
        folder: URL
    ) throws -> AdministrationHandler {
        let catalogs = CatalogService(
            database: database,
            clock: clock,
            shelf: shelf,
            signer: CatalogSigner(directory: folder.path, authority: authority),
            sweep: CatalogSweep(database: database, clock: clock, shelf: shelf, logger: logger),
            logger: logger
        )
        return AdministrationHandler(
            callers: CallerDirectory(database: database, clock: clock),
            units: UnitService(database: database, clock: clock),
            unitChanges: UnitChangeService(database: database, clock: clock),
            unitContacts: UnitContactService(database: database, clock: clock),
            // The smallest number that is free: a run is the same each time.
            requests: RequestService(
                database: database,
                clock: clock,
                draw: RequestService.Draw(attempts: .max) { Int64($0) + 1 }
            ),
            devices: DeviceService(database: database, clock: clock),
            lifecycles: DeviceLifecycleService(database: database, clock: clock, shelf: shelf),
            findings: FindingService(database: database, clock: clock),
            policies: PolicyService(
                database: database,
                clock: clock,
                shelf: shelf,
                sweep: catalogs.sweep,
                answerTime: .zero
            ),
            tokens: TokenService(
                database: database,
                clock: clock,
                enrollmentAddress: .init(host: "127.0.0.1", port: 7444, authorityFingerprint: "")
            ),
            officers: OfficerService(database: database, clock: clock, authority: authority),
            catalogs: catalogs,
            unknowns: UnknownService(database: database),
            licenses: LicenseServices(database: database, clock: clock, shelf: shelf)
        )
    }

    /// A call of the center's first officer.
    private static func context() async -> ServerContext {
        await withServerContextRPCCancellationHandle { handle in
            var context = ServerContext(
                descriptor: Khien_V1_AdministrationService.Method.ListUnits.descriptor,
                remotePeer: "ipv4:192.0.2.1:1",
                localPeer: "ipv4:192.0.2.2:2",
                cancellation: handle
            )
            let life = CertificateLife(serial: "01", notBefore: Milliseconds(0), notAfter: Milliseconds(.max))
            context.transportSpecific = CallIdentity(
                client: .officer(OfficerIdentity(name: "center", publicKey: [], life: life))
            )
            return context
        }
    }

    /// Does what a step says, with the process dying where the step says so.
    func perform(_ step: Step) async -> (outcome: Outcome, isDead: Bool) {
        machine.die(at: step.cut)
        defer { machine.die(at: nil) }
        do {
            try await call(step)
            return (.accepted, machine.isDead)
        } catch {
            let text = (error as? CollectorError).map { "\($0.code): \($0.debugDescription)" } ?? "\(error)"
            return (.refused(text), machine.isDead)
        }
    }

    /// Writes a device down without a certificate, in a unit that stands.
    func enroll(_ device: Int, unit: Int) throws {
        let now = machine.now
        try database.writeNow { sql in
            let isOpen = try sql.first(
                "SELECT 1 FROM unit WHERE code = $1 AND closed_on IS NULL",
                .text(Name.unit(unit))
            ) { $0.bool(0) }
            guard isOpen == true else { throw CollectorError(.notFound, "no such unit") }
            try DeviceStore(sql: sql).upsert(
                id: Name.device(device),
                publicKey: [1, 2, 3],
                unitCode: Name.unit(unit),
                hostName: Name.device(device),
                agentVersion: "0.1.0",
                certificateExpiresAt: Milliseconds(.max),
                now: now
            )
        }
    }

    /// Commits the next report of a device; without products it says that nothing has changed.
    func report(_ device: Int, products: Int?) throws {
        let former = reports[device] ?? (0, Array(repeating: 0, count: 32))
        let inventory = products.map(Self.inventory)
        let digest = products.map { SHA256.hash([UInt8($0)]) } ?? former.digest
        let number = former.sequence + 1
        let id = Name.device(device)
        let report = VerifiedReport(
            deviceID: id,
            epoch: 1,
            sequence: number,
            observedAt: machine.now,
            inventoryDigest: digest,
            inventory: inventory.map { .init(host: Self.host(id), catalogVersion: 1, inventory: $0) },
            payload: Array("\(id) \(number) \(products ?? -1)".utf8),
            signature: [7]
        )
        let now = machine.now
        _ = try database.writeNow { sql in
            try ReportProcessor(
                sql: sql,
                policy: try PolicyStore(sql: sql).policy(now: now),
                catalogs: shelf.current,
                now: now
            ).apply(report).get()
        }
        reports[device] = (number, digest)
    }

    private static func inventory(_ products: Int) -> Inventory {
        Inventory(
            products: Province.products.indices.filter { products >> $0 & 1 == 1 }
                .map { .installed(Province.products[$0]) },
            sources: Inventory.complete().sources
        )
    }

    private static func host(_ name: String) -> HostDescription {
        HostDescription(
            name: name,
            operatingSystem: "Debian",
            platform: .linux,
            architecture: "x86_64",
            agentVersion: "0.1.0"
        )
    }
}
