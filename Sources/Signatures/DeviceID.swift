/// The identity of a device: the first 16 bytes of SHA-256 over its key's SubjectPublicKeyInfo, as 32 characters of
/// lower-case hexadecimal.
public func deviceID(ofPublicKey subjectPublicKeyInfo: [UInt8]) -> String {
    Hexadecimal.encode(SHA256.hash(subjectPublicKeyInfo).prefix(16))
}
