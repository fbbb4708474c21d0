import ArgumentParser
import Messages
import SwiftProtobuf

/// `khien conflicts`.
struct ConflictList: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "conflicts",
            abstract: Phrases.conflictsAbstract,
            discussion: Phrases.conflictsDiscussion
        )
    }

    @OptionGroup var unit: UnitOption
    @OptionGroup var limit: LimitOption
    @OptionGroup var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        try await context.withClient(global) { client in
            let request = Khien_V1_ListFindingsRequest.with {
                $0.kinds = [.multipleAntivirus]
                $0.unit = unit.unit ?? ""
            }
            let list = context.renderer(global).list(Self.table)
            try await FindingPages(client: client, request: request).show(list, limit: limit.limit, .conflicts)
        }
    }

    /// The keys are those of `khien findings`, so that a program reads both alike.
    static let table = Table<Khien_V1_Finding>(
        [
            FindingColumns.opened, FindingColumns.unitCode, FindingColumns.unitName(isShown: true).rank(4),
            FindingColumns.device.rank(6), FindingColumns.host, FindingColumns.products,
            FindingColumns.lastReport(isShown: true).rank(7), number, FindingColumns.deadline.rank(3),
            FindingColumns.overdue.rank(1), FindingColumns.state.rank(2), FindingColumns.kind.hidden,
            FindingColumns.severity.hidden, FindingColumns.closed(isShown: false),
        ] + FindingColumns.decisions(isShown: false)
    )

    /// In a list of one kind the number alone says which finding it is.
    private static let number = Column<Khien_V1_Finding>("id", Phrases.finding, .trailing) { .large($0.id) }
}
