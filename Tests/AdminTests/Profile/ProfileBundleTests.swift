import Crypto
import Foundation
import Shared
import Testing
import X509

@testable import Admin

@Suite struct ProfileBundleTests {
    private let authority: TestAuthority
    private let key: ProfileKey
    private let text: String

    init() throws {
        authority = try TestAuthority()
        key = ProfileKey()
        text = try Self.bundle(authority, key).text()
    }

    private static func bundle(
        _ authority: TestAuthority,
        _ key: ProfileKey,
        name: String = "lan",
        certified: String = "lan"
    ) throws -> ProfileBundle {
        let request = try ProfileRequest(name: certified, key: key)
        let der = try authority.certificate(forRequest: request.der, name: certified)
        return try ProfileBundle(
            description: ProfileDescription(
                name: name,
                role: "unit",
                unit: "SYT",
                endpoint: #require(Endpoint("127.0.0.1:7443")),
                language: .vietnamese
            ),
            certificate: OfficerCertificate(der: der),
            authority: OfficerCertificate.all(pem: authority.certificate)
        )
    }

    @Test("what is written is read, and fits its key")
    func roundTrip() throws {
        let read = try ProfileBundle(bytes: Array(text.utf8))
        #expect(read.description.name == "lan")
        #expect(read.description.unit == "SYT")
        #expect(read.description.language == .vietnamese)
        #expect(try read.text() == text)
        try read.check(for: key, now: Run.now)
    }

    @Test("there is nothing secret in it")
    func secrets() {
        #expect(!text.contains("PRIVATE"))
        #expect(!text.contains(key.pem.split(separator: "\n").dropFirst().first ?? "PRIVATE"))
    }

    @Test("it is for one key only")
    func otherKey() throws {
        let read = try ProfileBundle(bytes: Array(text.utf8))
        #expect(throws: ProfileBundle.Problem.otherKey) { try read.check(for: ProfileKey(), now: Run.now) }
    }

    @Test("it is refused before and after the life of its certificate")
    func life() throws {
        let read = try ProfileBundle(bytes: Array(text.utf8))
        let end = Timestamp(milliseconds: 4_000_000_000_000)
        try read.check(for: key, now: end.milliseconds)
        #expect(throws: ProfileBundle.Problem.expired(end)) { try read.check(for: key, now: end.milliseconds + 1) }
        let begin = Timestamp(milliseconds: 1_600_000_000_000)
        #expect(throws: ProfileBundle.Problem.notYetValid(begin)) {
            try read.check(for: key, now: begin.milliseconds - 1)
        }
    }

    @Test("an authority that did not sign the certificate is noticed")
    func otherAuthority() throws {
        let other = try OfficerCertificate.pem(OfficerCertificate.all(pem: TestAuthority().certificate))
        let own = try OfficerCertificate.pem(OfficerCertificate.all(pem: authority.certificate))
        let changed = text.replacing(JSONValue.quote(own), with: JSONValue.quote(other))
        #expect(changed != text)
        #expect(throws: ProfileBundle.Problem.otherAuthority) { try ProfileBundle(bytes: Array(changed.utf8)) }
    }

    @Test("a name that the certificate does not have is noticed")
    func otherName() throws {
        let changed = text.replacing(#""name": "lan""#, with: #""name": "hoa""#)
        #expect(throws: ProfileBundle.Problem.otherName) { try ProfileBundle(bytes: Array(changed.utf8)) }
        #expect(throws: ProfileBundle.Problem.otherName) {
            try Self.bundle(authority, key, name: "hoa", certified: "lan")
        }
    }

    @Test(
        "a part that is not what it should be makes the whole damaged",
        arguments: [
            (#""role": "unit""#, #""role": "king""#), (#""unit": "SYT""#, #""unit": """#),
            (#""unit": "SYT""#, #""unit": "\u001b[2J""#), (#""language": "vi""#, #""language": "xx""#),
            (#""language": "vi""#, #""language": 3"#), (#""endpoint": "127.0.0.1:7443""#, #""endpoint": "host""#),
            (#""name": "lan""#, #""name": "../lan""#), ("BEGIN CERTIFICATE", "BEGIN PUBLIC KEY"),
            (#""authority": ""#, #""author": ""#), ("{", "["), (#""role": "unit""#, #""role": "reader""#),
        ]
    )
    func damaged(part: String, with other: String) throws {
        let changed = text.replacing(part, with: other, maxReplacements: 1)
        #expect(changed != text)
        #expect(throws: ProfileBundle.Problem.damaged) { try ProfileBundle(bytes: Array(changed.utf8)) }
    }

    @Test("a bundle of another format is named so; one without a language is taken")
    func formats() throws {
        let newer = text.replacing("khien-profile-1", with: "khien-profile-2")
        #expect(throws: ProfileBundle.Problem.otherFormat) { try ProfileBundle(bytes: Array(newer.utf8)) }
        let silent = text.replacing("  \"language\": \"vi\",\n", with: "")
        #expect(try ProfileBundle(bytes: Array(silent.utf8)).description.language == nil)
    }

    @Test("more roots than anyone has are refused")
    func manyRoots() throws {
        let own = try OfficerCertificate.pem(OfficerCertificate.all(pem: authority.certificate))
        let many = String(repeating: own, count: AdminLimits.authorities + 1)
        let changed = text.replacing(JSONValue.quote(own), with: JSONValue.quote(many))
        #expect(throws: ProfileBundle.Problem.damaged) { try ProfileBundle(bytes: Array(changed.utf8)) }
    }

    @Test("no damage traps the reader, and nothing that is still taken has another key, name or authority")
    func mutations() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        let good = try ProfileBundle(bytes: Array(text.utf8))
        for _ in 0..<1500 {
            guard let read = try? ProfileBundle(bytes: Array(generator.mutate(text).utf8)) else { continue }
            #expect(read.description.name == "lan", "seed \(seed)")
            #expect(read.certificate.certificate == good.certificate.certificate, "seed \(seed)")
            #expect(read.authority.map(\.publicKey) == good.authority.map(\.publicKey), "seed \(seed)")
        }
    }
}
