#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// Files that the simulator reads and writes; small ones, all at once.
public enum LocalFile {
    /// The bytes of a file.
    ///
    /// - Throws: `FleetError` of code `inputOutput`, also when there are more than `limit`.
    public static func contents(of path: String, limit: Int = FleetLimits.fileBytes) throws(FleetError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("open", path) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            guard count >= 0 else {
                if errno == EINTR { continue }
                throw failure("read", path)
            }
            guard count > 0 else { return bytes }
            guard bytes.count + count <= limit else {
                throw FleetError(
                    .inputOutput,
                    "\(path) is larger than \(limit) bytes; it cannot be what is needed here."
                )
            }
            bytes.append(contentsOf: chunk[..<count])
        }
    }

    /// Writes a line to standard error; where that is closed, nobody wanted to know.
    public static func printError(_ line: String) {
        _ = append(Array((line + "\n").utf8), to: STDERR_FILENO)
    }

    /// Whether there is something with this name.
    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Makes a directory (mode 0700) where there is none.
    static func makeDirectory(_ path: String) throws(FleetError) {
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw failure("make the directory", path) }
    }

    /// Puts a file (mode 0600) in place of the one with its name, whole or not at all.
    static func replace(_ path: String, with bytes: [UInt8]) throws(FleetError) {
        let temporary = path + ".new"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw failure("write", temporary) }
        let isWritten = append(bytes, to: descriptor)
        close(descriptor)
        guard isWritten, rename(temporary, path) == 0 else { throw failure("write", path) }
    }

    /// Opens a file (mode 0600) for appending, made where there is none.
    static func openForAppending(_ path: String) throws(FleetError) -> Int32 {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("open", path) }
        return descriptor
    }

    /// Writes all bytes; `false` when the system refused.
    static func append(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var offset = 0
        while offset < bytes.count {
            let written = bytes.withUnsafeBytes { buffer in
                let rest = UnsafeRawBufferPointer(rebasing: buffer[offset...])
                return write(descriptor, rest.baseAddress, rest.count)
            }
            guard written > 0 else {
                if written < 0, errno == EINTR { continue }
                return false
            }
            offset += written
        }
        return true
    }

    private static func failure(_ attempt: String, _ path: String) -> FleetError {
        FleetError(
            .inputOutput,
            "Could not \(attempt) \(path): \(String(cString: strerror(errno))); check the path, its rights and the free space."
        )
    }
}
