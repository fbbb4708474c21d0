import Signatures
import Testing

@testable import Agent

@Suite
struct CertificateTests {
    @Test
    func `A certificate tells its key, its fingerprint and its issuer`() throws {
        let authority = try Certificate(pem: TestCertificates.authority)
        let device = try Certificate(pem: TestCertificates.device)
        let key = try SigningKey(pem: TestCertificates.deviceKey)
        #expect(device.subjectPublicKeyInfo == key.publicKeyDER)
        #expect(device.isIssued(by: authority))
        #expect(try !device.isIssued(by: Certificate(pem: TestCertificates.otherAuthority)))
        #expect(try !Certificate(pem: TestCertificates.stranger).isIssued(by: authority))
        // A leaf signs nothing, whatever its key could do.
        #expect(!device.isIssued(by: device))
        #expect(authority.fingerprint == Hexadecimal.encode(SHA256Digest.of(authority.der)))
        #expect(try Certificate(pem: authority.pem()).der == authority.der)
    }

    @Test
    func `What is left of a certificate's life is a fraction of it`() throws {
        let certificate = try Certificate(pem: TestCertificates.device)
        let life = certificate.notAfterMilliseconds - certificate.notBeforeMilliseconds
        #expect(life == 36500 * 86_400_000)
        #expect(certificate.remainingFraction(atMilliseconds: certificate.notBeforeMilliseconds) == 1)
        #expect(certificate.remainingFraction(atMilliseconds: certificate.notAfterMilliseconds) == 0)
        #expect(!CertificateRenewal.isDue(certificate, atMilliseconds: certificate.notBeforeMilliseconds + life / 2))
        #expect(CertificateRenewal.isDue(certificate, atMilliseconds: certificate.notBeforeMilliseconds + life / 4 * 3))
        #expect(CertificateRenewal.isDue(certificate, atMilliseconds: Int64.max))
        #expect(!CertificateRenewal.isDue(certificate, atMilliseconds: Int64.min))
    }

    @Test
    func `A certificate cut at any place, or with bytes behind it, is refused`() throws {
        let der = try Certificate(pem: TestCertificates.device).der
        for count in 0..<der.count {
            #expect(throws: AgentError.self) { try Certificate(der: Array(der[..<count])) }
        }
        #expect(throws: AgentError.self) { try Certificate(der: der + [0]) }
    }

    @Test(arguments: [31, 32] as [UInt64])
    func `Random changes never crash the reader, and never pass as issued`(seed: UInt64) throws {
        let authority = try Certificate(pem: TestCertificates.authority)
        let der = try Certificate(pem: TestCertificates.device).der
        var random = SeededRandom(seed: seed)
        for round in 0..<1000 {
            let changed = random.mutated(der)
            guard changed != der, let certificate = try? Certificate(der: changed) else { continue }
            #expect(!certificate.isIssued(by: authority), "seed \(seed), round \(round)")
        }
    }
}
