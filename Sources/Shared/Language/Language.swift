/// A language that the programs speak to people.
public enum Language: String, Sendable, Hashable, CaseIterable {
    /// English.
    case english = "en"
    /// Vietnamese.
    case vietnamese = "vi"

    /// The language of what is shown now.
    ///
    /// Bound once for the whole run of a command, or of a call at the collector: help texts are asked for by a parser that
    /// can be given nothing.
    @TaskLocal public static var current = Language.english

    /// The language that a name means: `vi`, `vi_VN.UTF-8`, `en-US`; `nil` for other languages.
    public init?(locale: some StringProtocol) {
        let code = locale.prefix { $0.isASCII && $0.isLetter }.lowercased()
        self.init(rawValue: code)
    }
}
