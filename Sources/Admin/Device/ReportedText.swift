import Shared

/// Texts that agents and records hold in English, for people who read another language.
enum ReportedText {
    /// What an agent said of a fact or a source.
    static func cell(_ text: String) -> Cell {
        text.isEmpty ? .absent : .word(text, Phrase(text, vi: translated(text)))
    }

    /// Who did something.
    static func actor(_ text: String) -> Cell { .word(text, Phrases.actor(text)) }

    /// What the collector noted beside an action; what an officer wrote stays as it is.
    static func detail(_ text: String, of action: String) -> Cell {
        let isNoted = [
            "device-enrolled", "device-enrolled-again", "certificate-renewed", "device-merged", "device-unmerged",
        ].contains(action)
        guard isNoted else { return .optional(text) }
        return .word(text, Phrases.actionDetails.lazy.compactMap { filled($0, text) }.first)
    }

    /// What happened to a finding: a waiver begins with its last day.
    static func detail(_ text: String, ofFinding event: String) -> Cell {
        guard event == "waived", let day = Day(text.prefix(10)) else { return .optional(text) }
        let rest = text.dropFirst(10)
        return .word(text, Phrase(text, vi: LocalDate.text(day, in: .vietnamese) + rest))
    }

    /// The reasons, each in the other language where it is known.
    private static func translated(_ text: String) -> String {
        text.split(separator: "; ", omittingEmptySubsequences: false).map { words(String($0)) }.joined(separator: "; ")
    }

    /// The whole, or what stands in front of it and the rest: a version, a path, the state of something.
    private static func words(_ text: String) -> String {
        if let known = Phrases.reportedTexts.lazy.compactMap({ filledPart($0, text) }).first { return known.vietnamese }
        let places = [", ", ": "].compactMap { text.firstRange(of: $0) }
        guard let place = places.min(by: { $0.lowerBound < $1.lowerBound }) else { return text }
        return words(String(text[..<place.lowerBound])) + text[place] + words(String(text[place.upperBound...]))
    }

    private static func filled(_ template: Phrase, _ text: String) -> Phrase? {
        ParserText.match(template.english, text).map { Phrase(text, vi: ParserText.fill(template.vietnamese, $0)) }
    }

    /// The same for a part: what is filled in ends where the next part begins.
    private static func filledPart(_ template: Phrase, _ text: String) -> Phrase? {
        guard let values = ParserText.match(template.english, text), !values.contains(where: { $0.contains(", ") })
        else { return nil }
        return Phrase(text, vi: ParserText.fill(template.vietnamese, values))
    }
}
