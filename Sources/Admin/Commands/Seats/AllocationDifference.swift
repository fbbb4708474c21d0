import Messages
import Shared

/// What an import of allocations changes or would change, for people and for programs.
struct AllocationDifference {
    private let answer: Khien_V1_ImportAllocationsResponse
    /// The command that applies what is only shown, with this revision.
    private let command: (UInt64) -> ShellCommand
    private let rows: [AllocationChangeRow]

    /// The view of what the collector answered.
    init(_ answer: Khien_V1_ImportAllocationsResponse, command: @escaping (UInt64) -> ShellCommand) {
        self.answer = answer
        self.command = command
        rows = answer.changes.map { AllocationChangeRow(termID: answer.term.id, change: $0) }
    }

    /// The sections, the object, and the rows of units that change.
    var document: Document<AllocationChangeRow> {
        Document(
            sections: [outcome, changes] + (proposal.map { [$0] } ?? []),
            json: figures.json(answer).adding([
                JSONValue.Member("changes", .array(rows.map(AllocationChangeRow.table.json)))
            ]),
            table: AllocationChangeRow.table,
            rows: rows
        )
    }

    /// What would change, for whoever is asked whether it shall.
    var seen: Document<AllocationChangeRow> {
        var seen = document
        seen.sections = [changes]
        return seen
    }

    /// What left the reserve for the units; negative when they gave seats back.
    private var taken: Int64 { rows.reduce(0) { $0 + $1.difference } }

    private var figures: Table<Khien_V1_ImportAllocationsResponse> {
        let taken = taken
        return Table([
            Column("applied", Phrases.importOutcome) { .flag($0.applied) },
            Column("term_id", Phrases.termNumber) { .count($0.term.id) },
            Column("revision", Phrases.revision) { .large($0.term.revision) },
            Column("changed", Phrases.changedUnits) { .number(Int64($0.changes.count)) },
            Column("unchanged", Phrases.unchangedUnits) { .count($0.unchanged) },
            Column("reserve_before", Phrases.reserveBefore) { .number(Int64($0.term.reserveSeats) + taken) },
            Column("reserve_after", Phrases.reserveAfter) { .number(Int64($0.term.reserveSeats)) },
        ])
    }

    private var outcome: Section {
        let word = answer.applied ? Phrases.importApplied : Phrases.importOnlyShown
        return Section(
            title: Phrases.importTitle,
            fields: figures.columns.map { column in
                let value = column.key == "applied" ? .text(word.description) : column.value(answer)
                return Section.Field(column.header, value)
            }
        )
    }

    private var changes: Section {
        Section(
            title: Phrases.seatsDifference,
            grid: AllocationChangeRow.table.grid(rows),
            ifEmpty: Phrases.nothingToChange
        )
    }

    /// How to go on; nothing once it is applied, or where nothing would change.
    private var proposal: Section? {
        guard !answer.applied, !rows.isEmpty else { return nil }
        let revision = answer.term.revision
        guard let text = command(revision).text else {
            return Section(title: Phrases.applyWith, ifEmpty: Phrases.applyAgain(revision: revision))
        }
        return Section(title: Phrases.applyWith, ifEmpty: Phrase(verbatim: text))
    }
}
