extension ProbeRecord {
    /// A field's text without what is invisible at its ends; `nil` where nothing remains.
    func name(_ field: String) -> String? {
        guard let text = text(field)?.trimmedName, !text.isEmpty else { return nil }
        return text
    }
}
