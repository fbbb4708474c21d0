import CCurl
import COpenSSL
import Shared
public import Signatures
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A connection to the collector that makes unary gRPC calls over HTTP/2 and TLS 1.3, one at a time, and is opened anew
/// where it broke.
///
/// Proxies of the environment and authorities of the system are never used. Blocking. `@unchecked Sendable`: every use
/// of what it holds is under its lock.
public final class AgentConnection: GRPCCalling, @unchecked Sendable {
    private let handle: UnsafeMutableRawPointer
    private let headers: UnsafeMutablePointer<curl_slist>
    private let verifier: PeerVerifier
    private let certificate: Certificate?
    private let key: SigningKey?
    private let baseURL: String
    private let isStopped: (@Sendable () -> Bool)?

    private let exclusive = Mutex(())
    private var method = ""
    private var request: [UInt8] = []
    private var response = GRPCResponse()

    /// A connection that is opened with the first call.
    ///
    /// - Parameters:
    ///   - host: Name or address, without brackets.
    ///   - port: TCP port.
    ///   - anchor: Whom to trust.
    ///   - certificate: Shown to the collector; none for enrollment.
    ///   - key: The key of that certificate.
    ///   - isStopped: Asked about once a second in the middle of a call; `true` ends it.
    /// - Throws: `TransportError` of code `library` when curl cannot do what is needed.
    public init(
        host: String,
        port: UInt16,
        anchor: TrustAnchor,
        certificate: Certificate? = nil,
        key: SigningKey? = nil,
        isStopped: (@Sendable () -> Bool)? = nil
    ) throws(TransportError) {
        guard Self.isReady, let handle = curl_easy_init() else { throw Self.broken("start") }
        guard let headers = Self.headerList() else {
            curl_easy_cleanup(handle)
            throw Self.broken("keep its headers")
        }
        self.handle = handle
        self.headers = headers
        verifier = PeerVerifier(anchor: anchor, host: host)
        self.certificate = certificate
        self.key = key
        self.isStopped = isStopped
        baseURL = "https://\(host.contains(":") ? "[\(host)]" : host):\(port)/"
        try configure()
    }

    /// A connection of an enrolled device to its collector's reporting listener.
    ///
    /// - Throws: `TransportError` of code `library`.
    public convenience init(
        identity: DeviceIdentity,
        isStopped: (@Sendable () -> Bool)? = nil
    ) throws(TransportError) {
        try self.init(
            host: identity.host,
            port: identity.reportingPort,
            anchor: .authority(identity.authority),
            certificate: identity.certificate,
            key: identity.key,
            isStopped: isStopped
        )
    }

    deinit {
        curl_easy_cleanup(handle)
        curl_slist_free_all(headers)
    }

