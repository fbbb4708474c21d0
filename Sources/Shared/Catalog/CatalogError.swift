/// Why a catalog cannot be used.
public struct CatalogError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong.
    public enum Code: String, CaseIterable, Sendable, Hashable {
        /// A line has the wrong number of fields, an empty one, or is not UTF-8; or the version is missing.
        case malformedLine = "malformed-line"
        /// A word that the column does not know.
        case unknownWord = "unknown-word"
        /// A signal of a family that has no row.
        case unknownFamily = "unknown-family"
        /// A signal with a source that has no row.
        case unknownSource = "unknown-source"
        /// A version, source, family or signal stands there twice.
        case duplicate
        /// Two families claim one signal and it is not weak, or a look-alike is also a sign of a family.
        case ambiguousSignal = "ambiguous-signal"
        /// The text or a field is larger than ``CatalogLimits`` allows.
        case tooLarge = "too-large"
        /// The catalog inside the program is missing.
        case missing
    }

    /// What is wrong.
    public var code: Code
    /// The line, from 1; 0 where it is not about one line.
    public var line: Int
    /// What happened, and what to do.
    public var message: String

    /// An error with all its parts.
    public init(code: Code, line: Int, message: String) {
        self.code = code
        self.line = line
        self.message = message
    }

    /// Where it is and what it is; safe to show.
    public var description: String {
        line > 0 ? "catalog, line \(line): \(message)" : "catalog: \(message)"
    }
}

/// The sizes that a catalog may have.
public enum CatalogLimits {
    /// Bytes of the whole text; has to fit into one message with its signature.
    public static let textBytes = 768 * 1024
    /// Families.
    public static let families = 4096
    /// Sources.
    public static let sources = 4096
    /// Signals and look-alikes.
    public static let signals = 32768
    /// Bytes of a signal's value; what fits into a fact on the wire.
    public static let valueBytes = WireLimits.textBytes
    /// Bytes of the shortest prefix.
    public static let prefixBytes = 3
}
