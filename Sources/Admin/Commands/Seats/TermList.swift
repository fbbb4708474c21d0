import ArgumentParser
import Messages
import Shared

/// `khien term list`.
struct TermList: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: Phrases.termListAbstract)
    }

    @OptionGroup var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        try await context.withClient(global) { client in
            let terms = try await client.listTerms(Khien_V1_ListTermsRequest()).terms
            var list = context.renderer(global).list(Self.table)
            try list.append(terms)
            let count = Phrases.count(terms.count, of: terms.count, .terms)
            try list.finish(note: [count] + TermNotes.warnings(terms))
        }
    }

    static let table = Table<Khien_V1_Term>([
        Column("id", Phrases.termNumber, .trailing) { .count($0.id) },
        Column("state", Phrases.state) { .word($0.state) },
        Column("product_family", Phrases.product) { .text($0.productFamily) },
        Column("starts_on", Phrases.startsOn) { .day($0.startsOn) }.rank(4),
        Column("ends_on", Phrases.endsOn) { .day($0.endsOn) },
        Column("days_left", Phrases.daysLeft, .trailing) { .number(Int64($0.daysLeft)) }.rank(3),
        Column("total_seats", Phrases.totalSeats, .trailing) { .reference(UInt64($0.totalSeats)) },
        Column("allocated_seats", Phrases.allocatedSeats, .trailing) { figure($0, $0.allocatedSeats) }.rank(5),
        Column("reserve_seats", Phrases.reserve, .trailing) { figure($0, $0.reserveSeats) }.rank(2),
        Column("used_seats", Phrases.usedSeats, .trailing) { figure($0, $0.usedSeats) }.rank(1),
        Column("renews_term_id", Phrases.renews, .trailing) { .reference(UInt64($0.renewsTermID)) }.rank(6),
        Column("document", Phrases.contract) { .optional($0.document) }.rank(7),
        Column("silence_days", Phrases.silenceDays, .trailing, isShown: false) { .count($0.silenceDays) },
        Column("revision", Phrases.revision, .trailing, isShown: false) { .reference($0.revision) },
        Column("added_by", Phrases.termAddedBy, isShown: false) { .optional($0.addedBy) },
        Column("added_at", Phrases.termAddedAt, isShown: false) { .moment($0.addedAtMs, if: $0.addedAtMs != 0) },
    ])

    /// All columns, for one term in full.
    static let wholeTable = Table(
        table.columns.map { column in
            var column = column
            column.isShown = true
            return column
        }
    )

    /// A figure of the province, absent for a unit's officer, who is not told.
    private static func figure(_ term: Khien_V1_Term, _ value: UInt32) -> Cell {
        term.hasFigures ? .count(value) : .absent
    }
}

extension Khien_V1_Term {
    /// Whether it says what the units and the reserve hold: with them they are all seats of the contract, and there are some.
    var hasFigures: Bool { allocatedSeats > 0 || reserveSeats > 0 }
}
