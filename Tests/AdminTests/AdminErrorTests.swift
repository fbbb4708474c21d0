import GRPCCore
import NIOCore
import Shared
import Testing

@testable import Admin

@Suite struct AdminErrorTests {
    private static let codes: [(RPCError.Code, CommandStatus)] = [
        (.cancelled, .refused), (.unknown, .refused), (.invalidArgument, .refused), (.deadlineExceeded, .unreachable),
        (.notFound, .refused), (.alreadyExists, .refused), (.permissionDenied, .refused),
        (.resourceExhausted, .refused), (.failedPrecondition, .refused), (.aborted, .refused), (.outOfRange, .refused),
        (.unimplemented, .refused), (.internalError, .refused), (.unavailable, .unreachable), (.dataLoss, .refused),
        (.unauthenticated, .refused),
    ]

    @Test("every status of gRPC has an exit status, and the message keeps what the collector said", arguments: codes)
    func mapping(code: RPCError.Code, status: CommandStatus) throws {
        let endpoint = try #require(Endpoint("127.0.0.1:7443"))
        let error = AdminError(RPCError(code: code, message: "Because."), endpoint: endpoint, officer: "lan")
        #expect(error.exitStatus == status)
        if code != .deadlineExceeded { #expect(error.message.contains("Because.")) }
    }

    @Test("a refused officer is named, so that the right profile is looked for")
    func refusedOfficer() throws {
        let endpoint = try #require(Endpoint("127.0.0.1:7443"))
        let revoked = RPCError(code: .permissionDenied, message: "This profile was revoked.")
        #expect(
            AdminError(revoked, endpoint: endpoint, officer: "lan").message
                == "The collector refused the officer “lan”: This profile was revoked."
        )
        let unknown = RPCError(code: .unauthenticated, message: "Who?")
        let message = AdminError(unknown, endpoint: endpoint, officer: "lan").message
        #expect(message.contains("“lan”: Who?"))
        #expect(message.contains("Ask the provincial center for a new profile"))
    }

    @Test(
        "a change whose answer was lost may have been made, and what the collector itself said was not lost",
        arguments: [RPCError.Code.deadlineExceeded, .unavailable, .cancelled, .internalError, .unknown]
    )
    func lostAnswer(code: RPCError.Code) throws {
        let endpoint = try #require(Endpoint("127.0.0.1:7443"))
        var error = RPCError(code: code, message: "Because.")
        let lost = AdminError(error, endpoint: endpoint, officer: "lan", isChangeSent: true)
        #expect(lost.exitStatus == .unreachable)
        #expect(lost.message.contains("may have been made"))
        #expect(lost.message.contains("127.0.0.1:7443"))
        #expect(!AdminError(error, endpoint: endpoint, officer: "lan").message.contains("may have been made"))

        error.metadata.addString("application/grpc", forKey: "content-type")
        let said = AdminError(error, endpoint: endpoint, officer: "lan", isChangeSent: true)
        #expect(said.message.contains("may have been made") == (code == .deadlineExceeded))
    }

    @Test("a collector that answers that it cannot now is no collector that cannot be reached")
    func busyCollector() throws {
        let endpoint = try #require(Endpoint("127.0.0.1:7443"))
        var error = RPCError(code: .unavailable, message: "The database is locked.")
        #expect(AdminError(error, endpoint: endpoint, officer: "lan").message.contains("cannot be reached"))
        error.metadata.addString("application/grpc", forKey: "content-type")
        let told = AdminError(error, endpoint: endpoint, officer: "lan")
        #expect(told.exitStatus == .refused)
        #expect(!told.message.contains("cannot be reached"))
        #expect(told.message.contains("The database is locked."))
    }

    /// A cause that this program knows nothing of.
    private struct Novelty: Error {}

    @Test(
        "why no connection came about is said in words, and where there are none, by the cause's type",
        arguments: [
            (ChannelError.connectTimeout(.seconds(10)), "Connection timed out", "kết nối quá thời gian chờ"),
            (IOError(errnoCode: 111, reason: "connect"), "Connection refused", "máy kia từ chối kết nối"),
            (Novelty(), "Gone. (Novelty)", "Gone. (Novelty)"),
        ] as [(any Error, String, String)]
    )
    func connectionFailures(cause: any Error, english: String, vietnamese: String) throws {
        let endpoint = try #require(Endpoint("127.0.0.1:7443"))
        // The transport wraps what it was told.
        let inner = RPCError(code: .unavailable, message: "Gone.", cause: cause)
        let error = RPCError(code: .unavailable, message: "Not connected.", cause: inner)
        for (language, words) in [(Language.english, english), (.vietnamese, vietnamese)] {
            let message = Language.$current.withValue(language) {
                AdminError(error, endpoint: endpoint, officer: "lan").message
            }
            #expect(message.hasSuffix(" \(words)"), "\(message)")
        }
    }

    @Test("what knows no command of officers is probably the port of devices")
    func otherPort() throws {
        let endpoint = try #require(Endpoint("127.0.0.1:7444"))
        let error = AdminError(RPCError(code: .unimplemented, message: "No."), endpoint: endpoint, officer: "lan")
        #expect(error.message.contains("not the officers' port but the one at which devices enroll"))
        #expect(error.message.contains("127.0.0.1:7444") && error.message.contains("profile.json"))
    }

    @Test("every kind of failure has an exit status other than success", arguments: AdminError.Code.allCases)
    func failures(code: AdminError.Code) {
        #expect(AdminError(code, "x").exitStatus != .done)
    }

    @Test("the exit statuses are the documented numbers")
    func numbers() {
        #expect(CommandStatus.allCases.map(\.rawValue) == [0, 1, 2, 3, 4])
    }
}
