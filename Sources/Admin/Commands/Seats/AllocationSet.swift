import ArgumentParser
import Messages
import Shared
import SwiftProtobuf

/// `khien allocation set`.
struct AllocationSet: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "set",
            abstract: Phrases.allocationSetAbstract,
            discussion: Phrases.allocationSetDiscussion
        )
    }

    @Option(help: ArgumentHelp(Phrases.unitArgumentHelp, valueName: Phrases.unitValue))
    var unit: String

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(Phrases.allocationSeatsHelp, valueName: Phrases.countValue),
        transform: NumberArgument.reader(AdminLimits.allocationSeats)
    )
    var seats: Int

    @OptionGroup var decision: DecisionOptions
    @OptionGroup var term: TermOption
    @OptionGroup var revision: DecisionRevisionOption
    @OptionGroup var confirmation: ConfirmationOption
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        try OptionCheck.text(unit, "--unit", atMost: AdminLimits.unitNameBytes)
        try OptionCheck.number(seats, "--seats", AdminLimits.allocationSeats)
    }

    func run(in context: CommandContext) async throws {
        try await context.withClient(global) { client in
            var request = Khien_V1_SetAllocationRequest.with {
                $0.termID = term.number
                $0.unit = unit
                $0.seats = UInt32(clamping: seats)
                $0.document = decision.document
                $0.reason = decision.reason ?? ""
                $0.effectiveOn = decision.on ?? ""
            }
            request.expectedRevision = try await confirmation.expected(revision.number, in: context) {
                // The term stays unnamed if it was: where several give seats, the collector asks for one. The revision is of no
                // other term, should another one become the current one meanwhile.
                let seen = try await client.listAllocations(
                    .with {
                        $0.termID = term.number
                        $0.unit = unit
                    }
                )
                return .init(
                    revision: seen.term.revision,
                    change: Self.change(of: seen.allocations.first, unit, to: seats)
                )
            }
            let answer = try await client.setAllocation(request)
            let row = AllocationChangeRow(termID: answer.term.id, change: answer.change)
            try context.renderer(global).show(
                row,
                AllocationChangeRow.table,
                note: [""] + Self.notes(row) + TermNotes.heading(answer.term) + TermNotes.revision(answer.term)
            )
        }
    }

    private static func change(of allocation: Khien_V1_Allocation?, _ unit: String, to seats: Int) -> Phrase {
        guard let allocation, !allocation.officer.isEmpty else {
            return Phrases.allocationWillChange(allocation?.unitName ?? unit, from: allocation?.seats ?? 0, to: seats)
        }
        let change = Phrases.allocationWillChange(
            allocation.unitName,
            from: allocation.seats,
            to: seats,
            by: allocation.officer,
            document: allocation.document
        )
        guard allocation.usedSeats > seats else { return change }
        return Phrases.joined(change, Phrases.aboveTheCap(used: allocation.usedSeats, seats: UInt32(clamping: seats)))
    }

    /// What came of it that the row does not say.
    private static func notes(_ row: AllocationChangeRow) -> [String] {
        if row.difference == 0 { return [Phrases.nothingChanged.description] }
        guard row.change.usedSeats > row.change.seats else { return [] }
        return [Phrases.aboveTheCap(used: row.change.usedSeats, seats: row.change.seats).description]
    }
}
