/// A summary for people: one figure on a line.
struct SummaryTable {
    let summary: RunSummary

    var text: String {
        var rows: [(String, String)] = [
            ("devices", "\(summary.devices)"),
            ("enrolled", "\(summary.enrolled) in \(Self.number(summary.enrollmentSeconds)) s, \(summary.kept) kept"),
        ]
        rows += Self.counts("not enrolled", summary.notEnrolled, summary.messages)
        if let first = summary.first { rows += Self.rows("first reports", first) }
        if let load = summary.load { rows += Self.rows("load", load) }
        if summary.isGivenUp {
            rows.append(
                ("ended early", "nobody answered for \(FleetLimits.silenceSeconds) s; is the collector running?")
            )
        }
        let width = rows.map(\.0.count).max() ?? 0
        return rows.map { name, value in
            name + String(repeating: " ", count: width - name.count + 2) + value + "\n"
        }
        .joined()
    }

    private static func rows(_ title: String, _ phase: PhaseSummary) -> [(String, String)] {
        let tally = phase.tally
        var rows = [
            ("\(title): sent", "\(tally.sent)"),
            ("\(title): acknowledged", "\(tally.acknowledged) in \(number(phase.seconds)) s"),
            ("\(title): reports/s", number(phase.reportsPerSecond)),
        ]
        if let p50 = tally.latency.percentile(50), let p95 = tally.latency.percentile(95),
            let p99 = tally.latency.percentile(99)
        {
            let words = [p50, p95, p99].map { number(Double($0) / 1000) + " ms" }
            rows.append(("\(title): latency p50, p95, p99", words.joined(separator: ", ")))
        }
        if let cost = phase.processorMicrosecondsPerReport {
            rows.append(("\(title): simulator's processor time", "\(number(cost)) µs a report"))
        }
        rows += counts("\(title): refused", tally.refused, tally.messages)
        rows += counts("\(title): tried again", tally.retried, tally.messages)
        if tally.undelivered > 0 { rows.append(("\(title): undelivered", "\(tally.undelivered)")) }
        if tally.inventoriesWanted > 0 { rows.append(("\(title): inventories wanted", "\(tally.inventoriesWanted)")) }
        rows += counts("\(title): seats", tally.seats, [:])
        if tally.unexpectedVerdicts > 0 {
            rows.append(("\(title): other verdicts than the mix says", "\(tally.unexpectedVerdicts)"))
            for (word, message) in tally.messages.sorted(by: { $0.key < $1.key }) where word.hasPrefix("verdict-of-") {
                rows.append(("\(title): \(word)", message))
            }
        }
        return rows
    }

    private static func counts(
        _ title: String,
        _ counts: [String: Int],
        _ messages: [String: String]
    ) -> [(String, String)] {
        counts.sorted { $0.key < $1.key }.map { word, count in
            ("\(title), \(word)", messages[word].map { "\(count): \($0)" } ?? "\(count)")
        }
    }

    /// One decimal below a hundred, none above.
    private static func number(_ value: Double) -> String { Decimal.text(value, places: value < 100 ? 1 : 0) }
}
