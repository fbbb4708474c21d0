internal import GRPCCore
internal import Messages
internal import SwiftProtobuf

/// `grpc.reflection.v1.ServerReflection`: tells any gRPC client what this listener offers.
struct ReflectionHandler: Grpc_Reflection_V1_ServerReflection.SimpleServiceProtocol {
    let index: DescriptorIndex
    /// The services of this listener.
    let services: [String]
    /// Requests in one call.
    let requestLimit: Int

    /// Names and symbols are never longer than this, in bytes.
    private static let nameBytes = 512

    func serverReflectionInfo(
        request: RPCAsyncSequence<Grpc_Reflection_V1_ServerReflectionRequest, any Error>,
        response: RPCWriter<Grpc_Reflection_V1_ServerReflectionResponse>,
        context: ServerContext
    ) async throws {
        var sent: Set<String> = []
        var count = 0
        for try await question in request {
            count += 1
            guard count <= requestLimit else {
                throw CollectorError(
                    .resourceExhausted,
                    "One reflection call may ask \(requestLimit) times. Begin another call."
                )
            }
            try await response.write(answer(question, sent: &sent))
        }
    }

    /// The answer to one question; `sent` holds the files that this call has received already.
    func answer(
        _ question: Grpc_Reflection_V1_ServerReflectionRequest,
        sent: inout Set<String>
    ) -> Grpc_Reflection_V1_ServerReflectionResponse {
        var response = Grpc_Reflection_V1_ServerReflectionResponse()
        response.validHost = String(question.host.prefix(Self.nameBytes))
        response.originalRequest = question
        switch question.messageRequest {
        case .fileByFilename(let name):
            response.messageResponse = files(name, sent: &sent)
        case .fileContainingSymbol(let symbol):
            response.messageResponse = files(index.file(declaring: Self.bare(symbol)), sent: &sent)
        case .fileContainingExtension:
            response.messageResponse = error(.notFound, "There are no extensions here.")
        case .allExtensionNumbersOfType(let type):
            response.messageResponse =
                index.file(declaring: Self.bare(type)) == nil
                ? error(.notFound, "There is no such type here.")
                : .allExtensionNumbersResponse(.with { $0.baseTypeName = type })
        case .listServices:
            response.messageResponse = .listServicesResponse(
                .with { $0.service = services.sorted().map { name in .with { $0.name = name } } }
            )
        case nil:
            response.messageResponse = error(.invalidArgument, "The request asks for nothing. Set one of its fields.")
        }
        return response
    }

    private static func bare(_ symbol: String) -> String {
        symbol.hasPrefix(".") ? String(symbol.dropFirst()) : symbol
    }

    private func files(
        _ name: String?,
        sent: inout Set<String>
    ) -> Grpc_Reflection_V1_ServerReflectionResponse.OneOf_MessageResponse {
        guard let name, let files = index.fileWithImports(name, sent: &sent) else {
            return error(.notFound, "There is no such file or symbol here. Ask for the list of services.")
        }
        return .fileDescriptorResponse(.with { $0.fileDescriptorProto = files })
    }

    private func error(
        _ code: RPCError.Code,
        _ message: String
    ) -> Grpc_Reflection_V1_ServerReflectionResponse.OneOf_MessageResponse {
        .errorResponse(
            .with {
                $0.errorCode = Int32(code.rawValue)
                $0.errorMessage = message
            }
        )
    }
}
