public import Signatures

/// What makes a device a device: its key, its certificate, and the collector that it belongs to.
public struct DeviceIdentity: Sendable {
    /// The device's key.
    public var key: SigningKey
    /// Over the key, signed by the authority.
    public var certificate: Certificate
    /// The only authority that the device trusts.
    public var authority: Certificate
    /// The collector's name or address, without brackets.
    public var host: String
    /// TCP port of the collector's reporting listener.
    public var reportingPort: UInt16
    /// Code of the unit.
    public var unitCode: String
    /// Name of the unit for people.
    public var unitName: String
    /// The identity: 32 characters of lower-case hexadecimal.
    public let deviceID: String

    /// An identity with all its parts; the device id follows from the key.
    public init(
        key: SigningKey,
        certificate: Certificate,
        authority: Certificate,
        host: String,
        reportingPort: UInt16,
        unitCode: String,
        unitName: String
    ) {
        self.key = key
        self.certificate = certificate
        self.authority = authority
        self.host = host
        self.reportingPort = reportingPort
        self.unitCode = unitCode
        self.unitName = unitName
        deviceID = Signatures.deviceID(ofPublicKey: key.publicKeyDER)
    }

    /// Where it reports to, for people: `HOST:PORT`.
    public var collector: String { "\(host.contains(":") ? "[\(host)]" : host):\(reportingPort)" }
}
