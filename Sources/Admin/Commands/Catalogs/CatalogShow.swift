import ArgumentParser
import Messages
import Shared
import SwiftProtobuf

/// `khien catalog show`.
struct CatalogShow: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "show", abstract: Phrases.catalogShowAbstract)
    }

    @Flag(help: ArgumentHelp(Phrases.catalogTextHelp))
    var text = false

    @Flag(help: ArgumentHelp(Phrases.catalogFamiliesHelp))
    var families = false

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        guard !text || !families else { throw ValidationError(Phrases.catalogOneView) }
    }

    func run(in context: CommandContext) async throws {
        try await context.withClient(global) { client in
            let answer = try await client.showCatalog(.with { $0.withText = text || families })
            if families {
                let families = try Self.families(Array(answer.text))
                var list = context.renderer(global).list(Self.familyTable)
                try list.append(families)
                try list.finish(note: [Phrases.count(families.count, of: families.count, .families)])
            } else if text {
                try context.output.write(Array(answer.text))
            } else {
                try context.renderer(global).show(answer, Self.table)
            }
        }
    }

    static let table = Table<Khien_V1_ShowCatalogResponse>([
        Column("version", Phrases.version) { .count($0.version) },
        Column("published", Phrases.publishedHere) { .flag($0.published) },
        Column("published_at", Phrases.published) { .moment($0.publishedAtMs, if: $0.hasPublishedAtMs) },
        Column("published_by", Phrases.by) { .optional($0.publishedBy) },
        Column("families", Phrases.families) { .count($0.families) },
        Column("signals", Phrases.signals) { .count($0.signals) },
        Column("sha256", Phrases.digest) { .optional(hexadecimal($0.digest)) },
    ])

    /// The families in the text of a catalog, as `policy set --approve` and `term add --product` take them.
    private static func families(_ text: [UInt8]) throws(AdminError) -> [Catalog.Family] {
        do {
            return try Catalog(text: text).families
        } catch {
            throw AdminError(.badAnswer, Phrases.unreadableCatalog(line: error.line, error.message))
        }
    }

    static let familyTable = Table<Catalog.Family>([
        Column("family_code", Phrases.family) { .text($0.key) },
        Column("name", Phrases.product) { .text($0.name) },
        Column("vendor", Phrases.vendor) { .text($0.vendor) },
        Column("role", Phrases.role) { .word($0.role.word, Phrases.word($0.role)) },
    ])

    private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
