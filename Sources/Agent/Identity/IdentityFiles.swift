import Shared
import Signatures

/// The identity as files of the state: `key.pem`, `certificate.pem`, `authority.pem` and `enrollment`.
struct IdentityFiles {
    let state: StateDirectory

    private static let key = "key.pem"
    private static let certificate = "certificate.pem"
    private static let authority = "authority.pem"
    private static let enrollment = "enrollment"
    private static let recordName = "khien-enrollment"
    private static let recordVersion = 1

    /// Whether the state holds an enrollment, be it sound or damaged.
    func isEnrolled() throws(AgentError) -> Bool {
        try state.read(Self.enrollment, limit: AgentLimits.stateFileBytes) != nil
    }

    /// The device's key; `nil` when none was made yet.
    func key() throws(AgentError) -> SigningKey? {
        guard let pem = try state.read(Self.key, limit: AgentLimits.stateFileBytes, secret: true) else { return nil }
        do {
            return try SigningKey(pem: pem)
        } catch {
            throw AgentError(
                code: .stateDamaged,
                message:
                    "\(state.path)/\(Self.key) is damaged. Without its key this device must become a new one: move the "
                    + "state away and enroll with a new token.",
                cause: error
            )
        }
    }

    /// The device's key, made now where there is none.
    ///
    /// It never leaves the state.
    func keyOrNew() throws(AgentError) -> SigningKey {
        if let key = try key() { return key }
        let key: SigningKey
        let pem: [UInt8]
        do {
            key = try SigningKey.generate()
            pem = try key.pem()
        } catch {
            throw AgentError(code: .library, message: "Could not make a key: \(error)", cause: error)
        }
        guard try state.create(Self.key, with: pem) else {
            throw AgentError(code: .stateInUse, message: "Another process made a key in \(state.path); try again.")
        }
        return key
    }

    /// The whole identity.
    ///
    /// - Throws: `AgentError` of code `notEnrolled`, `stateDamaged`, `stateUnsafe`, `inputOutput`.
    func load() throws(AgentError) -> DeviceIdentity {
        guard let bytes = try state.read(Self.enrollment, limit: AgentLimits.stateFileBytes) else {
            throw AgentError(
                code: .notEnrolled,
                message: "This device is not enrolled; ask your officer for a join string, then: khien-agent enroll "
                    + "--state \(state.path) JOIN"
            )
        }
        guard let record = TextRecord(bytes, name: Self.recordName, version: Self.recordVersion),
            let host = record["host"], let port = record.number("port").flatMap({ UInt16(exactly: $0) }), port > 0,
            let unitCode = record["unit"], let unitName = record["unit-name"], let claimed = record["device"],
            let certificate = try readCertificate(Self.certificate),
            let authority = try authority(),
            let key = try self.key()
        else { throw damaged() }
        let identity = DeviceIdentity(
            key: key,
            certificate: certificate,
            authority: authority,
            host: host,
            reportingPort: port,
            unitCode: unitCode,
            unitName: unitName
        )
        guard identity.deviceID == claimed, certificate.subjectPublicKeyInfo == key.publicKeyDER else {
            throw damaged()
        }
        return identity
    }

    /// Keeps an identity whose key is already there; `enrollment` comes last and makes it count.
    func store(_ identity: DeviceIdentity) throws(AgentError) {
        var record = TextRecord()
        record.add("device", identity.deviceID)
        record.add("host", identity.host)
        record.add("port", String(identity.reportingPort))
        record.add("unit", identity.unitCode)
        record.add("unit-name", identity.unitName)
        try state.replace(Self.authority, with: pem(identity.authority))
        try storeCertificate(identity.certificate)
        try state.replace(Self.enrollment, with: record.encoded(name: Self.recordName, version: Self.recordVersion))
    }

    /// Puts a renewed certificate in place of the old one.
    func storeCertificate(_ certificate: Certificate) throws(AgentError) {
        try state.replace(Self.certificate, with: pem(certificate))
    }

    /// The authority that the device trusts; `nil` when it is not enrolled.
    func authority() throws(AgentError) -> Certificate? { try readCertificate(Self.authority) }

    private func readCertificate(_ name: String) throws(AgentError) -> Certificate? {
        guard let pem = try state.read(name, limit: AgentLimits.stateFileBytes) else { return nil }
        return try Certificate(pem: pem)
    }

    private func pem(_ certificate: Certificate) throws(AgentError) -> [UInt8] {
        do {
            return try certificate.pem()
        } catch {
            throw AgentError(code: .library, message: "Could not write a certificate: \(error)", cause: error)
        }
    }

    private func damaged() -> AgentError {
        AgentError(
            code: .stateDamaged,
            message:
                "The enrollment in \(state.path) is damaged or its parts do not belong together; the key is kept. Ask "
                + "your officer for a join string, then: khien-agent enroll --again --state \(state.path) JOIN"
        )
    }
}
