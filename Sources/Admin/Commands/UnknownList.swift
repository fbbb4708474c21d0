import ArgumentParser
import Messages
import SwiftProtobuf

/// `khien unknowns`.
struct UnknownList: AdminCommand {
    static let configuration = CommandConfiguration(
        commandName: "unknowns",
        abstract: "What is registered or placed like an antivirus on devices and is not in the catalog: for review.",
        discussion: """
            None of these counts for a conflict. Look at what a device reported, then add the product to the catalog, or \
            add it there as a look-alike, and publish the catalog.
            """
    )

    @OptionGroup var limit: LimitOption
    @OptionGroup var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        try await context.withClient(global) { client in
            let pages = Pages(limit: limit.limit) { page in
                let answer = try await client.listUnknowns(.with { $0.page = page })
                return .init(rows: answer.unknowns, next: answer.nextPageToken, total: answer.total)
            }
            var list = context.renderer(global).list(Self.table)
            let count = try await pages.read { try list.append($0) }
            try list.finish(note: [
                Phrases.count(count.shown, of: count.total, "unknown antivirus", "unknown antiviruses")
            ])
        }
    }

    static let table = Table<Khien_V1_UnknownAntivirus>([
        Column("devices", "Devices", .trailing) { .count($0.devices) },
        Column("units", "Units", .trailing) { .count($0.units) },
        Column("name", "Name") { .optional($0.name) },
        Column("vendor", "Vendor") { .optional($0.vendor) },
        Column("first_seen_at", "First seen") { .moment($0.firstSeenMs) },
        Column("family", "Family") { .text($0.family) },
        Column("example_device_id", "On device") { .optional($0.exampleDeviceID) },
        Column("facts", "What it reported") { .list($0.facts.map(sign)) },
    ])

    private static func sign(_ fact: Khien_V1_Fact) -> String {
        guard case .text(let source) = Cell.word(fact.source) else { return fact.value }
        return "\(source) \(fact.value)"
    }
}
