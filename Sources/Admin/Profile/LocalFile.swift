#if canImport(CoreFoundation)
// In an optimized build the compiler counts the members of `stat` as this module's.
import CoreFoundation
#endif
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Reading and creating the small files of a profile.
enum LocalFile {
    /// What kept a file from being read or written.
    enum Failure: Error, Equatable {
        case notFound
        /// It exists, and must not be overwritten.
        case exists
        case notAFile
        /// Users other than the owner have rights on it.
        case openToOthers
        case tooLarge
        case system(Int32)

        /// For people, to stand after the path.
        var reason: String {
            switch self {
            case .notFound: "does not exist"
            case .exists: "exists already"
            case .notAFile: "is not a regular file"
            case .openToOthers: "can be read by other users"
            case .tooLarge: "is too large"
            case .system(let code): "failed: \(String(cString: strerror(code)))"
            }
        }
    }

    /// Reads a whole file.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - limit: Its largest size, in bytes.
    ///   - isPrivate: Whether it must be out of reach of group and others.
    /// - Returns: its bytes.
    /// - Throws: why not.
    static func read(_ path: String, limit: Int, isPrivate: Bool = false) throws(Failure) -> [UInt8] {
        // Not blocking, so that a named pipe in place of the file does not hold the program.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw errno == ENOENT ? .notFound : .system(errno) }
        defer { close(descriptor) }

        // The rights are read from what was opened: the path may name another file a moment later.
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .system(errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile }
        guard !isPrivate || status.st_mode & 0o077 == 0 else { throw .openToOthers }

        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = chunk.withUnsafeMutableBytes { Self.read(descriptor, $0) }
            guard count >= 0 else { throw .system(errno) }
            guard count > 0 else { return bytes }
            guard bytes.count + count <= limit else { throw .tooLarge }
            bytes += chunk.prefix(count)
        }
    }

    /// Creates a file that only the owner may read and write, and flushes it; never overwrites.
    static func create(_ path: String, _ bytes: some Collection<UInt8>) throws(Failure) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw errno == EEXIST ? .exists : .system(errno) }
        defer { close(descriptor) }
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .system(errno) }
            rest = rest.dropFirst(count)
        }
        guard fsync(descriptor) == 0 else { throw .system(errno) }
    }

    /// Creates a folder that only the owner may enter; never takes one that exists.
    static func createFolder(_ path: String) throws(Failure) {
        guard mkdir(path, 0o700) == 0 else { throw errno == EEXIST ? .exists : .system(errno) }
    }

    /// Removes a file; one that is not there is as good.
    static func remove(_ path: String) { unlink(path) }

    /// Removes a folder that is empty.
    static func removeFolder(_ path: String) { rmdir(path) }

    private static func read(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
        while true {
            #if canImport(Glibc)
            let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            #elseif canImport(Musl)
            let count = Musl.read(descriptor, buffer.baseAddress, buffer.count)
            #else
            let count = Darwin.read(descriptor, buffer.baseAddress, buffer.count)
            #endif
            if count >= 0 || errno != EINTR { return count }
        }
    }
}
