import Shared
import X509

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// What the center sends back to an officer: everything of a profile but the key, in one file without a secret.
struct ProfileBundle: Sendable {
    /// What is wrong with one.
    enum Problem: Error, Sendable, Hashable {
        /// It is not JSON, lacks a part, or a part is not what it should be.
        case damaged
        /// A newer program made it.
        case otherFormat
        /// Its authority did not sign its certificate.
        case otherAuthority
        /// Its certificate is for somebody else than it says.
        case otherName
        /// Its certificate is for another key than that of this machine.
        case otherKey
        case expired(Timestamp)
        case notYetValid(Timestamp)
    }

    /// What `profile.json` is going to say.
    let description: ProfileDescription
    /// Signed by the collector's authority for the officer's key.
    let certificate: OfficerCertificate
    /// The roots that the collector's own certificate may come from.
    let authority: [Certificate]

    /// A bundle of its parts, which must fit together.
    ///
    /// - Throws: `Problem`.
    init(
        description: ProfileDescription,
        certificate: OfficerCertificate,
        authority: [Certificate]
    ) throws(Problem) {
        guard certificate.isIssued(by: authority) else { throw .otherAuthority }
        guard certificate.name == description.name else { throw .otherName }
        self.description = description
        self.certificate = certificate
        self.authority = authority
    }

    /// Reads a bundle from a file's bytes.
    ///
    /// - Throws: `Problem`.
    init(bytes: [UInt8]) throws(Problem) {
        guard let form = try? JSONDecoder().decode(Form.self, from: Data(bytes)) else { throw .damaged }
        guard form.format == Self.format else { throw .otherFormat }
        guard OfficerName.isValid(form.name), let role = OfficerRole(rawValue: form.role),
            let endpoint = Endpoint(form.endpoint), (role == .unit) == !form.unit.isEmpty,
            form.unit.utf8.count <= AdminLimits.unitBytes, form.unit == TerminalText.escape(form.unit)
        else { throw .damaged }
        let language = form.language.map { Language(rawValue: $0) }
        // A language that is there and that nobody speaks.
        if let language, language == nil { throw .damaged }
        let certificate: OfficerCertificate
        let authority: [Certificate]
        do {
            certificate = try OfficerCertificate(pem: form.certificate)
            authority = try OfficerCertificate.all(pem: form.authority)
        } catch {
            throw .damaged
        }
        try self.init(
            description: ProfileDescription(
                name: form.name,
                role: role.rawValue,
                unit: form.unit,
                endpoint: endpoint,
                language: language ?? nil
            ),
            certificate: certificate,
            authority: authority
        )
    }

    /// The text of the file.
    func text() throws -> String {
        let members =
            [JSONValue.Member("format", .string(Self.format))] + description.members + [
                JSONValue.Member("certificate", .string(try OfficerCertificate.pem([certificate.certificate]))),
                JSONValue.Member("authority", .string(try OfficerCertificate.pem(authority))),
            ]
        return JSONValue.object(members).indented() + "\n"
    }

    /// Checks that it is for this key and good now.
    ///
    /// - Parameters:
    ///   - key: The key of this machine.
    ///   - now: Milliseconds since 1970.
    /// - Throws: `Problem`.
    func check(for key: ProfileKey, now: Int64) throws(Problem) {
        guard key.belongs(to: certificate.certificate) else { throw .otherKey }
        guard now <= certificate.ends.milliseconds else { throw .expired(certificate.ends) }
        guard now >= certificate.begins.milliseconds else { throw .notYetValid(certificate.begins) }
    }

    /// Changes only with the meaning of the keys.
    private static let format = "khien-profile-1"

    /// The file as it is written.
    private struct Form: Decodable {
        var format: String
        var name: String
        var role: String
        var unit: String
        var endpoint: String
        var language: String?
        var certificate: String
        var authority: String
    }
}
