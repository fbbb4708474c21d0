import Messages
import Shared

/// Everything about one unit, for people and for programs.
struct UnitDocument {
    private let answer: Khien_V1_GetUnitResponse
    private let asked: String

    /// The view of what the collector answered to who asked for that code or name.
    init(_ answer: Khien_V1_GetUnitResponse, asked: String) {
        self.answer = answer
        self.asked = asked
    }

    /// A row of a spreadsheet: the unit, and its seats in one term.
    typealias Row = Joined<Khien_V1_GetUnitResponse, Khien_V1_UnitTerm>

    /// The sections, the object, and the unit on a row for each of its terms.
    var document: Document<Row> {
        Document(
            sections: [identity, contact, standing, terms, findings, requests, changes],
            json: json,
            table: Row.table(Self.wholeColumns, Self.termColumns),
            rows: Row.rows(answer, answer.terms)
        )
    }

    // MARK: - Sections

    private static let identityKeys: Set<String> = ["code", "group", "name", "closed_on", "successor_code"]

    private var identity: Section {
        var fields = UnitList.table(withClosed: true).columns
            .filter { Self.identityKeys.contains($0.key) }
            .map { Section.Field($0.header, $0.value(answer.unit)) }
            .filter { $0.value != .absent }
        if answer.resolvedFromFormer { fields.append(Section.Field(Phrases.unitAskedByFormer, .text(asked))) }
        if !answer.formerCodes.isEmpty {
            fields.append(Section.Field(Phrases.unitFormerCodes, .list(answer.formerCodes)))
        }
        fields.append(Section.Field(Phrases.revision, .large(answer.revision)))
        return Section(title: Phrases.unit, fields: fields)
    }

    private var contact: Section {
        Section(
            title: Phrases.unitOfficerInCharge,
            fields: isContactNamed
                ? Self.contactTable.columns.map { Section.Field($0.header, $0.value(answer.contact)) } : [],
            ifEmpty: Phrases.unitWithoutContact(answer.unit.code)
        )
    }

    /// A contact of which nothing is known is none.
    private var isContactNamed: Bool { answer.contact != Khien_V1_UnitContact() }

    private var standing: Section {
        Section(
            title: Phrases.unitStanding,
            fields: UnitList.table(withClosed: false).shown
                .filter { !Self.identityKeys.contains($0.key) }
                .map { Section.Field($0.header, $0.value(answer.unit)) }
        )
    }

    private var terms: Section {
        Section(title: Phrases.seatsByTerm, grid: Self.termTable.grid(answer.terms), ifEmpty: Phrases.unitHasNone)
    }

    private var findings: Section {
        Section(
            title: Phrases.findingsByKind,
            grid: Self.findingTable.grid(answer.findings),
            ifEmpty: Phrases.unitHasNone
        )
    }

    private var requests: Section {
        Section(
            title: Phrases.openRequests,
            grid: RequestTable.list.grid(answer.openRequests),
            ifEmpty: Phrases.unitHasNone
        )
    }

    private var changes: Section {
        Section(
            title: Phrases.unitChanges,
            grid: UnitChangeList.table.grid(answer.changes),
            ifEmpty: Phrases.unitHasNone
        )
    }

    // MARK: - JSON

    private var json: JSONValue {
        UnitList.table(withClosed: true).json(answer.unit).adding([
            JSONValue.Member("former_codes", .array(answer.formerCodes.map(JSONValue.string))),
            JSONValue.Member("resolved_from_former", .boolean(answer.resolvedFromFormer)),
            JSONValue.Member("revision", Cell.large(answer.revision).json),
            JSONValue.Member("contact", isContactNamed ? Self.contactTable.json(answer.contact) : .null),
            JSONValue.Member("terms", .array(answer.terms.map(Self.termTable.json))),
            JSONValue.Member("findings", .array(answer.findings.map(Self.findingTable.json))),
            JSONValue.Member("open_requests", .array(answer.openRequests.map(RequestTable.list.json))),
            JSONValue.Member("changes", .array(answer.changes.map(UnitChangeList.table.json))),
        ])
    }

    // MARK: - Columns

    /// Whatever has one value, and of the lists what fits into one.
    private static let wholeColumns: [Column<Khien_V1_GetUnitResponse>] =
        UnitList.table(withClosed: true).columns.map { $0.of(\.unit) } + [
            Column("former_codes", Phrases.unitFormerCodes) { .list($0.formerCodes) },
            Column("resolved_from_former", Phrases.unitAskedByFormer) { .flag($0.resolvedFromFormer) },
            Column("revision", Phrases.revision) { .large($0.revision) },
        ] + contactTable.columns.map { $0.prefixed("contact_").of(\.contact) } + [
            Column("findings_open", Phrases.unitFindingsOpen) { sum($0, \.open) },
            Column("findings_overdue", Phrases.overdue) { sum($0, \.overdue) },
            Column("findings_waived", Phrases.unitFindingsWaived) { sum($0, \.waived) },
            Column("open_requests", Phrases.openRequests) { .list($0.openRequests.map { String($0.id) }) },
        ]

    /// The unit has figures of its own by the same names.
    private static let termColumns = termTable.columns.map { column in
        column.key.hasPrefix("term_") ? column : column.prefixed("term_")
    }

    private static func sum(
        _ answer: Khien_V1_GetUnitResponse,
        _ count: (Khien_V1_FindingCount) -> UInt32
    ) -> Cell {
        .number(answer.findings.reduce(0) { $0 + Int64(count($1)) })
    }

    private static let contactTable = Table<Khien_V1_UnitContact>([
        Column("name", Phrases.name) { .optional($0.name) },
        Column("phone", Phrases.unitPhone) { .optional($0.phone) },
        Column("email", Phrases.unitEmail) { .optional($0.email) },
        Column("trained_on", Phrases.unitTrainedOn) { .day($0.trainedOn) },
    ])

    private static let termTable = Table<Khien_V1_UnitTerm>([
        Column("term_id", Phrases.termNumber, .trailing) { .count($0.termID) },
        Column("product_family", Phrases.product) { .text($0.productFamily) },
        Column("state", Phrases.state) { .word($0.state) },
        Column("allocated_seats", Phrases.allocated, .trailing) { .count($0.allocatedSeats) },
        Column("used_seats", Phrases.used, .trailing) { .count($0.usedSeats) },
    ])

    private static let findingTable = Table<Khien_V1_FindingCount>([
        Column("kind", Phrases.finding) { .word($0.kind) },
        Column("open", Phrases.unitFindingsOpen, .trailing) { .count($0.open) },
        Column("overdue", Phrases.overdue, .trailing) { .count($0.overdue, .bad) },
        Column("waived", Phrases.unitFindingsWaived, .trailing) { .count($0.waived) },
    ])
}
