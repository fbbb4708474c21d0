/// What one probe could read.
///
/// Absent is not the same as empty, and unavailable is not the same as absent.
public struct SourceStatus: Sendable, Hashable {
    /// How far a source was read.
    ///
    /// Raw values are the numbers of `khien.v1.SourceState` on the wire.
    public enum State: Int, CaseIterable, Sendable, Hashable {
        /// Read to its end.
        case complete = 1
        /// This system has no such source.
        case absent = 2
        /// Read in part: damaged, over a limit, or over its deadline.
        case partial = 3
        /// Could not be read at all.
        case unavailable = 4

        /// The word that is shown to people and written to JSON.
        public var word: String {
            switch self {
            case .complete: "complete"
            case .absent: "absent"
            case .partial: "partial"
            case .unavailable: "unavailable"
            }
        }
    }

    /// Which source.
    public var source: FactSource
    /// How far it was read.
    public var state: State
    /// Why it is not complete, for people; empty when complete or absent.
    public var reason: String
    /// Entries that were read: packages, units, processes, modules or paths.
    public var entries: Int

    /// A status with all its parts.
    public init(source: FactSource, state: State, reason: String = "", entries: Int = 0) {
        self.source = source
        self.state = state
        self.reason = reason
        self.entries = entries
    }
}
