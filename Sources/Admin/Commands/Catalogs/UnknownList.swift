import ArgumentParser
import Messages
import Shared
import SwiftProtobuf

/// `khien unknowns`.
struct UnknownList: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "unknowns",
            abstract: Phrases.unknownsAbstract,
            discussion: Phrases.unknownsDiscussion
        )
    }

    @OptionGroup var limit: LimitOption
    @OptionGroup var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        try await context.withClient(global) { client in
            let pages = Pages(limit: limit.limit) { page in
                let answer = try await client.listUnknowns(.with { $0.page = page })
                return .init(rows: answer.unknowns, next: answer.nextPageToken, total: answer.total)
            }
            try await pages.show(context.renderer(global).list(Self.table), .unknowns)
        }
    }

    static let table = Table<Khien_V1_UnknownAntivirus>([
        Column("devices", Phrases.devices, .trailing) { .count($0.devices) },
        Column("units", Phrases.units, .trailing) { .count($0.units) }.rank(3),
        Column("name", Phrases.name) { .optional($0.name) },
        Column("vendor", Phrases.vendor) { .optional($0.vendor) }.rank(1),
        Column("first_seen_at", Phrases.firstSeen) { .moment($0.firstSeenMs) }.rank(4),
        Column("family", Phrases.family) { .text($0.family) }.rank(2),
        Column("example_device_id", Phrases.onDevice) { .optional($0.exampleDeviceID) },
        Column("facts", Phrases.reportedFacts) { .list($0.facts.map(sign)) }.rank(5),
    ])

    private static func sign(_ fact: Khien_V1_Fact) -> String {
        guard case .word(let source, _) = Cell.word(fact.source) else { return fact.value }
        return "\(source) \(fact.value)"
    }
}
