import Testing

@testable import Agent

@Suite
struct CertificateRenewalTests {
    @Test
    func `A certificate for the same key by the same authority is taken`() throws {
        let identity = try DeviceIdentity.test()
        let collector = FakeCollector { _ in TestAnswers.renewal(identity.certificate.der) }
        let renewed = try CertificateRenewal.renew(identity, over: collector)
        #expect(renewed.der == identity.certificate.der)
        #expect(collector.calls.map(\.method) == [GRPCMethod.renewCertificate])
    }

    @Test
    func `Any other certificate is refused`() throws {
        let identity = try DeviceIdentity.test()
        let others = [
            try Certificate(pem: TestCertificates.server).der, try Certificate(pem: TestCertificates.stranger).der,
            identity.authority.der, [], [1, 2, 3],
        ]
        for other in others {
            let collector = FakeCollector { _ in TestAnswers.renewal(other) }
            let error = #expect(throws: AgentError.self) { try CertificateRenewal.renew(identity, over: collector) }
            #expect(error?.code == .untrusted)
        }
        let malformed = FakeCollector { _ in [0xFF] }
        #expect(throws: AgentError.self) { try CertificateRenewal.renew(identity, over: malformed) }
    }
}
