#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A small file of the data directory: keys, certificates, profiles.
enum StateFile {
    /// A key, certificate or profile, in bytes.
    static let byteLimit = 256 * 1024

    /// Writes a new file and flushes it; never touches one that is there.
    /// - Throws: `CollectorError` (`dataDirectory`).
    static func create(_ path: String, _ bytes: [UInt8], mode: mode_t) throws(CollectorError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode)
        guard descriptor >= 0 else { throw failure("create", path, .last("open")) }
        defer { close(descriptor) }
        guard fchmod(descriptor, mode) == 0 else { throw failure("protect", path, .last("fchmod")) }
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure("write", path, .last("write")) }
            written += count
        }
        guard fsync(descriptor) == 0 else { throw failure("flush", path, .last("fsync")) }
    }

    /// Puts a new content in the place of a file in one step, so that a crash leaves the old one or the new one.
    /// - Throws: `CollectorError` (`dataDirectory`).
    static func replace(_ path: String, _ bytes: [UInt8], mode: mode_t) throws(CollectorError) {
        let next = path + ".new"
        if unlink(next) != 0, errno != ENOENT { throw failure("remove", next, .last("unlink")) }
        try create(next, bytes, mode: mode)
        try move(next, to: path)
    }

    /// Renames a file or directory, and flushes that; a directory takes the place of an empty one at most.
    /// - Throws: `CollectorError` (`dataDirectory`).
    static func move(_ path: String, to target: String) throws(CollectorError) {
        guard rename(path, target) == 0 else { throw failure("put a new file at", target, .last("rename")) }
        try flushDirectory(of: target)
    }

    /// Whether there is anything at a path, be it a dangling link.
    static func exists(_ path: String) -> Bool {
        // Not `lstat`: whether its structure has an initializer depends on what else the module imports. Invalid here
        // means "there, and not a link".
        var target: CChar = 0
        return readlink(path, &target, 1) >= 0 || errno == EINVAL
    }

    /// The whole content of a file of at most `limit` bytes.
    /// - Throws: `CollectorError` (`dataDirectory`) when it is missing, unreadable or over the limit.
    static func read(_ path: String, limit: Int = byteLimit) throws(CollectorError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("read", path, .last("open")) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16 * 1024)
        while true {
            let capacity = chunk.count
            let count = chunk.withUnsafeMutableBytes { Self.read(descriptor, $0.baseAddress, capacity) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure("read", path, .last("read")) }
            guard count > 0 else { return bytes }
            bytes.append(contentsOf: chunk.prefix(count))
            guard bytes.count <= limit else {
                throw CollectorError(.dataDirectory, "The file '\(path)' is over \(limit) bytes. Give the right file.")
            }
        }
    }

    /// Makes a directory that only its owner can enter; its parent must be there.
    /// - Throws: `CollectorError` (`dataDirectory`).
    static func makeDirectory(_ path: String) throws(CollectorError) {
        guard mkdir(path, 0o700) == 0 else { throw failure("create", path, .last("mkdir")) }
    }

    /// Flushes the entry of a file that was made or renamed.
    static func flushDirectory(of path: String) throws(CollectorError) {
        let slash = path.lastIndex(of: "/")
        let parent = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let descriptor = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("open", parent, .last("open")) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure("flush", parent, .last("fsync")) }
    }

    private static func read(_ descriptor: CInt, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
        #if canImport(Glibc)
        Glibc.read(descriptor, buffer, count)
        #elseif canImport(Musl)
        Musl.read(descriptor, buffer, count)
        #else
        Darwin.read(descriptor, buffer, count)
        #endif
    }

    private static func failure(_ verb: String, _ path: String, _ cause: SystemError) -> CollectorError {
        CollectorError(
            .dataDirectory,
            "Cannot \(verb) '\(path)': \(cause.explanation). Check the path and its owner.",
            cause: cause
        )
    }
}
