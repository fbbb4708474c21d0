internal import Synchronization
internal import X509

/// Identities of clients that call, so that a certificate is taken apart once and not at every call.
///
/// Found by serial number: only certificates of our own authority pass the handshake, and it never gives a number twice.
final class ClientIdentityCache: Sendable {
    /// Identities that are held; one takes about half a KiB.
    static let limit = 16384

    private let identities = Mutex<[Certificate.SerialNumber: ClientIdentity]>([:])

    /// The identity in a certificate whose chain the handshake has verified.
    /// - Throws: `CollectorError` (`permissionDenied`) for a certificate that names neither a device nor an officer.
    func identity(_ certificate: Certificate) throws(CollectorError) -> ClientIdentity {
        if let known = identities.withLock({ $0[certificate.serialNumber] }) { return known }
        let identity = try ClientIdentity(certificate)
        identities.withLock { identities in
            // A fleet larger than this would only churn single entries; starting over costs one reading a client.
            if identities.count >= Self.limit { identities.removeAll(keepingCapacity: true) }
            identities[certificate.serialNumber] = identity
        }
        return identity
    }
}
