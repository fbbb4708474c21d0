import Foundation
import GRPCCore
import Testing

@testable import Admin

/// From the officer's machine to the center and back, on real files.
@Suite struct ProfileFlowTests {
    private let folder: TemporaryFolder
    private let authority: TestAuthority
    private let answers: FakeAdministration.Answers

    init() throws {
        folder = try TemporaryFolder()
        let authority = try TestAuthority()
        self.authority = authority
        var answers = FakeAdministration.Answers()
        answers.certify = { name, request in try authority.certificate(forRequest: request, name: name) }
        self.answers = answers
    }

    private var mine: String { "\(folder.path)/mine" }
    private var request: String { "\(mine)/request.pem" }
    private var bundle: String { "\(folder.path)/lan.khien" }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    private func files(_ path: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    }

    private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    private func json(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    private func sign(_ collector: TestCollector, _ more: String...) async throws -> Run {
        try await collector.khien(
            ["officer", "sign", request, "--role", "unit", "--unit", "SYT", "--out", bundle] + more
        )
    }

    @Test("request, sign, install: the officer can ask, and the key never left")
    func works() async throws {
        try await TestCollector.serving(answers, authority: authority) { collector in
            let requested = await Run.khien(["profile", "request", "lan", "--out", mine, "--format", "json"])
            #expect(requested.status == .done, "\(requested.errors)")
            #expect(try mode(mine) == 0o700)
            #expect(try mode("\(mine)/key.pem") == 0o600)
            #expect(try files(mine) == ["key.pem", "request.pem"])
            #expect(!(try text(request)).contains("PRIVATE"))
            let key = try #require(json(requested.output)["key_fingerprint"] as? String)

            let signed = try await sign(collector, "--key", key, "--officer-language", "vi", "--format", "json")
            #expect(signed.status == .done, "\(signed.errors)")
            #expect(collector.service.calls == ["addOfficer lan unit SYT"])
            #expect(!(try text(bundle)).contains("PRIVATE"))
            #expect(try json(signed.output)["key_fingerprint"] as? String == key)
            let root = try #require((json(signed.output)["authority_fingerprint"] as? [String])?.first)

            let installed = await Run.khien(["profile", "install", bundle, "--dir", mine, "--authority", root])
            #expect(installed.status == .done, "\(installed.errors)")
            #expect(installed.output.contains("khien units --profile \(mine)"))
            #expect(
                try files(mine) == ["authority.pem", "certificate.pem", "key.pem", "profile.json", "request.pem"]
            )
            for file in try files(mine) { #expect(try mode("\(mine)/\(file)") == 0o600) }

            let shown = await Run.khien(["profile", "show", "--profile", mine, "--format", "json"])
            let card = try json(shown.output)
            #expect(card["name"] as? String == "lan")
            #expect(card["role"] as? String == "unit")
            #expect(card["unit_code"] as? String == "SYT")
            #expect(card["endpoint"] as? String == "127.0.0.1:\(collector.port)")
            #expect(card["language"] as? String == "vi")
            #expect(card["key_fingerprint"] as? String == key)
            #expect(card["authority_fingerprint"] as? [String] == [root])
            #expect(card["certificate_expires_at"] as? String == "2096-10-02T07:06:40Z")

            // The profile speaks Vietnamese from now on.
            let used = await Run.khien(["units", "--profile", mine, "--timeout", "2m"])
            #expect(used.status == .done, "\(used.errors)")
            #expect(used.output == "0 đơn vị.\n")
        }
    }

    @Test("without --out the profile is made and found where profiles are looked for")
    func usualPlace() async throws {
        let environment = ["HOME": folder.path]
        let requested = await Run.khien(["profile", "request", "lan"], environment: environment)
        #expect(requested.status == .done, "\(requested.errors)")
        let usual = "\(folder.path)/.config/khien"
        #expect(try mode("\(folder.path)/.config") == 0o700)
        #expect(try files(usual) == ["key.pem", "request.pem"])

        let early = await Run.khien(["units"], environment: environment)
        #expect(early.status == .usage)
        #expect(early.errors.contains("not complete"))
        #expect(early.errors.contains("khien profile install"))

        try await TestCollector.serving(answers, authority: authority) { collector in
            let words = ["officer", "sign", "\(usual)/request.pem", "--role", "reader", "--out", bundle]
            let signed = try await collector.khien(words)
            #expect(signed.status == .done, "\(signed.errors)")
        }
        let installed = await Run.khien(["profile", "install", bundle, "--lang", "vi"], environment: environment)
        #expect(installed.status == .done, "\(installed.errors)")
        #expect(installed.output.contains("Dấu vân tay của cơ quan cấp"))
        #expect(await Run.khien(["profile", "show"], environment: environment).status == .done)
    }

    @Test("a folder that exists is never touched")
    func requestOverwritesNothing() async throws {
        try folder.write("key.pem", "precious")
        let run = await Run.khien(["profile", "request", "lan", "--out", folder.path])
        #expect(run.status == .usage)
        #expect(run.errors.contains("exists already"))
        #expect(try text("\(folder.path)/key.pem") == "precious")
        #expect(try files(folder.path) == ["key.pem"])
    }

    @Test("what is wrong with a request is said before the collector is asked, and no file is made")
    func badRequests() async throws {
        _ = await Run.khien(["profile", "request", "lan", "--out", mine])
        let other = ProfileKey().fingerprint.description
        try await TestCollector.serving(answers, authority: authority) { collector in
            let missing = try await collector.khien("officer", "sign", "nowhere", "--role", "center", "--out", bundle)
            #expect(missing.errors.contains("does not exist"))
            let foreign = try await collector.khien(
                "officer",
                "sign",
                "\(mine)/key.pem",
                "--role",
                "center",
                "--out",
                bundle
            )
            #expect(foreign.errors.contains("not a request"))
            let otherKey = try await sign(collector, "--key", other)
            #expect(otherKey.errors.contains("Nothing was signed"))
            for run in [missing, foreign, otherKey] { #expect(run.status == .usage) }
            #expect(collector.service.calls == [])
        }
        #expect(try files(folder.path) == ["mine"])
    }

    @Test("a bundle that exists is not overwritten, and the collector is not asked")
    func signOverwritesNothing() async throws {
        _ = await Run.khien(["profile", "request", "lan", "--out", mine])
        try folder.write("lan.khien", "precious")
        try await TestCollector.serving(answers, authority: authority) { collector in
            let run = try await sign(collector)
            #expect(run.status == .usage)
            #expect(run.errors.contains("exists already"))
            #expect(collector.service.calls == [])
        }
        #expect(try text(bundle) == "precious")
    }

    @Test("after a refusal, or an answer for another key or officer, no bundle is left", arguments: 0...2)
    func refused(failure: Int) async throws {
        _ = await Run.khien(["profile", "request", "lan", "--out", mine])
        var answers = answers
        let authority = authority
        switch failure {
        case 0: answers.refusal = RPCError(code: .alreadyExists, message: "The name is taken.")
        case 1:
            answers.certify = { _, request in try authority.certificate(forRequest: request, name: "hoa") }
        default:
            answers.certify = { name, _ in
                try authority.certificate(forRequest: ProfileRequest(name: name, key: ProfileKey()).der, name: name)
            }
        }
        try await TestCollector.serving(answers, authority: authority) { collector in
            let run = try await sign(collector)
            #expect(run.status == (failure == 0 ? .refused : .unwritten))
            #expect(run.output == "")
        }
        #expect(try files(folder.path) == ["mine"])
    }

    /// Makes a request and a bundle that answers it.
    private func prepare() async throws {
        let run = await Run.khien(["profile", "request", "lan", "--out", mine])
        #expect(run.status == .done, "\(run.errors)")
        try await TestCollector.serving(answers, authority: authority) { collector in
            let run = try await sign(collector)
            #expect(run.status == .done, "\(run.errors)")
        }
    }

    private func install(_ more: String...) async -> Run {
        await Run.khien(["profile", "install", bundle, "--dir", mine] + more)
    }

    @Test("a bundle for another key, of another authority, or with no key beside it completes nothing")
    func foreignBundles() async throws {
        try await prepare()
        let wrong = await install("--authority", ProfileKey().fingerprint.description)
        #expect(wrong.errors.contains("Do not use the file"))
        let other = "\(folder.path)/other"
        _ = await Run.khien(["profile", "request", "lan", "--out", other])
        let foreign = await Run.khien(["profile", "install", bundle, "--dir", other])
        #expect(foreign.errors.contains("another key"))
        #expect(try files(other) == ["key.pem", "request.pem"])
        let nowhere = await Run.khien(["profile", "install", bundle, "--dir", folder.path])
        #expect(nowhere.errors.contains("khien profile request"))
        for run in [wrong, foreign, nowhere] {
            #expect(run.status == .usage)
            #expect(run.output == "")
        }
        #expect(try files(mine) == ["key.pem", "request.pem"])
    }

    @Test("a damaged bundle, one that is too large, a folder or a pipe in its place completes nothing")
    func hostileBundles() async throws {
        try await prepare()
        let good = try text(bundle)
        for (name, content) in [
            ("empty", ""), ("text", "hello"), ("cut", String(good.dropLast(40))),
            ("large", good + String(repeating: " ", count: AdminLimits.profileFileBytes)),
        ] {
            try folder.write(name, content)
            let run = await Run.khien(["profile", "install", "\(folder.path)/\(name)", "--dir", mine])
            #expect(run.status == .usage, "\(name)")
            #expect(run.errors.contains(name == "large" ? "is too large" : "damaged"), "\(run.errors)")
        }
        #expect(mkfifo("\(folder.path)/pipe", 0o600) == 0)
        for path in ["\(folder.path)/pipe", folder.path] {
            let run = await Run.khien(["profile", "install", path, "--dir", mine])
            #expect(run.errors.contains("not a regular file"))
        }
        #expect(try files(mine) == ["key.pem", "request.pem"])
    }

    @Test("a key that others can read is not completed")
    func openKey() async throws {
        try await prepare()
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: "\(mine)/key.pem")
        let run = await install()
        #expect(run.status == .usage)
        #expect(run.errors.contains("chmod 600 \(mine)/key.pem"))
        #expect(try files(mine) == ["key.pem", "request.pem"])
    }

    @Test("an installation that was interrupted can be repeated, and one that is done changes nothing")
    func repeated() async throws {
        try await prepare()
        #expect(await install().status == .done)
        let before = try files(mine).map { try text("\(mine)/\($0)") }
        // As if it had been stopped before the last file.
        try FileManager.default.removeItem(atPath: "\(mine)/profile.json")
        #expect(await install().status == .done)
        #expect(await install().status == .done)
        #expect(try files(mine).map { try text("\(mine)/\($0)") } == before)
    }

    @Test("an installation that was interrupted is completed by a later bundle for the same key, and by no other")
    func repeatedLater() async throws {
        try await prepare()
        #expect(await install().status == .done)
        let former = try text("\(mine)/certificate.pem")
        try FileManager.default.removeItem(atPath: "\(mine)/profile.json")
        try FileManager.default.removeItem(atPath: bundle)
        try await TestCollector.serving(answers, authority: authority) { collector in
            let signed = try await sign(collector, "--renew")
            #expect(signed.status == .done, "\(signed.errors)")
        }
        let later = await install()
        #expect(later.status == .done, "\(later.errors)")
        #expect(try text("\(mine)/certificate.pem") != former)

        let foreign = try authority.officer("lan").certificate
        try foreign.write(toFile: "\(mine)/certificate.pem", atomically: false, encoding: .utf8)
        try FileManager.default.removeItem(atPath: "\(mine)/profile.json")
        #expect(await install().errors.contains("nothing was overwritten"))
        #expect(try text("\(mine)/certificate.pem") == foreign)
    }

    @Test(
        "a profile that is there is not overwritten",
        arguments: ["authority.pem", "certificate.pem", "profile.json"]
    )
    func installOverwritesNothing(file: String) async throws {
        try await prepare()
        try "precious".write(toFile: "\(mine)/\(file)", atomically: false, encoding: .utf8)
        let run = await install()
        #expect(run.status == .usage)
        #expect(run.errors.contains("nothing was overwritten"))
        #expect(try files(mine) == [file, "key.pem", "request.pem"].sorted())
        #expect(try text("\(mine)/\(file)") == "precious")
    }

    @Test(
        "who is shown a profile is reminded when its certificate ends soon or is over",
        arguments: [
            (29, "ends in 29 days"), (31, ""), (-1, "is over"),
        ]
    )
    func reminder(days: Int, note: String) async throws {
        let end = Date(timeIntervalSince1970: TimeInterval(Run.now / 1000 + Int64(days) * 86_400))
        let profile = try TestProfile(authority, name: "lan", endpoint: "127.0.0.1:1", validUntil: end)
        let run = await Run.khien(["profile", "show", "--profile", profile.path])
        #expect(run.status == .done, "\(run.errors)")
        #expect(run.output.contains("\(days)\n"))
        #expect(note.isEmpty ? !run.output.contains("Your certificate") : run.output.contains(note))
        let vietnamese = await Run.khien(["profile", "show", "--profile", profile.path, "--lang", "vi"])
        #expect(vietnamese.output.contains("Số ngày còn lại"))
    }

    @Test(
        "everybody is told beside the answer that the certificate ends soon",
        arguments: [(29, true), (31, false)]
    )
    func reminderBeside(days: Int, isReminded: Bool) async throws {
        let end = Date(timeIntervalSince1970: TimeInterval(Run.now / 1000 + Int64(days) * 86_400))
        let profile = try TestProfile(authority, name: "lan", endpoint: "127.0.0.1:1", validUntil: end)
        // Nobody is there to answer: the certificate is looked at before anything goes over the network.
        let run = await Run.khien(["units", "--profile", profile.path, "--format", "json"])
        #expect(run.status == .unreachable)
        #expect(run.errors.contains("khien profile renew") == isReminded)
        #expect(run.output.isEmpty)
    }

    @Test("a profile is renewed with its own key, also when its certificate is over", arguments: [20, -20])
    func renews(days: Int) async throws {
        let end = Date(timeIntervalSince1970: TimeInterval(Run.now / 1000 + Int64(days) * 86_400))
        try await TestCollector.serving(answers, authority: authority) { collector in
            // Another way to the collector than the signer's.
            let endpoint = "localhost:\(collector.port)"
            let profile = try TestProfile(authority, name: "lan", endpoint: endpoint, validUntil: end)
            let key = try text("\(profile.path)/key.pem")
            let former = try text("\(profile.path)/certificate.pem")
            let asked = await Run.khien(["profile", "renew", "--profile", profile.path])
            #expect(asked.status == .done, "\(asked.errors)")
            #expect(asked.output.contains("officer sign FILE --renew --role"))
            let description = try json(try text("\(profile.path)/profile.json"))
            let role = try #require(description["role"] as? String)
            let unit = try #require(description["unit"] as? String)
            let signed = try await collector.khien(
                ["officer", "sign", "\(profile.path)/request.pem", "--renew", "--role", role, "--out", bundle]
                    + ["--officer-language", "vi"] + (unit.isEmpty ? [] : ["--unit", unit])
            )
            #expect(signed.status == .done, "\(signed.errors)")
            #expect(collector.service.calls == ["renewOfficer lan \(role) \(unit)"])
            let installed = await Run.khien(["profile", "install", bundle, "--dir", profile.path])
            #expect(installed.status == .done, "\(installed.errors)")
            #expect(try text("\(profile.path)/key.pem") == key)
            #expect(try text("\(profile.path)/certificate.pem") != former)
            #expect(try mode("\(profile.path)/certificate.pem") == 0o600)
            let kept = try json(try text("\(profile.path)/profile.json"))
            #expect(kept["endpoint"] as? String == endpoint && kept["language"] == nil)
            let used = await Run.khien(["units", "--profile", profile.path, "--timeout", "2m"])
            #expect(used.status == .done, "\(used.errors)")
            // What would put an older certificate in place of a newer one is refused.
            let renewed = try text("\(profile.path)/certificate.pem")
            var older = try json(try text(bundle))
            older["certificate"] = former
            try JSONSerialization.data(withJSONObject: older).write(to: URL(fileURLWithPath: bundle))
            let again = await Run.khien(["profile", "install", bundle, "--dir", profile.path])
            #expect(again.status == .usage)
            #expect(try text("\(profile.path)/certificate.pem") == renewed)
        }
    }
}
