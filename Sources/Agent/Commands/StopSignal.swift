import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

#if canImport(Glibc) || canImport(Musl)
/// Stops at SIGTERM and SIGINT.
///
/// The signals are blocked and fetched, so that nothing is interrupted half-way. Made by the first thread before any
/// other exists. Source: sigtimedwait(2).
public final class SignalStop: StopWaiting {
    private let stopped = Atomic(false)

    /// Blocks the two signals for this process.
    public init() {
        var signals = Self.signals
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }

    /// Whether one of the signals came.
    public var isStopped: Bool { wait(seconds: 0) }

    /// Waits until the time is over or one of the signals comes.
    public func wait(seconds: Double) -> Bool {
        let end = ContinuousClock.now + .milliseconds(Int64(max(0, seconds) * 1000))
        while !stopped.load(ordering: .relaxed) {
            var signals = Self.signals
            let rest = max(.zero, end - ContinuousClock.now).components
            var time = timespec(tv_sec: Int(rest.seconds), tv_nsec: Int(rest.attoseconds / 1_000_000_000))
            if sigtimedwait(&signals, nil, &time) > 0 {
                stopped.store(true, ordering: .relaxed)
            } else if errno == EAGAIN {
                break
            }
        }
        return stopped.load(ordering: .relaxed)
    }

    private static var signals: sigset_t {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGTERM)
        sigaddset(&signals, SIGINT)
        return signals
    }
}
#endif
