#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A descriptor that is closed when it goes out of scope.
struct OwnedDescriptor: ~Copyable {
    let number: Int32

    init(_ number: Int32) { self.number = number }

    deinit { close(number) }
}

/// What the agent needs of the system's calls: interrupted ones again, partial ones to their end.
enum SystemCall {
    /// Runs a call until it is not interrupted.
    static func retrying<Result: SignedInteger>(_ call: () -> Result) -> Result {
        while true {
            let result = call()
            if result != -1 || errno != EINTR { return result }
        }
    }

    /// The bytes of a descriptor to its end; `nil` when there are more than the limit.
    static func readAll(_ descriptor: borrowing OwnedDescriptor, limit: Int) throws(SystemError) -> [UInt8]? {
        let bytes = try readPrefix(descriptor, limit: limit + 1)
        return bytes.count <= limit ? bytes : nil
    }

    /// The bytes of a descriptor to its end, or as many as the limit.
    static func readPrefix(_ descriptor: borrowing OwnedDescriptor, limit: Int) throws(SystemError) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16 * 1024)
        while bytes.count < limit {
            let number = descriptor.number
            let count = retrying { read(number, &chunk, chunk.count) }
            guard count >= 0 else { throw SystemError() }
            guard count > 0 else { break }
            bytes.append(contentsOf: chunk[..<min(count, limit - bytes.count)])
        }
        return bytes
    }

    /// Writes all bytes and flushes them to the disk.
    static func writeAndFlush(_ descriptor: borrowing OwnedDescriptor, _ bytes: [UInt8]) throws(SystemError) {
        let number = descriptor.number
        var offset = 0
        while offset < bytes.count {
            let written = bytes.withUnsafeBytes { buffer in
                let rest = UnsafeRawBufferPointer(rebasing: buffer[offset...])
                return retrying { write(number, rest.baseAddress, rest.count) }
            }
            guard written > 0 else { throw SystemError() }
            offset += written
        }
        guard retrying({ fsync(number) }) == 0 else { throw SystemError() }
    }
}

/// The system's number for what went wrong, taken at once.
struct SystemError: Error, CustomStringConvertible {
    let number: Int32

    init(_ number: Int32 = errno) { self.number = number }

    var description: String { String(cString: strerror(number)) }
}
