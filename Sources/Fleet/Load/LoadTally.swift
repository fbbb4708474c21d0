/// What came of the reports of one phase.
public struct LoadTally: Sendable, Hashable {
    /// Reports that were answered: stored and flushed.
    public var acknowledged = 0
    /// Reports that the collector refused for good, by the name of the status.
    public var refused: [String: Int] = [:]
    /// Calls that were made again, because there was no answer or one that says "later", by the reason.
    public var retried: [String: Int] = [:]
    /// Reports that were given up without an answer.
    public var undelivered = 0
    /// Answers that asked for the whole inventory.
    public var inventoriesWanted = 0
    /// Answers whose verdict is another than the mix says.
    public var unexpectedVerdicts = 0
    /// Seats that answers named, by their state.
    public var seats: [String: Int] = [:]
    /// The first message of each refusal, by the name of the status.
    public var messages: [String: String] = [:]
    /// How long each acknowledged call took.
    public var latency = LatencyHistogram()

    /// A tally of nothing.
    public init() {}

    /// Reports that were sent, whatever came of them.
    public var sent: Int { acknowledged + refused.values.reduce(0, +) + undelivered }

    /// Adds what another one counted.
    public mutating func merge(_ other: LoadTally) {
        acknowledged += other.acknowledged
        refused.merge(other.refused, uniquingKeysWith: +)
        retried.merge(other.retried, uniquingKeysWith: +)
        undelivered += other.undelivered
        inventoriesWanted += other.inventoriesWanted
        unexpectedVerdicts += other.unexpectedVerdicts
        seats.merge(other.seats, uniquingKeysWith: +)
        messages.merge(other.messages) { first, _ in first }
        latency.merge(other.latency)
    }
}
