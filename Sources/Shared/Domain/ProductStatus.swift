/// What a product, or the system about it, says of its protection.
///
/// Each part is `nil` where nobody says it.
public struct ProductStatus: Sendable, Hashable {
    /// Whether it protects now.
    ///
    /// Raw values are the numbers of `khien.v1.Protection` on the wire.
    public enum Protection: Int, CaseIterable, Sendable, Hashable {
        /// Real-time protection works.
        case on = 1
        /// Switched off.
        case off = 2
        /// Switched off for a while.
        case snoozed = 3
        /// Its license is over, so it protects no longer.
        case expired = 4
        /// It stands aside for another antivirus, as it is meant to.
        case passive = 5

        /// The word that is shown to people and written to JSON.
        public var word: String {
            switch self {
            case .on: "on"
            case .off: "off"
            case .snoozed: "snoozed"
            case .expired: "expired"
            case .passive: "passive"
            }
        }
    }

    /// Whether its signatures are current.
    ///
    /// Raw values are the numbers of `khien.v1.Signatures` on the wire.
    public enum Signatures: Int, CaseIterable, Sendable, Hashable {
        /// Current, by the product's word or by their age.
        case current = 1
        /// Outdated, by the product's word, or older than ``ProductStatus/signatureAgeLimit``.
        case outdated = 2

        /// The word that is shown to people and written to JSON.
        public var word: String {
            switch self {
            case .current: "current"
            case .outdated: "outdated"
            }
        }
    }

    /// Whether its license is in force.
    ///
    /// Raw values are the numbers of `khien.v1.License` on the wire.
    public enum License: Int, CaseIterable, Sendable, Hashable {
        /// In force.
        case valid = 1
        /// Over, or refused.
        case expired = 2
        /// There is none.
        case missing = 3

        /// The word that is shown to people and written to JSON.
        public var word: String {
            switch self {
            case .valid: "valid"
            case .expired: "expired"
            case .missing: "missing"
            }
        }
    }

    /// Age from which signatures are outdated, in seconds: seven days.
    public static let signatureAgeLimit: Int64 = 7 * 86_400

    /// Who says it.
    public var source: FactSource
    /// Whether it protects now.
    public var protection: Protection?
    /// Whether its signatures are current.
    public var signatures: Signatures?
    /// When its signatures were made, in seconds since 1970, to the hour.
    public var signaturesAt: Int64?
    /// Whether its license is in force.
    public var license: License?
    /// The management server that it names; empty where it names none.
    public var server: String
    /// When it last spoke with that server, in seconds since 1970, to the day: an inventory is not to change with each
    /// connection.
    public var serverContactAt: Int64?

    /// A status with all its parts; the times are rounded down here.
    public init(
        source: FactSource,
        protection: Protection? = nil,
        signatures: Signatures? = nil,
        signaturesAt: Int64? = nil,
        license: License? = nil,
        server: String = "",
        serverContactAt: Int64? = nil
    ) {
        self.source = source
        self.protection = protection
        self.signatures = signatures
        self.signaturesAt = signaturesAt.map { Self.rounded($0, to: 3_600) }
        self.license = license
        self.server = server
        self.serverContactAt = serverContactAt.map { Self.rounded($0, to: 86_400) }
    }

    /// The state of signatures that were made at a time, by a clock that may be wrong: a time to come proves nothing.
    public static func signatures(madeAt moment: Int64, now: Int64) -> Signatures? {
        let (age, overflow) = now.subtractingReportingOverflow(moment)
        guard !overflow, age >= -86_400 else { return nil }
        return age > signatureAgeLimit ? .outdated : .current
    }

    /// What two sources say together: the product's own word first, then the system's.
    func merged(with other: ProductStatus) -> ProductStatus {
        let (first, second) = Self.rank(source) <= Self.rank(other.source) ? (self, other) : (other, self)
        return ProductStatus(
            source: first.source,
            protection: first.protection ?? second.protection,
            signatures: first.signatures ?? second.signatures,
            signaturesAt: first.signaturesAt ?? second.signaturesAt,
            license: first.license ?? second.license,
            server: first.server.isEmpty ? second.server : first.server,
            serverContactAt: first.serverContactAt ?? second.serverContactAt
        )
    }

    private static func rank(_ source: FactSource) -> Int {
        switch source {
        case .vendorState: 0
        case .defender: 1
        case .securityCenter: 2
        default: 3
        }
    }

    private static func rounded(_ seconds: Int64, to unit: Int64) -> Int64 {
        let rest = seconds % unit
        return seconds - (rest < 0 ? 0 : rest)
    }
}
