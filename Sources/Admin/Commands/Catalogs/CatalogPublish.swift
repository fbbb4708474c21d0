import ArgumentParser
import Foundation
import Messages
import Shared
import SwiftProtobuf

/// `khien catalog publish`.
struct CatalogPublish: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "publish",
            abstract: Phrases.catalogPublishAbstract,
            discussion: Phrases.catalogPublishDiscussion
        )
    }

    @Argument(help: ArgumentHelp(Phrases.catalogFileHelp, valueName: Phrases.fileValue), completion: .file())
    var file: String

    @Flag(help: ArgumentHelp(Phrases.catalogDryRunHelp))
    var dryRun = false

    @OptionGroup var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        let text = try Self.text(of: file)
        try await context.withClient(global) { client in
            let request = Khien_V1_PublishCatalogRequest.with {
                $0.text = Data(text)
                $0.dryRun = dryRun
            }
            let present = try await client.showCatalog(Khien_V1_ShowCatalogRequest())
            let answer = try await ChangeRecord.$isTrial.withValue(dryRun) {
                try await client.publishCatalog(request)
            }
            // The collector takes no other text under a version that it has published.
            let isKnown = present.published && present.version == answer.version
            let note = dryRun ? [Phrases.onlyChecked] : isKnown ? [Phrases.catalogInUse(answer.version)] : []
            try context.renderer(global).show(answer, Self.table, note: note.map(\.description))
        }
    }

    /// A catalog that the agents would take; nothing goes over the network before that is known.
    static func text(of file: String) throws(AdminError) -> [UInt8] {
        let bytes: [UInt8]
        do {
            bytes = try LocalFile.read(file, limit: CatalogLimits.textBytes)
        } catch {
            throw AdminError(.localFile, Phrases.unreadableFile(file, error.reason))
        }
        do {
            _ = try Catalog(text: bytes)
        } catch {
            throw AdminError(.localFile, Phrases.badCatalog(file, line: error.line, error.message))
        }
        return bytes
    }

    static let table = Table<Khien_V1_PublishCatalogResponse>([
        Column("version", Phrases.version) { .count($0.version) },
        Column("former_version", Phrases.versionBefore) { .count($0.formerVersion) },
        Column("families", Phrases.families) { .count($0.families) },
        Column("signals", Phrases.signals) { .count($0.signals) },
        Column("devices", Phrases.devicesJudged) { .count($0.devices) },
        Column("findings_opened", Phrases.findingsOpened) { .count($0.findingsOpened) },
        Column("findings_closed", Phrases.findingsClosed) { .count($0.findingsClosed) },
        Column("unknowns_resolved", Phrases.unknownsResolved) { .count($0.unknownsResolved) },
    ])
}
