import GRPCCore
import Shared

/// Tells the collector in which language its messages are to be.
struct LanguageInterceptor: ClientInterceptor {
    /// The metadata that the collector reads.
    static let key = "khien-language"

    /// The language of the run.
    var language: Language

    func intercept<Input: Sendable, Output: Sendable>(
        request: StreamingClientRequest<Input>,
        context: ClientContext,
        next: @concurrent (StreamingClientRequest<Input>, ClientContext) async throws -> StreamingClientResponse<Output>
    ) async throws -> StreamingClientResponse<Output> {
        var request = request
        request.metadata.replaceOrAddString(language.rawValue, forKey: Self.key)
        return try await next(request, context)
    }
}
