import Crypto
import Foundation
import GRPCCore
import Shared
import Synchronization
import Testing

@testable import Admin

/// What becomes of an officer whose profile or bundle did not come into being: the commands that the message names are run
/// as they stand there.
@Suite struct OfficerRecoveryTests {
    private let folder: TemporaryFolder
    private let authority: TestAuthority

    init() throws {
        folder = try TemporaryFolder()
        authority = try TestAuthority()
    }

    private var out: String { "\(folder.path)/lan" }
    private var bundle: String { "\(folder.path)/lan.khien" }

    private func files(_ path: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    }

    /// Answers whose first certificate goes wrong in some way, and whose others are right.
    private func answers(
        first: @escaping @Sendable (_ name: String, _ request: [UInt8]) throws -> [UInt8]
    ) -> FakeAdministration.Answers {
        let authority = authority
        let calls = Mutex(0)
        var answers = FakeAdministration.Answers()
        answers.certify = { name, request in
            let call = calls.withLock { calls in
                calls += 1
                return calls
            }
            return try call == 1 ? first(name, request) : authority.certificate(forRequest: request, name: name)
        }
        return answers
    }

    /// The arguments of the commands that a message names.
    private func commands(_ message: String) -> [[String]] {
        message.split(separator: "\n").filter { $0.hasPrefix("  khien ") }
            .map { $0.split(separator: " ").dropFirst().map(String.init) }
    }

    private func add(_ profile: TestProfile, _ more: String...) async -> Run {
        await Run.khien(
            ["officer", "add", "lan", "--role", "unit", "--unit", "SYT", "--out", out, "--officer-language", "vi"]
                + ["--timeout", "2m", "--profile", profile.path] + more
        )
    }

    private func sign(_ profile: TestProfile, _ more: String...) async -> Run {
        await Run.khien(
            ["officer", "sign", "\(out)/request.pem", "--role", "reader", "--out", bundle]
                + ["--timeout", "2m", "--profile", profile.path] + more
        )
    }

    /// Runs what a message names, and has the officer work with the profile.
    private func recover(by message: String, port: Int) async throws {
        let commands = commands(message)
        #expect(commands.count == 2, "\(message)")
        for command in commands {
            let run = await Run.khien(command)
            #expect(run.status == .done, "\(command): \(run.errors)")
        }
        let description = try ProfileDescription(directory: out)
        #expect(description.unit == "SYT" && description.language == .vietnamese)
        #expect(description.endpoint.description == "127.0.0.1:\(port)")
        let used = await Run.khien(["units", "--profile", out, "--timeout", "2m"])
        #expect(used.status == .done, "\(used.errors)")
    }

    // MARK: - Adding

    @Test(
        "an answer that got lost leaves the key, and commands by which the officer gets the profile",
        arguments: [RPCError.Code.deadlineExceeded, .cancelled, .internalError, .unknown, .dataLoss]
    )
    func lostAnswer(code: RPCError.Code) async throws {
        let answers = answers { _, _ in throw RPCError(code: code, message: "Because.") }
        try await TestCollector.serving(answers, authority: authority) { collector in
            let profile = try collector.profile()
            let run = await add(profile)
            #expect(run.status == .unreachable && run.output == "")
            #expect(run.errors.contains("may have been made") && run.errors.contains("khien officer list"))
            #expect(!run.errors.contains("othing was changed"))
            #expect(try files(out) == ["key.pem", "request.pem"])
            let key = try String(contentsOfFile: "\(out)/key.pem", encoding: .utf8)

            // The same command again touches nothing, asks nobody, and names the same way out.
            let again = await add(profile)
            #expect(again.status == .usage && again.errors.contains("exists already"))
            #expect(commands(again.errors) == commands(run.errors))
            #expect(collector.service.calls == ["addOfficer lan unit SYT"])

            try await recover(by: run.errors, port: collector.port)
            #expect(collector.service.calls == ["addOfficer lan unit SYT", "renewOfficer lan unit SYT", "listUnits"])
            #expect(try String(contentsOfFile: "\(out)/key.pem", encoding: .utf8) == key)
        }
    }

    @Test("a profile that cannot be written ends with 4, and keeps the key of the officer who is there")
    func notWritten() async throws {
        let (authority, out) = (authority, out)
        let answers = answers { name, request in
            let inTheWay = "\(out)/certificate.pem"
            try FileManager.default.createDirectory(atPath: inTheWay, withIntermediateDirectories: false)
            return try authority.certificate(forRequest: request, name: name)
        }
        try await TestCollector.serving(answers, authority: authority) { collector in
            let profile = try collector.profile()
            let run = await add(profile)
            #expect(run.status == .unwritten && run.output == "")
            #expect(run.errors.contains("“lan” was added") && !run.errors.contains("could not be printed"))
            #expect(run.errors.contains("Detail: \(out)/certificate.pem is not a regular file\n"))
            #expect(try files(out) == ["certificate.pem", "key.pem", "request.pem"])
            try FileManager.default.removeItem(atPath: "\(out)/certificate.pem")
            try await recover(by: run.errors, port: collector.port)
        }
    }

