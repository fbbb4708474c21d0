internal import Agent
internal import Shared

/// Delivers the reports of some devices, one after another, and counts what comes of them.
struct LoadWorker {
    /// The method of the echo server in `Benchmarks/`.
    private static let echoMethod = "khien.bench.Echo/Echo"

    let options: LoadOptions
    let control: RunControl
    let acknowledged: AcknowledgedLog?
    /// A moment of the monotonic clock, in microseconds, after which nothing begins.
    let end: UInt64
    private(set) var tally = LoadTally()

    init(options: LoadOptions, control: RunControl, acknowledged: AcknowledgedLog?, end: UInt64) {
        self.options = options
        self.control = control
        self.acknowledged = acknowledged
        self.end = end
    }

    /// Whether there is no time left.
    var isOver: Bool { control.isStopped || FleetClock.microseconds() >= end }

    /// Sends the first report of a device, with its whole inventory.
    mutating func deliverFirst(of session: DeviceSession) {
        deliver(session, isWhole: true, changes: false)
    }

    /// Sends a later report of a device.
    mutating func deliverNext(of session: DeviceSession) {
        deliver(session, isWhole: options.inventory != .once, changes: options.inventory == .changed)
    }

    private mutating func deliver(_ session: DeviceSession, isWhole: Bool, changes: Bool) {
        guard let identity = session.identity else { return }
        let wantsInventory = deliverOne(session, identity, isWhole: isWhole, changes: changes)
        // Asked for once more it would be a fault of the collector, and no reason to go round in circles.
        if wantsInventory, !isOver { _ = deliverOne(session, identity, isWhole: true, changes: false) }
    }

    /// Whether the collector then wants the whole inventory.
    private mutating func deliverOne(
        _ session: DeviceSession,
        _ identity: DeviceIdentity,
        isWhole: Bool,
        changes: Bool
    ) -> Bool {
        let message: DeviceSession.Message
        do {
            message = try session.nextMessage(of: identity, isWhole: isWhole, changes: changes)
        } catch {
            refuse("library", "\(error)")
            return false
        }
        if options.reconnects { session.disconnect() }
        var backoff = Backoff(random: SeededGenerator(seed: message.sequence, index: session.device.index))
        for attempt in 1...FleetLimits.attempts {
            let begin = FleetClock.microseconds()
            let failure: Failure
            do throws(TransportError) {
                let method = options.echo == nil ? GRPCMethod.submit : Self.echoMethod
                let answer = try session.call(method: method, message, of: identity, options: options, control: control)
                if answer.isRepeated { tally.retried["lean-client", default: 0] += 1 }
                let elapsed = FleetClock.microseconds() - begin
                control.noteAnswer()
                return take(answer.bytes, to: message, of: session, identity, microseconds: elapsed)
            } catch {
                failure = Failure(error)
            }
            control.countTrouble()
            if failure.isAnswer {
                control.noteAnswer()
            } else {
                control.noteSilence(at: FleetClock.microseconds())
            }
            guard failure.isTransient else {
                if failure.word == "stopped" { break }
                refuse(failure.word, failure.message)
                return false
            }
            tally.messages[failure.word] = tally.messages[failure.word] ?? failure.message
            session.disconnect()
            guard attempt < FleetLimits.attempts else { break }
            tally.retried[failure.word, default: 0] += 1
            FleetClock.sleep(until: FleetClock.microseconds() + backoff.next()) { isOver }
            if isOver { break }
        }
        tally.undelivered += 1
        return false
    }

    private mutating func take(
        _ answer: [UInt8],
        to message: DeviceSession.Message,
        of session: DeviceSession,
        _ identity: DeviceIdentity,
        microseconds: UInt64
    ) -> Bool {
        if options.echo != nil {
            guard answer == message.bytes else {
                refuse("other-echo", "The echo server answered with other bytes than it got.")
                return false
            }
            acknowledge(microseconds)
            return false
        }
        guard let answer = SubmitAnswer(answer), answer.epoch == session.epoch, answer.sequence == message.sequence
        else {
            refuse("malformed-answer", "The collector's answer is malformed, or is the answer to another report.")
            return false
        }
        acknowledged?.append(deviceID: identity.deviceID, epoch: session.epoch, sequence: message.sequence)
        acknowledge(microseconds)
        if let seat = answer.seat { tally.seats[seat.word, default: 0] += 1 }
        if answer.wantsInventory {
            tally.inventoriesWanted += 1
            return true
        }
        let expected = session.device.kind.findings
        // What follows from seats and terms depends on the other devices.
        let judged = answer.findings.filter { $0.kind.map(FindingKind.judged.contains) ?? true }
        if judged.count != expected.count || !judged.allSatisfy({ $0.kind.map(expected.contains) ?? false }) {
            tally.unexpectedVerdicts += 1
            let said = answer.findings.map { $0.kind?.word ?? "unknown" }.sorted().joined(separator: ",")
            let word = "verdict-of-\(session.device.kind.name)"
            tally.messages[word] = tally.messages[word] ?? (said.isEmpty ? "no finding" : said)
        }
        return false
    }

    private mutating func acknowledge(_ microseconds: UInt64) {
        tally.acknowledged += 1
        tally.latency.record(microseconds: microseconds)
        control.countAcknowledged()
    }

    private mutating func refuse(_ word: String, _ message: String) {
        tally.refused[word, default: 0] += 1
        tally.messages[word] = tally.messages[word] ?? message
    }
}

extension SubmitAnswer.Seat {
    /// The word in a summary.
    fileprivate var word: String {
        switch self {
        case .none: "none"
        case .held: "held"
        case .overCap: "over-cap"
        }
    }
}
