#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The directory that holds everything a collector keeps, locked for as long as this object lives.
///
/// The lock is the kernel's, so that it is gone with the process, however that ended.
public final class DataDirectory: Sendable {
    /// The directory's path, as it was given.
    public let path: String
    private let lock: CInt

    static let databaseName = "khien.sqlite"

    /// The embedded database.
    var databasePath: String { path + "/" + Self.databaseName }
    /// Key and certificate of the authority.
    var authorityPath: String { path + "/authority" }
    /// Key and certificate of the listeners.
    var serverPath: String { path + "/server" }

    /// Opens a directory that `init` made.
    /// - Throws: `CollectorError` (`dataDirectory`) when there is none, or another collector holds it.
    public convenience init(path: String) throws(CollectorError) {
        guard access(path + "/authority/certificate.pem", F_OK) == 0 else {
            throw CollectorError(
                .dataDirectory,
                "'\(path)' is not a collector's data directory. Make one with 'khien-collector init --data \(path)'.",
                cause: SystemError.last("access")
            )
        }
        try self.init(locking: path)
    }

    /// Locks a directory, whatever is in it.
    init(locking path: String) throws(CollectorError) {
        let descriptor = open(path + "/lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            let cause = SystemError.last("open")
            throw CollectorError(
                .dataDirectory,
                "Cannot use '\(path)': \(cause.explanation). Run as the user that owns it.",
                cause: cause
            )
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let cause = SystemError.last("flock")
            close(descriptor)
            throw CollectorError(
                .dataDirectory,
                "Another khien-collector is using '\(path)'. Stop it first, or give this one its own --data.",
                cause: cause
            )
        }
        self.path = path
        lock = descriptor
    }

    deinit {
        // Said, because a program that is being started at this moment has a copy of the descriptor for a while.
        flock(lock, LOCK_UN)
        close(lock)
    }
}
