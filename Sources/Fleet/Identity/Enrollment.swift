internal import Agent
internal import Shared
internal import Signatures

/// Gives the devices of a fleet their identities: kept ones, or new ones from the collector.
struct Enrollment {
    let joins: [FleetJoin]
    let store: IdentityStore?
    let control: RunControl
    /// A moment of the monotonic clock, in microseconds, after which nothing begins.
    let end: UInt64

    private(set) var tally = Tally()

    /// What came of it.
    struct Tally: Sendable {
        var enrolled = 0
        var kept = 0
        var failed: [String: Int] = [:]
        var messages: [String: String] = [:]

        mutating func merge(_ other: Tally) {
            enrolled += other.enrolled
            kept += other.kept
            failed.merge(other.failed, uniquingKeysWith: +)
            messages.merge(other.messages) { first, _ in first }
        }

        mutating func fail(_ word: String, _ message: String) {
            failed[word, default: 0] += 1
            messages[word] = messages[word] ?? message
        }
    }

    init(joins: [FleetJoin], store: IdentityStore?, control: RunControl, end: UInt64) {
        self.joins = joins
        self.store = store
        self.control = control
        self.end = end
    }

    /// Gives one device its identity.
    mutating func enroll(_ session: DeviceSession) {
        let device = session.device
        let join = joins[device.join].join
        var kept: DeviceIdentity?
        do throws(FleetError) {
            kept = try store?.identity(of: device)
        } catch {
            tally.fail(error.code.rawValue, error.message)
            return
        }
        if let kept, join.map({ Self.isOf(kept, $0) }) ?? true {
            session.identity = kept
            tally.kept += 1
            control.countEnrolled()
            return
        }
        guard let join else {
            tally.fail(
                "no-join",
                "A device has no kept identity in --state and no join string; give --join or --joins."
            )
            return
        }
        guard let identity = enroll(device, join: join, key: kept?.key) else { return }
        session.identity = identity
        tally.enrolled += 1
        control.countEnrolled()
        do throws(FleetError) {
            try store?.keep(identity, of: device)
        } catch {
            tally.fail(error.code.rawValue, error.message)
        }
    }

    private mutating func enroll(_ device: SimulatedDevice, join: JoinString, key: SigningKey?) -> DeviceIdentity? {
        var backoff = Backoff(random: SeededGenerator(seed: 0, index: device.index))
        for attempt in 1...FleetLimits.attempts {
            do {
                let identity = try EnrollmentClient.enroll(
                    join,
                    key: try key ?? SigningKey.generate(),
                    hostName: device.hostName(unit: joins[device.join].unit)
                )
                control.noteAnswer()
                return identity
            } catch {
                control.countTrouble()
                let failure = error as? AgentError
                if failure?.code == .unreachable { control.noteSilence(at: FleetClock.microseconds()) }
                guard failure?.code == .unreachable, attempt < FleetLimits.attempts else {
                    tally.fail(failure.map { "\($0.code)" } ?? "library", "\(error)")
                    return nil
                }
            }
            FleetClock.sleep(until: FleetClock.microseconds() + backoff.next()) { isOver }
            if isOver { break }
        }
        tally.fail("stopped", "The run ended before the device was enrolled.")
        return nil
    }

    private var isOver: Bool { control.isStopped || FleetClock.microseconds() >= end }

    /// Whether a kept identity is of the collector that a join string names.
    private static func isOf(_ identity: DeviceIdentity, _ join: JoinString) -> Bool {
        identity.authority.fingerprint == join.authorityFingerprint && identity.host == join.host
    }
}
