import Crypto
import Foundation
import SwiftASN1
import Testing
import X509

@testable import Collector

@Suite struct ClientIdentityTests {
    private let now = Milliseconds(1_750_000_000_000)
    private let key = P256.Signing.PrivateKey()

    /// A certificate that the authority would never make, signed with its key all the same.
    private func certificate(names: [GeneralName], usage: ExtendedKeyUsage.Usage? = .clientAuth) throws -> Certificate {
        let authority = try CertificateAuthority.create(now: now)
        return try Certificate(
            version: .v3,
            serialNumber: CertificateAuthority.serialNumber(),
            publicKey: Certificate.PublicKey(key.publicKey),
            notValidBefore: now.date,
            notValidAfter: now.adding(seconds: 60).date,
            issuer: authority.certificate.subject,
            subject: try DistinguishedName { CommonName("center") },
            extensions: try Certificate.Extensions {
                SubjectAlternativeNames(names)
                if let usage { try ExtendedKeyUsage([usage]) }
            },
            issuerPrivateKey: Certificate.PrivateKey(authority.key)
        )
    }

    private var deviceID: String { CertificateRequest(key: key.publicKey).deviceID }

    @Test func `a device is known by its certificate`() throws {
        let authority = try CertificateAuthority.create(now: now)
        let issued = try authority.issueDevice(CertificateRequest(key: key.publicKey), now: now)
        let identity = try ClientIdentity(try Certificate(derEncoded: issued.der))
        guard case .device(let device) = identity else {
            Issue.record("not a device: \(identity)")
            return
        }
        #expect(device.id == deviceID)
        #expect(device.publicKey == Array(key.publicKey.derRepresentation))
        #expect(
            device.life
                == CertificateLife(serial: issued.serial, notBefore: issued.notBefore, notAfter: issued.notAfter)
        )
    }

    @Test func `an officer is known by the certificate`() throws {
        let authority = try CertificateAuthority.create(now: now)
        let issued = try authority.issueOfficer(CertificateRequest(key: key.publicKey), name: "so-y-te", now: now)
        let identity = try ClientIdentity(try Certificate(derEncoded: issued.der))
        guard case .officer(let officer) = identity else {
            Issue.record("not an officer: \(identity)")
            return
        }
        #expect(officer.name == "so-y-te")
        #expect(officer.life.serial == issued.serial)
    }

    @Test func `a device id that is not the hash of the certificate's key is refused`() throws {
        let other = CertificateRequest(key: P256.Signing.PrivateKey().publicKey).deviceID
        #expect(throws: CollectorError.self) {
            try ClientIdentity(try certificate(names: [.uniformResourceIdentifier("urn:khien:device:\(other)")]))
        }
    }

    @Test func `a common name alone makes no officer`() throws {
        #expect(throws: CollectorError.self) { try ClientIdentity(try certificate(names: [.dnsName("center")])) }
        #expect(throws: CollectorError.self) { try ClientIdentity(try certificate(names: [])) }
    }

    @Test func `two names in one certificate are refused`() throws {
        let names: [GeneralName] = [
            .uniformResourceIdentifier("urn:khien:officer:center"),
            .uniformResourceIdentifier("urn:khien:device:\(deviceID)"),
        ]
        #expect(throws: CollectorError.self) { try ClientIdentity(try certificate(names: names)) }
    }

    @Test func `a certificate that is not for clients is refused`() throws {
        let names: [GeneralName] = [.uniformResourceIdentifier("urn:khien:officer:center")]
        #expect(throws: CollectorError.self) { try ClientIdentity(try certificate(names: names, usage: .serverAuth)) }
        #expect(throws: CollectorError.self) { try ClientIdentity(try certificate(names: names, usage: nil)) }
        #expect(throws: Never.self) { try ClientIdentity(try certificate(names: names)) }
    }

    @Test(arguments: [
        "urn:khien:officer:", "urn:khien:officer:Center", "urn:khien:officer:a/b", "urn:khien:device:",
        "urn:khien:other:x", "",
    ])
    func `a URI that is neither a device's nor an officer's is refused`(uri: String) throws {
        #expect(throws: CollectorError.self) {
            try ClientIdentity(try certificate(names: [.uniformResourceIdentifier(uri)]))
        }
    }

    @Test func `a certificate holds from its first to its last moment`() {
        let life = CertificateLife(serial: "01", notBefore: Milliseconds(10), notAfter: Milliseconds(20))
        #expect([9, 10, 20, 21].map { life.holds(at: Milliseconds($0)) } == [false, true, true, false])
        let backwards = CertificateLife(serial: "01", notBefore: Milliseconds(20), notAfter: Milliseconds(10))
        #expect(!backwards.holds(at: Milliseconds(15)))
    }
}
