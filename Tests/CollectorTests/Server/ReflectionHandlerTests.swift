import Foundation
import Messages
import SwiftProtobuf
import Testing

@testable import Collector

@Suite struct ReflectionHandlerTests {
    private typealias Request = Grpc_Reflection_V1_ServerReflectionRequest

    private func handler() throws -> ReflectionHandler {
        ReflectionHandler(
            index: try DescriptorIndex.generated(),
            services: ["khien.v1.ReportingService", "grpc.health.v1.Health"],
            requestLimit: 10
        )
    }

    private func names(_ response: Grpc_Reflection_V1_ServerReflectionResponse) throws -> [String] {
        try response.fileDescriptorResponse.fileDescriptorProto.map {
            try Google_Protobuf_FileDescriptorProto(serializedBytes: $0).name
        }
    }

    @Test func `only the services of this listener are listed`() throws {
        var sent: Set<String> = []
        let response = try handler().answer(Request.with { $0.listServices = "*" }, sent: &sent)
        #expect(
            response.listServicesResponse.service.map(\.name) == ["grpc.health.v1.Health", "khien.v1.ReportingService"]
        )
        #expect(response.originalRequest.listServices == "*")
    }

    @Test(arguments: [
        ("khien.v1.ReportingService", "khien/v1/reporting.proto"),
        ("khien.v1.ReportingService.Submit", "khien/v1/reporting.proto"),
        ("khien.v1.Report", "khien/v1/reporting.proto"),
        ("khien.v1.Platform", "khien/v1/reporting.proto"),
        ("khien.v1.PLATFORM_LINUX", "khien/v1/reporting.proto"),
        (".khien.v1.EnrollRequest", "khien/v1/enrollment.proto"),
        ("khien.v1.EnrollRequest.token", "khien/v1/enrollment.proto"),
        ("grpc.health.v1.HealthCheckResponse.ServingStatus", "grpc/health/v1/health.proto"),
        ("grpc.health.v1.HealthCheckResponse.SERVING", "grpc/health/v1/health.proto"),
    ])
    func `a symbol leads to its file`(symbol: String, file: String) throws {
        var sent: Set<String> = []
        let response = try handler().answer(Request.with { $0.fileContainingSymbol = symbol }, sent: &sent)
        #expect(try names(response).first == file)
    }

    @Test func `a file comes with what it imports, and what was sent once is not sent again`() throws {
        let handler = try handler()
        var sent: Set<String> = []
        let first = handler.answer(Request.with { $0.fileByFilename = "khien/v1/administration.proto" }, sent: &sent)
        let files = ["administration", "findings", "paging", "reporting", "seats", "units"]
        #expect(try names(first).sorted() == files.map { "khien/v1/\($0).proto" })
        let second = handler.answer(Request.with { $0.fileByFilename = "khien/v1/administration.proto" }, sent: &sent)
        #expect(try names(second) == ["khien/v1/administration.proto"])
    }

    @Test func `imports that import each other end`() throws {
        let set = Google_Protobuf_FileDescriptorSet.with { set in
            set.file = [("a", ["b", "c"]), ("b", ["a", "c"]), ("c", ["a"])].map { name, imports in
                Google_Protobuf_FileDescriptorProto.with {
                    $0.name = name
                    $0.dependency = imports
                }
            }
        }
        var sent: Set<String> = []
        #expect(try DescriptorIndex(set).fileWithImports("a", sent: &sent)?.count == 3)
        #expect(sent == ["a", "b", "c"])
    }

    @Test func `what is not here is answered with NOT_FOUND inside the stream`() throws {
        let handler = try handler()
        let questions: [Request] = [
            .with { $0.fileByFilename = "../etc/passwd" },
            .with { $0.fileContainingSymbol = "khien.v1.Nothing" },
            .with { $0.fileContainingSymbol = "" },
            .with { $0.allExtensionNumbersOfType = "khien.v1.Nothing" },
            .with { $0.fileContainingExtension = .with { $0.containingType = "khien.v1.Report" } },
        ]
        for question in questions {
            var sent: Set<String> = []
            #expect(handler.answer(question, sent: &sent).errorResponse.errorCode == 5)
        }
    }

    @Test func `a question that asks nothing is INVALID_ARGUMENT, and a type without extensions has none`() throws {
        let handler = try handler()
        var sent: Set<String> = []
        #expect(handler.answer(Request(), sent: &sent).errorResponse.errorCode == 3)
        let question = Request.with { $0.allExtensionNumbersOfType = "khien.v1.Report" }
        let extensions = handler.answer(question, sent: &sent).allExtensionNumbersResponse
        #expect(extensions.baseTypeName == "khien.v1.Report")
        #expect(extensions.extensionNumber.isEmpty)
    }
}
