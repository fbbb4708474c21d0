import CAgentMessages
import CProtobufC
public import Shared
public import Signatures

/// Turns a key and a join string into an enrolled identity.
public enum EnrollmentClient {
    /// Enrolls a key at the collector that the join string names.
    ///
    /// - Parameters:
    ///   - join: Where to, with which token, trusting which authority.
    ///   - key: The device's key; it does not leave this process.
    ///   - hostName: For people.
    /// - Returns: the identity, every part checked against the key and the fingerprint.
    /// - Throws: `AgentError` of code `unreachable`, `untrusted`, `refused`, `library`.
    public static func enroll(
        _ join: JoinString,
        key: SigningKey,
        hostName: String
    ) throws(AgentError) -> DeviceIdentity {
        let answer: [UInt8]
        do throws(TransportError) {
            let connection = try AgentConnection(
                host: join.host,
                port: join.port,
                anchor: .fingerprint(join.authorityFingerprint)
            )
            answer = try connection.call(
                method: GRPCMethod.enroll,
                request: try request(join, key: key, hostName: hostName)
            )
        } catch {
            throw explained(error)
        }
        return try identity(from: answer, join: join, key: key)
    }

    private static func request(
        _ join: JoinString,
        key: SigningKey,
        hostName: String
    ) throws(TransportError) -> [UInt8] {
        let arena = MessageArena()
        let request = arena.message(khien__v1__enroll_request__init)
        request.pointee.token = arena.string(join.token, limit: WireLimits.shortBytes)
        request.pointee.certificate_request = arena.bytes(try CertificateRequest.make(key))
        request.pointee.host_name = arena.string(hostName, limit: WireLimits.hostNameBytes)
        request.pointee.agent_version = arena.string(khienVersion, limit: WireLimits.versionBytes)
        return MessageArena.pack(
            request,
            size: khien__v1__enroll_request__get_packed_size,
            pack: khien__v1__enroll_request__pack
        )
    }

    /// Reads and checks an encoded `khien.v1.EnrollResponse`.
    static func identity(
        from bytes: [UInt8],
        join: JoinString,
        key: SigningKey
    ) throws(AgentError) -> DeviceIdentity {
        guard bytes.count <= AgentLimits.certificateAnswerBytes,
            let message = khien__v1__enroll_response__unpack(nil, bytes.count, bytes)
        else { throw wrong("it is malformed") }
        defer { khien__v1__enroll_response__free_unpacked(message, nil) }
        let answer = message.pointee
        guard let authority = try? Certificate(der: array(answer.authority)),
            authority.fingerprint == join.authorityFingerprint
        else { throw wrong("its authority is not the one in the join string") }
        guard let certificate = try? Certificate(der: array(answer.certificate)), certificate.isIssued(by: authority)
        else { throw wrong("its certificate is not signed by its authority") }
        guard certificate.subjectPublicKeyInfo == key.publicKeyDER else {
            throw wrong("its certificate is for another key")
        }
        guard let port = UInt16(exactly: answer.reporting_port), port > 0 else {
            throw wrong("it names no reporting port")
        }
        let identity = DeviceIdentity(
            key: key,
            certificate: certificate,
            authority: authority,
            host: join.host,
            reportingPort: port,
            unitCode: text(answer.unit_code, limit: WireLimits.shortBytes),
            unitName: text(answer.unit_name, limit: WireLimits.textBytes)
        )
        guard text(answer.device_id, limit: WireLimits.shortBytes) == identity.deviceID else {
            throw wrong("it names another device")
        }
        return identity
    }

    private static func explained(_ error: TransportError) -> AgentError {
        switch error.code {
        case .status(.unauthenticated):
            AgentError(
                code: .refused,
                message: "The token is unknown, expired, used up or revoked; ask your officer for a new join string.",
                cause: error
            )
        case .status(.permissionDenied):
            AgentError(
                code: .refused,
                message:
                    "This device was revoked, and its key cannot enroll again. If it may come back, move its state "
                    + "away and enroll with a new token.",
                cause: error
            )
        default:
            AgentError(error)
        }
    }

    private static func wrong(_ what: String) -> AgentError {
        AgentError(
            code: .untrusted,
            message: "The collector's answer cannot be right: \(what). Nothing was stored; tell your officer."
        )
    }

    private static func text(_ text: UnsafeMutablePointer<CChar>?, limit: Int) -> String {
        text.map { PrintableText.escape(String(cString: $0), limit: limit) } ?? ""
    }

    static func array(_ data: ProtobufCBinaryData) -> [UInt8] {
        Array(UnsafeBufferPointer(start: data.data, count: data.len))
    }
}

/// A request for a certificate over a device's key.
enum CertificateRequest {
    /// PKCS#10 in DER; the collector uses its key only.
    static func make(_ key: SigningKey) throws(TransportError) -> [UInt8] {
        do {
            return try key.certificateRequest(commonName: deviceID(ofPublicKey: key.publicKeyDER))
        } catch {
            throw TransportError(code: .library, message: "No request for a certificate could be made: \(error)")
        }
    }
}
