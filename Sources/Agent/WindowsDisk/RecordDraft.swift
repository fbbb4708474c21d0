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
        let kept = text.prefix(utf8Bytes: Self.textBytes)
        record.fields[field] = .text(kept)
        if kept.utf8.count < text.utf8.count { record.fields["cut"] = .boolean(true) }
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
