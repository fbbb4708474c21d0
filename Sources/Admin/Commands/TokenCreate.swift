import ArgumentParser
import Messages
import Shared
import SwiftProtobuf

/// `khien token create`.
struct TokenCreate: AdminCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Make a join string, with which devices enroll into a unit."
    )

    @Option(help: ArgumentHelp("The code of the unit that the devices will belong to.", valueName: "code"))
    var unit: String

    @Option(help: ArgumentHelp("How many devices may enroll with it.", valueName: "n"))
    var uses = 1

    @Option(help: ArgumentHelp("How long it is good for, such as 30m, 12h or 7d.", valueName: "duration"))
    var expires = TimeSpan(seconds: 7 * 86400)

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        guard !unit.isEmpty else { throw ValidationError("--unit needs the code of a unit.") }
        let count = AdminLimits.tokenUses
        guard count.contains(uses) else {
            throw ValidationError("--uses must be from \(count.lowerBound) to \(count.upperBound).")
        }
        guard AdminLimits.tokenLifetimeSeconds.contains(expires.seconds) else {
            throw ValidationError("--expires must be from 1m to 365d.")
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
            let note = ["", Phrases.tokenCreated, "", "  khien-agent enroll --state /var/lib/khien '\(join)'"]
            try context.renderer(global).show(answer, Self.table, note: note)
        }
    }

    static let table = Table<Khien_V1_CreateTokenResponse>([
        Column("id", "Token") { .text($0.token.id) },
        Column("unit_code", "Unit") { .text($0.token.unitCode) },
        Column("uses", "Uses") { .count($0.token.uses) },
        Column("created_at", "Created") { .moment($0.token.createdAtMs) },
        Column("expires_at", "Expires") { .moment($0.token.expiresAtMs) },
        Column("join", "Join string") { .text($0.join) },
    ])
}
