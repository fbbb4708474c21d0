internal import Crypto
internal import Foundation
internal import Shared
internal import Signatures

/// `khien-collector renew-officer`: a new profile for an officer of the center, when nobody there can sign one any more.
///
/// Whoever can do this holds the authority's key anyhow, and the collector is not running meanwhile.
public struct OfficerRecovery: Sendable {
    private let data: String
    private let officer: String
    private let profile: String
    private let endpoint: ListenAddress?
    private let clock: WallClock

    /// What is to be done; nothing is touched yet.
    ///
    /// - Parameters:
    ///   - data: the directory that `init` made.
    ///   - officer: the name of an officer of the center.
    ///   - profile: the directory to make for the new profile.
    ///   - endpoint: where the officer reaches the collector; without it, the first name of the server's certificate and the
    ///     usual port.
    ///   - clock: says when the certificate begins.
    public init(data: String, officer: String, profile: String, endpoint: ListenAddress? = nil, clock: WallClock) {
        self.data = data
        self.officer = officer
        self.profile = profile
        self.endpoint = endpoint
        self.clock = clock
    }

    /// Makes the profile; the officer's former certificate is refused from then on.
    /// - Throws: `CollectorError`: `alreadyExists` for a directory that is there, `notFound` for no such officer. Nothing is
    ///   changed then.
    public func run() throws(CollectorError) {
        let directory = try DataDirectory(path: data)
        let now = clock.now()
        let authority = try CertificateAuthority.load(from: directory.authorityPath)
        let credentials = try ServerCredentials.load(from: directory.serverPath, authority: authority, now: now)
        guard !profile.isEmpty, !StateFile.exists(profile) else {
            throw CollectorError(
                .alreadyExists,
                "'\(profile)' is there already and is not overwritten. Give another --out."
            )
        }
        let database = try Database(path: directory.databasePath)
        let key = P256.Signing.PrivateKey()
        let certificate = try authority.issueOfficer(CertificateRequest(key: key.publicKey), name: officer, now: now)
        let usual = ListenAddress(
            host: credentials.hosts.first?.text ?? "127.0.0.1",
            port: CollectorInitialization.defaultReportingPort
        )
        let made = OfficerProfile(
            name: officer,
            role: .center,
            endpoint: (endpoint ?? usual).description,
            key: key,
            certificate: certificate,
            authorityPEM: try authority.certificatePEM()
        )
        let scratch = "\(profile).tmp-\(UInt32.random(in: .min ... .max))"
        do throws(CollectorError) {
            try StateFile.makeDirectory(scratch)
            try made.save(to: scratch)
            try StateFile.move(scratch, to: profile)
            // Only now, when nothing more can fail, does the former profile end.
            try renew(certificate, for: key.publicKey, in: database, now: now)
        } catch {
            for path in [scratch, profile] { try? FileManager.default.removeItem(atPath: path) }
            throw error
        }
        do {
            try database.close()
        } catch {
            throw CollectorError(.dataDirectory, "The database cannot be closed. Check the disk.", cause: error)
        }
        // The lock is held to here.
        withExtendedLifetime(directory) {}
    }

    private func renew(
        _ certificate: IssuedCertificate,
        for key: P256.Signing.PublicKey,
        in database: Database,
        now: Milliseconds
    ) throws(CollectorError) {
        try database.writeNow { sql in
            let officers = OfficerStore(sql: sql)
            let record = OfficerRecord(
                name: officer,
                role: .center,
                unitCode: nil,
                certificateSerial: certificate.serial,
                createdAt: now,
                certificateExpiresAt: certificate.notAfter,
                keyDigest: Signatures.SHA256.hash(CertificateRequest(key: key).publicKey)
            )
            guard try officers.replace(record) else {
                let names = try officers.list(unit: nil).filter { $0.role == .center && $0.revokedAt == nil }
                    .map(\.name)
                throw CollectorError(
                    .notFound,
                    "There is no officer of the center '\(officer)'. There is: \(names.joined(separator: ", "))."
                )
            }
            try AuditStore(sql: sql).add(
                actor: "collector",
                action: "officer-renewed",
                target: officer,
                detail: "role center, on the collector's own machine",
                now: now
            )
        }
    }
}
