import Shared

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Files that somebody names on the command line.
public enum GivenFile {
    /// The bytes of a regular file, at most one more than the limit: a file of ten million rows is not read to its end to be
    /// called too large.
    ///
    /// - Throws: `AgentError` of code `usage`.
    public static func read(_ path: String, limit: Int) throws(AgentError) -> [UInt8] {
        let shown = PrintableText.escape(path)
        let number = SystemCall.retrying { openForReading(path) }
        guard number >= 0 else {
            throw AgentError(code: .usage, message: "\(shown) cannot be opened: \(SystemError()); check the path.")
        }
        let file = OwnedDescriptor(number)
        var status = stat()
        guard fstat(number, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw AgentError(code: .usage, message: "\(shown) is not a regular file.")
        }
        do {
            return try SystemCall.readPrefix(file, limit: limit + 1)
        } catch {
            throw AgentError(code: .usage, message: "\(shown) cannot be read: \(error)", cause: error)
        }
    }

    /// Makes a new file with these bytes, which everybody may read; never overwrites one.
    ///
    /// - Throws: `AgentError` of code `usage`, `inputOutput`.
    public static func create(_ path: String, _ bytes: [UInt8]) throws(AgentError) {
        let shown = PrintableText.escape(path)
        let number = SystemCall.retrying { openForCreating(path) }
        guard number >= 0 else {
            throw AgentError(code: .usage, message: "\(shown) cannot be made: \(SystemError()); name another file.")
        }
        let file = OwnedDescriptor(number)
        do {
            try SystemCall.writeAndFlush(file, bytes)
        } catch {
            throw AgentError(code: .inputOutput, message: "\(shown) cannot be written: \(error)", cause: error)
        }
    }
}

private func openForReading(_ path: String) -> Int32 { open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC) }

private func openForCreating(_ path: String) -> Int32 {
    open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
}
