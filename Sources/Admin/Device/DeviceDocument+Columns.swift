import Messages

extension DeviceDocument {
    /// Who the device is and how it stands.
    var identityColumns: [Column<Khien_V1_GetDeviceResponse>] {
        [
            Column("id", "Id") { .text($0.device.id) },
            Column("host_name", "Host") { .optional($0.device.hostName) },
            Column("platform", "Platform") { .word($0.device.platform) },
            Column("operating_system", "Operating system") { .optional($0.device.operatingSystem) },
            Column("agent_version", "Agent") { .optional($0.device.agentVersion) },
            Column("standing", "Standing") { .word($0.device.standing) },
            Column("enrolled_at", "Enrolled") { .moment($0.device.enrolledAtMs) },
            Column("last_report_at", "Last report") {
                .moment($0.device.lastReportAtMs, if: $0.device.hasLastReportAtMs)
            },
            Column("certificate_expires_at", "Certificate until") { .moment($0.certificateExpiresAtMs) },
            Column("epoch", "Epoch") { .large($0.epoch) },
            Column("sequence", "Sequence") { .large($0.sequence) },
        ]
    }

    /// Where the device belongs, and its license.
    var seatColumns: [Column<Khien_V1_GetDeviceResponse>] {
        [
            Column("unit_code", "Unit") { .text($0.device.unitCode) },
            Column("unit_name", "Name of the unit") { .optional($0.device.unitName) },
            Column("seat", "Seat") { .word($0.device.seat) },
            Column("seat_since", "Since") { .moment($0.seatSinceMs, if: $0.hasSeatSinceMs) },
        ]
    }

    /// A product without its facts.
    static let productColumns: [Column<Khien_V1_AssessedProduct>] = [
        Column("family", "Family") { .text($0.family) },
        Column("name", "Name") { .optional($0.name) },
        Column("vendor", "Vendor") { .optional($0.vendor) },
        Column("version", "Version") { .optional($0.version) },
        Column("role", "Role") { .word($0.role) },
        Column("grade", "Grade") { .word($0.grade) },
        Column("approved", "Approved") { .flag($0.approved) },
        Column("conclusion", "Conclusion") { .text(Evidence($0).conclusion) },
    ]

    /// What is said of a product's protection.
    static let statusColumns: [Column<Khien_V1_AssessedProduct>] = [
        Column("protection", "Protection") { .word($0.status.protection) },
        Column("signatures", "Signatures") { .word($0.status.signatures) },
        Column("signatures_at", "Signatures of") { .seconds($0.status.signaturesAt) },
        Column("license", "License") { .word($0.status.license) },
        Column("management_server", "Management server") { .optional($0.status.server) },
        Column("server_contact_at", "Last contact") { .seconds($0.status.serverContactAt) },
    ]

    /// A fact beneath its product.
    static let shownFactTable = Table<FactRow>([
        Column("source", "Source") { .word($0.fact.source) },
        Column("weight", "Weight") { .word($0.fact.weight) },
        Column("role", "Role") { .word($0.fact.role) },
        Column("weak", "Generic", isShown: false) { .flag($0.fact.weak) },
        Column("value", "Value") { .optional($0.fact.value) },
        Column("detail", "Detail") { .optional($0.fact.detail) },
        Column("worth", "Worth") { .text($0.worth) },
        Column("kind", "Kind", isShown: false) { .word($0.fact.kind) },
        Column("publisher", "Publisher", isShown: false) { .optional($0.fact.publisher) },
    ])

    /// A fact by itself, with device and product in front.
    static let factTable = Table<FactRow>(
        [
            Column("device_id", "Device") { .text($0.deviceID) },
            Column("family", "Family") { .text($0.product.family) },
            Column("product", "Product") { .optional($0.product.name) },
            Column("version", "Version") { .optional($0.product.version) },
            Column("grade", "Grade") { .word($0.product.grade) },
            Column("product_role", "Role of the product") { .word($0.product.role) },
            Column("approved", "Approved") { .flag($0.product.approved) },
        ] + shownFactTable.columns
    )

    /// What the device breaks or broke.
    static let findingTable = Table<Khien_V1_Finding>([
        Column("kind", "Finding") { .word($0.kind) },
        Column("state", "State") { .text($0.hasClosedAtMs ? "closed" : "open") },
        Column("opened_at", "Opened") { .moment($0.openedAtMs) },
        Column("closed_at", "Closed") { .moment($0.closedAtMs, if: $0.hasClosedAtMs) },
        Column("products", "Products") { .list($0.products) },
    ])

    /// How far a probe got.
    static let sourceTable = Table<Khien_V1_SourceStatus>([
        Column("source", "Source") { .word($0.source) },
        Column("state", "State") { .word($0.state) },
        Column("entries", "Entries", .trailing) { .count($0.entries) },
        Column("reason", "Reason") { .optional($0.reason) },
    ])
}
