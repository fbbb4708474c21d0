import ArgumentParser
import Messages
import SwiftProtobuf

/// `khien finding acknowledge`.
struct FindingAcknowledge: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "acknowledge", abstract: Phrases.findingAcknowledgeAbstract)
    }

    @OptionGroup var finding: FindingID

    @Option(help: ArgumentHelp(Phrases.findingNoteHelp, valueName: Phrases.textValue))
    var note: String?

    @OptionGroup var revision: RevisionOption
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        guard (note?.utf8.count ?? 0) <= AdminLimits.noteBytes else {
            throw ValidationError(Phrases.textTooLong("--note", AdminLimits.noteBytes))
        }
    }

    func run(in context: CommandContext) async throws {
        try await context.withClient(global) { client in
            let expected = try await revision.expected { try await finding.revision(client) }
            let request = Khien_V1_AcknowledgeFindingRequest.with {
                $0.id = finding.id
                $0.note = note ?? ""
                $0.expectedRevision = expected
            }
            let answer = try await client.acknowledgeFinding(request)
            try context.renderer(global).show(answer.finding, FindingColumns.whole)
        }
    }
}
