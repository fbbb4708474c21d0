import ArgumentParser
import Messages
import SwiftProtobuf

/// `khien finding show`.
struct FindingShow: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "show",
            abstract: Phrases.findingShowAbstract,
            discussion: Phrases.findingShowDiscussion
        )
    }

    @OptionGroup var finding: FindingID
    @OptionGroup var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        try await context.withClient(global) { client in
            let answer = try await client.getFinding(.with { $0.id = finding.id })
            try context.renderer(global).show(Self.document(answer))
        }
    }

    /// A row of a spreadsheet: the finding, and one event.
    typealias Row = Joined<Khien_V1_GetFindingResponse, Khien_V1_FindingEvent>

    /// The finding, what happened to it, and earlier ones.
    static func document(_ answer: Khien_V1_GetFindingResponse) -> Document<Row> {
        let whole = FindingColumns.whole
        var members: [JSONValue.Member] = []
        if case .object(let own) = whole.json(answer.finding) { members = own }
        return Document(
            sections: [
                Section(
                    title: Phrases.finding,
                    fields: whole.shown.map { Section.Field($0.header, $0.value(answer.finding)) }
                ),
                Section(
                    title: Phrases.happened,
                    grid: events.grid(answer.events),
                    ifEmpty: Phrases.nothingHappened
                ),
                Section(
                    title: Phrases.earlierFindings,
                    grid: earlier.grid(answer.earlier),
                    ifEmpty: Phrases.noEarlierFindings
                ),
            ],
            json: .object(
                members + [
                    JSONValue.Member("events", .array(answer.events.map(events.json))),
                    JSONValue.Member("earlier", .array(answer.earlier.map(whole.json))),
                ]
            ),
            table: Row.table(FindingColumns.whole.columns.map { $0.of(\.finding) } + [earlierNumbers], events.columns),
            rows: Row.rows(answer, answer.events)
        )
    }

    private static let earlierNumbers = Column<Khien_V1_GetFindingResponse>("earlier", Phrases.earlierFindings) {
        .list($0.earlier.map { String($0.id) })
    }

    private static let events = Table<Khien_V1_FindingEvent>([
        Column("at", Phrases.time) { .moment($0.atMs) },
        Column("finding_id", Phrases.finding, .trailing) { .large($0.findingID) },
        Column("event", Phrases.event) { .word($0.event, Phrases.findingEvent($0.event)) },
        Column("actor", Phrases.by) { ReportedText.actor($0.actor) },
        Column("detail", Phrases.detail) { ReportedText.detail($0.detail, ofFinding: $0.event) },
    ])

    private static let earlier = Table<Khien_V1_Finding>([
        FindingColumns.id, FindingColumns.opened, FindingColumns.closed(isShown: true), FindingColumns.products,
    ])
}
