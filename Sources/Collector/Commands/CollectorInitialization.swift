internal import Crypto
internal import Foundation
internal import Shared

/// `khien-collector init`: makes a data directory that `serve` can use, whole or not at all.
public struct CollectorInitialization: Sendable {
    /// What was made.
    public struct Outcome: Sendable, Hashable {
        /// SHA-256 over the authority's certificate: 64 lower-case hexadecimal characters.
        public let authorityFingerprint: String
        /// The first officer's profile for the command line.
        public let profile: String
        /// The name by which devices and officers reach the collector.
        public let host: String
        /// Units and seats of the first term.
        public let units: Int
        /// Seats of the first term.
        public let seats: Int
    }

    /// The name of the first officer, and of the profile's directory.
    public static let firstOfficer = "center"
    /// The main listener's port unless `serve --listen` says otherwise.
    public static let defaultReportingPort: UInt16 = 7443

    private let data: String
    private let hosts: [HostName]
    private let units: UnitsFile
    private let clock: WallClock
    private let startsOn: Day

    /// What is to be made; nothing is touched yet.
    ///
    /// - Parameters:
    ///   - data: the directory to make; it may be there when it is empty.
    ///   - hosts: names for the server's certificate, the first for join strings and profiles; none means 127.0.0.1.
    ///   - units: the first term's units and seats.
    ///   - clock: says when certificates begin.
    ///   - startsOn: the first term's first day, ISO 8601; without it, today in Vietnam. The term lasts a year.
    /// - Throws: `CollectorError` (`invalidArgument`) for a name that is not one.
    public init(
        data: String,
        hosts: [String],
        units: UnitsFile,
        clock: WallClock,
        startsOn: String? = nil
    ) throws(CollectorError) {
        var directory = data[...]
        while directory.count > 1, directory.hasSuffix("/") { directory = directory.dropLast() }
        guard !["", "/", ".", ".."].contains(directory.split(separator: "/").last ?? "") else {
            throw CollectorError(.invalidArgument, "--data needs the name of a directory to make, such as ./data.")
        }
        self.data = String(directory)
        var names: [HostName] = []
        for host in hosts.isEmpty ? ["127.0.0.1"] : hosts {
            let name = try HostName(host)
            if !names.contains(name) { names.append(name) }
        }
        self.hosts = names
        self.units = units
        self.clock = clock
        guard let day = startsOn.map({ Day($0) }) ?? Day(milliseconds: clock.now().value, minutesAhead: 420) else {
            throw CollectorError(.invalidArgument, "--starts-on needs a date such as 2026-01-31.")
        }
        self.startsOn = day
    }

    /// Makes the directory.
    /// - Throws: `CollectorError`: `alreadyExists` when something is there. Whatever went wrong, nothing is left.
    public func run() throws(CollectorError) -> Outcome {
        try requireFree()
        let scratch = "\(data).tmp-\(UInt32.random(in: .min ... .max))"
        try StateFile.makeDirectory(scratch)
        do throws(CollectorError) {
            let outcome = try build(in: scratch)
            try StateFile.move(scratch, to: data)
            return outcome
        } catch {
            try? FileManager.default.removeItem(atPath: scratch)
            throw error
        }
    }

    private func requireFree() throws(CollectorError) {
        guard StateFile.exists(data) else { return }
        let isEmptyDirectory = (try? FileManager.default.contentsOfDirectory(atPath: data))?.isEmpty ?? false
        guard isEmptyDirectory else {
            throw CollectorError(
                .alreadyExists,
                "'\(data)' is there already and is not overwritten. Serve it, or give another --data."
            )
        }
    }

    private func build(in scratch: String) throws(CollectorError) -> Outcome {
        let now = clock.now()
        for directory in ["/authority", "/server", "/officers", "/officers/" + Self.firstOfficer] {
            try StateFile.makeDirectory(scratch + directory)
        }
        let authority = try CertificateAuthority.create(now: now)
        try authority.save(to: scratch + "/authority")
        try CatalogSigner.createKey(in: scratch + "/authority")
        _ = try ServerCredentials.create(in: scratch + "/server", authority: authority, hosts: hosts, now: now)

        let key = P256.Signing.PrivateKey()
        let request = CertificateRequest(key: key.publicKey)
        let certificate = try authority.issueOfficer(request, name: Self.firstOfficer, now: now)
        let host = hosts.first?.text ?? "127.0.0.1"
        let profile = OfficerProfile(
            name: Self.firstOfficer,
            role: .center,
            endpoint: ListenAddress(host: host, port: Self.defaultReportingPort).description,
            key: key,
            certificate: certificate,
            authorityPEM: try authority.certificatePEM()
        )
        try profile.save(to: scratch + "/officers/" + Self.firstOfficer)
        let officer = InitialData.FirstOfficer(
            name: Self.firstOfficer,
            certificateSerial: certificate.serial,
            certificateExpiresAt: certificate.notAfter,
            publicKey: request.publicKey
        )
        try makeDatabase(at: scratch + "/" + DataDirectory.databaseName, officer: officer, now: now)
        return Outcome(
            authorityFingerprint: authority.fingerprint,
            profile: data + "/officers/" + Self.firstOfficer,
            host: host,
            units: units.units.count,
            seats: units.totalSeats
        )
    }

    private func makeDatabase(
        at path: String,
        officer: InitialData.FirstOfficer,
        now: Milliseconds
    ) throws(CollectorError) {
        let database = try Database(path: path)
        try database.seed(
            .firstTerm(units: units.units, totalSeats: units.totalSeats, officer: officer, startsOn: startsOn),
            now: now
        )
        do {
            try database.close()
        } catch {
            throw CollectorError(.dataDirectory, "The new database cannot be closed. Check the disk.", cause: error)
        }
    }
}