    /// Sends one message and waits for the answer, 30 seconds at most.
    public func call(method: String, request message: [UInt8]) throws(TransportError) -> [UInt8] {
        let result: Result<[UInt8], TransportError> = exclusive.withLock { _ in
            do throws(TransportError) {
                return .success(try perform(method: method, message))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private func perform(method: String, _ message: [UInt8]) throws(TransportError) -> [UInt8] {
        guard message.count <= WireLimits.messageBytes else {
            throw TransportError(
                code: .library,
                message: "A request of \(message.count) bytes is too large to be sent."
            )
        }
        if method != self.method {
            try check(khien_curl_set_string(handle, CURLOPT_URL, baseURL + method), "take the address")
            self.method = method
        }
        request.removeAll(keepingCapacity: true)
        request.append(0)
        withUnsafeBytes(of: UInt32(truncatingIfNeeded: message.count).bigEndian) { request.append(contentsOf: $0) }
        request.append(contentsOf: message)
        response.reset()
        verifier.reset()

        let outgoing = request
        let code = outgoing.withUnsafeBufferPointer { buffer in
            // curl reads from here while it performs, and keeps no copy.
            khien_curl_set_long(handle, CURLOPT_POSTFIELDSIZE, buffer.count)
            khien_curl_set_pointer(handle, CURLOPT_POSTFIELDS, UnsafeMutableRawPointer(mutating: buffer.baseAddress))
            return curl_easy_perform(handle)
        }
        guard code == CURLE_OK else { throw response.refusal ?? failure(code) }
        return try response.message()
    }

    private func failure(_ code: CURLcode) -> TransportError {
        if response.isTooLarge {
            return TransportError(code: .protocolViolation, message: "The answer is larger than any answer may be.")
        }
        if let refused = verifier.failure { return TransportError(code: .tls, message: refused) }
        let words = String(cString: curl_easy_strerror(code))
        let place = baseURL.dropFirst("https://".count).dropLast()
        switch code {
        case CURLE_OPERATION_TIMEDOUT:
            return TransportError(
                code: .timedOut,
                message: "The collector at \(place) did not answer in time; check the network."
            )
        case CURLE_ABORTED_BY_CALLBACK:
            return TransportError(code: .stopped, message: "The call was given up because the agent was told to stop.")
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER:
            return TransportError(
                code: .tls,
                message:
                    "No secure connection to \(place) (\(words)); check the address, the clock of this device, and "
                    + "whether its certificate is still valid (khien-agent status)."
            )
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT:
            return TransportError(
                code: .unreachable,
                message: "The collector at \(place) cannot be reached (\(words)); check the network and the address."
            )
        default:
            return TransportError(
                code: .unreachable,
                message: "The connection to \(place) broke (\(words)); if that stays so, the collector may not accept "
                    + "this device's certificate any more: ask your officer."
            )
        }
    }
}

extension AgentConnection {
    // Once, before any thread uses curl. A connection that broke must be an error, not the end of the process: without
    // signals, which threads need, curl leaves SIGPIPE to us.
    private static let isReady: Bool = {
        signal(SIGPIPE, SIG_IGN)
        return khien_curl_global_init() == CURLE_OK
    }()

    private static func headerList() -> UnsafeMutablePointer<curl_slist>? {
        let seconds = AgentLimits.callTimeoutMilliseconds / 1000
        var list: UnsafeMutablePointer<curl_slist>?
        for header in [
            "content-type: application/grpc", "te: trailers", "grpc-timeout: \(seconds)S", "accept:", "expect:",
        ] {
            guard let longer = curl_slist_append(list, header) else {
                curl_slist_free_all(list)
                return nil
            }
            list = longer
        }
        return list
    }

    private func configure() throws(TransportError) {
        try check(khien_curl_set_pointer(handle, CURLOPT_HTTPHEADER, headers), "take its headers")
        try set(CURLOPT_USERAGENT, "khien-agent/\(khienVersion)")
        try set(CURLOPT_PROTOCOLS_STR, "https")
        // An empty proxy switches off those that the environment names.
        try set(CURLOPT_PROXY, "")
        try set(CURLOPT_NOPROXY, "*")
        // No files of authorities: the verifier is the only one that is asked.
        try set(CURLOPT_CAINFO, nil)
        try set(CURLOPT_CAPATH, nil)
        try set(CURLOPT_POST, 1)
        try set(CURLOPT_NOSIGNAL, 1)
        try set(CURLOPT_FOLLOWLOCATION, 0)
        try set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
        try set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_3))
        try set(CURLOPT_SSL_VERIFYPEER, 1)
        try set(CURLOPT_SSL_VERIFYHOST, 2)
        // A resumed session would skip the verification of the certificate.
        try set(CURLOPT_SSL_SESSIONID_CACHE, 0)
        try set(CURLOPT_TCP_KEEPALIVE, 1)
        try set(CURLOPT_MAXCONNECTS, 1)
        try set(CURLOPT_BUFFERSIZE, 16 * 1024)
        try set(CURLOPT_UPLOAD_BUFFERSIZE, 16 * 1024)
        try set(CURLOPT_CONNECTTIMEOUT_MS, AgentLimits.connectTimeoutMilliseconds)
        try set(CURLOPT_TIMEOUT_MS, AgentLimits.callTimeoutMilliseconds)

        let context = Unmanaged.passUnretained(self).toOpaque()
        try check(khien_curl_set_receiver(handle, CURLOPT_WRITEFUNCTION, receiveBody), "receive")
        try check(khien_curl_set_pointer(handle, CURLOPT_WRITEDATA, context), "receive")
        try check(khien_curl_set_receiver(handle, CURLOPT_HEADERFUNCTION, receiveHeader), "receive")
        try check(khien_curl_set_pointer(handle, CURLOPT_HEADERDATA, context), "receive")
        // Refused where curl was built with another library than OpenSSL.
        try check(khien_curl_set_tls_hook(handle, prepareTLS), "use OpenSSL; install libcurl with OpenSSL")
        try check(khien_curl_set_pointer(handle, CURLOPT_SSL_CTX_DATA, context), "use OpenSSL")
        if isStopped != nil {
            try set(CURLOPT_NOPROGRESS, 0)
            try check(khien_curl_set_progress(handle, reportProgress), "watch for the end")
            try check(khien_curl_set_pointer(handle, CURLOPT_XFERINFODATA, context), "watch for the end")
        }
    }

    private func set(_ option: CURLoption, _ value: Int) throws(TransportError) {
        try check(khien_curl_set_long(handle, option, value), "take option \(option.rawValue)")
    }

    private func set(_ option: CURLoption, _ value: String?) throws(TransportError) {
        try check(khien_curl_set_string(handle, option, value), "take option \(option.rawValue)")
    }

    private func check(_ code: CURLcode, _ attempt: String) throws(TransportError) {
        guard code == CURLE_OK else { throw Self.broken(attempt) }
    }

    private static func broken(_ attempt: String) -> TransportError {
        TransportError(code: .library, message: "libcurl could not \(attempt); check its installation.")
    }

    fileprivate func takeHeader(_ bytes: UnsafeRawBufferPointer) { response.receiveHeader(bytes) }

    fileprivate func takeBody(_ bytes: UnsafeRawBufferPointer) -> Bool { response.receiveBody(bytes) }

    fileprivate var isToStop: Bool { isStopped?() ?? false }

    fileprivate func prepare(tls context: OpaquePointer) -> CURLcode {
        guard khien_require_tls13(context) == 1 else { return CURLE_SSL_CONNECT_ERROR }
        if let certificate, let key {
            guard SSL_CTX_use_certificate(context, certificate.handle) == 1,
                SSL_CTX_use_PrivateKey(context, key.key) == 1
            else {
                ERR_clear_error()
                return CURLE_SSL_CERTPROBLEM
            }
        }
        SSL_CTX_set_cert_verify_callback(context, verifyPeer, Unmanaged.passUnretained(verifier).toOpaque())
        return CURLE_OK
    }
}

// curl and OpenSSL call these in the middle of `perform`, on its thread, with the pointer that `configure` gave them:
// the object is alive and its lock is held.

private func connection(_ context: UnsafeMutableRawPointer?) -> AgentConnection? {
    context.map { Unmanaged<AgentConnection>.fromOpaque($0).takeUnretainedValue() }
}

private func receiveHeader(
    _ bytes: UnsafeMutablePointer<CChar>?,
    _ size: Int,
    _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    connection(context)?.takeHeader(UnsafeRawBufferPointer(start: bytes, count: size * count))
    return size * count
}

private func receiveBody(
    _ bytes: UnsafeMutablePointer<CChar>?,
    _ size: Int,
    _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    // Any other count than the one that was given ends the transfer.
    guard let connection = connection(context),
        connection.takeBody(UnsafeRawBufferPointer(start: bytes, count: size * count))
    else { return size * count == 0 ? 1 : 0 }
    return size * count
}

private func reportProgress(
    _ context: UnsafeMutableRawPointer?,
    _ toReceive: curl_off_t,
    _ received: curl_off_t,
    _ toSend: curl_off_t,
    _ sent: curl_off_t
) -> Int32 {
    connection(context)?.isToStop == true ? 1 : 0
}

private func prepareTLS(
    _ handle: UnsafeMutableRawPointer?,
    _ tls: UnsafeMutableRawPointer?,
    _ context: UnsafeMutableRawPointer?
) -> CURLcode {
    guard let connection = connection(context), let tls else { return CURLE_SSL_CONNECT_ERROR }
    return connection.prepare(tls: OpaquePointer(tls))
}

private func verifyPeer(_ handshake: OpaquePointer?, _ context: UnsafeMutableRawPointer?) -> Int32 {
    guard let handshake, let context else { return 0 }
    return Unmanaged<PeerVerifier>.fromOpaque(context).takeUnretainedValue().verify(handshake) ? 1 : 0
}
