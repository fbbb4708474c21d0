import Crypto
import Foundation
import Signatures
import SwiftASN1
import Testing
import X509

@testable import Collector

@Suite struct CollectorInitializationTests {
    private let clock = SettableClock(Milliseconds(1_750_000_000_000)).clock

    private func initialization(
        _ data: String,
        hosts: [String] = ["khien.example.vn"]
    ) throws -> CollectorInitialization {
        try CollectorInitialization(data: data, hosts: hosts, units: try UnitsFile.official(), clock: clock)
    }

    @Test func `init makes an authority, a server certificate, a database and the first officer's profile`() throws {
        try withTemporaryDirectory { parent in
            let data = parent + "/data"
            let outcome = try initialization(data).run()
            let authority = try CertificateAuthority.load(from: data + "/authority")
            #expect(outcome.authorityFingerprint == authority.fingerprint)
            #expect(outcome.units == 32)
            #expect(outcome.seats == 5037)
            #expect(try fileMode(data) == 0o700)
            #expect(try fileMode(data + "/authority/key.pem") == 0o600)
            #expect(try fileMode(data + "/server/key.pem") == 0o600)
            #expect(try FileManager.default.contentsOfDirectory(atPath: parent) == ["data"])

            let credentials = try ServerCredentials.load(from: data + "/server", authority: authority, now: clock.now())
            #expect(credentials.hosts.first?.text == "khien.example.vn")

            let database = try Database(path: data + "/khien.sqlite")
            #expect(try database.writeNow { try UnitStore(sql: $0).codes().count } == 32)
            let officer = try database.writeNow { try OfficerStore(sql: $0).officer("center") }
            try database.close()

            let profile = outcome.profile
            #expect(profile == data + "/officers/center")
            #expect(try fileMode(profile + "/key.pem") == 0o600)
            let certificate = try Certificate(
                pemEncoded: try String(contentsOfFile: profile + "/certificate.pem", encoding: .utf8)
            )
            #expect(officer?.certificateSerial == certificate.serialHexadecimal)
            let key = try P256.Signing.PrivateKey(
                pemRepresentation: try String(contentsOfFile: profile + "/key.pem", encoding: .utf8)
            )
            #expect(certificate.publicKey == Certificate.PublicKey(key.publicKey))
            let json = try JSONSerialization.jsonObject(
                with: try Data(contentsOf: URL(fileURLWithPath: profile + "/profile.json"))
            )
            #expect(
                json as? [String: String]
                    == ["name": "center", "role": "center", "unit": "", "endpoint": "khien.example.vn:7443"]
            )
        }
    }

    @Test func `init refuses to overwrite and changes nothing`() throws {
        try withTemporaryDirectory { parent in
            let data = parent + "/data"
            _ = try initialization(data).run()
            let key = try StateFile.read(data + "/authority/key.pem")
            let error = #expect(throws: CollectorError.self) { try initialization(data + "/").run() }
            #expect(error?.code == .alreadyExists)
            #expect(try StateFile.read(data + "/authority/key.pem") == key)
            #expect(try FileManager.default.contentsOfDirectory(atPath: parent) == ["data"])
        }
    }

    @Test func `a directory with any file, a file, and a dangling link are all left alone`() throws {
        try withTemporaryDirectory { parent in
            let files = FileManager.default
            try files.createDirectory(atPath: parent + "/full", withIntermediateDirectories: false)
            try StateFile.create(parent + "/full/x", [1], mode: 0o600)
            try StateFile.create(parent + "/file", [1], mode: 0o600)
            try files.createSymbolicLink(atPath: parent + "/link", withDestinationPath: parent + "/nowhere")
            for name in ["/full", "/file", "/link"] {
                let error = #expect(throws: CollectorError.self) { try initialization(parent + name).run() }
                #expect(error?.code == .alreadyExists)
            }
            #expect(try files.contentsOfDirectory(atPath: parent).sorted() == ["file", "full", "link"])
        }
    }

    @Test func `an empty directory is used`() throws {
        try withTemporaryDirectory { directory in
            _ = try initialization(directory).run()
            #expect(StateFile.exists(directory + "/khien.sqlite"))
        }
    }

    @Test func `a failure leaves nothing behind`() throws {
        try withTemporaryDirectory { parent in
            // An officer's certificate cannot begin after the end of time, so the build fails halfway.
            let never = WallClock { Milliseconds(.max) }
            let broken = try CollectorInitialization(
                data: parent + "/data",
                hosts: [],
                units: try UnitsFile.official(),
                clock: never
            )
            #expect(throws: CollectorError.self) { try broken.run() }
            let content = try FileManager.default.contentsOfDirectory(atPath: parent)
            #expect(content.isEmpty)
        }
    }

    @Test func `a parent that is not there is named`() throws {
        try withTemporaryDirectory { parent in
            let error = #expect(throws: CollectorError.self) { try initialization(parent + "/a/b").run() }
            #expect(error?.message.contains(parent + "/a/b") == true)
        }
    }

    @Test(arguments: ["", "/", ".", "..", "a/.."])
    func `a directory without a name of its own is refused`(data: String) {
        #expect(throws: CollectorError.self) { try initialization(data) }
    }

    @Test func `a host that is not one is refused before anything is made`() throws {
        try withTemporaryDirectory { parent in
            #expect(throws: CollectorError.self) { try initialization(parent + "/data", hosts: ["a b"]) }
            let content = try FileManager.default.contentsOfDirectory(atPath: parent)
            #expect(content.isEmpty)
        }
    }

    @Test func `renewing an officer of the center makes a profile that takes the place of the former one`() throws {
        try withTemporaryDirectory { parent in
            let data = parent + "/data"
            _ = try initialization(data).run()
            let later = SettableClock(Milliseconds(1_750_000_000_000 + 400 * 86_400_000)).clock
            func serial(_ profile: String) throws -> String {
                try Certificate(
                    pemEncoded: try String(contentsOfFile: profile + "/certificate.pem", encoding: .utf8)
                ).serialHexadecimal
            }
            func stored() throws -> OfficerRecord? {
                let database = try Database(path: data + "/khien.sqlite")
                defer { try? database.close() }
                return try database.writeNow { try OfficerStore(sql: $0).officer("center") }
            }
            func renew(_ officer: String, _ out: String, at endpoint: ListenAddress? = nil) throws {
                try OfficerRecovery(
                    data: data,
                    officer: officer,
                    profile: parent + out,
                    endpoint: endpoint,
                    clock: later
                ).run()
            }
            func key(_ profile: String) throws -> [UInt8] {
                let pem = try String(contentsOfFile: profile + "/key.pem", encoding: .utf8)
                return Signatures.SHA256.hash(
                    Array(try P256.Signing.PrivateKey(pemRepresentation: pem).publicKey.derRepresentation)
                )
            }
            #expect(try stored()?.keyDigest == key(data + "/officers/center"))
            try renew("center", "/new")
            #expect(try stored()?.certificateSerial == serial(parent + "/new"))
            #expect(try stored()?.certificateSerial != serial(data + "/officers/center"))
            #expect(try stored()?.keyDigest == key(parent + "/new") && stored()?.isSeen == false)
            #expect(try fileMode(parent + "/new/key.pem") == 0o600)
            let described = try String(contentsOfFile: parent + "/new/profile.json", encoding: .utf8)
            #expect(described == (try String(contentsOfFile: data + "/officers/center/profile.json", encoding: .utf8)))

            try renew("center", "/near", at: ListenAddress("[::1]:17443"))
            let near = try String(contentsOfFile: parent + "/near/profile.json", encoding: .utf8)
            #expect(near.contains("\"endpoint\" : \"[::1]:17443\""))

            let former = try stored()
            #expect(throws: CollectorError.self) { try renew("center", "/new") }
            #expect(throws: CollectorError.self) { try renew("nobody", "/other") }
            let held = try DataDirectory(path: data)
            #expect(throws: CollectorError.self) { try renew("center", "/third") }
            withExtendedLifetime(held) {}
            #expect(try stored() == former)
            #expect(try FileManager.default.contentsOfDirectory(atPath: parent).sorted() == ["data", "near", "new"])
        }
    }
}
