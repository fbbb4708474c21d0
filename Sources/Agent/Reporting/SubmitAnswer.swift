import CAgentMessages
import CProtobufC
public import Shared

/// What the collector says to a report that it has stored.
public struct SubmitAnswer: Sendable, Hashable {
    /// One broken rule.
    public struct Finding: Sendable, Hashable {
        /// Which rule; `nil` for one that this version does not know.
        public var kind: FindingKind?
        /// Since when, in milliseconds since 1970 by the collector's clock.
        public var openedAtMilliseconds: Int64
        /// Product names, safe to show.
        public var products: [String]

        /// One line for people.
        public var line: String {
            let word = kind?.word ?? "unknown-finding"
            return products.isEmpty ? word : "\(word): \(products.joined(separator: ", "))"
        }
    }

    /// Whether the device has a seat of its unit.
    public enum Seat: Int, Sendable {
        /// The device does not have the approved product.
        case none = 1
        /// It has the product and a seat.
        case held = 2
        /// It has the product and its unit has no free seat.
        case overCap = 3
    }

    /// The report that this answers.
    public var epoch: UInt64
    /// The report that this answers.
    public var sequence: UInt64
    /// The verdict, at most `AgentLimits.verdictFindings`.
    public var findings: [Finding]
    /// Seconds until the next report, within `WireLimits.reportIntervalSeconds`.
    public var nextReportSeconds: Int
    /// Whether the collector wants the inventory whole, now.
    public var wantsInventory: Bool
    /// The collector's clock, in milliseconds since 1970.
    public var collectorTimeMilliseconds: Int64
    /// The seat; `nil` when not said, or in a way that this version does not know.
    public var seat: Seat?
    /// The version of the collector's catalog; 0 where it has none of its own.
    public var catalogVersion: Int

    /// Reads an encoded `khien.v1.SubmitResponse`; `nil` when it is malformed or over its limit.
    public init?(_ bytes: [UInt8]) {
        // Two bytes on the wire can become a structure of 64 in memory, so the limit is far below that of a message.
        guard bytes.count <= AgentLimits.submitAnswerBytes,
            let message = khien__v1__submit_response__unpack(nil, bytes.count, bytes)
        else { return nil }
        defer { khien__v1__submit_response__free_unpacked(message, nil) }
        let answer = message.pointee
        epoch = answer.epoch
        sequence = answer.sequence
        nextReportSeconds = WireLimits.reportIntervalSeconds.clamping(answer.next_report_seconds)
        wantsInventory = answer.wants_inventory != 0
        collectorTimeMilliseconds = answer.collector_time_ms
        catalogVersion = Int(answer.catalog_version)
        seat = Seat(rawValue: Int(answer.seat.rawValue))
        findings = UnsafeBufferPointer(start: answer.findings, count: answer.n_findings)
            .prefix(AgentLimits.verdictFindings)
            .compactMap { $0.map { Self.finding($0.pointee) } }
    }

    private static func finding(_ message: Khien__V1__VerdictFinding) -> Finding {
        let products = UnsafeBufferPointer(start: message.products, count: message.n_products)
            .prefix(AgentLimits.verdictProducts)
            .compactMap { $0.map { PrintableText.escape(String(cString: $0), limit: WireLimits.nameBytes) } }
        return Finding(
            kind: FindingKind(rawValue: Int(message.kind.rawValue)),
            openedAtMilliseconds: message.opened_at_ms,
            products: products
        )
    }
}
