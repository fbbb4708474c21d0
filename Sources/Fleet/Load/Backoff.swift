/// How long to wait before a call is made again: twice as long each time, up to a cap, and never the same for two devices.
struct Backoff {
    private var random: SeededGenerator
    private var milliseconds = FleetLimits.backoffMilliseconds

    init(random: SeededGenerator) {
        self.random = random
    }

    /// The next wait in microseconds: between a half and the whole of the step.
    mutating func next() -> UInt64 {
        let step = UInt64(milliseconds) * 1000
        milliseconds = min(milliseconds * 2, FleetLimits.backoffCapMilliseconds)
        return UInt64.random(in: (step / 2)...step, using: &random)
    }
}
