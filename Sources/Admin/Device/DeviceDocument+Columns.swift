import Messages

extension DeviceDocument {
    /// Who the device is and how it stands.
    var identityColumns: [Column<Khien_V1_GetDeviceResponse>] {
        [
            Column("id", Phrases.id) { .text($0.device.id) },
            Column("host_name", Phrases.host) { .optional($0.device.hostName) },
            Column("platform", Phrases.platform) { .word($0.device.platform) },
            Column("operating_system", Phrases.operatingSystem) { .optional($0.device.operatingSystem) },
            Column("agent_version", Phrases.agentVersion) { .optional($0.device.agentVersion) },
            Column("standing", Phrases.standing) { .word($0.device.standing) },
            Column("enrolled_at", Phrases.enrolled) { .moment($0.device.enrolledAtMs) },
            Column("last_report_at", Phrases.lastReport) {
                .moment($0.device.lastReportAtMs, if: $0.device.hasLastReportAtMs)
            },
            Column("certificate_expires_at", Phrases.certificateUntil) { .moment($0.certificateExpiresAtMs) },
            Column("epoch", Phrases.epoch) { .large($0.epoch) },
            Column("sequence", Phrases.sequence) { .large($0.sequence) },
        ]
    }

    /// Other records of the same machine; few devices have any.
    var mergeColumns: [Column<Khien_V1_GetDeviceResponse>] {
        [
            Column("merged_into", Phrases.mergedInto) { .optional($0.device.mergedInto) },
            Column("merged_ids", Phrases.mergedRecords) { .list($0.mergedIds) },
        ]
    }

    /// Where the device belongs, and its license.
    var seatColumns: [Column<Khien_V1_GetDeviceResponse>] {
        [
            Column("unit_code", Phrases.unit) { .text($0.device.unitCode) },
            Column("unit_name", Phrases.unitName) { .optional($0.device.unitName) },
            Column("seat", Phrases.seat) { .word($0.device.seat) },
            Column("seat_since", Phrases.since) { .moment($0.seatSinceMs, if: $0.hasSeatSinceMs) },
        ]
    }

    /// A product without its facts.
    static let productColumns: [Column<Khien_V1_AssessedProduct>] = [
        Column("family", Phrases.family) { .text($0.family) },
        Column("name", Phrases.name) { .optional($0.name) },
        Column("vendor", Phrases.vendor) { .optional($0.vendor) },
        Column("version", Phrases.version) { .optional($0.version) },
        Column("role", Phrases.role) { .word($0.role) },
        Column("grade", Phrases.grade) { .word($0.grade) },
        Column("approved", Phrases.approved) { .flag($0.approved) },
        Column("conclusion", Phrases.conclusion) { .word(Evidence($0).conclusion) },
    ]

    /// What is said of a product's protection.
    static let statusColumns: [Column<Khien_V1_AssessedProduct>] = [
        Column("protection", Phrases.protection) { .word($0.status.protection) },
        Column("signatures", Phrases.signatures) { .word($0.status.signatures) },
        Column("signatures_at", Phrases.signaturesOf) { .seconds($0.status.signaturesAt) },
        Column("license", Phrases.license) { .word($0.status.license) },
        Column("management_server", Phrases.managementServer) { .optional($0.status.server) },
        Column("server_contact_at", Phrases.lastContact) { .seconds($0.status.serverContactAt) },
    ]

    /// A fact beneath its product.
    static let shownFactTable = Table<FactRow>([
        Column("source", Phrases.source) { .word($0.fact.source) },
        Column("weight", Phrases.weight) { .word($0.fact.weight) },
        Column("role", Phrases.role) { .word($0.fact.role) },
        Column("weak", Phrases.generic, isShown: false) { .flag($0.fact.weak) },
        Column("value", Phrases.value) { .optional($0.fact.value) },
        Column("detail", Phrases.detail) { ReportedText.cell($0.fact.detail) },
        Column("worth", Phrases.worth) { .word($0.worth) },
        Column("kind", Phrases.kind, isShown: false) { .word($0.fact.kind) },
        Column("publisher", Phrases.publisher, isShown: false) { .optional($0.fact.publisher) },
    ])

    /// A fact by itself, with device and product in front.
    static let factTable = Table<FactRow>(
        [
            Column("device_id", Phrases.device) { .text($0.deviceID) },
            Column("family", Phrases.family) { .text($0.product.family) },
            Column("product", Phrases.product) { .optional($0.product.name) },
            Column("version", Phrases.version) { .optional($0.product.version) },
            Column("grade", Phrases.grade) { .word($0.product.grade) },
            Column("product_role", Phrases.roleOfProduct) { .word($0.product.role) },
            Column("approved", Phrases.approved) { .flag($0.product.approved) },
        ] + shownFactTable.columns
    )

    /// What the device breaks or broke, and what officers decided about it.
    static let findingTable = Table<Khien_V1_Finding>([
        FindingColumns.kind,
        Column("state", Phrases.state) { .word(state($0)) },
        Column("opened_at", Phrases.opened) { .moment($0.openedAtMs) },
        FindingColumns.closed(isShown: true),
        FindingColumns.products,
        FindingColumns.id,
        FindingColumns.severity,
        FindingColumns.deadline,
        Column("overdue", Phrases.overdue, isShown: false) { .flag($0.overdue) },
        Column("waived_until", Phrases.waivedUntil) { .day($0.waivedUntil) },
        Column("waived_by", Phrases.waivedBy, isShown: false) { .optional($0.waivedBy) },
        Column("waiver_reason", Phrases.waiverReason, isShown: false) { .optional($0.waiverReason) },
        Column("acknowledged_by", Phrases.acknowledgedBy, isShown: false) { .optional($0.acknowledgedBy) },
        Column("revision", Phrases.revision, isShown: false) { .large($0.revision) },
    ])

    /// A collector that knows no states says only when a finding was closed.
    private static func state(_ finding: Khien_V1_Finding) -> Khien_V1_FindingState {
        guard finding.state == .unspecified else { return finding.state }
        return finding.hasClosedAtMs ? .closed : .open
    }

    /// What happened to the device's seat.
    static let seatEventTable = Table<Khien_V1_SeatEvent>([
        Column("at", Phrases.time) { .moment($0.atMs) },
        Column("event", Phrases.event) { .word($0.event, Phrases.seatEvent($0.event)) },
        Column("unit_code", Phrases.unit) { .optional($0.unitCode) },
        Column("term_id", Phrases.term, .trailing) { $0.termID == 0 ? .absent : .count($0.termID) },
    ])

    /// What officers did to the device.
    static let eventTable = Table<Khien_V1_DeviceEvent>([
        Column("at", Phrases.time) { .moment($0.atMs) },
        Column("actor", Phrases.by) { ReportedText.actor($0.actor) },
        Column("action", Phrases.action) { .word($0.action, Phrases.deviceAction($0.action)) },
        Column("detail", Phrases.detail) { ReportedText.detail($0.detail, of: $0.action) },
    ])

    /// How far a probe got.
    static let sourceTable = Table<Khien_V1_SourceStatus>([
        Column("source", Phrases.source) { .word($0.source) },
        Column("state", Phrases.state) { .word($0.state) },
        Column("entries", Phrases.entries, .trailing) { .count($0.entries) },
        Column("reason", Phrases.reason) { ReportedText.cell($0.reason) },
    ])
}
