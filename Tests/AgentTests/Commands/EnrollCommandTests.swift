import Shared
import Testing

@testable import Agent

@Suite
struct EnrollCommandTests {
    private let transcript = Transcript()
    private let fingerprint = String(repeating: "0", count: 64)

    @Test(arguments: ["", "khien://host", "https://host:7444/token?ca=sha256:00", "khien://host:7444/token"])
    func `What is no join string is a mistake of usage, and makes no state`(join: String) throws {
        let folder = try TemporaryFolder()
        let error = #expect(throws: AgentError.self) { try enroll("\(folder.path)/state", join) }
        #expect(error?.exitStatus == .usage)
        #expect(try folder.names() == [])
    }

    @Test
    func `A collector that cannot be reached leaves the key for the next try, and nothing else`() throws {
        let folder = try TemporaryFolder()
        let join = "khien://127.0.0.1:1/token?ca=sha256:\(fingerprint)"
        let error = #expect(throws: AgentError.self) { try enroll("\(folder.path)/state", join) }
        #expect(error?.exitStatus == .unreachable)
        #expect(try folder.names(in: "state") == ["key.pem", "lock"])
        #expect(try folder.mode("state/key.pem") == 0o600)
        let key = try folder.read("state/key.pem")
        #expect(throws: AgentError.self) { try enroll("\(folder.path)/state", join) }
        #expect(try folder.read("state/key.pem") == key)
    }

    @Test
    func `A device that is enrolled is not enrolled again by mistake`() throws {
        let state = try TestState()
        let before = try state.folder.read("enrollment")
        let join = "khien://127.0.0.1:1/token?ca=sha256:\(fingerprint)"
        let error = #expect(throws: AgentError.self) { try enroll(state.path, join) }
        #expect(error?.code == .alreadyEnrolled)
        #expect(error?.message.contains("--again") == true)
        let again = #expect(throws: AgentError.self) { try enroll(state.path, join, isAgain: true) }
        #expect(again?.code == .unreachable)
        #expect(try state.folder.read("enrollment") == before)
        #expect(try state.folder.read("key.pem") == TestCertificates.deviceKey)
    }

    @Test
    func `A server without the right certificate gets no token and leaves no enrollment`() throws {
        let server = try TestTLSServer(
            chain: [TestCertificates.server, TestCertificates.authority],
            key: TestCertificates.serverKey,
            answer: nil
        )
        defer { server.stop() }
        let folder = try TemporaryFolder()
        let join = "khien://127.0.0.1:\(server.port)/token?ca=sha256:\(fingerprint)"
        let error = #expect(throws: AgentError.self) { try enroll("\(folder.path)/state", join) }
        #expect(error?.code == .untrusted)
        #expect(error?.exitStatus == .failure)
        #expect(try folder.names(in: "state") == ["key.pem", "lock"])
    }

    private func enroll(_ path: String, _ join: String, isAgain: Bool = false) throws {
        try EnrollCommand(statePath: path, join: join, isAgain: isAgain, hostName: "pc-1")
            .run(console: transcript.console)
    }
}
