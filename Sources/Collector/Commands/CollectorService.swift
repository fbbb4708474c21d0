internal import GRPCCore
public import Logging
internal import Messages
internal import ServiceLifecycle
internal import UnixSignals

/// `khien-collector serve`: opens a data directory and serves it until a signal says stop.
public struct CollectorService: Sendable {
    private let data: String
    private let listen: ListenAddress
    private let enrollmentListen: ListenAddress
    private let clock: WallClock
    private let logger: Logger
    private let announce: @Sendable (String) -> Void

    /// What is to be served; nothing is opened yet.
    ///
    /// - Parameters:
    ///   - data: a directory that `init` made.
    ///   - listen: for devices and officers.
    ///   - enrollmentListen: for devices that have only a token.
    ///   - clock: the wall clock.
    ///   - logger: for failures, never for secrets.
    ///   - announce: receives `listening reporting=HOST:PORT enrollment=HOST:PORT` once both accept.
    public init(
        data: String,
        listen: ListenAddress,
        enrollmentListen: ListenAddress,
        clock: WallClock,
        logger: Logger,
        announce: @escaping @Sendable (String) -> Void
    ) {
        self.data = data
        self.listen = listen
        self.enrollmentListen = enrollmentListen
        self.clock = clock
        self.logger = logger
        self.announce = announce
    }

    /// Serves until SIGTERM, SIGINT or cancellation; what was accepted is committed before this returns.
    /// - Throws: `CollectorError`: `dataDirectory` when the directory cannot be used or another collector holds it,
    ///   `unavailable` when an address is taken.
    public func run() async throws {
        let directory = try DataDirectory(path: data)
        let authority = try CertificateAuthority.load(from: directory.authorityPath)
        let credentials = try ServerCredentials.load(from: directory.serverPath, authority: authority, now: clock.now())
        let database = try Database(path: directory.databasePath)
        let reportingSocket = try ListeningSocket(listen)
        let enrollmentSocket: ListeningSocket
        do {
            enrollmentSocket = try ListeningSocket(enrollmentListen)
        } catch {
            reportingSocket.release()
            throw error
        }

        let catalogs = try catalogService(
            database: database,
            signer: CatalogSigner(directory: directory.authorityPath, authority: authority)
        )
        let writer = ReportWriter(database: database, clock: clock, shelf: catalogs.shelf, logger: logger)
        let registry = DeviceRegistry(database: database, clock: clock)
        let foundation = CollectorServer.Foundation(
            authority: authority,
            credentials: credentials,
            callers: CallerDirectory(database: database, clock: clock),
            clock: clock,
            logger: logger
        )
        let server = try CollectorServer(
            foundation,
            reportingSocket: reportingSocket,
            enrollmentSocket: enrollmentSocket,
            services: [
                (
                    Khien_V1_ReportingService.descriptor,
                    reportingHandler(writer: writer, registry: registry, authority: authority, catalogs: catalogs)
                ),
                (
                    Khien_V1_AdministrationService.descriptor,
                    administrationHandler(
                        callers: foundation.callers,
                        database: database,
                        authority: authority,
                        catalogs: catalogs,
                        enrollment: enrollmentAddress(credentials, socket: enrollmentSocket, authority: authority)
                    )
                ),
            ],
            enrollment: EnrollmentHandler(
                service: enrollmentService(registry: registry, authority: authority),
                authority: authority.der,
                reportingPort: reportingSocket.address.port
            )
        )
        let line = "listening reporting=\(reportingSocket.address) enrollment=\(enrollmentSocket.address)"
        let upkeep = UpkeepService(database: database, clock: clock, logger: logger)
        // Stopped in reverse: first health says so, then the listeners let calls end, then the writer commits the rest.
        var group = ServiceGroupConfiguration(
            services: [writer, catalogs.sweep, upkeep] + server.services { [announce] in announce(line) },
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger
        )
        group.maximumGracefulShutdownDuration = foundation.limits.stopTime
        logger.info("starting", metadata: ["data": "\(data)", "authority": "sha256:\(authority.fingerprint)"])
        try await ServiceGroup(configuration: group).run()
        try database.close()
        logger.info("stopped, everything accepted is on disk")
        // The lock is held to here.
        withExtendedLifetime(directory) {}
    }

