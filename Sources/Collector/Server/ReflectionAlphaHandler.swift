internal import GRPCCore
internal import GRPCProtobuf
internal import Messages

/// `grpc.reflection.v1alpha.ServerReflection`: the same conversation under the name that it had before version 1.
///
/// Several published clients (the one for Python among them) ask under this name only. The messages have the same fields.
struct ReflectionAlphaHandler: RegistrableRPCService {
    static let descriptor = ServiceDescriptor(fullyQualifiedService: "grpc.reflection.v1alpha.ServerReflection")

    let reflection: ReflectionHandler

    func registerMethods<Transport: ServerTransport>(with router: inout RPCRouter<Transport>) {
        router.registerHandler(
            forMethod: MethodDescriptor(service: Self.descriptor, method: "ServerReflectionInfo"),
            deserializer: ProtobufDeserializer<Grpc_Reflection_V1_ServerReflectionRequest>(),
            serializer: ProtobufSerializer<Grpc_Reflection_V1_ServerReflectionResponse>(),
            handler: { request, context in
                try await reflection.serverReflectionInfo(request: request, context: context)
            }
        )
    }
}
