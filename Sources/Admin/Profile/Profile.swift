import SwiftASN1
import X509

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

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
    }

    /// Where it came from.
    var directory: String
    /// The officer's name.
    var name: String
    /// The collector's main listener.
    var endpoint: Endpoint
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
        let text = try Self.read(directory, File.description)
        let description: Description
        do {
            description = try JSONDecoder().decode(Description.self, from: Data(text))
        } catch {
            throw ProfileProblem.notAProfile(directory).error(cause: error)
        }
        guard let endpoint = Endpoint(description.endpoint) else {
            throw ProfileProblem.endpoint(directory, description.endpoint).error()
        }
        self.directory = directory
        name = description.name
        self.endpoint = endpoint
        key = try Self.read(directory, File.key, isPrivate: true)
        certificate = try Self.read(directory, File.certificate)
        authority = try Self.read(directory, File.authority)

        let parsed: Certificate
        do {
            parsed = try Certificate(pemEncoded: String(decoding: certificate, as: UTF8.self))
        } catch {
            throw ProfileProblem.pem(directory, File.certificate).error(cause: error)
        }
        // TLS would only say that the connection was closed.
        let expiry = Int64(clamping: Int(parsed.notValidAfter.timeIntervalSince1970)) &* 1000
        guard now <= expiry else { throw ProfileProblem.expired(directory, Timestamp(milliseconds: expiry)).error() }
    }

    /// `profile.json`.
    private struct Description: Decodable {
        var name: String
        var endpoint: String
    }

    private static func read(_ directory: String, _ file: String, isPrivate: Bool = false) throws(AdminError) -> [UInt8]
    {
        let path = "\(directory)/\(file)"
        do {
            return try LocalFile.read(path, limit: AdminLimits.profileFileBytes, isPrivate: isPrivate)
        } catch {
            throw ProfileProblem.file(path, error).error(cause: error)
        }
    }
}

extension Profile {
    /// The directory to use: what `--profile` says, else `KHIEN_PROFILE`, else `~/.config/khien`.
    static func directory(option: String?, environment: [String: String]) throws(AdminError) -> String {
        if let option { return option }
        if let variable = environment["KHIEN_PROFILE"], !variable.isEmpty { return variable }
        guard let home = environment["HOME"], !home.isEmpty else { throw ProfileProblem.noHome.error() }
        return "\(home)/.config/khien"
    }
}
