import Shared

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// What `profile.json` says.
struct ProfileDescription: Sendable, Hashable {
    /// The officer's name.
    var name: String
    /// `center`, `unit` or `reader`; for people only, the collector knows.
    var role: String
    /// The unit's code; empty but for a unit's officer.
    var unit: String
    /// The collector's main listener.
    var endpoint: Endpoint
    /// What the command line speaks to this officer; `nil`: what the system speaks.
    var language: Language?

    /// The text of the file.
    var json: String { JSONValue.object(members).indented() + "\n" }

    /// Its keys, in their order.
    var members: [JSONValue.Member] {
        let fixed = [
            JSONValue.Member("name", .string(name)),
            JSONValue.Member("role", .string(role)),
            JSONValue.Member("unit", .string(unit)),
            JSONValue.Member("endpoint", .string(endpoint.description)),
        ]
        return fixed + (language.map { [JSONValue.Member("language", .string($0.rawValue))] } ?? [])
    }
}

extension ProfileDescription {
    /// Reads `profile.json` of a directory.
    ///
    /// A language that this program does not speak is as good as none; the collector's first profile has no language.
    ///
    /// - Throws: `AdminError` (`profile`).
    init(directory: String) throws(AdminError) {
        let text: [UInt8]
        do {
            text = try LocalFile.read("\(directory)/\(Profile.File.description)", limit: AdminLimits.profileFileBytes)
        } catch {
            if error == .notFound, LocalFile.exists("\(directory)/\(Profile.File.request)") {
                throw ProfileProblem.pending(directory).error(cause: error)
            }
            throw ProfileProblem.file("\(directory)/\(Profile.File.description)", error).error(cause: error)
        }
        let form: Form
        do {
            form = try JSONDecoder().decode(Form.self, from: Data(text))
        } catch {
            throw ProfileProblem.notAProfile(directory).error(cause: error)
        }
        guard let endpoint = Endpoint(form.endpoint) else {
            throw ProfileProblem.endpoint(directory, form.endpoint).error()
        }
        self.init(
            name: form.name,
            role: form.role ?? "",
            unit: form.unit ?? "",
            endpoint: endpoint,
            language: form.language.flatMap(Language.init(rawValue:))
        )
    }

    /// The file as it is written.
    private struct Form: Decodable {
        var name: String
        var role: String?
        var unit: String?
        var endpoint: String
        var language: String?
    }
}
