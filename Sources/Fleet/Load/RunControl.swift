internal import Synchronization

/// What a run and those who watch it have in common: how far it is, and whether it has to end.
public final class RunControl: Sendable {
    private let stop = Atomic(false)
    private let enrolledCount = Atomic(0)
    private let acknowledgedCount = Atomic(0)
    private let troubleCount = Atomic(0)
    /// Since which moment of the monotonic clock, in microseconds, every call went without an answer; 0 for none.
    private let silentSince = Atomic<UInt64>(0)
    private let silent = Atomic(false)

    /// A run that has not begun.
    public init() {}

    /// Asks the run to end after the calls that are being made; safe in a signal handler.
    public func requestStop() { stop.store(true, ordering: .relaxed) }

    /// Whether the run has to end: it has been asked to, or has given up.
    public var isStopped: Bool { stop.load(ordering: .relaxed) }

    /// Whether the run ends because nobody answered any call for `FleetLimits.silenceSeconds`.
    public var isGivenUp: Bool { silent.load(ordering: .relaxed) }

    /// Devices with an identity.
    public var enrolled: Int { enrolledCount.load(ordering: .relaxed) }

    /// Reports that were acknowledged.
    public var acknowledged: Int { acknowledgedCount.load(ordering: .relaxed) }

    /// Calls that ended otherwise.
    public var troubles: Int { troubleCount.load(ordering: .relaxed) }

    func countEnrolled() { enrolledCount.add(1, ordering: .relaxed) }

    func countAcknowledged() { acknowledgedCount.add(1, ordering: .relaxed) }

    func countTrouble() { troubleCount.add(1, ordering: .relaxed) }

    /// Somebody answered, well or ill.
    func noteAnswer() {
        // Read before it is written: all workers share the line of this number.
        if silentSince.load(ordering: .relaxed) != 0 { silentSince.store(0, ordering: .relaxed) }
    }

    /// Nobody answered a call that ended at this moment of the monotonic clock, in microseconds; gives up when that has
    /// been so for every call for too long.
    func noteSilence(at moment: UInt64) {
        let since = silentSince.compareExchange(expected: 0, desired: moment, ordering: .relaxed).original
        guard since > 0, moment > since, moment - since > FleetLimits.silenceSeconds * 1_000_000 else { return }
        silent.store(true, ordering: .relaxed)
        requestStop()
    }
}
