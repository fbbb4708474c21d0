/// Why a catalog cannot be used.
public struct CatalogError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong.
    public enum Code: String, CaseIterable, Sendable, Hashable {
        /// A line has the wrong number of fields, an empty one, or is not UTF-8.
        case malformedLine = "malformed-line"
        /// A word that the column does not know.
        case unknownWord = "unknown-word"
        /// A signal of a family that the first table lacks.
        case unknownFamily = "unknown-family"
        /// A family or a signal stands there twice.
        case duplicate
        /// Two families claim one signal, and it is not weak.
        case ambiguousSignal = "ambiguous-signal"
        /// A table or a field is larger than ``CatalogLimits`` allows.
        case tooLarge = "too-large"
        /// The catalog inside the program is missing.
        case missing
    }

    /// Which of the two tables.
    public enum Table: String, Sendable, Hashable {
        /// `families.tsv`
        case families
        /// `signals.tsv`
        case signals
    }

    /// What is wrong.
    public var code: Code
    /// Which table it is in.
    public var table: Table
    /// The line in that table, from 1; 0 where it is not about one line.
    public var line: Int
    /// What happened, and what to do.
    public var message: String

    /// An error with all its parts.
    public init(code: Code, table: Table, line: Int, message: String) {
        self.code = code
        self.table = table
        self.line = line
        self.message = message
    }

    /// Where it is and what it is; safe to show.
    public var description: String {
        line > 0 ? "catalog, \(table.rawValue), line \(line): \(message)" : "catalog, \(table.rawValue): \(message)"
    }
}

/// The sizes that a catalog may have.
public enum CatalogLimits {
    /// Bytes of one table.
    public static let tableBytes = 4 * 1024 * 1024
    /// Rows of the table of families.
    public static let families = 4096
    /// Rows of the table of signals.
    public static let signals = 32768
    /// Bytes of a signal's value; what fits into a fact on the wire.
    public static let valueBytes = WireLimits.textBytes
}
