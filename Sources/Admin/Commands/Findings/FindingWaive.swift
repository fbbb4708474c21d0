import ArgumentParser
import Messages
import Shared
import SwiftProtobuf

/// `khien finding waive`.
struct FindingWaive: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "waive", abstract: Phrases.findingWaiveAbstract)
    }

    @OptionGroup var finding: FindingID

    @Option(
        help: ArgumentHelp(Phrases.findingUntilHelp, valueName: Phrases.dateValue),
        transform: DayArgument.read
    )
    var until: Day

    @OptionGroup var reason: ReasonOption
    @OptionGroup var revision: RevisionOption
    @OptionGroup var confirmation: ConfirmationOption
    @OptionGroup var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        let last = context.latestDay.adding(days: AdminLimits.waiverDays)
        guard until > context.earliestDay, until <= last else { throw AdminError(.usage, Phrases.untilWrong) }
        try await context.withClient(global) { client in
            let expected = try await confirmation.expected(revision.revision, in: context) {
                try await finding.seen(client)
            }
            let request = Khien_V1_WaiveFindingRequest.with {
                $0.id = finding.id
                $0.until = until.description
                $0.reason = reason.reason
                $0.expectedRevision = expected
            }
            let answer = try await client.waiveFinding(request)
            try context.renderer(global).show(answer.finding, FindingColumns.whole)
        }
    }
}
