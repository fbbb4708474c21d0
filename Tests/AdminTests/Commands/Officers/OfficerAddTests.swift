import Foundation
import GRPCCore
import Testing

@testable import Admin

@Suite struct OfficerAddTests {
    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test("the new folder is a profile that works, closed to others")
    func works() async throws {
        let authority = try TestAuthority()
        var answers = FakeAdministration.Answers()
        answers.certify = { name, request in try authority.certificate(forRequest: request, name: name) }
        let folder = try TemporaryFolder()
        let out = "\(folder.path)/lan"
        try await TestCollector.serving(answers, authority: authority) { collector in
            let added = try await collector.khien(
                "officer",
                "add",
                "lan",
                "--role",
                "unit",
                "--unit",
                "SYT",
                "--out",
                out
            )
            #expect(added.status == .done, "\(added.errors)")
            #expect(added.output.contains(out))
            #expect(try mode(out) == 0o700)
            #expect(try mode("\(out)/key.pem") == 0o600)
            let text = try String(contentsOfFile: "\(out)/profile.json", encoding: .utf8)
            let description = try JSONDecoder().decode([String: String].self, from: Data(text.utf8))
            #expect(
                description == [
                    "name": "lan", "role": "unit", "unit": "SYT", "endpoint": "127.0.0.1:\(collector.port)",
                    "language": "en",
                ]
            )

            let used = await Run.khien(["units", "--profile", out, "--timeout", "2m"])
            #expect(used.status == .done, "\(used.errors)")
            #expect(collector.service.calls == ["addOfficer lan unit SYT", "listUnits"])
        }
    }

    @Test("a folder that exists is not touched, and the collector is not asked")
    func refusesToOverwrite() async throws {
        let folder = try TemporaryFolder()
        try folder.write("key.pem", "precious")
        try await TestCollector.serving { collector in
            let run = try await collector.khien("officer", "add", "lan", "--role", "reader", "--out", folder.path)
            #expect(run.status == .usage)
            #expect(run.errors.contains("exists already"))
            #expect(collector.service.calls == [])
        }
        #expect(try String(contentsOfFile: "\(folder.path)/key.pem", encoding: .utf8) == "precious")
    }

    @Test("after a refusal nothing is left behind")
    func refused() async throws {
        var answers = FakeAdministration.Answers()
        answers.refusal = RPCError(code: .alreadyExists, message: "The name is taken.")
        let folder = try TemporaryFolder()
        try await TestCollector.serving(answers) { collector in
            let run = try await collector.khien(
                "officer",
                "add",
                "lan",
                "--role",
                "center",
                "--out",
                "\(folder.path)/lan"
            )
            #expect(run.status == .refused)
            #expect(run.errors.contains("The name is taken."))
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
    }

    @Test("without --out the folder is called like the officer, stands where you are, and is told")
    func usualPlace() async throws {
        let authority = try TestAuthority()
        var answers = FakeAdministration.Answers()
        answers.certify = { name, request in try authority.certificate(forRequest: request, name: name) }
        // The present folder is everybody's.
        let name = "lan-\(UInt32.random(in: .min ... .max))"
        defer { try? FileManager.default.removeItem(atPath: name) }
        try await TestCollector.serving(answers, authority: authority) { collector in
            let added = try await collector.khien("officer", "add", "--role", "unit", "--unit", "SYT", name)
            #expect(added.status == .done, "\(added.errors)")
            #expect(added.output.contains("Hand the folder ./\(name) to the officer"))
            let files = try FileManager.default.contentsOfDirectory(atPath: name).sorted()
            #expect(files == ["authority.pem", "certificate.pem", "key.pem", "profile.json"])
            let again = try await collector.khien("officer", "add", "--role", "unit", "--unit", "SYT", name)
            #expect(again.status == .usage && again.errors.contains("./\(name) exists already"))
            #expect(collector.service.calls == ["addOfficer \(name) unit SYT"])
        }
    }

    @Test("the endpoint of the new profile can be another one")
    func endpoint() async throws {
        let authority = try TestAuthority()
        var answers = FakeAdministration.Answers()
        answers.certify = { name, request in try authority.certificate(forRequest: request, name: name) }
        let folder = try TemporaryFolder()
        let out = "\(folder.path)/lan"
        try await TestCollector.serving(answers, authority: authority) { collector in
            _ = try await collector.khien(
                "officer",
                "add",
                "lan",
                "--role",
                "reader",
                "--out",
                out,
                "--endpoint",
                "khien.example.vn:7443"
            )
        }
        #expect(try Profile(directory: out, now: Run.now).endpoint.description == "khien.example.vn:7443")
    }
}
