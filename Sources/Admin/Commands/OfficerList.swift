import ArgumentParser
import Messages

/// `khien officer list`.
struct OfficerList: AdminCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Who may use this command line, and until when."
    )

    @OptionGroup var limit: LimitOption
    @OptionGroup var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        try await context.withClient(global) { client in
            let officers = try await client.listOfficers(Khien_V1_ListOfficersRequest()).officers
            let shown = Array(officers.prefix(limit.limit ?? officers.count))
            var list = context.renderer(global).list(Self.table)
            try list.append(shown)
            try list.finish(note: [Phrases.count(shown.count, of: officers.count, "officer", "officers")])
        }
    }

    static let table = Table<Khien_V1_Officer>([
        Column("name", "Name") { .text($0.name) },
        Column("role", "Role") { .word($0.role) },
        Column("unit_code", "Unit") { .optional($0.unitCode) },
        Column("created_at", "Added") { .moment($0.createdAtMs) },
        Column("certificate_expires_at", "Certificate until") { .moment($0.certificateExpiresAtMs) },
        Column("revoked_at", "Revoked") { .moment($0.revokedAtMs, if: $0.hasRevokedAtMs) },
    ])
}
