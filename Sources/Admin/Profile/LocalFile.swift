import Shared

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
        /// It is larger than so many bytes.
        case tooLarge(limit: Int)
        case system(Int32)

        /// For people, to stand after the path; in the language of the run.
        var reason: String {
            switch self {
            case .notFound: Phrases.fileNotFound.description
            case .exists: Phrases.fileExists.description
            case .notAFile: Phrases.notAFile.description
            case .openToOthers: Phrases.fileOpenToOthers.description
            case .tooLarge(let limit): Phrases.fileTooLarge(limit).description
            case .system(let code): Phrases.fileFailed(SystemError.phrase(code)).description
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
            guard bytes.count + count <= limit else { throw .tooLarge(limit: limit) }
            bytes += chunk.prefix(count)
        }
    }

    /// Creates a file that only the owner may read and write, and flushes it; never overwrites, and leaves nothing behind
    /// when it fails.
    static func create(_ path: String, _ bytes: some Collection<UInt8>) throws(Failure) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw errno == EEXIST ? .exists : .system(errno) }
        defer { close(descriptor) }
        do {
            try write(Array(bytes), to: descriptor)
        } catch {
            unlink(path)
            throw error
        }
    }

    /// Takes a path for a file that is filled later: creates it, or takes an empty one, as an interruption leaves it.
    ///
    /// - Returns: whether it was created here.
    static func reserve(_ path: String) throws(Failure) -> Bool {
        do {
            try create(path, [])
            return true
        } catch .exists {
            var status = stat()
            guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size == 0,
                access(path, W_OK) == 0
            else { throw .exists }
            return false
        }
    }

    /// Writes what an empty file was created for, and flushes it; the file is empty again when that fails.
    static func fill(_ path: String, _ bytes: some Collection<UInt8>) throws(Failure) {
        let descriptor = open(path, O_WRONLY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { throw errno == ENOENT ? .notFound : .system(errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .system(errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile }
        guard status.st_size == 0 else { throw .exists }
        do {
            try write(Array(bytes), to: descriptor)
        } catch {
            ftruncate(descriptor, 0)
            throw error
        }
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) throws(Failure) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Self.write(descriptor, $0) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .system(errno) }
            rest = rest.dropFirst(count)
        }
        guard fsync(descriptor) == 0 else { throw .system(errno) }
    }

    /// Writes a document, which others may read too unless `mode` says otherwise: whole or not at all.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - bytes: What it is to hold.
    ///   - isReplacing: Whether a regular file of that name, or the one that a link of that name leads to, may be replaced.
    ///   - mode: Who may read it; without it those who may read what is replaced, and everybody where nothing is.
    /// - Throws: why not.
    static func publish(
        _ path: String,
        _ bytes: [UInt8],
        isReplacing: Bool,
        mode: mode_t? = nil
    ) throws(Failure) {
        let present = try target(of: path, isReplacing: isReplacing)
        let path = present?.path ?? path
        let mode = mode ?? present?.mode ?? 0o644
        let draft = "\(path).\(getpid()).tmp"
        remove(draft)
        do throws(Failure) {
            try create(draft, bytes)
            guard chmod(draft, mode) == 0 else { throw Failure.system(errno) }
            // A link refuses a name that came to exist meanwhile; a rename replaces it.
            guard (isReplacing ? rename(draft, path) : link(draft, path)) == 0 else {
                throw errno == EEXIST ? Failure.exists : Failure.system(errno)
            }
            remove(draft)
        } catch {
            remove(draft)
            throw error
        }
    }

    /// What `publish` would replace; `nil` where nothing stands.
    ///
    /// A pipe, a device or a link that leads nowhere is never replaced: whoever named it meant to write into it.
    ///
    /// - Returns: the file itself, behind all links, and its rights.
    /// - Throws: why it would replace nothing.
    @discardableResult
    static func target(of path: String, isReplacing: Bool) throws(Failure) -> (path: String, mode: mode_t)? {
        var status = stat()
        guard lstat(path, &status) == 0 else {
            guard errno == ENOENT else { throw .system(errno) }
            return nil
        }
        guard isReplacing else { throw .exists }
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { throw .notAFile }
        guard let resolved = realpath(path, nil) else { throw .system(errno) }
        defer { free(resolved) }
        return (String(cString: resolved), status.st_mode & 0o777)
    }

    /// Creates the folders above a path that are not there, closed to others.
    static func createParents(of path: String) throws(Failure) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        var parent = ""
        for part in parts {
            parent += "\(part)/"
            // Those above may exist without being ours to write into.
            if mkdir(parent, 0o700) != 0, errno != EEXIST, access(parent, F_OK) != 0 { throw .system(errno) }
        }
    }

    /// Creates a folder that only the owner may enter; never takes one that exists.
    static func createFolder(_ path: String) throws(Failure) {
        guard mkdir(path, 0o700) == 0 else { throw errno == EEXIST ? .exists : .system(errno) }
    }

    /// Whether something stands at a path.
    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Removes a file; one that is not there is as good.
    static func remove(_ path: String) { unlink(path) }

    /// Removes a folder that is empty.
    static func removeFolder(_ path: String) { rmdir(path) }

    /// One call of the system, under a name that this module's own functions do not hide.
    ///
    /// - Returns: how many bytes it took; below 0 for a failure, which `errno` names.
    static func write(_ descriptor: Int32, _ buffer: UnsafeRawBufferPointer) -> Int {
        #if canImport(Glibc)
        Glibc.write(descriptor, buffer.baseAddress, buffer.count)
        #elseif canImport(Musl)
        Musl.write(descriptor, buffer.baseAddress, buffer.count)
        #else
        Darwin.write(descriptor, buffer.baseAddress, buffer.count)
        #endif
    }

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