    @Test("a certificate for another key, or none at all, is not taken, and the key is kept", arguments: [true, false])
    func foreignCertificate(isCertificate: Bool) async throws {
        let authority = authority
        let answers = answers { name, _ in
            guard isCertificate else { return [1, 2, 3] }
            return try authority.certificate(for: P256.Signing.PrivateKey().publicKey, name: name)
        }
        try await TestCollector.serving(answers, authority: authority) { collector in
            let profile = try collector.profile()
            let run = await add(profile)
            #expect(run.status == .unwritten)
            #expect(run.errors.contains("collector's certificate"))
            #expect(try files(out) == ["key.pem", "request.pem"])
            try await recover(by: run.errors, port: collector.port)
        }
    }

    @Test("when nothing went out, nothing is left")
    func notSent() async throws {
        let profile = try TestProfile(authority, endpoint: "127.0.0.1:1")
        let run = await add(profile)
        #expect(run.status == .unreachable && !run.errors.contains("may have been made"))
        #expect(try files(folder.path) == [])
    }

    @Test("a folder with another officer's request is no draft of this one")
    func otherDraft() async throws {
        _ = await Run.khien(["profile", "request", "hoa", "--out", out])
        let profile = try TestProfile(authority, endpoint: "127.0.0.1:1")
        let run = await add(profile)
        #expect(run.status == .usage && run.errors.contains("exists already"))
        #expect(commands(run.errors).isEmpty)
        #expect(try files(out) == ["key.pem", "request.pem"])
    }

    // MARK: - Signing

    @Test(
        "an answer to a signature that got lost leaves no file, and the command to sign with",
        arguments: [false, true]
    )
    func lostSignature(renew: Bool) async throws {
        _ = await Run.khien(["profile", "request", "lan", "--out", out])
        let answers = answers { _, _ in throw RPCError(code: .deadlineExceeded, message: "Late.") }
        try await TestCollector.serving(answers, authority: authority) { collector in
            let profile = try collector.profile()
            let run = renew ? await sign(profile, "--renew") : await sign(profile)
            #expect(run.status == .unreachable && run.errors.contains("may have been made"))
            #expect(run.errors.contains("khien officer list") == !renew)
            #expect(try files(folder.path) == ["lan"])
            let command = try #require(commands(run.errors).first)
            let again = await Run.khien(command)
            #expect(again.status == .done, "\(again.errors)")
            let installed = await Run.khien(["profile", "install", bundle, "--dir", out])
            #expect(installed.status == .done, "\(installed.errors)")
            let first = renew ? "renewOfficer" : "addOfficer"
            #expect(collector.service.calls == ["\(first) lan reader ", "renewOfficer lan reader "])
        }
    }

    @Test("a bundle that cannot be written ends with 4, and the named command writes it")
    func bundleNotWritten() async throws {
        _ = await Run.khien(["profile", "request", "lan", "--out", out])
        let (authority, bundle) = (authority, bundle)
        let answers = answers { name, request in
            try "precious".write(toFile: bundle, atomically: false, encoding: .utf8)
            return try authority.certificate(forRequest: request, name: name)
        }
        try await TestCollector.serving(answers, authority: authority) { collector in
            let profile = try collector.profile()
            let run = await sign(profile)
            #expect(run.status == .unwritten)
            #expect(run.errors.contains("“lan” was added, but the bundle") && !run.errors.contains("evoke"))
            #expect(try String(contentsOfFile: bundle, encoding: .utf8) == "precious")
            try folder.remove("lan.khien")
            let command = try #require(commands(run.errors).first)
            #expect(await Run.khien(command).status == .done)
            #expect(await Run.khien(["profile", "install", bundle, "--dir", out]).status == .done)
        }
    }

    @Test(
        "an empty bundle that an interruption left is filled, and stays when the collector refuses",
        arguments: [true, false]
    )
    func emptyBundle(isRefused: Bool) async throws {
        _ = await Run.khien(["profile", "request", "lan", "--out", out])
        try folder.write("lan.khien", "")
        let authority = authority
        let answers = answers { name, request in
            guard !isRefused else { throw RPCError(code: .alreadyExists, message: "The name is taken.") }
            return try authority.certificate(forRequest: request, name: name)
        }
        try await TestCollector.serving(answers, authority: authority) { collector in
            let profile = try collector.profile()
            let run = await sign(profile)
            #expect(run.status == (isRefused ? .refused : .done), "\(run.errors)")
            let text = try String(contentsOfFile: bundle, encoding: .utf8)
            #expect(text.isEmpty == isRefused)
        }
    }

    @Test("what only looks like an empty file is not filled")
    func emptyLink() async throws {
        try folder.write("empty", "")
        try FileManager.default.createSymbolicLink(atPath: bundle, withDestinationPath: "\(folder.path)/empty")
        #expect(throws: LocalFile.Failure.exists) { try LocalFile.reserve(bundle) }
        #expect(throws: LocalFile.Failure.exists) { try LocalFile.reserve(folder.path) }
    }
}
