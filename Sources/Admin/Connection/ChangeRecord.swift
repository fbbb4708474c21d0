import GRPCCore
import Synchronization

/// Whether a run has sent something that changes what the collector holds: what goes wrong from then on is told otherwise
/// than when nothing was asked.
final class ChangeRecord: Sendable {
    private let sent = Mutex(false)

    /// Whether a change was handed to the network; what became of it is another question.
    var isSent: Bool { sent.withLock { $0 } }

    /// Notes that a change goes out.
    func noteSent() { sent.withLock { $0 = true } }

    /// Whether a call of a method that changes things only tries what it would change.
    @TaskLocal static var isTrial = false

    /// Whether calls of a method change something.
    static func isChange(_ method: String) -> Bool { !["Get", "List", "Show"].contains { method.hasPrefix($0) } }
}

/// Notes each change in the moment in which it goes out: a call that found no connection changed nothing.
struct ChangeInterceptor: ClientInterceptor {
    /// Where it is noted.
    var changes: ChangeRecord

    func intercept<Input: Sendable, Output: Sendable>(
        request: StreamingClientRequest<Input>,
        context: ClientContext,
        next: @concurrent (StreamingClientRequest<Input>, ClientContext) async throws -> StreamingClientResponse<Output>
    ) async throws -> StreamingClientResponse<Output> {
        guard ChangeRecord.isChange(context.descriptor.method), !ChangeRecord.isTrial else {
            return try await next(request, context)
        }
        var request = request
        let produce = request.producer
        request.producer = { [changes] writer in
            changes.noteSent()
            try await produce(writer)
        }
        return try await next(request, context)
    }
}
