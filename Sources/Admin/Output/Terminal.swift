#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What is at the other end of an output: a terminal of some width, or a file or pipe.
public struct Terminal: Sendable, Hashable {
    /// Columns; `nil` where lines may have any length.
    public var columns: Int?
    /// Whether it shows colors.
    public var hasColors: Bool

    /// A file or pipe.
    public static let none = Terminal(columns: nil, hasColors: false)

    /// A terminal with all its parts.
    public init(columns: Int?, hasColors: Bool) {
        self.columns = columns
        self.hasColors = hasColors
    }

    /// What an open descriptor leads to.
    ///
    /// The width is the terminal's own, else `COLUMNS`, else 80. Colors are off with `NO_COLOR` (when it is not empty, as
    /// no-color.org has it) and with `TERM=dumb`.
    public init(descriptor: Int32, environment: [String: String]) {
        guard isatty(descriptor) == 1 else {
            self = .none
            return
        }
        var size = winsize()
        let isKnown = ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        let named = environment["COLUMNS"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
        columns = isKnown ? Int(size.ws_col) : named ?? Self.usualColumns
        hasColors = environment["NO_COLOR", default: ""].isEmpty && environment["TERM"] != "dumb"
    }

    /// Of a terminal that does not say, and of help that goes to a file.
    static let usualColumns = 80

    /// The text in the color of its tone, where colors are shown.
    func colored(_ text: String, _ tone: Tone?) -> String {
        guard hasColors, let tone, !text.isEmpty else { return text }
        let code =
            switch tone {
            case .good: 32
            case .warning: 33
            case .bad: 31
            case .faint: 2
            }
        return "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }
}
