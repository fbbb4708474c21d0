import Crypto
import Foundation
import SwiftASN1
import Testing
import X509

@testable import Collector

@Suite struct CertificateAuthorityTests {
    private let now = Milliseconds(1_750_000_000_000)

    private func certificate(_ issued: IssuedCertificate) throws -> Certificate {
        try Certificate(derEncoded: issued.der)
    }

    private func request() -> CertificateRequest {
        CertificateRequest(key: P256.Signing.PrivateKey().publicKey)
    }

    @Test func `the root is a certificate authority for ten years that may sign no other authority`() throws {
        let root = try CertificateAuthority.create(now: now).certificate
        #expect(try root.extensions.basicConstraints == .isCertificateAuthority(maxPathLength: 0))
        #expect(try root.extensions.keyUsage == KeyUsage(keyCertSign: true))
        #expect(root.publicKey.isValidSignature(root.signature, for: root))
        #expect(root.notValidAfter == now.adding(seconds: 3650 * 86_400).date)
        #expect(P256.Signing.PublicKey(root.publicKey) != nil)
    }

    @Test func `a fingerprint is SHA-256 over the certificate in lower-case hexadecimal`() throws {
        let authority = try CertificateAuthority.create(now: now)
        let digest = Crypto.SHA256.hash(data: authority.der).map { String(format: "%02x", $0) }.joined()
        #expect(authority.fingerprint == digest)
    }

    @Test func `a device's certificate names the hash of its key, is for clients only, and lives 30 days`() throws {
        let authority = try CertificateAuthority.create(now: now)
        let request = request()
        let device = try certificate(try authority.issueDevice(request, now: now))
        #expect(device.subject.description == "CN=\(request.deviceID)")
        #expect(
            try device.extensions.subjectAlternativeNames.map(Array.init)
                == [.uniformResourceIdentifier("urn:khien:device:\(request.deviceID)")]
        )
        #expect(try device.extensions.extendedKeyUsage == ExtendedKeyUsage([.clientAuth]))
        #expect(try device.extensions.keyUsage == KeyUsage(digitalSignature: true))
        #expect(try device.extensions.basicConstraints == .notCertificateAuthority)
        #expect(device.notValidBefore == now.adding(seconds: -86_400).date)
        #expect(device.notValidAfter == now.adding(seconds: 30 * 86_400).date)
        #expect(authority.certificate.publicKey.isValidSignature(device.signature, for: device))
        #expect(device.issuer == authority.certificate.subject)
    }

    @Test func `an officer's certificate names the officer, is for clients only, and lives a year`() throws {
        let authority = try CertificateAuthority.create(now: now)
        let officer = try certificate(try authority.issueOfficer(request(), name: "so-y-te.1", now: now))
        #expect(
            try officer.extensions.subjectAlternativeNames.map(Array.init)
                == [.uniformResourceIdentifier("urn:khien:officer:so-y-te.1")]
        )
        #expect(try officer.extensions.extendedKeyUsage == ExtendedKeyUsage([.clientAuth]))
        #expect(officer.notValidAfter == now.adding(seconds: 365 * 86_400).date)
    }

    @Test(arguments: ["", "Center", "so y te", "../x", "a/b", "ô", String(repeating: "a", count: 65)])
    func `a name that is not an officer's is refused`(name: String) throws {
        let authority = try CertificateAuthority.create(now: now)
        #expect(throws: CollectorError.self) { try authority.issueOfficer(request(), name: name, now: now) }
    }

    @Test func `a server's certificate has the names asked for first and the machine itself always`() throws {
        let authority = try CertificateAuthority.create(now: now)
        let hosts = try ["khien.example.vn", "192.0.2.7", "2001:db8::7"].map { try HostName($0) }
        let issued = try authority.issueServer(P256.Signing.PrivateKey().publicKey, hosts: hosts, now: now)
        let server = try certificate(issued)
        let names = try #require(try server.extensions.subjectAlternativeNames)
        #expect(
            names.compactMap { HostName($0)?.text }
                == ["khien.example.vn", "192.0.2.7", "2001:db8::7", "localhost", "127.0.0.1", "::1"]
        )
        #expect(try server.extensions.extendedKeyUsage == ExtendedKeyUsage([.serverAuth]))
        #expect(server.notValidAfter == now.adding(seconds: 825 * 86_400).date)
    }

    @Test func `serial numbers are 16 bytes, positive and never the same`() throws {
        let serials = (0..<200).map { _ in CertificateAuthority.serialNumber().bytes }
        #expect(serials.allSatisfy { $0.count == 16 && (1...127).contains($0.first ?? 0) })
        #expect(Set(serials).count == 200)
    }

    @Test func `nothing outlives the authority that issued it`() throws {
        let authority = try CertificateAuthority.create(now: now)
        let late = now.adding(seconds: 3640 * 86_400)
        let issued = try authority.issueDevice(request(), now: late)
        #expect(issued.notAfter == Milliseconds(authority.certificate.notValidAfter))
    }

    @Test func `what is issued is told with its serial and its life`() throws {
        let issued = try CertificateAuthority.create(now: now).issueDevice(request(), now: now)
        #expect(try issued.serial == certificate(issued).serialHexadecimal)
        #expect(issued.serial.count == 32)
        #expect(issued.notAfter == now.adding(seconds: 30 * 86_400))
        #expect(try Certificate(pemEncoded: issued.pem).derBytes() == issued.der)
    }

    @Test func `an authority is the same after saving and loading, and its key is its owner's alone`() throws {
        try withTemporaryDirectory { directory in
            let authority = try CertificateAuthority.create(now: now)
            try authority.save(to: directory)
            let loaded = try CertificateAuthority.load(from: directory)
            #expect(loaded.fingerprint == authority.fingerprint)
            #expect(loaded.key.rawRepresentation == authority.key.rawRepresentation)
            #expect(try fileMode(directory + "/key.pem") == 0o600)
            #expect(throws: CollectorError.self) { try authority.save(to: directory) }
        }
    }

    @Test func `a key that is not the certificate's is refused`() throws {
        try withTemporaryDirectory { directory in
            try CertificateAuthority.create(now: now).save(to: directory)
            let other = P256.Signing.PrivateKey().pemRepresentation
            try Data(other.utf8).write(to: URL(fileURLWithPath: directory + "/key.pem"))
            let error = #expect(throws: CollectorError.self) { try CertificateAuthority.load(from: directory) }
            #expect(error?.code == .dataDirectory)
        }
    }
}
