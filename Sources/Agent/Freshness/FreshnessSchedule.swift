/// When to look whether something changed, and when to scan because of it.
///
/// Pure: looks, times and randomness come in. A change is noticed within `AgentLimits.lookSeconds`, and scanned within
/// `AgentLimits.settlingSeconds` after that: sooner when it is over, so that one installation makes one scan.
struct FreshnessSchedule {
    private enum State {
        /// Nothing changed since the last scan. Goes to `settling` with a look that finds something.
        case quiet
        /// Something changed, and may go on; scanned by `end` at the latest. Goes to `due` with a look that finds nothing
        /// more, or at `end`.
        case settling(end: Double)
        /// To be scanned at this time. Goes to `quiet` with a scan.
        case due(at: Double)
    }

    /// What is to be done next.
    enum Step: Equatable {
        case look
        case scan
    }

    private var state = State.quiet
    private var scanned: Fingerprint
    private var last: Fingerprint
    private var nextLook: Double

    /// A schedule that begins at a time, with how the sources looked then.
    ///
    /// `phase` is the device's place among all, 0 to below 1.
    init(at time: Double, phase: Double, _ fingerprint: Fingerprint) {
        scanned = fingerprint
        last = fingerprint
        nextLook = time + phase * Double(AgentLimits.lookSeconds)
    }

    /// What is to be done next, and when.
    var next: (step: Step, at: Double) {
        if case .due(let time) = state { (.scan, time) } else { (.look, nextLook) }
    }

    /// How the sources looked when they were last scanned.
    var baseline: Fingerprint { scanned }

    /// A look was taken; `random` is 0 to below 1.
    mutating func looked(_ fingerprint: Fingerprint, at time: Double, random: Double) {
        let isMoving = fingerprint != last
        last = fingerprint
        guard fingerprint != scanned else { return rest(at: time) }
        switch state {
        case .quiet:
            state = .settling(end: time + Double(AgentLimits.settlingSeconds))
            nextLook = time + Double(AgentLimits.settlingLookSeconds)
        case .settling(let end):
            if isMoving, time < end {
                nextLook = min(time + Double(AgentLimits.settlingLookSeconds), end)
            } else {
                // Those on which it took long have been kept apart by the time of their look.
                let spread = random * Double(AgentLimits.changeSpreadSeconds)
                state = .due(at: max(time, min(time + spread, end)))
            }
        case .due:
            break
        }
    }

    /// The sources are scanned, and this is how they looked just before.
    mutating func scanned(_ fingerprint: Fingerprint, at time: Double) {
        scanned = fingerprint
        last = fingerprint
        rest(at: time)
    }

    private mutating func rest(at time: Double) {
        state = .quiet
        nextLook = time + Double(AgentLimits.lookSeconds)
    }
}
