import ArgumentParser
import Messages
import Shared
import SwiftProtobuf

/// `khien units`.
struct UnitList: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "units",
            abstract: Phrases.unitsAbstract,
            discussion: Phrases.unitsDiscussion
        )
    }

    @Option(help: ArgumentHelp(Phrases.unitSortHelp, valueName: Phrases.orderValue))
    var sort = UnitOrder.attention

    @Flag(help: ArgumentHelp(Phrases.unitClosedHelp))
    var closed = false

    @OptionGroup var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        try await context.withClient(global) { client in
            let answer = try await client.listUnits(.with { $0.withClosed = closed })
            var list = context.renderer(global).list(Self.table(withClosed: closed))
            try list.append(sort.sorted(answer.units))
            let warnings = try await TermNotes.warnings(answer.terms, client)
            try list.finish(note: Self.note(answer) + warnings)
        }
    }

    /// The columns; programs see the same ones with and without closed units.
    static func table(withClosed: Bool) -> Table<Khien_V1_UnitSummary> {
        Table([
            Column("code", Phrases.code) { .text($0.code) },
            Column("group", Phrases.group, isShown: false) { .unitGroup($0.group) },
            Column("name", Phrases.unit) { .text($0.name) },
            Column("allocated_seats", Phrases.allocated, .trailing, isSummed: true) { .count($0.allocatedSeats) }.rank(
                2
            ),
            Column("used_seats", Phrases.used, .trailing, isSummed: true) { .count($0.usedSeats) },
            Column("shortfall", Phrases.shortfall, .trailing, isSummed: true) { .count($0.shortfall, .warning) },
            Column("over_cap", Phrases.overCap, .trailing, isSummed: true) { .count($0.overCap, .bad) },
            Column("waiting", Phrases.waiting, .trailing, isSummed: true) { .count($0.waiting, .bad) },
            Column("devices", Phrases.devices, .trailing, isSummed: true) { .count($0.devices) }.rank(3),
            Column("in_order", Phrases.inOrder, .trailing, isSummed: true) { .count($0.inOrder) }.rank(4),
            Column("in_violation", Phrases.inViolation, .trailing, isSummed: true) { .count($0.inViolation, .bad) },
            Column("silent", Phrases.silent, .trailing, isSummed: true) { .count($0.silent, .warning) }.rank(1),
            Column("conflicts", Phrases.conflicts, .trailing, isSummed: true) { .count($0.conflicts, .bad) },
            Column("last_report_at", Phrases.lastReport) { .moment($0.lastReportAtMs, if: $0.hasLastReportAtMs) }.rank(
                5
            ),
            Column("closed_on", Phrases.unitClosedOn, isShown: withClosed) { .day($0.closedOn) }.rank(1),
            Column("successor_code", Phrases.unitSuccessor, isShown: withClosed) { .optional($0.successorCode) }.rank(
                1
            ),
        ])
    }

    private static func note(_ answer: Khien_V1_ListUnitsResponse) -> [String] {
        var note = [Phrases.count(answer.units.count, of: answer.units.count, .units)]
        if answer.hasTerm { note += TermNotes.heading(answer.term) }
        if answer.openRequests > 0 { note.append(Phrases.openRequestsNote(answer.openRequests).description) }
        return note
    }
}
