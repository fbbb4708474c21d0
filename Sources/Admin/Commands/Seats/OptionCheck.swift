import ArgumentParser
import Shared

/// What can be said about an argument before anything is asked.
enum OptionCheck {
    /// Refuses a text that is there and says nothing, or says too much.
    static func text(_ text: String?, _ option: String, atMost bytes: Int) throws {
        guard let text else { return }
        guard !VisibleText.isEmpty(text) else { throw ValidationError(Phrases.emptyOption(option)) }
        guard VisibleText.of(text).utf8.count <= bytes else {
            throw ValidationError(Phrases.longOption(option, bytes: bytes))
        }
    }

    /// Refuses a number outside its range.
    static func number(_ number: Int?, _ option: String, _ range: ClosedRange<Int>) throws {
        guard let number else { return }
        guard range.contains(number) else { throw ValidationError(Phrases.outOfRange(option, range)) }
    }

    /// Refuses what is no day of the calendar in ISO 8601.
    static func day(_ text: String?, _ option: String) throws {
        guard let text else { return }
        guard Day(text) != nil else { throw ValidationError(Phrases.badDay(option, text)) }
    }
}
