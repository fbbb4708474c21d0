/// What one phase of a run came to.
public struct PhaseSummary: Sendable, Hashable {
    /// What came of its reports.
    public var tally: LoadTally
    /// How long it took.
    public var seconds: Double
    /// Processor time of the simulator itself, user and system, in microseconds.
    public var processorMicroseconds: UInt64

    /// Acknowledged reports per second.
    public var reportsPerSecond: Double { seconds > 0 ? Double(tally.acknowledged) / seconds : 0 }

    /// Processor time of the simulator for each acknowledged report, in microseconds; `nil` without one.
    public var processorMicrosecondsPerReport: Double? {
        tally.acknowledged > 0 ? Double(processorMicroseconds) / Double(tally.acknowledged) : nil
    }
}

/// What a whole run came to.
public struct RunSummary: Sendable, Hashable {
    /// Simulated devices.
    public var devices: Int
    /// Devices that enrolled in this run.
    public var enrolled: Int
    /// Devices whose identity was kept from an earlier run.
    public var kept: Int
    /// Devices that could not be enrolled, by the reason.
    public var notEnrolled: [String: Int]
    /// The first message of each of those reasons.
    public var messages: [String: String]
    /// How long it took until all had an identity.
    public var enrollmentSeconds: Double
    /// Whether it ended early because nobody answered any more.
    public var isGivenUp = false
    /// The first report of each device, with its whole inventory; `nil` when no device had an identity.
    public var first: PhaseSummary?
    /// What came after the first reports; `nil` when nothing was asked for.
    public var load: PhaseSummary?

    /// Whether every device is enrolled, every report was acknowledged, and every verdict was the expected one.
    public var isComplete: Bool {
        notEnrolled.isEmpty && first != nil && !isGivenUp
            && [first, load].allSatisfy { phase in
                guard let tally = phase?.tally else { return true }
                return tally.refused.isEmpty && tally.undelivered == 0 && tally.unexpectedVerdicts == 0
            }
    }
}
