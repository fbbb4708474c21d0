import Shared
import Signatures
import Testing

@testable import Agent

@Suite
struct EnrollmentClientTests {
    private let key: SigningKey
    private let device: [UInt8]
    private let authority: Certificate
    private let join: JoinString

    init() throws {
        key = try SigningKey(pem: TestCertificates.deviceKey)
        device = try Certificate(pem: TestCertificates.device).der
        authority = try Certificate(pem: TestCertificates.authority)
        join = JoinString(
            host: "collector.test",
            port: 7444,
            token: "token",
            authorityFingerprint: authority.fingerprint
        )
    }

    private var id: String { deviceID(ofPublicKey: key.publicKeyDER) }

    @Test
    func `A right answer becomes an identity`() throws {
        let answer = TestAnswers.enroll(device: id, certificate: device, authority: authority.der)
        let identity = try EnrollmentClient.identity(from: answer, join: join, key: key)
        #expect(identity.deviceID == id)
        #expect(identity.collector == "collector.test:7443")
        #expect(identity.unitName == "Sở Tài chính")
    }

    @Test
    func `An authority that the join string does not name is refused`() throws {
        let other = try Certificate(pem: TestCertificates.otherAuthority).der
        refuses(TestAnswers.enroll(device: id, certificate: device, authority: other))
        refuses(TestAnswers.enroll(device: id, certificate: device, authority: []))
        // Its own fingerprint would match, were it in the join string; then it did not sign the certificate.
        let joinOther = JoinString(
            host: "collector.test",
            port: 7444,
            token: "token",
            authorityFingerprint: try Certificate(pem: TestCertificates.otherAuthority).fingerprint
        )
        let error = #expect(throws: AgentError.self) {
            try EnrollmentClient.identity(
                from: TestAnswers.enroll(device: id, certificate: device, authority: other),
                join: joinOther,
                key: key
            )
        }
        #expect(error?.code == .untrusted)
    }

    @Test
    func `A certificate for another key or of another authority is refused`() throws {
        let server = try Certificate(pem: TestCertificates.server).der
        let stranger = try Certificate(pem: TestCertificates.stranger).der
        for certificate in [server, stranger, [], device + [0]] {
            refuses(TestAnswers.enroll(device: id, certificate: certificate, authority: authority.der))
        }
    }

    @Test(arguments: [0, 65536, UInt32.max])
    func `A port that is none is refused`(port: UInt32) {
        refuses(TestAnswers.enroll(device: id, certificate: device, authority: authority.der, port: port))
    }

    @Test(arguments: ["", "0123456789abcdef0123456789abcdef"])
    func `Another device's id is refused`(other: String) {
        refuses(TestAnswers.enroll(device: other, certificate: device, authority: authority.der))
    }

    @Test
    func `A unit's name cannot move the cursor`() throws {
        let answer = TestAnswers.enroll(
            device: id,
            certificate: device,
            authority: authority.der,
            unitName: "A\u{1B}[2J\nenrolled"
        )
        let identity = try EnrollmentClient.identity(from: answer, join: join, key: key)
        #expect(identity.unitName == "A\\u{1b}[2J\\u{a}enrolled")
    }

    @Test(arguments: [51, 52] as [UInt64])
    func `Random changes never crash the reader, and never change key or authority`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let bytes = TestAnswers.enroll(device: id, certificate: device, authority: authority.der)
        for round in 0..<1500 {
            let changed = random.mutated(bytes)
            guard let identity = try? EnrollmentClient.identity(from: changed, join: join, key: key) else { continue }
            #expect(identity.authority.der == authority.der, "seed \(seed), round \(round)")
            #expect(identity.certificate.der == device, "seed \(seed), round \(round)")
        }
    }

    private func refuses(_ answer: [UInt8], sourceLocation: SourceLocation = #_sourceLocation) {
        let error = #expect(throws: AgentError.self, sourceLocation: sourceLocation) {
            try EnrollmentClient.identity(from: answer, join: join, key: key)
        }
        #expect(error?.code == .untrusted, sourceLocation: sourceLocation)
    }
}
