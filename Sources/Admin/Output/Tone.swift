/// How a value is to be taken; a color on a terminal, nothing elsewhere.
enum Tone: Sendable, Hashable {
    /// As it should be.
    case good
    /// To be looked at.
    case warning
    /// Against a rule, or late.
    case bad
    /// Of little weight.
    case faint
}
