import ArgumentParser
import Shared

/// The languages that `--lang` takes.
enum LanguageOption: String, CaseIterable, Sendable, ExpressibleByArgument {
    /// English.
    case english = "en"
    /// Vietnamese.
    case vietnamese = "vi"
}
