internal import Synchronization

/// Counts failed enrollments by address and minute, so that nobody can try tokens, or keep the database busy, at will.
final class FailureLimiter: Sendable {
    private struct Window {
        var begin: Milliseconds
        var failures: Int
    }

    /// Failures of one address in one minute; whole offices share an address.
    private let failureLimit: Int
    /// Addresses that are remembered at a time.
    private let addressLimit: Int
    private static let windowSeconds: Int64 = 60

    private let windows = Mutex<[String: Window]>([:])

    init(failureLimit: Int = 60, addressLimit: Int = 4096) {
        self.failureLimit = failureLimit
        self.addressLimit = addressLimit
    }

    /// How many addresses are remembered.
    var count: Int { windows.withLock { $0.count } }

    /// Whether an address may try once more.
    func allows(_ address: String, now: Milliseconds) -> Bool {
        windows.withLock { windows in
            guard let window = windows[address], Self.isOpen(window, now) else { return true }
            return window.failures < failureLimit
        }
    }

    /// Remembers a failure.
    func record(_ address: String, now: Milliseconds) {
        windows.withLock { windows in
            if var window = windows[address], Self.isOpen(window, now) {
                window.failures = min(window.failures + 1, failureLimit)
                windows[address] = window
                return
            }
            if windows.count >= addressLimit {
                windows = windows.filter { Self.isOpen($0.value, now) }
                // Still full: so many addresses at once are refused by the connection limit, not here.
                if windows.count >= addressLimit { windows.removeAll(keepingCapacity: true) }
            }
            windows[address] = Window(begin: now, failures: 1)
        }
    }

    private static func isOpen(_ window: Window, _ now: Milliseconds) -> Bool {
        window.begin <= now && now < window.begin.adding(seconds: windowSeconds)
    }
}
