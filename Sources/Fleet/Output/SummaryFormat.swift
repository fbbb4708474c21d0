/// How the summary of a run is shown.
public enum SummaryFormat: String, CaseIterable, Sendable {
    /// For people.
    case table
    /// For programs: one object.
    case json
}

extension RunSummary {
    /// The summary, ready to print; ends with a line feed.
    public func rendered(as format: SummaryFormat) -> String {
        switch format {
        case .table: SummaryTable(summary: self).text
        case .json: SummaryJSON(summary: self).text
        }
    }
}
