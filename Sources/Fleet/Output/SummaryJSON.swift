/// A summary for programs: one object on one line.
struct SummaryJSON {
    let summary: RunSummary

    var text: String {
        Self.object([
            ("devices", "\(summary.devices)"),
            ("enrolled", "\(summary.enrolled)"),
            ("kept", "\(summary.kept)"),
            ("not_enrolled", Self.counts(summary.notEnrolled)),
            ("enrollment_seconds", Decimal.text(summary.enrollmentSeconds, places: 3)),
            ("first", summary.first.map(Self.phase) ?? "null"),
            ("load", summary.load.map(Self.phase) ?? "null"),
            ("given_up", "\(summary.isGivenUp)"),
            ("messages", Self.texts(summary.messages)),
        ]) + "\n"
    }

    private static func phase(_ phase: PhaseSummary) -> String {
        let tally = phase.tally
        func percentile(_ percent: Double) -> String {
            tally.latency.percentile(percent).map { Decimal.text(Double($0) / 1000, places: 3) } ?? "null"
        }
        return object([
            ("sent", "\(tally.sent)"),
            ("acknowledged", "\(tally.acknowledged)"),
            ("refused", counts(tally.refused)),
            ("retried", counts(tally.retried)),
            ("undelivered", "\(tally.undelivered)"),
            ("inventories_wanted", "\(tally.inventoriesWanted)"),
            ("unexpected_verdicts", "\(tally.unexpectedVerdicts)"),
            ("seats", counts(tally.seats)),
            ("seconds", Decimal.text(phase.seconds, places: 3)),
            ("reports_per_second", Decimal.text(phase.reportsPerSecond, places: 1)),
            ("latency_ms_p50", percentile(50)),
            ("latency_ms_p95", percentile(95)),
            ("latency_ms_p99", percentile(99)),
            (
                "processor_us_per_report",
                phase.processorMicrosecondsPerReport.map { Decimal.text($0, places: 1) } ?? "null"
            ),
            ("messages", texts(tally.messages)),
        ])
    }

    private static func counts(_ counts: [String: Int]) -> String {
        object(counts.sorted { $0.key < $1.key }.map { ($0.key, "\($0.value)") })
    }

    private static func texts(_ texts: [String: String]) -> String {
        object(texts.sorted { $0.key < $1.key }.map { ($0.key, string($0.value)) })
    }

    private static func object(_ members: [(String, String)]) -> String {
        "{" + members.map { string($0.0) + ":" + $0.1 }.joined(separator: ",") + "}"
    }

    /// Source: RFC 8259, section 7.
    static func string(_ text: String) -> String {
        var escaped = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": escaped += "\\\(scalar)"
            case "\u{0}"..<" ", "\u{7F}":
                let digits = String(scalar.value, radix: 16)
                escaped += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped + "\""
    }
}
