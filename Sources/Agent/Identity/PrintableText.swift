/// Text of others made safe to show in one line: no control characters, no invisible reordering, bounded.
public enum PrintableText {
    /// The text with everything that could move a cursor or hide words written as `\u{HEX}`.
    public static func escape(_ text: some StringProtocol, limit: Int = AgentLimits.shownTextBytes) -> String {
        var shown = ""
        for scalar in text.unicodeScalars {
            guard shown.utf8.count < limit else { return shown + "…" }
            if isSafe(scalar) {
                shown.unicodeScalars.append(scalar)
            } else {
                shown += "\\u{\(String(scalar.value, radix: 16))}"
            }
        }
        return shown
    }

    private static func isSafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
        default: true
        }
    }
}
