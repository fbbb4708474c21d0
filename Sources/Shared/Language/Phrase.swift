/// One text for people in every language that the programs speak.
///
/// Whole sentences, so that each language has its own word order. One that lacks a language does not compile.
public struct Phrase: Sendable, Hashable, CustomStringConvertible {
    /// In English.
    public var english: String
    /// In Vietnamese.
    public var vietnamese: String

    /// A text in both languages.
    public init(_ english: String, vi vietnamese: String) {
        self.english = english
        self.vietnamese = vietnamese
    }

    /// What is written the same way in every language, such as a product's name.
    public init(verbatim text: String) {
        english = text
        vietnamese = text
    }

    /// The text in one language.
    public func text(in language: Language) -> String {
        switch language {
        case .english: english
        case .vietnamese: vietnamese
        }
    }

    /// The text in the language of what is shown now.
    public var description: String { text(in: .current) }
}
