import Shared
import Signatures

/// When the next report is due.
///
/// Pure: randomness comes in, seconds go out.
struct ReportSchedule {
    private let deviceID: String
    private var failures = 0

    init(deviceID: String) { self.deviceID = deviceID }

    /// The device's place among all devices, 0 to below 1: random, because keys are, and the same for life.
    var phase: Double {
        let digest = SHA256.hash(Array("khien-phase \(deviceID)".utf8))
        return Double(digest.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }) / 4_294_967_296
    }

    /// Seconds from the start of the service to its first report.
    ///
    /// A device that has never reported does so at once; the others keep apart, because they are all switched on at
    /// eight in the morning.
    func startDelay(hasReported: Bool) -> Double {
        hasReported ? phase * Double(AgentLimits.startSpreadSeconds) : 0
    }

    /// Seconds to the next report after the collector asked for this interval.
    ///
    /// - Parameters:
    ///   - intervalSeconds: What the collector asked for, within its limits.
    ///   - random: 0 to below 1.
    /// - Returns: the interval and up to a tenth of it.
    mutating func delay(afterAcknowledgement intervalSeconds: Int, random: Double) -> Double {
        failures = 0
        let interval = Double(WireLimits.reportIntervalSeconds.clamping(intervalSeconds))
        return interval * (1 + random / 10)
    }

    /// Seconds to the next attempt after a failure.
    ///
    /// - Parameter random: 0 to below 1.
    /// - Returns: twice as long with each failure up to the cap, and up to half of it on top, so that devices that
    ///   failed together do not come back together.
    mutating func delayAfterFailure(random: Double) -> Double {
        // Beyond twenty doublings every cap is reached.
        let doublings = min(failures, 20)
        failures = min(failures + 1, 1000)
        let backoff = min(AgentLimits.backoffSeconds << doublings, AgentLimits.backoffCapSeconds)
        return Double(backoff) * (1 + random / 2)
    }
}
