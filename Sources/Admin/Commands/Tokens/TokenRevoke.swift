import ArgumentParser
import Messages
import SwiftProtobuf

/// `khien token revoke`.
struct TokenRevoke: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "revoke", abstract: Phrases.tokenRevokeAbstract)
    }

    @Argument(help: ArgumentHelp(Phrases.tokenIDHelp, valueName: Phrases.idValue))
    var id: String

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        guard !id.isEmpty else { throw ValidationError(Phrases.emptyTokenID) }
    }

    func run(in context: CommandContext) async throws {
        try await context.withClient(global) { client in
            let request = Khien_V1_RevokeTokenRequest.with { $0.id = id }
            _ = try await client.revokeToken(request)
            try context.renderer(global).show(request, Self.table)
        }
    }

    static let table = Table<Khien_V1_RevokeTokenRequest>([Column("id", Phrases.revokedToken) { .text($0.id) }])
}
