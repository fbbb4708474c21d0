import ArgumentParser
import Messages
import Shared
import SwiftProtobuf

/// `khien findings`.
struct FindingList: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "findings",
            abstract: Phrases.findingsAbstract,
            discussion: Phrases.findingsDiscussion
        )
    }

    @Option(help: ArgumentHelp(Phrases.findingKindHelp, valueName: Phrases.kindValue))
    var kind: [FindingKindOption] = []

    @OptionGroup var unit: UnitOption

    @Option(
        help: ArgumentHelp(Phrases.findingSinceHelp, valueName: Phrases.dateValue),
        transform: DayArgument.read
    )
    var since: Day?

    @Option(help: ArgumentHelp(Phrases.findingStateHelp, valueName: Phrases.stateValue))
    var state: FindingStateOption?

    @OptionGroup var limit: LimitOption
    @OptionGroup var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        if let since, since > context.latestDay { throw AdminError(.usage, Phrases.sinceInFuture) }
        var request = Khien_V1_ListFindingsRequest()
        request.kinds = Set(kind).map(\.kind).sorted().map(\.wire)
        request.unit = unit.unit ?? ""
        request.sinceMs = since.map { context.zone.start(of: $0) } ?? 0
        request.filter = state?.wire ?? .unspecified
        let wanted = request
        try await context.withClient(global) { client in
            let list = context.renderer(global).list(Self.table)
            try await FindingPages(client: client, request: wanted).show(list, limit: limit.limit, .findings)
        }
    }

    static let table = Table<Khien_V1_Finding>(
        [
            FindingColumns.id, FindingColumns.kind, FindingColumns.severity.rank(4), FindingColumns.state.rank(3),
            FindingColumns.overdue.rank(1), FindingColumns.deadline, FindingColumns.opened.rank(5),
            FindingColumns.unitCode, FindingColumns.unitName(isShown: false), FindingColumns.device.rank(6),
            FindingColumns.host, FindingColumns.products.rank(2), FindingColumns.closed(isShown: false),
            FindingColumns.lastReport(isShown: false),
        ] + FindingColumns.decisions(isShown: false)
    )
}