    /// Where join strings lead.
    private func enrollmentAddress(
        _ credentials: ServerCredentials,
        socket: ListeningSocket,
        authority: CertificateAuthority
    ) -> TokenService.EnrollmentAddress {
        TokenService.EnrollmentAddress(
            host: credentials.hosts.first?.text ?? "127.0.0.1",
            port: socket.address.port,
            authorityFingerprint: authority.fingerprint
        )
    }

    private func catalogService(
        database: Database,
        signer: CatalogSigner
    ) throws(CollectorError) -> CatalogService {
        let shelf = try CatalogShelf()
        try shelf.load(from: database, logger: logger)
        return CatalogService(
            database: database,
            clock: clock,
            shelf: shelf,
            signer: signer,
            sweep: CatalogSweep(database: database, clock: clock, shelf: shelf, logger: logger),
            logger: logger
        )
    }

    private func reportingHandler(
        writer: ReportWriter,
        registry: DeviceRegistry,
        authority: CertificateAuthority,
        catalogs: CatalogService
    ) -> ReportingHandler {
        let renewal = RenewalService(authority: authority, clock: clock) { renewal async throws(CollectorError) in
            try await registry.recordRenewal(
                of: renewal.deviceID,
                certificateSerial: renewal.certificate.serial,
                expiresAt: renewal.certificate.notAfter
            )
        }
        return ReportingHandler(
            decoder: ReportDecoder(keys: VerifyingKeyCache()),
            writer: writer,
            renewal: renewal,
            catalogs: catalogs
        )
    }

    private func administrationHandler(
        callers: CallerDirectory,
        database: Database,
        authority: CertificateAuthority,
        catalogs: CatalogService,
        enrollment: TokenService.EnrollmentAddress
    ) -> AdministrationHandler {
        AdministrationHandler(
            callers: callers,
            units: UnitService(database: database, clock: clock),
            unitChanges: UnitChangeService(database: database, clock: clock),
            unitContacts: UnitContactService(database: database, clock: clock),
            requests: RequestService(database: database, clock: clock),
            devices: DeviceService(database: database, clock: clock),
            lifecycles: DeviceLifecycleService(database: database, clock: clock, shelf: catalogs.shelf),
            findings: FindingService(database: database, clock: clock),
            policies: PolicyService(database: database, clock: clock, shelf: catalogs.shelf, sweep: catalogs.sweep),
            tokens: TokenService(database: database, clock: clock, enrollmentAddress: enrollment),
            officers: OfficerService(database: database, clock: clock, authority: authority),
            catalogs: catalogs,
            unknowns: UnknownService(database: database),
            licenses: LicenseServices(database: database, clock: clock, shelf: catalogs.shelf)
        )
    }

    private func enrollmentService(
        registry: DeviceRegistry,
        authority: CertificateAuthority
    ) -> EnrollmentService {
        EnrollmentService(authority: authority, clock: clock) { redemption async throws(CollectorError) in
            let unit = try await registry.enroll(
                DeviceRegistry.Enrollment(
                    tokenSecret: redemption.tokenSecret,
                    deviceID: redemption.deviceID,
                    publicKey: redemption.publicKey,
                    hostName: redemption.hostName,
                    agentVersion: redemption.agentVersion,
                    certificateSerial: redemption.certificate.serial,
                    certificateExpiresAt: redemption.certificate.notAfter
                )
            )
            return EnrollmentService.Unit(code: unit.unitCode, name: unit.unitName)
        }
    }
}
