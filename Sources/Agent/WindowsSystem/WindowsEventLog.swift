#if os(Windows)
internal import WinSDK

/// Lines in the system's application log, where administrators look for what a service did.
public enum WindowsEventLog {
    /// How bad it is.
    public enum Level: Sendable {
        /// Something that is as it should be.
        case information
        /// Something that heals by itself, or could get worse.
        case warning
        /// Something that somebody must repair.
        case error
    }

    /// Writes one line; what cannot be written is lost, since there is no better place.
    public static func write(_ text: String, _ level: Level) {
        guard let source = WindowsService.name.withWide({ RegisterEventSourceW(nil, $0) }) else { return }
        defer { _ = DeregisterEventSource(source) }
        let type =
            switch level {
            case .information: EVENTLOG_INFORMATION_TYPE
            case .warning: EVENTLOG_WARNING_TYPE
            case .error: EVENTLOG_ERROR_TYPE
            }
        String(text.prefix(limit)).withWide { line in
            var lines: LPCWSTR? = line
            _ = ReportEventW(source, WORD(type), 0, 1, nil, 1, 0, &lines, nil)
        }
    }

    /// Characters; each is at most a few of the 31,839 units that one line of the log may have.
    private static let limit = 4000
}
#endif
