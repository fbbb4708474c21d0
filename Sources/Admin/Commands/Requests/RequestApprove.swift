import ArgumentParser
import Messages
import Shared
import SwiftProtobuf

/// `khien request approve`.
struct RequestApprove: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "approve",
            abstract: Phrases.requestApproveAbstract,
            discussion: Phrases.requestApproveDiscussion
        )
    }

    @OptionGroup var request: RequestIDArgument

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(Phrases.grantSeatsHelp, valueName: Phrases.countValue),
        transform: NumberArgument.reader(AdminLimits.requestSeats)
    )
    var seats: Int?

    @Option(help: ArgumentHelp(Phrases.documentHelp, valueName: Phrases.documentValue))
    var document: String

    @Option(name: .customLong("from"), help: ArgumentHelp(Phrases.grantSourceHelp, valueName: Phrases.grantSourceValue))
    var source: String

    @Option(help: ArgumentHelp(Phrases.grantAnswerHelp, valueName: Phrases.textValue))
    var answer: String?

    @Option(help: ArgumentHelp(Phrases.effectiveHelp, valueName: Phrases.dateValue), transform: DayArgument.iso)
    var on: String?

    @OptionGroup var revision: DecisionRevisionOption
    @OptionGroup var confirmation: ConfirmationOption
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        try OptionCheck.number(seats, "--seats", AdminLimits.requestSeats)
        try OptionCheck.text(document, "--document", atMost: AdminLimits.documentBytes)
        try OptionCheck.text(source, "--from", atMost: AdminLimits.unitNameBytes)
        try OptionCheck.text(answer, "--answer", atMost: AdminLimits.decisionTextBytes)
        try OptionCheck.day(on, "--on")
    }

    func run(in context: CommandContext) async throws {
        try await context.withClient(global) { client in
            let expected = try await confirmation.revision(of: request, revision, client, in: context)
            let answer = try await client.approveSeatRequest(
                .with {
                    $0.id = request.number
                    $0.seats = UInt32(clamping: seats ?? 0)
                    $0.document = document
                    $0.source = GrantSource.wire(source)
                    $0.answer = self.answer ?? ""
                    $0.effectiveOn = on ?? ""
                    $0.expectedRevision = expected
                }
            )
            let note = ["", Phrases.reserveNow(answer.reserveSeats).description]
            try context.renderer(global).show(answer, Self.table, note: note)
        }
    }

    /// The request, and for programs what people read below it.
    private static let table = Table<Khien_V1_SeatRequestAnswer>(
        RequestTable.whole.columns.map { $0.of(\.request) } + [
            Column("reserve_seats", Phrases.reserve, .trailing, isShown: false) { .count($0.reserveSeats) }
        ]
    )
}
