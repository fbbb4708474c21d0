import ArgumentParser

/// How answers are written.
enum OutputFormat: String, CaseIterable, Sendable, ExpressibleByArgument {
    /// For people.
    case table
    /// For programs.
    case json
    /// For spreadsheets.
    case csv
}
