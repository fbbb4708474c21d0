#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Where output goes.
public protocol ByteSink: Sendable {
    /// Writes all the bytes.
    ///
    /// - Throws: `OutputClosed` when nobody reads any more; `AdminError` for other failures.
    func write(_ bytes: [UInt8]) throws
}

/// The reader of the output went away, as `head` does; no failure of ours.
public struct OutputClosed: Error {
    /// The failure of a write that nobody would read.
    public init() {}
}

/// An open file, pipe or terminal.
public struct FileDescriptorSink: ByteSink {
    /// The descriptor; not closed here.
    public let descriptor: Int32

    /// A sink that writes to an open descriptor.
    public init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Writes all the bytes, and waits while the reader is slow.
    public func write(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { LocalFile.write(descriptor, $0) }
            guard count < 0 else {
                rest = rest.dropFirst(count)
                continue
            }
            switch errno {
            case EINTR: continue
            case EAGAIN: Self.waitUntilWritable(descriptor)
            case EPIPE: throw OutputClosed()
            case let code:
                throw AdminError(.output, Phrases.unwritableOutput(SystemError.phrase(code)))
            }
        }
    }

    /// A terminal or pipe that another program has set to not block.
    private static func waitUntilWritable(_ descriptor: Int32) {
        var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&request, 1, -1)
    }
}
