import ArgumentParser
import Messages
import SwiftProtobuf

/// `khien token revoke`.
struct TokenRevoke: AdminCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: "Make a token worthless; devices that enrolled with it stay enrolled."
    )

    @Argument(help: "The token's id, as khien token list shows it.")
    var id: String

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        guard !id.isEmpty else { throw ValidationError("The token's id is missing.") }
    }

    func run(in context: CommandContext) async throws {
        try await context.withClient(global) { client in
            let request = Khien_V1_RevokeTokenRequest.with { $0.id = id }
            _ = try await client.revokeToken(request)
            try context.renderer(global).show(request, Self.table)
        }
    }

    static let table = Table<Khien_V1_RevokeTokenRequest>([Column("id", "Revoked token") { .text($0.id) }])
}
