internal import Foundation

/// Gives a device a fresh certificate over the key that it already has.
public struct RenewalService: Sendable {
    /// What is stored: the device's certificate has a new end.
    public struct Renewal: Sendable {
        /// The device.
        public var deviceID: String
        /// What the device receives when this is stored.
        public var certificate: IssuedCertificate
        /// When this happens.
        public var now: Milliseconds
    }

    /// Records a renewal; throws `permissionDenied` for a device that was revoked.
    public typealias Record = @Sendable (Renewal) async throws(CollectorError) -> Void

    private let authority: CertificateAuthority
    private let clock: WallClock
    private let record: Record

    /// A service over an authority and a store.
    public init(authority: CertificateAuthority, clock: WallClock, record: @escaping Record) {
        self.authority = authority
        self.clock = clock
        self.record = record
    }

    /// Signs the same key again when less than a third of the present certificate's life is left.
    ///
    /// Takes PKCS#10 in DER, gives X.509 in DER.
    func renew(_ request: Data, for device: DeviceIdentity) async throws(CollectorError) -> Data {
        let request = try CertificateRequest(der: Array(request))
        guard request.publicKey == device.publicKey else {
            throw CollectorError(
                .permissionDenied,
                "The request is for another key than the client certificate's. A new key has to enroll."
            )
        }
        let now = clock.now()
        // Both are dates of our own making, far from the ends of what can be counted.
        let life = device.life.notAfter.value - device.life.notBefore.value
        let left = device.life.notAfter.value - now.value
        guard left < life / 3 else {
            throw CollectorError(
                .failedPrecondition,
                "The present certificate is good for \(left / 86_400_000) more days. Renew it in its last third."
            )
        }
        let certificate = try authority.issueDevice(request, now: now)
        try await record(Renewal(deviceID: device.id, certificate: certificate, now: now))
        return Data(certificate.der)
    }
}
