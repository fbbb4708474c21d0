import Shared

extension UnitReport {
    /// A page of A4 to print: no scripts, nothing fetched from elsewhere.
    var html: String {
        let language = Language.current
        return """
            <!DOCTYPE html>
            <html lang="\(language.rawValue)">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>\(HTMLText.escape(heading.title))</title>
            <style>
            \(Self.style)
            </style>
            </head>
            <body>
            <p class="date">\(HTMLText.escape(dateLine))</p>
            <h1>\(HTMLText.escape(heading.title))</h1>
            \(subtitles.map { "<p class=\"about\">\(HTMLText.escape($0))</p>" }.joined(separator: "\n"))
            <table>
            <thead>
            <tr>\(Self.headers.map { "<th scope=\"col\">\(HTMLText.escape($0.description))</th>" }.joined())</tr>
            </thead>
            <tbody>
            \(rows.joined(separator: "\n"))
            </tbody>
            </table>
            </body>
            </html>

            """
    }

    private var rows: [String] {
        var rows: [String] = []
        for (index, group) in groups.enumerated() {
            rows.append(Self.row("group", Self.roman(index + 1), group.name.description, group.sum))
            for (number, unit) in group.units.enumerated() {
                rows.append(Self.row(nil, String(number + 1), unit.name, unit.figures))
            }
        }
        return rows + [Self.row("total", "", Phrases.reportTotal.description, total)]
    }

    private static func row(_ kind: String?, _ number: String, _ name: String, _ figures: Figures) -> String {
        let opening = kind.map { "<tr class=\"\($0)\">" } ?? "<tr>"
        let cells = figures.all.map { "<td class=\"figure\">\(grouped($0))</td>" }.joined()
        return "\(opening)<td class=\"number\">\(number)</td><td>\(HTMLText.escape(name))</td>\(cells)</tr>"
    }

    /// A figure with its thousands set apart as the language does.
    static func grouped(_ number: Int) -> String {
        let separator: Character = Language.current == .vietnamese ? "." : ","
        var text = ""
        for (index, digit) in String(number).reversed().enumerated() {
            if index > 0, index.isMultiple(of: 3), digit != "-" { text.append(separator) }
            text.append(digit)
        }
        return String(text.reversed())
    }

    /// The typeface and size of official documents.
    private static let style = """
        @page { size: A4; margin: 20mm 15mm 20mm 20mm }
        body { font-family: "Times New Roman", "Liberation Serif", serif; font-size: 13pt; margin: 0 }
        h1 { font-size: 14pt; text-align: center; text-transform: uppercase; margin: 6mm 0 2mm }
        p.date { text-align: right; font-style: italic; margin: 0 }
        p.about { text-align: center; font-style: italic; margin: 1mm 0 }
        table { border-collapse: collapse; width: 100%; margin-top: 5mm }
        th, td { border: 0.3mm solid #000; padding: 1mm 2mm; vertical-align: top }
        thead { display: table-header-group }
        tr { break-inside: avoid }
        td.number { text-align: center; white-space: nowrap }
        td.figure { text-align: right; white-space: nowrap }
        tr.group td, tr.total td { font-weight: bold }
        """
}

/// Text in a page.
enum HTMLText {
    /// The text with everything escaped that a browser would obey instead of show.
    static func escape(_ text: String) -> String {
        var safe = ""
        for scalar in TerminalText.escape(text).unicodeScalars {
            switch scalar {
            case "&": safe += "&amp;"
            case "<": safe += "&lt;"
            case ">": safe += "&gt;"
            case "\"": safe += "&quot;"
            case "'": safe += "&#39;"
            default: safe.unicodeScalars.append(scalar)
            }
        }
        return safe
    }
}
