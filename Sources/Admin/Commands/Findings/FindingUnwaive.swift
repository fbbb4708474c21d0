import ArgumentParser
import Messages
import SwiftProtobuf

/// `khien finding unwaive`.
struct FindingUnwaive: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "unwaive", abstract: Phrases.findingUnwaiveAbstract)
    }

    @OptionGroup var finding: FindingID

    @Option(help: ArgumentHelp(Phrases.reasonHelp, valueName: Phrases.textValue))
    var reason: String?

    @OptionGroup var revision: RevisionOption
    @OptionGroup var confirmation: ConfirmationOption
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        guard (reason?.utf8.count ?? 0) <= AdminLimits.noteBytes else {
            throw ValidationError(Phrases.textTooLong("--reason", AdminLimits.noteBytes))
        }
    }

    func run(in context: CommandContext) async throws {
        try await context.withClient(global) { client in
            let expected = try await confirmation.expected(revision.revision, in: context) {
                try await finding.seen(client)
            }
            let request = Khien_V1_UnwaiveFindingRequest.with {
                $0.id = finding.id
                $0.reason = reason ?? ""
                $0.expectedRevision = expected
            }
            let answer = try await client.unwaiveFinding(request)
            try context.renderer(global).show(answer.finding, FindingColumns.whole)
        }
    }
}
