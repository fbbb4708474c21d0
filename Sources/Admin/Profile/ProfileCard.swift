import Shared
import X509

/// Who the officer of a profile is, until when, and which collector is trusted; read without asking anybody.
struct ProfileCard: Sendable {
    /// Where the profile is.
    var directory: String
    /// What `profile.json` says.
    var description: ProfileDescription
    /// The life of the certificate.
    var begins: Timestamp
    var ends: Timestamp
    /// Of each root that the collector's certificate may come from.
    var authority: [Fingerprint]
    /// Of the officer's key, as `profile request` showed it.
    var key: Fingerprint

    /// Days that are left, rounded down; negative when it is over.
    func daysLeft(at now: Int64) -> Int64 { ends.days(after: now) }

    /// Reads a profile directory; one whose certificate is over too.
    ///
    /// - Throws: `AdminError` (`profile`).
    init(directory: String) throws(AdminError) {
        description = try ProfileDescription(directory: directory)
        self.directory = directory
        let key = try ProfileInstallation(directory: directory).key()
        let certificate: OfficerCertificate
        do {
            certificate = try OfficerCertificate(pem: Self.text(directory, Profile.File.certificate))
        } catch let error as AdminError {
            throw error
        } catch {
            throw ProfileProblem.pem(directory, Profile.File.certificate).error(cause: error)
        }
        do {
            let roots = try OfficerCertificate.all(pem: Self.text(directory, Profile.File.authority))
            authority = try roots.map { try Fingerprint(of: $0) }
        } catch let error as AdminError {
            throw error
        } catch {
            throw ProfileProblem.pem(directory, Profile.File.authority).error(cause: error)
        }
        guard key.belongs(to: certificate.certificate) else { throw ProfileProblem.pair(directory).error() }
        begins = certificate.begins
        ends = certificate.ends
        self.key = key.fingerprint
    }

    private static func text(_ directory: String, _ file: String) throws(AdminError) -> String {
        String(decoding: try Profile.read(directory, file), as: UTF8.self)
    }
}
