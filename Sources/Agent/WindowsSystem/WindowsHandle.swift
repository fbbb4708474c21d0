#if os(Windows)
internal import WinSDK

/// A handle that is closed when nobody needs it any more.
final class WindowsHandle: @unchecked Sendable {
    let raw: HANDLE

    /// `nil` for what functions of Windows give instead of a handle.
    init?(_ raw: HANDLE?) {
        guard let raw, raw != HANDLE(bitPattern: -1) else { return nil }
        self.raw = raw
    }

    deinit { _ = CloseHandle(raw) }
}
#endif
