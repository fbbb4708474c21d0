/// Waits, and knows when the process is to stop.
public protocol StopWaiting: Sendable {
    /// Waits until the time is over or the process is to stop, and says whether it is.
    func wait(seconds: Double) -> Bool
    /// Whether the process is to stop; does not wait.
    var isStopped: Bool { get }
}
