/// A record in the making: text is cut to what a record may hold, and what is not known is left out.
struct RecordDraft {
    private(set) var record: ProbeRecord

    private static let textBytes = 1024

    init(_ kind: String) {
        record = ProbeRecord(kind, [:])
    }

    /// Text; cut at a character's edge, and then the record says so.
    mutating func text(_ field: String, _ text: String?) {
        guard let text else { return }
        guard text.utf8.count > Self.textBytes else {
            record.fields[field] = .text(text)
            return
        }
        var kept = String.UnicodeScalarView()
        var length = 0
        for scalar in text.unicodeScalars {
            length += UTF8.width(scalar)
            guard length <= Self.textBytes else { break }
            kept.append(scalar)
        }
        record.fields[field] = .text(String(kept))
        record.fields["cut"] = .boolean(true)
    }

    /// A whole number.
    mutating func number(_ field: String, _ number: Int64?) {
        if let number { record.fields[field] = .number(number) }
    }

    /// A truth value.
    mutating func boolean(_ field: String, _ boolean: Bool?) {
        if let boolean { record.fields[field] = .boolean(boolean) }
    }
}
