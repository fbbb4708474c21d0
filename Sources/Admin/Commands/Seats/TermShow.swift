import ArgumentParser
import Messages
import Shared
import SwiftProtobuf

/// `khien term show`.
struct TermShow: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "show",
            abstract: Phrases.termShowAbstract,
            discussion: Phrases.termShowDiscussion
        )
    }

    @Argument(help: ArgumentHelp(Phrases.termIDHelp, valueName: Phrases.termValue))
    var id: Int?

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        try OptionCheck.number(id, "ID", AdminLimits.termIDs)
    }

    func run(in context: CommandContext) async throws {
        try await context.withClient(global) { client in
            let answer = try await client.getTerm(.with { $0.id = UInt32(clamping: id ?? 0) })
            try context.renderer(global).show(Self.document(answer))
        }
    }

    /// A row of a spreadsheet: the term, and what one unit holds in it.
    private typealias Row = Joined<Khien_V1_Term, AllocationList.Row>

    private static func document(_ answer: Khien_V1_GetTermResponse) -> Document<Row> {
        let rows = answer.allocations.map { AllocationList.Row(termID: answer.term.id, allocation: $0) }
        let table = TermList.wholeTable
        let allocations = JSONValue.array(rows.map(AllocationList.table.json))
        return Document(
            sections: [
                Section(
                    title: Phrases.term,
                    fields: table.columns.map { Section.Field($0.header, $0.value(answer.term)) }
                ),
                Section(
                    title: Phrases.allocated,
                    grid: AllocationList.table.grid(rows),
                    ifEmpty: Phrases.unitHasNone
                ),
            ],
            json: table.json(answer.term).adding([JSONValue.Member("allocations", allocations)]),
            table: Row.table(
                table.columns.map { $0.prefixed("term_") },
                AllocationList.table.columns.filter { $0.key != "term_id" }
            ),
            rows: Row.rows(answer.term, rows)
        )
    }
}
