import ArgumentParser
import Messages
import SwiftProtobuf

/// `khien officer revoke`.
struct OfficerRevoke: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "revoke", abstract: Phrases.officerRevokeAbstract)
    }

    @Argument(help: ArgumentHelp(Phrases.officerToRevokeHelp, valueName: Phrases.nameValue))
    var name: String

    @OptionGroup var confirmation: ConfirmationOption
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        guard !name.isEmpty else { throw ValidationError(Phrases.officerMissing) }
    }

    func run(in context: CommandContext) async throws {
        try await context.withClient(global) { client in
            try await confirmation.confirm(in: context) { Phrases.officerWillBeRevoked(name) }
            let request = Khien_V1_RevokeOfficerRequest.with { $0.name = name }
            _ = try await client.revokeOfficer(request)
            try context.renderer(global).show(request, Self.table)
        }
    }

    static let table = Table<Khien_V1_RevokeOfficerRequest>([Column("name", Phrases.revokedOfficer) { .text($0.name) }])
}
