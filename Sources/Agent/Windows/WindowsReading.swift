internal import Shared

/// Turns the records of a Windows device into facts: the same for a running Windows, a mounted disk and a recording.
///
/// Pure. What each record weighs is in docs/windows.md.
public struct WindowsReading: Sendable {
    /// Seconds since 1970 by which the age of signatures is judged; `nil` for the time that the `host` record states.
    public var now: Int64?
    /// How much is turned into facts.
    public var limits: WindowsLimits

    /// A reading by a clock.
    public init(now: Int64? = nil, limits: WindowsLimits = WindowsLimits()) {
        self.now = now
        self.limits = limits
    }

    /// What the records say; kinds and fields that are not known are passed over.
    public func reading(of records: [ProbeRecord]) -> DeviceReading {
        let kinds = Dictionary(grouping: records, by: \.kind)
        let host = kinds["host"]?.first
        let description = Self.host(host)
        let isWindows = description.platform == .windows || description.platform == .windowsServer
        let sources = RecordedSources(kinds["source"] ?? [], isWindows: isWindows)
        var collection = WindowsCollection(sources: sources, limits: limits)
        collection.add(kinds, now: now ?? host?.number("recorded"))
        return DeviceReading(
            host: description,
            facts: collection.facts,
            sources: collection.sources.statuses
        )
    }

    /// A device's words about itself from its `host` record.
    static func host(_ record: ProbeRecord?) -> HostDescription {
        func text(_ field: String, _ limit: Int) -> String? {
            record?.name(field).map { WireText.text($0, limit: limit) }
        }
        let stated = record?.text("platform").flatMap { word in
            HostDescription.Platform.allCases.first { $0.word == word }
        }
        let platform = stated ?? (record?.boolean("server") == true ? .windowsServer : .windows)
        let isWindows = platform == .windows || platform == .windowsServer
        return HostDescription(
            name: text("name", WireLimits.hostNameBytes) ?? "unknown",
            operatingSystem: text("system", WireLimits.nameBytes) ?? (isWindows ? "Windows" : platform.word),
            platform: platform,
            architecture: text("architecture", WireLimits.versionBytes) ?? "unknown",
            agentVersion: khienVersion
        )
    }
}
