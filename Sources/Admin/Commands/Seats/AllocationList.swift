import ArgumentParser
import Messages
import Shared
import SwiftProtobuf

/// `khien allocation list`.
struct AllocationList: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: Phrases.allocationListAbstract)
    }

    /// What a unit holds, and in which term.
    struct Row {
        var termID: UInt32
        var allocation: Khien_V1_Allocation
    }

    @OptionGroup var unit: UnitOption
    @OptionGroup var term: TermOption
    @OptionGroup var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        try await context.withClient(global) { client in
            let answer = try await client.listAllocations(
                .with {
                    $0.unit = unit.unit ?? ""
                    $0.termID = term.number
                }
            )
            var list = context.renderer(global).list(Self.table)
            try list.append(answer.allocations.map { Row(termID: answer.term.id, allocation: $0) })
            let count = Phrases.count(answer.allocations.count, of: answer.allocations.count, .units)
            let heading = TermNotes.heading(answer.term)
            let revision = TermNotes.revision(answer.term)
            let warnings = try await TermNotes.warnings([answer.term], client)
            try list.finish(note: [count] + heading + revision + warnings)
        }
    }

    static let table = Table<Row>([
        Column("term_id", Phrases.termNumber, .trailing, isShown: false) { .count($0.termID) },
        Column("unit_code", Phrases.code) { .text($0.allocation.unitCode) },
        Column("unit_name", Phrases.unit) { .optional($0.allocation.unitName) },
        Column("group", Phrases.group, isShown: false) { .unitGroup($0.allocation.group) },
        Column("allocated_seats", Phrases.allocated, .trailing, isSummed: true) { .count($0.allocation.seats) },
        Column("used_seats", Phrases.used, .trailing, isSummed: true) { .count($0.allocation.usedSeats) },
        Column("shortfall", Phrases.shortfall, .trailing, isSummed: true) {
            .count(shortfall($0.allocation), .warning)
        },
        Column("waiting", Phrases.waiting, .trailing, isSummed: true) { .count($0.allocation.waiting, .bad) },
        Column("document", Phrases.document) { .optional($0.allocation.document) }.rank(1),
        Column("effective_on", Phrases.effectiveOn) { .day($0.allocation.effectiveOn) }.rank(2),
        Column("officer", Phrases.officer) { .optional($0.allocation.officer) }.rank(3),
    ])

    /// What the unit was given and has not installed; none where its cap was lowered below its use.
    private static func shortfall(_ allocation: Khien_V1_Allocation) -> UInt32 {
        allocation.seats > allocation.usedSeats ? allocation.seats - allocation.usedSeats : 0
    }
}
