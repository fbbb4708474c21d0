internal import Shared

/// What happened to a finding.
struct FindingEvent: Sendable, Hashable {
    /// What can happen; the words are stored and shown.
    enum Kind: String, Sendable, Hashable, CaseIterable {
        case opened
        /// Opened, and there was one of its kind on the device before.
        case reopened
        case acknowledged
        case waived
        /// The last day of the waiver was over.
        case waiverEnded = "waiver-ended"
        case unwaived
        /// It is about other products than before.
        case productsChanged = "products-changed"
        /// A product came that was not acknowledged.
        case acknowledgementEnded = "acknowledgement-ended"
        case closed
    }

    var findingID: Int64
    var at: Milliseconds
    /// `officer:NAME`, `device:ID`, or `collector`.
    var actor: String
    var kind: Kind
    var detail: String
}

/// SQL of the table `finding_event`: what officers, reports and the clock did to a finding that is open.
///
/// Opening and closing stand in the finding itself.
struct FindingEventStore {
    static let collector = "collector"
    /// Of one finding.
    private static let shown = 200

    let sql: SQLTransaction

    func add(_ event: FindingEvent) throws {
        try sql.execute(
            "INSERT INTO finding_event (finding_id, at_ms, actor, event, detail) VALUES ($1, $2, $3, $4, $5)",
            .integer(event.findingID),
            .integer(event.at.value),
            .text(event.actor),
            .text(event.kind.rawValue),
            .text(event.detail)
        )
    }

    /// The newest of one finding and its reopening, the oldest of them first.
    func events(of id: Int64) throws -> [FindingEvent] {
        try sql.rows(
            """
            SELECT at_ms, actor, event, detail FROM finding_event WHERE finding_id = $1 AND (event = 'reopened'
                OR event_id IN (SELECT event_id FROM finding_event WHERE finding_id = $1 ORDER BY event_id DESC LIMIT $2))
            ORDER BY event_id
            """,
            .integer(id),
            .integer(Self.shown)
        ) { row -> FindingEvent? in
            FindingEvent.Kind(rawValue: row.text(2)).map { kind in
                FindingEvent(
                    findingID: id,
                    at: Milliseconds(row.integer(0)),
                    actor: row.text(1),
                    kind: kind,
                    detail: row.text(3)
                )
            }
        }.compactMap(\.self)
    }

    /// Who changed a finding last; `nil` when nobody did since it was opened.
    func last(of id: Int64) throws -> FindingEvent? { try events(of: id).last }

    /// Everything that happened to findings, which come the last first, with their opening and closing; the oldest first.
    func history(of findings: [FindingDetails]) throws -> [FindingEvent] {
        try findings.reversed().flatMap(history)
    }

    private func history(of details: FindingDetails) throws -> [FindingEvent] {
        let finding = details.finding
        var events = try events(of: finding.id)
        let products = (try openedProducts(of: finding.id) ?? finding.products).joined(separator: ", ")
        if let first = events.first, first.kind == .reopened {
            events[0].detail = [first.detail, products].filter { !$0.isEmpty }.joined(separator: ": ")
        } else {
            events.insert(
                FindingEvent(
                    findingID: finding.id,
                    at: finding.openedAt,
                    actor: Self.actor(details.openedBy),
                    kind: .opened,
                    detail: products
                ),
                at: 0
            )
        }
        if let moment = finding.closedAt {
            events.append(
                FindingEvent(
                    findingID: finding.id,
                    at: moment,
                    actor: Self.actor(details.closedBy),
                    kind: .closed,
                    detail: ""
                )
            )
        }
        return events
    }

    /// What a finding was about when it was opened; `nil` where that has never changed.
    private func openedProducts(of id: Int64) throws -> [String]? {
        let text = try sql.first("SELECT opened_products FROM finding WHERE finding_id = $1", .integer(id)) {
            $0.optionalText(0)
        }
        return (text ?? nil).map(FindingStore.split)
    }

    /// Who is behind what a report showed, or what followed from seats and terms.
    static func actor(_ place: ReportPlace?) -> String { place.map { actor(of: $0.deviceID) } ?? collector }

    /// A device, by its reports.
    static func actor(of deviceID: String) -> String { "device:\(deviceID)" }
}
