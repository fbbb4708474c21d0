import ArgumentParser
import Messages
import SwiftProtobuf

/// `khien officer revoke`.
struct OfficerRevoke: AdminCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: "Refuse an officer's profile from now on."
    )

    @Argument(help: "The officer's name, as khien officer list shows it.")
    var name: String

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        guard !name.isEmpty else { throw ValidationError("The officer's name is missing.") }
    }

    func run(in context: CommandContext) async throws {
        try await context.withClient(global) { client in
            let request = Khien_V1_RevokeOfficerRequest.with { $0.name = name }
            _ = try await client.revokeOfficer(request)
            try context.renderer(global).show(request, Self.table)
        }
    }

    static let table = Table<Khien_V1_RevokeOfficerRequest>([Column("name", "Revoked officer") { .text($0.name) }])
}
