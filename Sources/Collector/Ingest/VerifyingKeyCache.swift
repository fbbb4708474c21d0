internal import Signatures
internal import Synchronization

/// Parsed public keys of devices that report, so that a key is decoded once and not at every report.
///
/// The id is a digest of the key (checked where the certificate is read), so an id can never find another device's key.
final class VerifyingKeyCache: Sendable {
    /// Keys that are held; a key and its entry take about 1 KiB.
    static let limit = 8192

    private let keys = Mutex<[String: VerifyingKey]>([:])

    /// The key of a device, parsed now or before.
    func key(for deviceID: String, _ publicKey: [UInt8]) throws(CollectorError) -> VerifyingKey {
        if let key = keys.withLock({ $0[deviceID] }), key.subjectPublicKeyInfo == publicKey { return key }
        let key: VerifyingKey
        do {
            key = try VerifyingKey(subjectPublicKeyInfo: publicKey)
        } catch {
            throw CollectorError(.invalidArgument, "The device's key is not a P-256 key.", cause: error)
        }
        keys.withLock { keys in
            // A fleet larger than the cache would only churn single entries; starting over costs one parse a device.
            if keys.count >= Self.limit { keys.removeAll(keepingCapacity: true) }
            keys[deviceID] = key
        }
        return key
    }
}
