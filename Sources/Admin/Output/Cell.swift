/// One typed value of a list.
enum Cell: Sendable, Hashable {
    /// Not known, or not there; never shown as zero.
    case absent
    case text(String)
    case number(Int64)
    case flag(Bool)
    case timestamp(Timestamp)
    case list([String])

    /// The text, or `absent` when it is empty: the wire has no other way to leave a text out.
    static func optional(_ text: String) -> Cell { text.isEmpty ? .absent : .text(text) }

    /// A count of the wire.
    static func count(_ value: UInt32) -> Cell { .number(Int64(value)) }

    /// A number of the wire that may be larger than any number of JSON should be.
    static func large(_ value: UInt64) -> Cell { Int64(exactly: value).map(Cell.number) ?? .text(String(value)) }

    /// Milliseconds since 1970.
    static func moment(_ milliseconds: Int64) -> Cell { .timestamp(Timestamp(milliseconds: milliseconds)) }

    /// Seconds since 1970, 0 being unknown; absent also when they are more than a time can be.
    static func seconds(_ seconds: Int64) -> Cell {
        let (milliseconds, isOverflow) = seconds.multipliedReportingOverflow(by: 1000)
        return seconds == 0 || isOverflow ? .absent : moment(milliseconds)
    }

    /// Milliseconds since 1970 of a field that has presence.
    static func moment(_ milliseconds: Int64, if isPresent: Bool) -> Cell { isPresent ? moment(milliseconds) : .absent }

    /// For people; safe to show.
    func display(in zone: DisplayZone) -> String {
        switch self {
        case .absent: "-"
        case .text(let text): TerminalText.escape(text)
        case .number(let number): String(number)
        case .flag(let flag): flag ? "yes" : "no"
        case .timestamp(let moment): moment.short(in: zone)
        case .list(let texts): texts.isEmpty ? "-" : texts.map(TerminalText.escape).joined(separator: ", ")
        }
    }

    /// For programs.
    var json: JSONValue {
        switch self {
        case .absent: .null
        case .text(let text): .string(text)
        case .number(let number): .integer(number)
        case .flag(let flag): .boolean(flag)
        case .timestamp(let moment): .string(moment.universal)
        case .list(let texts): .array(texts.map(JSONValue.string))
        }
    }

    /// For spreadsheets: a field, quoted where needed.
    var csv: String {
        switch self {
        case .absent: ""
        case .text(let text): CSVField.encode(text)
        case .number(let number): String(number)
        case .flag(let flag): flag ? "true" : "false"
        case .timestamp(let moment): moment.universal
        case .list(let texts): CSVField.encode(texts.joined(separator: "; "))
        }
    }
}
