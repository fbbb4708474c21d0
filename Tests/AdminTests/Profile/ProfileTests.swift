import Foundation
import Testing

@testable import Admin

@Suite struct ProfileTests {
    private func profile() throws -> TestProfile {
        try TestProfile(TestAuthority(), name: "lan", endpoint: "127.0.0.1:7443")
    }

    /// The message of the error that reading a directory throws.
    private func complaint(_ path: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
        let error = try #require(throws: AdminError.self, sourceLocation: sourceLocation) {
            let profile = try Profile(directory: path, now: Run.now)
            _ = try CollectorConnection(profile: profile, timeout: .seconds(1), changes: ChangeRecord())
        }
        #expect(error.code == .profile, sourceLocation: sourceLocation)
        #expect(error.exitStatus == .usage, sourceLocation: sourceLocation)
        return error.message
    }

    @Test("a profile in order is read")
    func reads() throws {
        let profile = try profile()
        let read = try Profile(directory: profile.path, now: Run.now)
        #expect(read.name == "lan")
        #expect(read.endpoint.description == "127.0.0.1:7443")
        _ = try CollectorConnection(profile: read, timeout: .seconds(1), changes: ChangeRecord())
    }

    @Test(
        "a missing file is named, and how to come by a profile",
        arguments: ["profile.json", "key.pem", "certificate.pem", "authority.pem"]
    )
    func missing(file: String) throws {
        let profile = try profile()
        try profile.folder.remove(file)
        let message = try complaint(profile.path)
        #expect(message.contains("\(file) does not exist"))
        #expect(message.contains("khien officer add"))
    }

    @Test("a key that others can read is refused, and the remedy is named", arguments: [0o640, 0o604, 0o620, 0o601])
    func openKey(mode: Int) throws {
        let profile = try profile()
        try profile.folder.setMode(of: "key.pem", mode)
        #expect(try complaint(profile.path).contains("chmod 600 \(profile.path)/key.pem"))
    }

    @Test("a key that only its owner can read is taken", arguments: [0o600, 0o400])
    func closedKey(mode: Int) throws {
        let profile = try profile()
        try profile.folder.setMode(of: "key.pem", mode)
        #expect(throws: Never.self) { try Profile(directory: profile.path, now: Run.now) }
    }

    @Test(
        "a damaged description is called damaged",
        arguments: ["", "{", "[]", "null", #"{"name": "x"}"#, #"{"name": 1, "endpoint": "h:1"}"#, "\u{0}"]
    )
    func damagedDescription(text: String) throws {
        let profile = try profile()
        try profile.folder.write("profile.json", text)
        #expect(try complaint(profile.path).contains("profile.json is damaged"))
    }

    @Test("an endpoint without a port is shown")
    func badEndpoint() throws {
        let profile = try profile()
        try profile.folder.write("profile.json", #"{"name": "x", "role": "center", "unit": "", "endpoint": "host"}"#)
        #expect(try complaint(profile.path).contains("“host”"))
    }

    @Test("damaged PEM is called damaged", arguments: ["key.pem", "certificate.pem", "authority.pem"])
    func damagedPEM(file: String) throws {
        let profile = try profile()
        try profile.folder.write(file, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
        #expect(try complaint(profile.path).contains("\(file) is damaged"))
        try profile.folder.write(file, "")
        #expect(try complaint(profile.path).contains("\(file) is damaged"))
    }

    @Test("a key of another certificate is noticed before anything is sent")
    func foreignKey() throws {
        let profile = try profile()
        try profile.folder.write("key.pem", try TestAuthority().officer("lan").key)
        #expect(try complaint(profile.path).contains("do not belong together"))
    }

    @Test("a certificate that is over is refused with its date")
    func expired() throws {
        let end = Date(timeIntervalSince1970: TimeInterval(Run.now / 1000 - 1))
        let profile = try TestProfile(TestAuthority(), endpoint: "127.0.0.1:1", validUntil: end)
        #expect(try complaint(profile.path).contains("2025-11-23T08:04:59Z"))
    }

    @Test("a file that is too large, or no file, is refused")
    func odd() throws {
        let profile = try profile()
        try profile.folder.write("profile.json", String(repeating: " ", count: AdminLimits.profileFileBytes + 1))
        #expect(try complaint(profile.path).contains("is too large"))
        try profile.folder.remove("profile.json")
        try FileManager.default.createDirectory(
            atPath: "\(profile.path)/profile.json",
            withIntermediateDirectories: false
        )
        #expect(try complaint(profile.path).contains("is not a regular file"))
    }

    @Test("no damage to a description traps the reader")
    func mutations() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        let profile = try profile()
        let sample = #"{"name": "lan", "role": "center", "unit": "", "endpoint": "127.0.0.1:7443"}"#
        for _ in 0..<300 {
            try profile.folder.write("profile.json", generator.mutate(sample))
            do {
                _ = try Profile(directory: profile.path, now: Run.now)
            } catch {
                #expect(error.code == .profile, "seed \(seed)")
            }
        }
    }

    @Test("the directory is what the option says, else the variable, else the one in the home")
    func directory() throws {
        let environment = ["KHIEN_PROFILE": "/p", "HOME": "/home/lan"]
        #expect(try Profile.directory(option: "/o", environment: environment) == "/o")
        #expect(try Profile.directory(option: nil, environment: environment) == "/p")
        #expect(try Profile.directory(option: nil, environment: ["HOME": "/home/lan"]) == "/home/lan/.config/khien")
        #expect(
            try Profile.directory(option: nil, environment: ["HOME": "/h", "KHIEN_PROFILE": ""]) == "/h/.config/khien"
        )
        #expect(throws: AdminError.self) { try Profile.directory(option: nil, environment: [:]) }
    }
}
