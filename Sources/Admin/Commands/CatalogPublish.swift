import ArgumentParser
import Foundation
import Messages
import Shared
import SwiftProtobuf

/// `khien catalog publish`.
struct CatalogPublish: AdminCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Give all agents a new catalog, and judge every device again by it.",
        discussion: """
            The file is checked here first, then by the collector, which signs it. Its version has to be above the one \
            in use (khien catalog show). An agent fetches it with its next report.
            """
    )

    @Argument(help: "The whole catalog as one text; `khien catalog show --text` prints the one in use.")
    var file: String

    @Flag(help: "Only check it, and say what it holds.")
    var dryRun = false

    @OptionGroup var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        let text = try Self.text(of: file)
        try await context.withClient(global) { client in
            let request = Khien_V1_PublishCatalogRequest.with {
                $0.text = Data(text)
                $0.dryRun = dryRun
            }
            let answer = try await client.publishCatalog(request)
            try context.renderer(global).show(answer, Self.table, note: dryRun ? [Phrases.onlyChecked] : [])
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
        Column("version", "Version") { .count($0.version) },
        Column("former_version", "Version before") { .count($0.formerVersion) },
        Column("families", "Families") { .count($0.families) },
        Column("signals", "Signals") { .count($0.signals) },
        Column("devices", "Devices judged again") { .count($0.devices) },
        Column("findings_opened", "Findings opened") { .count($0.findingsOpened) },
        Column("findings_closed", "Findings closed") { .count($0.findingsClosed) },
        Column("unknowns_resolved", "Unknown ones now known") { .count($0.unknownsResolved) },
    ])
}
