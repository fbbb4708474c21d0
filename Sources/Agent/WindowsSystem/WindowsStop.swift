#if os(Windows)
internal import WinSDK

/// Whether the service is to stop: an event that the service manager's request sets, and that work can wait for.
public final class WindowsStop: StopWaiting {
    /// `WAIT_OBJECT_0`, whose macro Swift does not see.
    private static let isSet: DWORD = 0

    private let event: WindowsHandle

    /// An event that nobody has set.
    public init() throws(AgentError) {
        // Only this process gets at it: it has no name. It stays set once it is.
        let access: DWORD = 0x0010_0002  // SYNCHRONIZE and EVENT_MODIFY_STATE
        guard let event = WindowsHandle(CreateEventExW(nil, nil, DWORD(CREATE_EVENT_MANUAL_RESET), access)) else {
            throw .windows("make an event")
        }
        self.event = event
    }

    /// Tells everybody who waits that it is time to stop.
    public func stop() { _ = SetEvent(event.raw) }

    /// Whether it is time to stop.
    public var isStopped: Bool { wait(seconds: 0) }

    /// Waits until the time is over or it is time to stop, and says whether it is.
    public func wait(seconds: Double) -> Bool {
        // One less than INFINITE, which no wait is meant to be.
        let milliseconds = seconds > 0 ? min(seconds * 1000, Double(DWORD.max - 1)) : 0
        return WaitForSingleObject(event.raw, DWORD(milliseconds)) == Self.isSet
    }
}
#endif
