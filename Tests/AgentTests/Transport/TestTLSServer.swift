import COpenSSL
import Foundation

/// Accepts connections on loopback with TLS, and answers each with the same bytes or not at all: a network that catches
/// every connection.
final class TestTLSServer: @unchecked Sendable {
    let port: UInt16
    private let listener: Int32
    private let context: OpaquePointer
    private let answer: [UInt8]?

    struct Failure: Error {}

    /// Listens at once; `answer` is `nil` for a server that only waits.
    init(chain: [[UInt8]], key: [UInt8], answer: [UInt8]?, onlyTLS12: Bool = false) throws {
        guard let context = SSL_CTX_new(TLS_server_method()) else { throw Failure() }
        let folder = try TemporaryFolder()
        try folder.write("chain.pem", Array(chain.joined()))
        try folder.write("key.pem", key)
        guard SSL_CTX_use_certificate_chain_file(context, "\(folder.path)/chain.pem") == 1,
            SSL_CTX_use_PrivateKey_file(context, "\(folder.path)/key.pem", SSL_FILETYPE_PEM) == 1
        else { throw Failure() }
        if onlyTLS12 { SSL_CTX_ctrl(context, SSL_CTRL_SET_MAX_PROTO_VERSION, Int(TLS1_2_VERSION), nil) }
        (listener, port) = try Self.listen()
        self.context = context
        self.answer = answer
        Thread.detachNewThread { [self] in serve() }
    }

    /// Ends the server after the connection that it holds.
    func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

    private func serve() {
        defer {
            close(listener)
            SSL_CTX_free(context)
        }
        while true {
            let connection = accept(listener, nil, nil)
            guard connection >= 0 else { return }
            talk(connection)
            close(connection)
        }
    }

    private func talk(_ connection: Int32) {
        guard let session = SSL_new(context) else { return }
        defer { SSL_free(session) }
        guard SSL_set_fd(session, connection) == 1, SSL_accept(session) == 1 else { return }
        var request = [UInt8](repeating: 0, count: 4096)
        guard SSL_read(session, &request, Int32(request.count)) > 0 else { return }
        if let answer {
            SSL_write(session, answer, Int32(answer.count))
            SSL_shutdown(session)
        }
        // Until the other side goes.
        while SSL_read(session, &request, Int32(request.count)) > 0 {}
    }

    private static func listen() throws -> (listener: Int32, port: UInt16) {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(listener, generic, length) == 0 && Glibc.listen(listener, 8) == 0
                    && getsockname(listener, generic, &length) == 0
            }
        }
        guard isListening else { throw Failure() }
        return (listener, UInt16(bigEndian: address.sin_port))
    }
}
