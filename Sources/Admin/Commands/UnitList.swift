import ArgumentParser
import Messages

/// `khien units`.
struct UnitList: AdminCommand {
    static let configuration = CommandConfiguration(
        commandName: "units",
        abstract: "The units: allocation, seats, shortfall, and the standing of their devices."
    )

    @OptionGroup var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        try await context.withClient(global) { client in
            let answer = try await client.listUnits(Khien_V1_ListUnitsRequest())
            var list = context.renderer(global).list(Self.table)
            try list.append(answer.units)
            try list.finish(note: Self.note(answer))
        }
    }

    static let table = Table<Khien_V1_UnitSummary>([
        Column("code", "Code") { .text($0.code) },
        Column("group", "Group", isShown: false) { .optional($0.group) },
        Column("name", "Unit") { .text($0.name) },
        Column("allocated_seats", "Allocated", .trailing, isSummed: true) { .count($0.allocatedSeats) },
        Column("used_seats", "Seats", .trailing, isSummed: true) { .count($0.usedSeats) },
        Column("over_cap", "Over cap", .trailing, isSummed: true) { .count($0.overCap) },
        Column("shortfall", "Shortfall", .trailing, isSummed: true) { .count(shortfall($0)) },
        Column("devices", "Devices", .trailing, isSummed: true) { .count($0.devices) },
        Column("in_order", "In order", .trailing, isSummed: true) { .count($0.inOrder) },
        Column("in_violation", "Violation", .trailing, isSummed: true) { .count($0.inViolation) },
        Column("silent", "Silent", .trailing, isSummed: true) { .count($0.silent) },
        Column("conflicts", "Conflicts", .trailing, isSummed: true) { .count($0.conflicts) },
        Column("last_report_at", "Last report") { .moment($0.lastReportAtMs, if: $0.hasLastReportAtMs) },
    ])

    /// What the unit was given and has not installed; none where its cap was lowered below its use.
    private static func shortfall(_ unit: Khien_V1_UnitSummary) -> UInt32 {
        unit.allocatedSeats > unit.usedSeats ? unit.allocatedSeats - unit.usedSeats : 0
    }

    private static func note(_ answer: Khien_V1_ListUnitsResponse) -> [String] {
        let count = Phrases.count(answer.units.count, of: answer.units.count, "unit", "units")
        guard answer.hasTerm else { return [count] }
        let term = Phrases.term(
            product: answer.term.productFamily,
            startsOn: answer.term.startsOn,
            endsOn: answer.term.endsOn,
            total: answer.term.totalSeats,
            reserve: answer.term.reserveSeats
        )
        return [count, term]
    }
}
