import ArgumentParser
import Messages
import Shared
import SwiftProtobuf

/// `khien term add`.
struct TermAdd: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "add",
            abstract: Phrases.termAddAbstract,
            discussion: Phrases.termAddDiscussion
        )
    }

    @Option(help: ArgumentHelp(Phrases.termFamilyHelp, valueName: Phrases.familyValue))
    var product: String

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(Phrases.termTotalHelp, valueName: Phrases.countValue),
        transform: NumberArgument.reader(AdminLimits.termSeats)
    )
    var seats: Int

    @Option(help: ArgumentHelp(Phrases.termStartsHelp, valueName: Phrases.dateValue), transform: DayArgument.iso)
    var starts: String

    @Option(help: ArgumentHelp(Phrases.termEndsHelp, valueName: Phrases.dateValue), transform: DayArgument.iso)
    var ends: String

    @Option(help: ArgumentHelp(Phrases.termDocumentHelp, valueName: Phrases.documentValue))
    var document: String

    @Option(parsing: .unconditional, help: ArgumentHelp(Phrases.termSilenceHelp, valueName: Phrases.daysValue))
    var silenceDays = 45

    @Option(parsing: .unconditional, help: ArgumentHelp(Phrases.termRenewsHelp, valueName: Phrases.termValue))
    var renews: Int?

    @Flag(help: ArgumentHelp(Phrases.termCopyHelp))
    var copyAllocations = false

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        try OptionCheck.text(product, "--product", atMost: AdminLimits.unitNameBytes)
        try OptionCheck.number(seats, "--seats", AdminLimits.termSeats)
        try OptionCheck.day(starts, "--starts")
        try OptionCheck.day(ends, "--ends")
        if let first = Day(starts), let last = Day(ends), last < first {
            throw ValidationError(Phrases.termDaysInWrongOrder(starts: starts, ends: ends))
        }
        try OptionCheck.text(document, "--document", atMost: AdminLimits.documentBytes)
        try OptionCheck.number(silenceDays, "--silence-days", AdminLimits.silenceDays)
        try OptionCheck.number(renews, "--renews", AdminLimits.termIDs)
        guard renews != nil || !copyAllocations else { throw ValidationError(Phrases.copyWithoutRenewal) }
    }

    func run(in context: CommandContext) async throws {
        try await context.withClient(global) { client in
            let answer = try await client.addTerm(
                .with {
                    $0.productFamily = product
                    $0.totalSeats = UInt32(clamping: seats)
                    $0.startsOn = starts
                    $0.endsOn = ends
                    $0.silenceDays = UInt32(clamping: silenceDays)
                    $0.document = document
                    $0.renewsTermID = UInt32(clamping: renews ?? 0)
                    $0.copyAllocations = copyAllocations
                }
            )
            try context.renderer(global).show(answer.term, TermList.table)
        }
    }
}
