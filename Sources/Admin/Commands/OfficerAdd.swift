import ArgumentParser
import Messages
import SwiftProtobuf

/// `khien officer add`.
struct OfficerAdd: AdminCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Make a profile for another officer; the key is made here.",
        discussion:
            "Creates the folder with profile.json, key.pem, certificate.pem and authority.pem; never overwrites one."
    )

    /// What an officer may do.
    enum Role: String, CaseIterable, ExpressibleByArgument {
        /// Everything.
        case center
        /// What concerns one unit.
        case unit
        /// Looks, and changes nothing.
        case reader

        var wire: Khien_V1_OfficerRole {
            switch self {
            case .center: .center
            case .unit: .unit
            case .reader: .reader
            }
        }
    }

    @Argument(help: "1 to 64 characters of a-z, 0-9, full stop and hyphen.")
    var name: String

    @Option(help: "center: everything; unit: one unit; reader: looks and changes nothing.")
    var role: Role

    @Option(help: ArgumentHelp("The code of the unit; for the role unit only.", valueName: "code"))
    var unit: String?

    @Option(help: ArgumentHelp("The folder to create.", valueName: "dir"))
    var out: String

    @Option(
        help: ArgumentHelp(
            "Where the officer reaches the collector; without it, where this profile does.",
            valueName: "host:port"
        )
    )
    var endpoint: String?

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        guard Self.isName(name) else {
            throw ValidationError("The name must be 1 to 64 characters of a-z, 0-9, full stop and hyphen.")
        }
        guard (role == .unit) == (unit?.isEmpty == false) else {
            throw ValidationError("The role unit needs --unit with a code; the other roles go without it.")
        }
        guard !out.isEmpty else { throw ValidationError("--out needs the path of a folder to create.") }
        if let endpoint, Endpoint(endpoint) == nil {
            throw ValidationError("--endpoint must be HOST:PORT, such as khien.example.vn:7443 or [::1]:7443.")
        }
    }

    func run(in context: CommandContext) async throws {
        let profile = try context.profile(global)
        let connection = try CollectorConnection(profile: profile, timeout: global.timeout.duration)
        let description = ProfileDraft.Description(
            name: name,
            role: role.rawValue,
            unit: unit ?? "",
            endpoint: endpoint.flatMap(Endpoint.init) ?? profile.endpoint
        )
        let draft = try ProfileDraft(directory: out, description: description, authority: profile.authority)
        let request = Khien_V1_AddOfficerRequest.with {
            $0.name = name
            $0.role = role.wire
            $0.unitCode = unit ?? ""
            $0.certificateRequest = .init(draft.certificateRequest)
        }
        let answer: Khien_V1_AddOfficerResponse
        do {
            answer = try await connection.withClient { try await $0.addOfficer(request) }
            try draft.complete(certificate: Array(answer.certificate))
        } catch {
            draft.discard()
            throw error
        }
        try context.renderer(global).show(answer.officer, table, note: ["", Phrases.officerAdded])
    }

    private var table: Table<Khien_V1_Officer> {
        let folder = Column<Khien_V1_Officer>("profile", "Profile") { _ in .text(out) }
        return Table(OfficerList.table.columns.filter { $0.key != "revoked_at" } + [folder])
    }

    private static func isName(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."),
                    UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}
