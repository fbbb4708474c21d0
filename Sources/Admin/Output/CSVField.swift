/// One field of a CSV file.
///
/// Source: RFC 4180 for the quoting; OWASP "CSV Injection" for what a spreadsheet would calculate.
enum CSVField {
    /// The byte order mark, by which Excel knows UTF-8 and shows Vietnamese as it is written.
    static let mark = "\u{FEFF}"

    /// The field for a text that others may have chosen: a live formula gets an apostrophe in front.
    ///
    /// A spreadsheet then shows it as the text it is. Plain numbers stay numbers.
    static func encode(_ text: String) -> String {
        let printable = escapingControls(text)
        return quote(isFormula(printable) ? "'" + printable : printable)
    }

    /// The field as it is, in quotes where its characters demand it.
    static func quote(_ text: String) -> String {
        // The semicolon and the tab separate fields in the spreadsheets of many countries.
        let special: Set<Unicode.Scalar> = [",", ";", "\"", "\n", "\r", "\t"]
        guard text.unicodeScalars.contains(where: special.contains) else { return text }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" { quoted += "\"" }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }

    private static func isFormula(_ text: String) -> Bool {
        // Some spreadsheets take spaces away before they look.
        let visible = text.unicodeScalars.drop { $0.properties.generalCategory == .spaceSeparator }
        guard let first = visible.first else { return false }
        switch first {
        case "+", "-": return !isNumber(Substring(visible.dropFirst()))
        // Full-width and small forms count as the plain ones in some spreadsheets, and so does the sign of minus.
        case "=", "@", "\t", "\r", "\n", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}", "\u{FE66}", "\u{FE62}",
            "\u{FE63}",
            "\u{FE6B}", "\u{2212}":
            return true
        // An invisible character in front would hide the sign from this very check.
        default: return first.properties.generalCategory == .format
        }
    }

    private static func isNumber(_ text: Substring) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        return parts.allSatisfy { part in
            !part.isEmpty && part.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        }
    }

    private static func escapingControls(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        var safe = ""
        for scalar in text.unicodeScalars {
            if isControl(scalar) {
                safe += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            } else {
                safe.unicodeScalars.append(scalar)
            }
        }
        return safe
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\t", "\n", "\r": false
        default: scalar.properties.generalCategory == .control
        }
    }
}
