import Crypto
import Foundation
import SwiftASN1
import Testing
import X509

@testable import Collector

@Suite struct ServerCredentialsTests {
    private let now = Milliseconds(1_750_000_000_000)
    private static let day: Int64 = 86_400

    private func load(in directory: String, after days: Int64) throws -> (ServerCredentials, ServerCredentials) {
        let authority = try CertificateAuthority.create(now: now)
        let hosts = try ["khien.example.vn", "192.0.2.7"].map { try HostName($0) }
        let made = try ServerCredentials.create(in: directory, authority: authority, hosts: hosts, now: now)
        let later = now.adding(seconds: days * Self.day)
        return (made, try ServerCredentials.load(from: directory, authority: authority, now: later))
    }

    @Test func `a certificate with 60 days left is kept`() throws {
        try withTemporaryDirectory { directory in
            let (made, loaded) = try load(in: directory, after: 825 - 61)
            #expect(loaded.certificate == made.certificate)
            #expect(loaded.hosts.first?.text == "khien.example.vn")
        }
    }

    @Test(arguments: [825 - 60, 825 - 1, 900])
    func `a certificate that ends soon is replaced over the same key and names`(days: Int64) throws {
        try withTemporaryDirectory { directory in
            let (made, loaded) = try load(in: directory, after: days)
            #expect(loaded.certificate != made.certificate)
            #expect(loaded.key.rawRepresentation == made.key.rawRepresentation)
            #expect(loaded.hosts == made.hosts)
            let stored = try Certificate(
                pemEncoded: try String(contentsOfFile: directory + "/certificate.pem", encoding: .utf8)
            )
            #expect(try stored.derBytes() == loaded.certificate)
            #expect(Milliseconds(stored.notValidAfter) == now.adding(seconds: (days + 825) * Self.day))
        }
    }

    @Test func `a certificate of another authority is replaced`() throws {
        try withTemporaryDirectory { directory in
            let hosts = [try HostName("khien.example.vn")]
            let other = try CertificateAuthority.create(now: now)
            let made = try ServerCredentials.create(in: directory, authority: other, hosts: hosts, now: now)
            let authority = try CertificateAuthority.create(now: now)
            let loaded = try ServerCredentials.load(from: directory, authority: authority, now: now)
            #expect(loaded.certificate != made.certificate)
        }
    }

    @Test func `the key is its owner's alone`() throws {
        try withTemporaryDirectory { directory in
            _ = try load(in: directory, after: 0)
            #expect(try fileMode(directory + "/key.pem") == 0o600)
        }
    }
}
