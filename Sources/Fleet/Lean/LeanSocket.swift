internal import Agent
internal import COpenSSL
internal import Signatures

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// A TLS 1.3 connection of a device to its collector, blocking and without anything between it and OpenSSL.
///
/// Trusts the collector's authority and nothing else, and shows the device's certificate, like the agent's own connection.
final class LeanSocket {
    /// For each read and write, and for connecting, in seconds.
    private static let timeoutSeconds = 30

    private let descriptor: Int32
    private let tls: OpaquePointer

    /// Connects.
    ///
    /// - Throws: `TransportError` of code `unreachable`, `tls` or `library`.
    init(identity: DeviceIdentity, host: String, port: UInt16) throws(TransportError) {
        guard let tls = Self.session(of: identity, host: host) else {
            ERR_clear_error()
            throw TransportError(code: .library, message: "OpenSSL could not prepare a connection.")
        }
        let descriptor = Self.connected(host: host, port: port)
        guard descriptor >= 0 else {
            SSL_free(tls)
            throw TransportError(code: .unreachable, message: "The server at \(host):\(port) cannot be reached.")
        }
        self.descriptor = descriptor
        self.tls = tls
        guard SSL_set_fd(tls, descriptor) == 1, SSL_connect(tls) == 1 else {
            // The object is complete here, so that its end closes both.
            ERR_clear_error()
            throw TransportError(code: .tls, message: "No secure connection to \(host):\(port).")
        }
    }

    deinit {
        SSL_free(tls)
        close(descriptor)
    }

    /// Sends all bytes; `false` when the connection is broken.
    func send(_ bytes: [UInt8]) -> Bool {
        guard let count = Int32(exactly: bytes.count), SSL_write(tls, bytes, count) == count else {
            ERR_clear_error()
            return false
        }
        return true
    }

    /// Waits for bytes and puts as many as there are, at most the size of the buffer, at its begin; 0 when the connection
    /// is broken or nothing came in time.
    func receive(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = SSL_read(tls, buffer.baseAddress, Int32(clamping: buffer.count))
        guard count > 0 else {
            ERR_clear_error()
            return 0
        }
        return Int(count)
    }

    private static func session(of identity: DeviceIdentity, host: String) -> OpaquePointer? {
        guard let context = SSL_CTX_new(TLS_client_method()) else { return nil }
        // The session keeps what it needs of the context.
        defer { SSL_CTX_free(context) }
        guard khien_require_tls13(context) == 1, let authority = certificate(identity.authority),
            let own = certificate(identity.certificate)
        else { return nil }
        defer {
            X509_free(authority)
            X509_free(own)
        }
        let protocols: [UInt8] = [2] + Array("h2".utf8)
        guard X509_STORE_add_cert(SSL_CTX_get_cert_store(context), authority) == 1,
            let tls = SSL_new(context)
        else { return nil }
        SSL_set_verify(tls, SSL_VERIFY_PEER, nil)
        // One system call for a whole answer, instead of two for each of its records.
        SSL_set_read_ahead(tls, 1)
        guard SSL_use_certificate(tls, own) == 1, SSL_use_PrivateKey(tls, identity.key.key) == 1,
            SSL_set_alpn_protos(tls, protocols, UInt32(protocols.count)) == 0,
            X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(tls), host) == 1 || SSL_set1_host(tls, host) == 1
        else {
            SSL_free(tls)
            return nil
        }
        return tls
    }

    private static func certificate(_ certificate: Certificate) -> OpaquePointer? {
        certificate.der.withUnsafeBufferPointer { buffer in
            var cursor = buffer.baseAddress
            return d2i_X509(nil, &cursor, buffer.count)
        }
    }

    private static func connected(host: String, port: UInt16) -> Int32 {
        var places: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, String(port), nil, &places) == 0 else { return -1 }
        defer { freeaddrinfo(places) }
        var next = places
        while let place = next?.pointee {
            next = place.ai_next
            guard place.ai_socktype == Int32(SOCK_STREAM.rawValue) else { continue }
            let descriptor = socket(
                place.ai_family,
                place.ai_socktype | Int32(SOCK_CLOEXEC.rawValue),
                place.ai_protocol
            )
            guard descriptor >= 0 else { continue }
            var wait = timeval(tv_sec: timeoutSeconds, tv_usec: 0)
            var yes: Int32 = 1
            let size = socklen_t(MemoryLayout<timeval>.size)
            setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &wait, size)
            setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &wait, size)
            setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
            if connect(descriptor, place.ai_addr, place.ai_addrlen) == 0 { return descriptor }
            close(descriptor)
        }
        return -1
    }
}
