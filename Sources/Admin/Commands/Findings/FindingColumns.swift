import Messages
import SwiftProtobuf

/// The columns of findings, in every list that has them.
enum FindingColumns {
    typealias Row = Khien_V1_Finding

    static let id = Column<Row>("id", Phrases.findingNumber, .trailing) { $0.id == 0 ? .absent : .large($0.id) }
    static let kind = Column<Row>("kind", Phrases.finding) { .word($0.kind) }
    static let severity = Column<Row>("severity", Phrases.severity) { .word($0.severity) }
    static let state = Column<Row>("state", Phrases.state) { .word($0.state) }
    static let overdue = Column<Row>("overdue", Phrases.overdue) { finding in
        .flag(finding.overdue).tone(finding.overdue ? .bad : nil)
    }
    static let deadline = Column<Row>("deadline", Phrases.deadline) { finding in
        .moment(finding.deadlineMs, if: finding.deadlineMs != 0).tone(finding.overdue ? .bad : nil)
    }
    static let opened = Column<Row>("opened_at", Phrases.since) { .moment($0.openedAtMs) }
    static let unitCode = Column<Row>("unit_code", Phrases.unit) { .text($0.unitCode) }
    static let device = Column<Row>("device_id", Phrases.device) { .text($0.deviceID) }
    static let host = Column<Row>("host_name", Phrases.host) { .optional($0.hostName) }
    static let products = Column<Row>("products", Phrases.products) { .list($0.products) }

    static func unitName(isShown: Bool) -> Column<Row> {
        Column("unit_name", Phrases.unitName, isShown: isShown) { .optional($0.unitName) }
    }

    static func lastReport(isShown: Bool) -> Column<Row> {
        Column("last_report_at", Phrases.lastReport, isShown: isShown) {
            .moment($0.lastReportAtMs, if: $0.hasLastReportAtMs)
        }
    }

    static func closed(isShown: Bool) -> Column<Row> {
        Column("closed_at", Phrases.closed, isShown: isShown) { .moment($0.closedAtMs, if: $0.hasClosedAtMs) }
    }

    /// What officers did to it, and the revision that the next one decides on.
    static func decisions(isShown: Bool) -> [Column<Row>] {
        [
            Column("acknowledged_by", Phrases.acknowledgedBy, isShown: isShown) { .optional($0.acknowledgedBy) },
            Column("acknowledged_at", Phrases.acknowledgedAt, isShown: isShown) {
                .moment($0.acknowledgedAtMs, if: $0.hasAcknowledgedAtMs)
            },
            Column("waived_until", Phrases.waivedUntil, isShown: isShown) { .day($0.waivedUntil) },
            Column("waived_by", Phrases.waivedBy, isShown: isShown) { .optional($0.waivedBy) },
            Column("waiver_reason", Phrases.waiverReason, isShown: isShown) { .optional($0.waiverReason) },
            Column("revision", Phrases.revision, isShown: isShown) { .large($0.revision) },
        ]
    }

    /// One finding in full, as every change of it answers.
    static let whole = Table<Row>(
        [
            id, kind, severity, state, overdue, deadline, opened, closed(isShown: true), unitCode,
            unitName(isShown: true), device, host, products, lastReport(isShown: true),
        ] + decisions(isShown: true)
    )
}
