#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A TCP socket that is bound to its address before anything is served, so that the port is known and a taken one is
/// a clear refusal at the start.
struct ListeningSocket: Sendable {
    /// Whoever serves it closes it.
    let descriptor: CInt
    /// The host as it was asked for, and the port that the kernel gave.
    let address: ListenAddress

    /// Binds the first address that the host resolves to.
    /// - Throws: `CollectorError` (`unavailable`) when the host is unknown or the port is taken or forbidden.
    init(_ wanted: ListenAddress) throws(CollectorError) {
        var hints = addrinfo()
        #if canImport(Glibc)
        hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
        #else
        hints.ai_socktype = SOCK_STREAM
        #endif
        hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(wanted.host, String(wanted.port), &hints, &found) == 0, let info = found?.pointee else {
            throw CollectorError(.unavailable, "Cannot listen on \(wanted): the host is unknown. Give an IP address.")
        }
        defer { freeaddrinfo(found) }

        let descriptor = socket(info.ai_family, info.ai_socktype, info.ai_protocol)
        guard descriptor >= 0 else { throw Self.failure(wanted, .last("socket")) }
        do {
            address = ListenAddress(host: wanted.host, port: try Self.bind(descriptor, to: info, wanted))
        } catch {
            close(descriptor)
            throw error
        }
        self.descriptor = descriptor
    }

    /// Gives the port back, when nobody is going to serve it.
    func release() {
        close(descriptor)
    }

    private static func bind(
        _ descriptor: CInt,
        to info: addrinfo,
        _ wanted: ListenAddress
    ) throws(CollectorError) -> UInt16 {
        guard fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0 else { throw failure(wanted, .last("fcntl")) }
        var yes: CInt = 1
        let size = socklen_t(MemoryLayout<CInt>.size)
        guard setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, size) == 0 else {
            throw failure(wanted, .last("setsockopt"))
        }
        #if canImport(Glibc)
        let bound = Glibc.bind(descriptor, info.ai_addr, info.ai_addrlen)
        #elseif canImport(Musl)
        let bound = Musl.bind(descriptor, info.ai_addr, info.ai_addrlen)
        #else
        let bound = Darwin.bind(descriptor, info.ai_addr, info.ai_addrlen)
        #endif
        guard bound == 0 else { throw failure(wanted, .last("bind")) }
        // Two sockets can be bound to one port with SO_REUSEADDR until one of them listens.
        guard listen(descriptor, SOMAXCONN) == 0 else { throw failure(wanted, .last("listen")) }

        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let named = withUnsafeMutablePointer(to: &storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        guard named == 0 else { throw failure(wanted, .last("getsockname")) }
        // The port stands at the same place in IPv4 and IPv6 addresses.
        return withUnsafeBytes(of: storage) { bytes in
            UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: 2, as: UInt16.self))
        }
    }

    private static func failure(_ wanted: ListenAddress, _ cause: SystemError) -> CollectorError {
        CollectorError(
            .unavailable,
            "Cannot listen on \(wanted): \(cause.explanation). Stop the program that holds it, or give another one.",
            cause: cause
        )
    }
}
