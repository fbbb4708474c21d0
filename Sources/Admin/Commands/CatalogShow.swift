import ArgumentParser
import Messages
import SwiftProtobuf

/// `khien catalog show`.
struct CatalogShow: AdminCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Which catalog is in use: its version, its size, and who published it."
    )

    @Flag(help: "Print the catalog itself instead, to be edited and published again.")
    var text = false

    @OptionGroup var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        try await context.withClient(global) { client in
            let answer = try await client.showCatalog(.with { $0.withText = text })
            if text {
                try context.output.write(Array(answer.text))
            } else {
                try context.renderer(global).show(answer, Self.table)
            }
        }
    }

    static let table = Table<Khien_V1_ShowCatalogResponse>([
        Column("version", "Version") { .count($0.version) },
        Column("published", "Published here") { .flag($0.published) },
        Column("published_at", "Published") { .moment($0.publishedAtMs, if: $0.hasPublishedAtMs) },
        Column("published_by", "By") { .optional($0.publishedBy) },
        Column("families", "Families") { .count($0.families) },
        Column("signals", "Signals") { .count($0.signals) },
        Column("sha256", "SHA-256") { .optional(hexadecimal($0.digest)) },
    ])

    private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
