import Shared
import Testing

@testable import Agent

@Suite
struct GRPCResponseTests {
    @Test
    func `A good answer gives its message`() throws {
        let response = response(
            ["HTTP/2 200 \r\n", "content-type: application/grpc\r\n", "\r\n", "grpc-status: 0\r\n"],
            [0, 0, 0, 0, 3, 7, 8, 9]
        )
        #expect(try response.message() == [7, 8, 9])
        #expect(response.refusal == nil)
    }

    @Test(arguments: ["application/grpc+proto", "application/grpc; charset=utf-8", "application/grpc"])
    func `Every spelling of gRPC's content type is gRPC`(type: String) throws {
        let response = response(["HTTP/2 200", "Content-Type:\t\(type)", "Grpc-Status: 0"], [0, 0, 0, 0, 0])
        #expect(try response.message() == [])
    }

    /// What a network that catches every connection, a proxy or a broken server may send.
    @Test(
        arguments: [
            (["HTTP/1.1 200 OK", "content-type: text/html"], [UInt8]("<html>".utf8)),
            (["HTTP/2 200", "content-type: text/html", "grpc-status: 0"], [0, 0, 0, 0, 0]),
            (["HTTP/2 200", "content-type: application/grpcweb", "grpc-status: 0"], [0, 0, 0, 0, 0]),
            (["HTTP/2 200", "grpc-status: 0"], [0, 0, 0, 0, 0]),
            (["HTTP/2 200", "content-type: application/grpc"], [0, 0, 0, 0, 0]),
            (["HTTP/2 200", "content-type: application/grpc", "grpc-status: "], [0, 0, 0, 0, 0]),
            (["HTTP/2 200", "content-type: application/grpc", "grpc-status: +0"], [0, 0, 0, 0, 0]),
            (["HTTP/2 200", "content-type: application/grpc", "grpc-status: 0"], []),
            (["HTTP/2 200", "content-type: application/grpc", "grpc-status: 0"], [0, 0, 0, 0]),
            (["HTTP/2 200", "content-type: application/grpc", "grpc-status: 0"], [1, 0, 0, 0, 0]),
            (["HTTP/2 200", "content-type: application/grpc", "grpc-status: 0"], [0, 0, 0, 0, 2, 1]),
            (["HTTP/2 200", "content-type: application/grpc", "grpc-status: 0"], [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
            (["HTTP/2 200", "content-type: application/grpc", "grpc-status: 0"], [0, 255, 255, 255, 255, 1]),
            (["HTTP/2 302", "content-type: application/grpc", "grpc-status: 0"], [0, 0, 0, 0, 0]),
            (["HTTP/2 404", "content-type: application/grpc"], []),
            (["nonsense"], []),
            ([], []),
        ] as [([String], [UInt8])]
    )
    func `Anything else is a violation and never a success`(headers: [String], body: [UInt8]) {
        let error = #expect(throws: TransportError.self) { try response(headers, body).message() }
        #expect(error?.code == .protocolViolation)
    }

    @Test(arguments: [429, 502, 503, 504])
    func `A gateway without its collector is unreachable`(status: Int) {
        let error = #expect(throws: TransportError.self) { try response(["HTTP/2 \(status)"], []).message() }
        #expect(error?.code == .unreachable)
    }

    @Test
    func `A refusal is told with its code and its text made safe`() {
        let refused = response(
            [
                "HTTP/2 200", "content-type: application/grpc", "grpc-status: 3",
                "grpc-message: Kh%C3%B4ng h%e1%bb%a3p l%E1%BB%87%1B[2J%0A 100%",
            ],
            []
        )
        #expect(refused.refusal?.code == .status(.invalidArgument))
        #expect(refused.refusal?.message.hasSuffix("Không hợp lệ\\u{1b}[2J\\u{a} 100%") == true)
        let error = #expect(throws: TransportError.self) { try refused.message() }
        #expect(error == refused.refusal)
    }

    @Test(arguments: [
        ("16", GRPCStatusCode.unauthenticated), ("17", .unknown), ("999", .unknown), ("6", .alreadyExists),
    ])
    func `Every number of a status has a meaning`(number: String, code: GRPCStatusCode) {
        let headers = ["HTTP/2 200", "content-type: application/grpc", "grpc-status: \(number)"]
        #expect(response(headers, []).refusal?.code == .status(code))
    }

    @Test
    func `Two statuses that differ are no success`() {
        let headers = ["HTTP/2 200", "content-type: application/grpc", "grpc-status: 5", "grpc-status: 0"]
        #expect(response(headers, [0, 0, 0, 0, 0]).refusal?.code == .status(.unknown))
    }

    @Test
    func `A status from something that is not gRPC decides nothing`() {
        #expect(response(["HTTP/1.1 200 OK", "grpc-status: 3"], []).refusal == nil)
    }

    @Test
    func `A long text of a refusal is cut`() {
        let headers = [
            "HTTP/2 200", "content-type: application/grpc", "grpc-status: 3",
            "grpc-message: " + String(repeating: "x", count: 50_000),
        ]
        #expect((response(headers, []).refusal?.message.utf8.count ?? .max) < 400)
    }

    @Test
    func `What a first head said is forgotten with the second`() {
        let headers = ["HTTP/2 103", "content-type: application/grpc", "grpc-status: 0", "HTTP/2 200"]
        #expect(throws: TransportError.self) { try response(headers, [0, 0, 0, 0, 0]).message() }
    }

    @Test
    func `A body over the limit of a message is not kept`() {
        var response = response(["HTTP/2 200", "content-type: application/grpc"], [])
        let half = [UInt8](repeating: 0, count: WireLimits.messageBytes / 2)
        let takes = { (bytes: [UInt8]) in bytes.withUnsafeBytes { response.receiveBody($0) } }
        #expect(takes(half))
        #expect(takes(half))
        #expect(takes([0, 0, 0, 0, 0]))
        #expect(!takes([0]))
        #expect(response.isTooLarge)
    }

    @Test(arguments: [61, 62, 63] as [UInt64])
    func `Random changes to headers and body never crash the judge`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let headers = ["HTTP/2 200", "content-type: application/grpc", "grpc-status: 0", "grpc-message: a%20b"]
        for round in 0..<3000 {
            var response = GRPCResponse()
            for header in headers {
                let line = random.mutated(Array(header.utf8))
                line.withUnsafeBytes { response.receiveHeader($0) }
            }
            let body = random.mutated([0, 0, 0, 0, 3, 7, 8, 9])
            _ = body.withUnsafeBytes { response.receiveBody($0) }
            if let message = try? response.message() {
                #expect(message.count == body.count - 5, "seed \(seed), round \(round)")
            }
        }
    }

    private func response(_ headers: [String], _ body: [UInt8]) -> GRPCResponse {
        var response = GRPCResponse()
        for header in headers { Array(header.utf8).withUnsafeBytes { response.receiveHeader($0) } }
        _ = body.withUnsafeBytes { response.receiveBody($0) }
        return response
    }
}
