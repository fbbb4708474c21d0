import GRPCCore
import Testing

@testable import Collector

@Suite struct ErrorMappingTests {
    private struct Secret: Error, CustomStringConvertible {
        var description: String { "SELECT secret FROM token" }
    }

    @Test(arguments: CollectorError.Code.allCases)
    func `a refusal keeps its message, a fault of ours keeps it to itself`(code: CollectorError.Code) {
        let mapped = RPCError(anything: CollectorError(code, "what happened", cause: Secret()))
        switch code {
        case .dataDirectory, .internal:
            #expect(mapped.code == .internalError)
            #expect(!mapped.message.contains("what happened"))
        default:
            #expect(mapped.code != .internalError)
            #expect(mapped.message == "what happened")
        }
        #expect(!"\(mapped)".contains("SELECT"))
    }

    @Test func `an unknown error becomes INTERNAL with a fixed text`() {
        let mapped = RPCError(anything: Secret())
        #expect(mapped.code == .internalError)
        #expect(!"\(mapped)".contains("SELECT"))
        #expect(RPCError(anything: CancellationError()).code == .cancelled)
    }
}
