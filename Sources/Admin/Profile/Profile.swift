/// Who an officer is and which collector answers to him: a directory of four files.
///
/// `profile.json` says name, role, unit and endpoint; `key.pem` is the secret; `certificate.pem` is what the collector
/// issued for it; `authority.pem` is the only root that the collector's own certificate may come from.
struct Profile: Sendable {
    /// The names of the files in the directory.
    enum File {
        static let description = "profile.json"
        static let key = "key.pem"
        static let certificate = "certificate.pem"
        static let authority = "authority.pem"
        /// What `khien profile request` leaves for the center.
        static let request = "request.pem"
    }

    /// Where it came from.
    var directory: String
    /// What `profile.json` says.
    var description: ProfileDescription
    /// PKCS#8 in PEM.
    var key: [UInt8]
    /// X.509 in PEM.
    var certificate: [UInt8]
    /// X.509 in PEM; one or more roots.
    var authority: [UInt8]

    /// Reads a profile directory.
    ///
    /// - Parameters:
    ///   - directory: Its path.
    ///   - now: Milliseconds since 1970, to refuse a certificate that is over.
    /// - Throws: `AdminError` (`profile`).
    init(directory: String, now: Int64) throws(AdminError) {
        description = try ProfileDescription(directory: directory)
        self.directory = directory
        key = try Self.read(directory, File.key, isPrivate: true)
        certificate = try Self.read(directory, File.certificate)
        authority = try Self.read(directory, File.authority)

        // TLS would only say that the connection was closed.
        let ends = try officerCertificate.ends
        guard now <= ends.milliseconds else { throw ProfileProblem.expired(directory, ends).error() }
    }

    /// Reads a file of a profile directory.
    static func read(_ directory: String, _ file: String, isPrivate: Bool = false) throws(AdminError) -> [UInt8] {
        let path = "\(directory)/\(file)"
        do {
            return try LocalFile.read(path, limit: AdminLimits.profileFileBytes, isPrivate: isPrivate)
        } catch {
            throw ProfileProblem.file(path, error).error(cause: error)
        }
    }
}

extension Profile {
    /// The officer's name.
    var name: String { description.name }

    /// The collector's main listener.
    var endpoint: Endpoint { description.endpoint }

    /// What `certificate.pem` holds.
    var officerCertificate: OfficerCertificate {
        get throws(AdminError) {
            do {
                return try OfficerCertificate(pem: String(decoding: certificate, as: UTF8.self))
            } catch {
                throw ProfileProblem.pem(directory, File.certificate).error(cause: error)
            }
        }
    }

    /// The directory to use: what `--profile` says, else `KHIEN_PROFILE`, else `~/.config/khien`.
    static func directory(option: String?, environment: [String: String]) throws(AdminError) -> String {
        if let option { return option }
        if let variable = environment["KHIEN_PROFILE"], !variable.isEmpty { return variable }
        guard let home = environment["HOME"], !home.isEmpty else { throw ProfileProblem.noHome.error() }
        return "\(home)/.config/khien"
    }
}
