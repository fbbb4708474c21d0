import ArgumentParser
import Messages

/// `khien officer list`.
struct OfficerList: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: Phrases.officerListAbstract)
    }

    @OptionGroup var limit: LimitOption
    @OptionGroup var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        try await context.withClient(global) { client in
            let officers = try await client.listOfficers(Khien_V1_ListOfficersRequest()).officers
            let shown = Array(officers.prefix(limit.limit ?? officers.count))
            var list = context.renderer(global).list(Self.table)
            try list.append(shown)
            try list.finish(note: [Phrases.count(shown.count, of: officers.count, .officers)])
        }
    }

    /// Of an officer who was just added.
    static let addedColumns: [Column<Khien_V1_Officer>] = [
        Column("name", Phrases.name) { .text($0.name) },
        Column("role", Phrases.role) { .word($0.role) },
        Column("unit_code", Phrases.unit) { .optional($0.unitCode) },
        Column("created_at", Phrases.officerSince) { .moment($0.createdAtMs) },
        Column("certificate_expires_at", Phrases.certificateUntil) { .moment($0.certificateExpiresAtMs) },
    ]

    static let table = Table<Khien_V1_Officer>(
        addedColumns + [
            Column("revoked_at", Phrases.revoked) { .moment($0.revokedAtMs, if: $0.hasRevokedAtMs) }
        ]
    )
}
