internal import Agent

/// A simulated device while it runs.
///
/// `@unchecked Sendable`: one worker serves a device, and the phases in which workers change follow one another.
final class DeviceSession: @unchecked Sendable {
    let device: SimulatedDevice
    /// Key and certificate; `nil` until it is enrolled.
    var identity: DeviceIdentity?
    /// Kept between calls; `nil` where the next call must connect.
    private var connection: AgentConnection?
    private var lean: LeanConnection?
    private var inventory: EncodedInventory?
    private var revision = 0
    /// The count that its sequences belong to: another run is another count.
    let epoch: UInt64
    private var sequence: UInt64 = 0

    init(device: SimulatedDevice, epoch: UInt64) {
        self.device = device
        self.epoch = epoch
    }

    /// A report that is ready to be sent.
    struct Message {
        let bytes: [UInt8]
        let sequence: UInt64
    }

    /// The next report, with a new sequence.
    func nextMessage(
        of identity: DeviceIdentity,
        isWhole: Bool,
        changes: Bool
    ) throws -> Message {
        if changes {
            revision += 1
            inventory = nil
        }
        let inventory = inventory ?? ReportEncoder.encode(device.scan(unit: identity.unitCode, revision: revision))
        self.inventory = inventory
        sequence += 1
        let bytes = try ReportEncoder.signedReport(
            inventory,
            isWhole: isWhole,
            epoch: epoch,
            sequence: sequence,
            observedAtMilliseconds: FleetClock.wallMilliseconds(),
            key: identity.key
        )
        return Message(bytes: bytes, sequence: sequence)
    }

    /// What came back from a call.
    struct Answer {
        let bytes: [UInt8]
        /// Whether the lean client did not understand it, and the call was made again over the agent's own connection.
        let isRepeated: Bool
    }

    /// Makes one call to the collector, or to the echo server, over the connection that there is or a new one.
    func call(
        method: String,
        _ message: Message,
        of identity: DeviceIdentity,
        options: LoadOptions,
        control: RunControl
    ) throws(TransportError) -> Answer {
        let host = options.echo?.host ?? identity.host
        let port = options.echo?.port ?? identity.reportingPort
        guard options.client == .lean else {
            let connection = try agentConnection(of: identity, host: host, port: port, control: control)
            return Answer(bytes: try connection.call(method: method, request: message.bytes), isRepeated: false)
        }
        if lean?.isUsable != true { lean = try LeanConnection(identity: identity, host: host, port: port) }
        if let bytes = lean?.call(method: method, request: message.bytes) {
            return Answer(bytes: bytes, isRepeated: false)
        }
        lean = nil
        let connection = try agentConnection(of: identity, host: host, port: port, control: control)
        defer { self.connection = nil }
        return Answer(bytes: try connection.call(method: method, request: message.bytes), isRepeated: true)
    }

    private func agentConnection(
        of identity: DeviceIdentity,
        host: String,
        port: UInt16,
        control: RunControl
    ) throws(TransportError) -> AgentConnection {
        if let connection { return connection }
        let opened = try AgentConnection(
            host: host,
            port: port,
            anchor: .authority(identity.authority),
            certificate: identity.certificate,
            key: identity.key,
            isStopped: { control.isStopped }
        )
        connection = opened
        return opened
    }

    /// Closes the connection.
    func disconnect() {
        connection = nil
        lean = nil
    }
}
