import CAgentMessages
import Shared
import Signatures

/// Gets a fresh certificate for the same key while the old one still opens the door.
enum CertificateRenewal {
    /// Whether it is time: less than a third of the certificate's life is left.
    static func isDue(_ certificate: Certificate, atMilliseconds now: Int64) -> Bool {
        certificate.remainingFraction(atMilliseconds: now) < AgentLimits.renewalFraction
    }

    /// Asks for a fresh certificate, and checks what comes.
    ///
    /// - Throws: `AgentError`.
    static func renew(_ identity: DeviceIdentity, over connection: some GRPCCalling) throws(AgentError) -> Certificate {
        let answer: [UInt8]
        do throws(TransportError) {
            let arena = MessageArena()
            let request = arena.message(khien__v1__renew_certificate_request__init)
            request.pointee.certificate_request = arena.bytes(try CertificateRequest.make(identity.key))
            answer = try connection.call(
                method: GRPCMethod.renewCertificate,
                request: MessageArena.pack(
                    request,
                    size: khien__v1__renew_certificate_request__get_packed_size,
                    pack: khien__v1__renew_certificate_request__pack
                )
            )
        } catch {
            throw AgentError(error)
        }
        guard answer.count <= AgentLimits.certificateAnswerBytes,
            let message = khien__v1__renew_certificate_response__unpack(nil, answer.count, answer)
        else { throw wrong }
        defer { khien__v1__renew_certificate_response__free_unpacked(message, nil) }
        guard let certificate = try? Certificate(der: EnrollmentClient.array(message.pointee.certificate)),
            certificate.isIssued(by: identity.authority),
            certificate.subjectPublicKeyInfo == identity.key.publicKeyDER
        else { throw wrong }
        return certificate
    }

    private static var wrong: AgentError {
        AgentError(
            code: .untrusted,
            message: "The certificate that came for renewal is not one for this device; the old one stays in use."
        )
    }
}
