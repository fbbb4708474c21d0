#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// What the commands take from the system where nobody gives them something else.
public enum SystemInformation {
    /// Milliseconds since 1970.
    @Sendable public static func milliseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }

    /// Seconds of a clock that never goes back, and goes on while the device sleeps.
    @Sendable public static func uptime() -> Double {
        let time = (ContinuousClock.now - start).components
        return Double(time.seconds) + Double(time.attoseconds) / 1e18
    }

    private static let start = ContinuousClock.now

    /// The host name; empty when the system does not say.
    public static func hostName() -> String {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return "" }
        return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// A moment for people: `2026-01-31 08:00:00 UTC`.
    static func text(milliseconds: Int64) -> String { text(seconds: milliseconds / 1000) }

    /// A moment for people: `2026-01-31 08:00:00 UTC`.
    static func text(seconds: Int64) -> String {
        var seconds = time_t(seconds)
        var parts = tm()
        var text = [CChar](repeating: 0, count: 64)
        guard gmtime_r(&seconds, &parts) != nil, strftime(&text, text.count, "%Y-%m-%d %H:%M:%S UTC", &parts) > 0 else {
            return "unknown"
        }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
