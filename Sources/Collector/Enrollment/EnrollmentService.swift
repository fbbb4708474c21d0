internal import Shared

/// Turns a token and a certificate request into an enrolled device.
public struct EnrollmentService: Sendable {
    /// What is stored in one transaction: the token is used once, the device and its certificate are recorded.
    public struct Redemption: Sendable {
        /// The secret that the device presented.
        public var tokenSecret: String
        /// The hash of the device's key.
        public var deviceID: String
        /// SubjectPublicKeyInfo in DER.
        public var publicKey: [UInt8]
        /// The device's own name, for people.
        public var hostName: String
        /// The agent's version.
        public var agentVersion: String
        /// What the device receives when the transaction succeeds.
        public var certificate: IssuedCertificate
        /// When this happens.
        public var now: Milliseconds
    }

    /// The unit that a token belongs to.
    public struct Unit: Sendable, Hashable {
        /// Its code.
        public var code: String
        /// Its name.
        public var name: String

        /// A unit of its parts.
        public init(code: String, name: String) {
            self.code = code
            self.name = name
        }
    }

    /// What an enrolled device receives.
    struct Enrollment: Sendable {
        var deviceID: String
        var certificate: IssuedCertificate
        var unit: Unit
    }

    /// Redeems the token and records the device; throws `unauthenticated` for a token that is not good and
    /// `permissionDenied` for a key that was revoked.
    public typealias Redeem = @Sendable (Redemption) async throws(CollectorError) -> Unit

    private let authority: CertificateAuthority
    private let clock: WallClock
    private let failures: FailureLimiter
    private let redeem: Redeem

    /// A service over an authority and a store.
    public init(authority: CertificateAuthority, clock: WallClock, redeem: @escaping Redeem) {
        self.authority = authority
        self.clock = clock
        self.redeem = redeem
        failures = FailureLimiter()
    }

    /// Enrolls a device; the certificate request is checked before the token is touched.
    ///
    /// `peer` is the address that asks, for the limit on failures.
    func enroll(
        token: String,
        request: [UInt8],
        hostName: String,
        agentVersion: String,
        peer: String
    ) async throws(CollectorError) -> Enrollment {
        let now = clock.now()
        guard failures.allows(peer, now: now) else {
            throw CollectorError(
                .resourceExhausted,
                "Too many enrollments from this address failed. Wait a minute, then use a token that is good."
            )
        }
        let request = try CertificateRequest(der: request)
        let certificate = try authority.issueDevice(request, now: now)
        let redemption = Redemption(
            tokenSecret: token,
            deviceID: request.deviceID,
            publicKey: request.publicKey,
            hostName: hostName,
            agentVersion: agentVersion,
            certificate: certificate,
            now: now
        )
        do {
            let unit = try await redeem(redemption)
            return Enrollment(deviceID: request.deviceID, certificate: certificate, unit: unit)
        } catch {
            guard error.code == .unauthenticated else { throw error }
            failures.record(peer, now: now)
            // One answer, whatever is wrong with the token: others must not learn which tokens exist.
            throw CollectorError(.unauthenticated, Self.badToken, cause: error)
        }
    }

    static let badToken =
        "The token is not valid: it is unknown, expired, used up or revoked. Ask your officer for a new one."
}
