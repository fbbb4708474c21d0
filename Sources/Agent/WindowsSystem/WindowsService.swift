#if os(Windows)
internal import WinSDK

/// The agent as a Windows service in a process of its own.
///
/// Source: Microsoft, "Service Program Tasks".
public enum WindowsService {
    /// The service's key name.
    public static let name = "KhienAgent"

    /// What the service manager's functions, which take no context, work with: set before the first of them is called.
    private nonisolated(unsafe) static var work: (@Sendable (WindowsStop) -> Int32)?
    private nonisolated(unsafe) static var stop: WindowsStop?
    private nonisolated(unsafe) static var status: SERVICE_STATUS_HANDLE?

    /// Does the work as a service, and returns when it has stopped.
    ///
    /// Called once, by the first thread, in a process that the service manager started. The work runs until the stop is set;
    /// its result is the exit status, 0 for success.
    ///
    /// - Throws: `AgentError` of code `usage` in a process that somebody else started, `inputOutput`.
    public static func run(_ work: @escaping @Sendable (WindowsStop) -> Int32) throws(AgentError) {
        Self.stop = try WindowsStop()
        Self.work = work
        var units = name.utf16.map { WCHAR($0) } + [0]
        let number = units.withUnsafeMutableBufferPointer { name -> DWORD in
            var table = [
                SERVICE_TABLE_ENTRYW(lpServiceName: name.baseAddress, lpServiceProc: { _, _ in WindowsService.main() }),
                SERVICE_TABLE_ENTRYW(),
            ]
            return StartServiceCtrlDispatcherW(&table) ? 0 : GetLastError()
        }
        guard number != DWORD(ERROR_FAILED_SERVICE_CONTROLLER_CONNECT) else {
            throw AgentError(
                code: .usage,
                message: "Windows did not start this process as a service; run the agent without --service instead."
            )
        }
        guard number == 0 else { throw .windows("run as a service", number) }
    }

    private static func main() {
        status = name.withWide { RegisterServiceCtrlHandlerExW($0, { WindowsService.handle($0, $1, $2, $3) }, nil) }
        guard status != nil, let stop, let work else { return }
        report(SERVICE_RUNNING)
        let result = work(stop)
        report(SERVICE_STOPPED, exitStatus: result)
    }

    private static func handle(
        _ control: DWORD,
        _: DWORD,
        _: UnsafeMutableRawPointer?,
        _: UnsafeMutableRawPointer?
    ) -> DWORD {
        switch control {
        case DWORD(SERVICE_CONTROL_STOP), DWORD(SERVICE_CONTROL_PRESHUTDOWN):
            report(SERVICE_STOP_PENDING)
            stop?.stop()
            return 0
        case DWORD(SERVICE_CONTROL_INTERROGATE): return 0
        default: return DWORD(ERROR_CALL_NOT_IMPLEMENTED)
        }
    }

    private static func report(_ state: Int32, exitStatus: Int32 = 0) {
        var now = SERVICE_STATUS()
        now.dwServiceType = DWORD(SERVICE_WIN32_OWN_PROCESS)
        now.dwCurrentState = DWORD(state)
        now.dwControlsAccepted =
            state == SERVICE_RUNNING ? DWORD(SERVICE_ACCEPT_STOP) | DWORD(SERVICE_ACCEPT_PRESHUTDOWN) : 0
        // A failure of our own, so that the recovery actions of the service begin.
        now.dwWin32ExitCode = exitStatus == 0 ? 0 : DWORD(ERROR_SERVICE_SPECIFIC_ERROR)
        now.dwServiceSpecificExitCode = DWORD(bitPattern: exitStatus)
        now.dwWaitHint = state == SERVICE_STOP_PENDING ? 30_000 : 0
        _ = SetServiceStatus(status, &now)
    }
}
#endif
