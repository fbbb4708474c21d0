internal import Shared

/// Writes what the probes of any platform read as a recording that ``Recording`` reads again.
public enum RecordingWriter {
    /// JSON lines: the host, each fact, each source.
    ///
    /// `recorded` is in seconds since 1970.
    public static func text(of reading: DeviceReading, recorded: Int64? = nil) -> String {
        var lines = [line(host(reading.host, recorded))]
        lines += reading.facts.map { line(RecordedFact($0).fields) }
        lines += reading.sources.map { line(source($0)) }
        return lines.joined()
    }

    private static func line(_ fields: [(key: String, value: JSONValue)]) -> String {
        JSONValue.object(fields).text(indentation: 0) + "\n"
    }

    private static func host(
        _ host: HostDescription,
        _ recorded: Int64?
    ) -> [(key: String, value: JSONValue)] {
        var fields: [(key: String, value: JSONValue)] = [
            ("kind", .string("host")), ("name", .string(host.name)), ("system", .string(host.operatingSystem)),
            ("platform", .string(host.platform.word)), ("server", .boolean(host.platform == .windowsServer)),
            ("architecture", .string(host.architecture)), ("probe", .string(host.agentVersion)),
        ]
        if let recorded { fields.append(("recorded", .number(Int(recorded)))) }
        return fields
    }

    private static func source(_ status: SourceStatus) -> [(key: String, value: JSONValue)] {
        var fields: [(key: String, value: JSONValue)] = [
            ("kind", .string("source")), ("source", .string(status.source.word)),
            ("state", .string(status.state.word)), ("entries", .number(status.entries)),
        ]
        if !status.reason.isEmpty { fields.append(("reason", .string(status.reason))) }
        return fields
    }
}
