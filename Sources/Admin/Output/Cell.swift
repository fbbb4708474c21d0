import Shared

/// One typed value of a list.
indirect enum Cell: Sendable, Hashable {
    /// Not known, or not there; never shown as zero.
    case absent
    case text(String)
    case number(Int64)
    case flag(Bool)
    case timestamp(Timestamp)
    case list([String])
    /// A code word, and what people read for it.
    case word(String, Phrase)
    /// Several code words.
    case words([Word])
    /// A day as the wire writes it, in ISO 8601; never empty.
    case date(String)
    /// A value that is colored on a terminal.
    case toned(Tone, Cell)

    /// A code word, and what people read for it.
    struct Word: Sendable, Hashable {
        var code: String
        var phrase: Phrase

        init(_ code: String, _ phrase: Phrase) {
            self.code = code
            self.phrase = phrase
        }
    }

    /// A code word with what people read for it.
    static func word(_ word: Word) -> Cell { .word(word.code, word.phrase) }

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

    /// A day of the wire, absent when it is empty.
    static func day(_ iso: String) -> Cell { iso.isEmpty ? .absent : .date(iso) }

    /// The same value with a tone; without one, as it is.
    func tone(_ tone: Tone?) -> Cell { tone.map { .toned($0, plain) } ?? self }

    /// The value without its tone.
    var plain: Cell {
        guard case .toned(_, let cell) = self else { return self }
        return cell.plain
    }

    /// Its tone, if it has one.
    var tone: Tone? {
        guard case .toned(let tone, _) = self else { return nil }
        return tone
    }

    /// For people, in the language of the run; safe to show.
    func display(in zone: DisplayZone) -> String {
        switch self {
        case .absent: "-"
        case .text(let text): TerminalText.escape(text)
        case .number(let number): String(number)
        case .flag(let flag): (flag ? Phrases.yes : Phrases.no).description
        case .timestamp(let moment): moment.short(in: zone)
        case .list(let texts): texts.isEmpty ? "-" : texts.map(TerminalText.escape).joined(separator: ", ")
        case .word(_, let phrase): TerminalText.escape(phrase.description)
        case .words(let words):
            words.isEmpty ? "-" : words.map { TerminalText.escape($0.phrase.description) }.joined(separator: ", ")
        case .date(let iso): Day(iso).map { LocalDate.text($0, in: .current) } ?? TerminalText.escape(iso)
        case .toned(_, let cell): cell.display(in: zone)
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
        case .word(let code, _): .string(code)
        case .words(let words): .array(words.map { .string($0.code) })
        case .date(let iso): .string(iso)
        case .toned(_, let cell): cell.json
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
        case .word(let code, _): CSVField.encode(code)
        case .words(let words): CSVField.encode(words.map(\.code).joined(separator: "; "))
        case .date(let iso): CSVField.encode(iso)
        case .toned(_, let cell): cell.csv
        }
    }
}
