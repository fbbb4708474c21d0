/// What a run does after every device has an identity.
public struct LoadOptions: Sendable {
    /// Which reports carry their whole inventory.
    public enum InventoryMode: String, CaseIterable, Sendable {
        /// The first one only, as agents do; the others carry its digest.
        case once
        /// Each of them; it stays the same.
        case always
        /// Each of them; it differs from the one before.
        case changed
    }

    /// Who makes the calls.
    public enum Client: String, CaseIterable, Sendable {
        /// The agent's own connection, over libcurl.
        case agent
        /// One that costs the least processor time, for measuring what it calls.
        case lean
    }

    /// Where a bare echo server listens, which stands in for the collector.
    public struct EchoServer: Sendable, Hashable {
        /// Name or address, without brackets.
        public var host: String
        /// TCP port.
        public var port: UInt16

        /// A server's place.
        public init(host: String, port: UInt16) {
            self.host = host
            self.port = port
        }
    }

    /// Reports per second of the whole fleet; `nil` for as many as are answered.
    public var rate: Double?
    /// How long to go on after the first reports, in seconds; `nil` for no such end.
    public var seconds: Double?
    /// Reports of each device after the first one; `nil` for no such end.
    public var rounds: Int?
    /// Whether each report gets a new connection.
    public var reconnects = false
    /// Threads, each of which makes one call at a time.
    public var workers = 64
    /// Which reports carry their whole inventory.
    public var inventory = InventoryMode.once
    /// Who makes the calls; enrolling is always done by the agent's own client.
    public var client = Client.agent
    /// Where to append `DEVICE EPOCH SEQUENCE` after each acknowledgement.
    public var acknowledgedPath: String?
    /// Sends to an echo server instead.
    public var echo: EchoServer?
    /// The end of everything, in seconds from the start.
    public var timeLimitSeconds: Double = 3600

    /// The default options: the first reports, and nothing after them.
    public init() {}
}
