internal import Crypto
internal import Foundation

/// A directory with everything that the command line needs to act as one officer.
struct OfficerProfile: Sendable {
    /// `profile.json`.
    private struct Description: Encodable {
        let name: String
        let role: String
        let unit: String
        let endpoint: String
    }

    let name: String
    let role: OfficerRole
    /// `HOST:PORT` of the main listener.
    let endpoint: String
    let key: P256.Signing.PrivateKey
    let certificate: IssuedCertificate
    /// The authority's certificate in PEM.
    let authorityPEM: String

    /// Writes the profile into a directory that has none yet.
    /// - Throws: `CollectorError` (`dataDirectory`, `internal`).
    func save(to directory: String) throws(CollectorError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let description = Description(name: name, role: role.word, unit: "", endpoint: endpoint)
        let json: Data
        do {
            json = try encoder.encode(description)
        } catch {
            throw CollectorError(.internal, "The officer's profile cannot be written as JSON.", cause: error)
        }
        try StateFile.create(directory + "/key.pem", Array((key.pemRepresentation + "\n").utf8), mode: 0o600)
        try StateFile.create(directory + "/certificate.pem", Array(certificate.pem.utf8), mode: 0o644)
        try StateFile.create(directory + "/authority.pem", Array(authorityPEM.utf8), mode: 0o644)
        try StateFile.create(directory + "/profile.json", Array(json) + Array("\n".utf8), mode: 0o644)
    }
}
