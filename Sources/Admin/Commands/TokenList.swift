import ArgumentParser
import Messages

/// `khien token list`.
struct TokenList: AdminCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "The tokens that were created, the newest first; never their secrets."
    )

    @OptionGroup var limit: LimitOption
    @OptionGroup var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        try await context.withClient(global) { client in
            let tokens = try await client.listTokens(Khien_V1_ListTokensRequest()).tokens
            let shown = Array(tokens.prefix(limit.limit ?? tokens.count))
            var list = context.renderer(global).list(Self.table)
            try list.append(shown)
            try list.finish(note: [Phrases.count(shown.count, of: tokens.count, "token", "tokens")])
        }
    }

    static let table = Table<Khien_V1_Token>([
        Column("id", "Token") { .text($0.id) },
        Column("unit_code", "Unit") { .text($0.unitCode) },
        Column("uses", "Uses", .trailing) { .count($0.uses) },
        Column("uses_left", "Left", .trailing) { .count($0.usesLeft) },
        Column("created_at", "Created") { .moment($0.createdAtMs) },
        Column("expires_at", "Expires") { .moment($0.expiresAtMs) },
        Column("created_by", "By") { .optional($0.createdBy) },
        Column("revoked_at", "Revoked") { .moment($0.revokedAtMs, if: $0.hasRevokedAtMs) },
    ])
}
