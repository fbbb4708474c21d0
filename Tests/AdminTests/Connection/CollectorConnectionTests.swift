import Foundation
import GRPCCore
import SwiftASN1
import Testing
import X509

@testable import Admin

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Over real sockets and real TLS.
@Suite struct CollectorConnectionTests {
    @Test("a collector is trusted under its address and under its name", arguments: ["127.0.0.1", "localhost"])
    func trusted(host: String) async throws {
        try await TestCollector.serving { collector in
            let profile = try collector.profile(host: host)
            let run = await Run.khien(["units", "--profile", profile.path, "--timeout", "2m"])
            #expect(run.status == .done, "\(run.errors)")
        }
    }

    @Test(
        "a certificate for other names than the endpoint's is refused",
        arguments: ["127.0.0.1", "localhost"],
        [[GeneralName.dnsName("khien.example.vn")], [.ipAddress(.init(contentBytes: [127, 0, 0, 2]))]]
    )
    func otherNames(host: String, names: [GeneralName]) async throws {
        try await TestCollector.serving(names: names) { collector in
            let profile = try collector.profile(host: host)
            let run = await Run.khien(["units", "--profile", profile.path, "--timeout", "2m"])
            #expect(run.status == .unreachable)
            #expect(run.errors.contains("for another name or address"))
            #expect(collector.service.calls == [])
        }
    }

    @Test("only the profile's own authority is trusted")
    func otherAuthority() async throws {
        try await TestCollector.serving { collector in
            let profile = try collector.profile()
            try profile.folder.write("authority.pem", try TestAuthority().certificate)
            let run = await Run.khien(["units", "--profile", profile.path, "--timeout", "2m"])
            #expect(run.status == .unreachable)
            #expect(run.errors.contains("does not come from the profile's authority.pem"))
            #expect(!run.errors.contains(".cc"))
            #expect(collector.service.calls == [])
        }
    }

    @Test("an officer of another authority gets no answer")
    func otherOfficer() async throws {
        try await TestCollector.serving { collector in
            let profile = try collector.profile()
            let stranger = try TestAuthority().officer("center")
            try profile.folder.write("key.pem", stranger.key)
            try profile.folder.write("certificate.pem", stranger.certificate)
            let run = await Run.khien(["units", "--profile", profile.path, "--timeout", "2m"])
            #expect(run.status == .unreachable)
            #expect(run.errors.contains("cannot be reached"))
            #expect(collector.service.calls == [])
        }
    }

    @Test("nobody there is 3, with what to check")
    func nobodyThere() async throws {
        // Taken but not listening: nobody else gets this port while the test runs, and it refuses connections.
        let taken = try LocalPort(listens: false)
        let port = taken.number
        let profile = try TestProfile(TestAuthority(), endpoint: "127.0.0.1:\(port)")
        let run = await Run.khien(["units", "--profile", profile.path, "--timeout", "10m"])
        #expect(run.status == .unreachable)
        #expect(run.output == "")
        #expect(run.errors.contains("127.0.0.1:\(port) cannot be reached"))
        #expect(run.errors.contains("khien-collector runs"))
        #expect(run.errors.contains("Connection refused"))
        withExtendedLifetime(taken) {}
    }

    @Test("a listener that never speaks is given up at the deadline")
    func silentListener() async throws {
        let listener = try LocalPort(listens: true)
        let profile = try TestProfile(TestAuthority(), endpoint: "127.0.0.1:\(listener.number)")
        let run = await Run.khien(["units", "--timeout", "1s", "--profile", profile.path])
        #expect(run.status == .unreachable)
        #expect(run.errors.contains("--timeout"))
        withExtendedLifetime(listener) {}
    }

    @Test("a collector that never answers is given up at the deadline")
    func silentCollector() async throws {
        var answers = FakeAdministration.Answers()
        answers.isSilent = true
        try await TestCollector.serving(answers) { collector in
            let run = try await collector.khien("units", "--timeout", "1s")
            #expect(run.status == .unreachable)
            #expect(run.errors.contains("--timeout"))
        }
    }

    @Test("a collector that says over the wire that it cannot now is 1, and its word is told")
    func busyCollector() async throws {
        var answers = FakeAdministration.Answers()
        answers.refusal = RPCError(code: .unavailable, message: "The database is locked.")
        try await TestCollector.serving(answers) { collector in
            for arguments in [["units"], ["token", "revoke", "abcd"]] {
                let run = try await collector.khien(arguments)
                #expect(run.status == .refused)
                #expect(run.errors.contains("answered that it cannot do this now: The database is locked."))
                #expect(!run.errors.contains("may have been made"))
            }
        }
    }

    @Test("a list that breaks off says that what was written is not complete")
    func brokenList() async throws {
        let profile = try TestProfile(TestAuthority(), endpoint: "127.0.0.1:1")
        let connection = try CollectorConnection(
            profile: Profile(directory: profile.path, now: Run.now),
            timeout: .seconds(1),
            changes: ChangeRecord()
        )
        let error = await #expect(throws: AdminError.self) {
            try await connection.withClient { _ in
                throw ListInterruption(rows: 1500, cause: RPCError(code: .unavailable, message: "Gone."))
            }
        }
        #expect(error?.exitStatus == .unreachable)
        #expect(error?.message.contains("broke off after 1500 rows: what was written is not complete") == true)
    }

    @Test("a name that nobody has is 3")
    func unknownName() async throws {
        let profile = try TestProfile(TestAuthority(), endpoint: "no-such-host.invalid:7443")
        let run = await Run.khien(["units", "--profile", profile.path, "--timeout", "2m"])
        #expect(run.status == .unreachable)
    }
}

/// A TCP port of 127.0.0.1 that never says a word, held until this is forgotten.
private final class LocalPort {
    let number: UInt16
    private let descriptor: Int32

    init(listens: Bool) throws {
        #if canImport(Glibc)
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
        descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let own = descriptor
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(own, generic, length) | (listens ? listen(own, 1) : 0) | getsockname(own, generic, &length)
            }
        }
        try #require(status == 0)
        number = UInt16(bigEndian: address.sin_port)
    }

    deinit {
        close(descriptor)
    }
}
