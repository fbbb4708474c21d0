import GRPCCore
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

    @Test("every kind of failure has an exit status other than success", arguments: AdminError.Code.allCases)
    func failures(code: AdminError.Code) {
        #expect(AdminError(code, "x").exitStatus != .done)
    }

    @Test("the exit statuses are the documented numbers")
    func numbers() {
        #expect(CommandStatus.allCases.map(\.rawValue) == [0, 1, 2, 3])
    }
}
