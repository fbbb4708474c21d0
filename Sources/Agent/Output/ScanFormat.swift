public import Shared

/// How a scan is shown.
public enum ScanFormat: String, CaseIterable, Sendable {
    /// For people.
    case table
    /// For programs.
    case json
}

/// A scan and the local verdict, ready to print; ends with a line feed.
///
/// With `explains` people are told for each product what was seen of it, and why it counts or not; programs always are.
public func render(
    _ scan: Scan,
    as format: ScanFormat,
    rule: OneAntivirusRule,
    explains: Bool = false
) -> String {
    let verdict = ScanVerdict(scan, rule: rule)
    return switch format {
    case .table where explains: ScanExplanation(scan: scan, verdict: verdict, rule: rule).text
    case .table: ScanTable(scan: scan, verdict: verdict).text
    case .json: ScanJSON(scan: scan, verdict: verdict).text
    }
}
