import ArgumentParser
import Messages
import Shared
import SwiftProtobuf

/// `khien token create`.
struct TokenCreate: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "create", abstract: Phrases.tokenCreateAbstract)
    }

    @Option(help: ArgumentHelp(Phrases.tokenUnitHelp, valueName: Phrases.unitValue))
    var unit: String

    @Option(parsing: .unconditional, help: ArgumentHelp(Phrases.tokenUsesHelp, valueName: Phrases.countValue))
    var uses = 1

    @Option(parsing: .unconditional, help: ArgumentHelp(Phrases.tokenExpiresHelp, valueName: Phrases.timeValue))
    var expires = TimeSpan(seconds: 7 * 86400)

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        guard !unit.isEmpty else { throw ValidationError(Phrases.emptyUnit) }
        let count = AdminLimits.tokenUses
        guard count.contains(uses) else {
            throw ValidationError(Phrases.usesRange(count))
        }
        guard AdminLimits.tokenLifetimeSeconds.contains(expires.seconds) else {
            throw ValidationError(Phrases.expiresRange)
        }
    }

    func run(in context: CommandContext) async throws {
        try await context.withClient(global) { client in
            let request = Khien_V1_CreateTokenRequest.with {
                $0.unitCode = unit
                $0.uses = UInt32(clamping: uses)
                $0.lifetimeSeconds = UInt32(clamping: expires.seconds)
            }
            let answer = try await client.createToken(request)
            // It is going to be pasted into a shell: only what the agent takes as a join string may stand there.
            guard let join = JoinString(answer.join) else { throw AdminError(.badAnswer, Phrases.badJoinString) }
            let note = [
                "", Phrases.tokenCreated.description, "", "  khien-agent enroll --state /var/lib/khien '\(join)'",
            ]
            try context.renderer(global).show(answer, Self.table, note: note)
        }
    }

    static let table = Table<Khien_V1_CreateTokenResponse>([
        Column("id", Phrases.token) { .text($0.token.id) },
        Column("unit_code", Phrases.unit) { .text($0.token.unitCode) },
        Column("uses", Phrases.uses) { .count($0.token.uses) },
        Column("created_at", Phrases.created) { .moment($0.token.createdAtMs) },
        Column("expires_at", Phrases.expires) { .moment($0.token.expiresAtMs) },
        Column("join", Phrases.joinString) { .text($0.join) },
    ])
}
