import ArgumentParser
import Messages
import SwiftProtobuf

/// `khien token list`.
struct TokenList: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: Phrases.tokenListAbstract)
    }

    @OptionGroup var limit: LimitOption
    @OptionGroup var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        try await context.withClient(global) { client in
            let pages = Pages(limit: limit.limit) { page in
                let answer = try await client.listTokens(.with { $0.page = page })
                return .init(rows: answer.tokens, next: answer.nextPageToken, total: answer.total)
            }
            try await pages.show(context.renderer(global).list(Self.table), .tokens)
        }
    }

    static let table = Table<Khien_V1_Token>([
        Column("id", Phrases.token) { .text($0.id) },
        Column("unit_code", Phrases.unit) { .text($0.unitCode) },
        Column("uses", Phrases.uses, .trailing) { .count($0.uses) }.rank(2),
        Column("uses_left", Phrases.usesLeft, .trailing) { .count($0.usesLeft) },
        Column("created_at", Phrases.created) { .moment($0.createdAtMs) }.rank(4),
        Column("expires_at", Phrases.expires) { .moment($0.expiresAtMs) },
        Column("created_by", Phrases.by) { .optional($0.createdBy) }.rank(3),
        Column("revoked_at", Phrases.revoked) { .moment($0.revokedAtMs, if: $0.hasRevokedAtMs) }.rank(1),
    ])
}
