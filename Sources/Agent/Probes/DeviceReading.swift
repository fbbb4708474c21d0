public import Shared

/// What the probes of a platform read, before the catalog says what it means.
public struct DeviceReading: Sendable, Hashable {
    /// The device's words about itself.
    public var host: HostDescription
    /// What was seen.
    public var facts: [RawFact]
    /// What each source could tell.
    public var sources: [SourceStatus]

    /// A reading with all its parts.
    public init(host: HostDescription, facts: [RawFact], sources: [SourceStatus]) {
        self.host = host
        self.facts = facts
        self.sources = sources
    }
}
