#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The directory in which one agent keeps what it must not lose.
///
/// Everything in it is opened relative to one descriptor and never through a link, so that nobody who can move
/// directories can make the agent read or write somewhere else.
public final class StateDirectory: Sendable {
    /// The path as it was given, for messages.
    public let path: String

    let descriptor: Int32

    private init(path: String, descriptor: Int32) {
        self.path = path
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Opens the directory, and makes it (mode 0700) where it is missing and that is allowed.
    ///
    /// - Throws: `AgentError` of code `notEnrolled` when it is missing, `stateUnsafe` when it belongs to somebody else
    ///   or others may write to it, `inputOutput`.
    public static func open(_ path: String, creating: Bool) throws(AgentError) -> StateDirectory {
        if creating { try makeWithParents(path) }
        let number = SystemCall.retrying { openInside(AT_FDCWD, path, O_RDONLY | O_DIRECTORY) }
        guard number >= 0 else {
            let error = SystemError()
            guard error.number != ENOENT else {
                throw AgentError(
                    code: .notEnrolled,
                    message: "There is no state in \(path); enroll this device first (khien-agent enroll)."
                )
            }
            throw .inputOutput("open the state directory \(path)", error)
        }
        let directory = StateDirectory(path: path, descriptor: number)
        try directory.refuseForeign()
        return directory
    }

    /// A directory inside this one, made (mode 0700) where it is missing.
    func subdirectory(_ name: String) throws(AgentError) -> StateDirectory {
        if mkdirat(descriptor, name, 0o700) != 0, errno != EEXIST {
            throw .inputOutput("make \(path)/\(name)", SystemError())
        }
        guard let directory = try existingSubdirectory(name) else {
            throw .inputOutput("open \(path)/\(name)", SystemError(ENOENT))
        }
        return directory
    }

    /// A directory inside this one; `nil` when there is none.
    func existingSubdirectory(_ name: String) throws(AgentError) -> StateDirectory? {
        let inner = "\(path)/\(name)"
        let number = SystemCall.retrying { openInside(descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW) }
        guard number >= 0 else {
            let error = SystemError()
            guard error.number != ENOENT else { return nil }
            throw .inputOutput("open the directory \(inner)", error)
        }
        let directory = StateDirectory(path: inner, descriptor: number)
        try directory.refuseForeign()
        return directory
    }

    /// Keeps every other agent away from this state until the returned lock is given up.
    ///
    /// - Throws: `AgentError` of code `stateInUse`.
    func lock() throws(AgentError) -> StateLock {
        let number = SystemCall.retrying {
            openat(descriptor, "lock", O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0o600)
        }
        guard number >= 0 else { throw .inputOutput("open \(path)/lock", SystemError()) }
        let lock = StateLock(number)
        guard SystemCall.retrying({ flock(number, LOCK_EX | LOCK_NB) }) == 0 else {
            let error = SystemError()
            guard error.number == EWOULDBLOCK else { throw .inputOutput("lock \(path)", error) }
            throw AgentError(
                code: .stateInUse,
                message: "Another khien-agent uses \(path); stop it first, or leave the work to it."
            )
        }
        return lock
    }

    private static func makeWithParents(_ path: String) throws(AgentError) {
        guard mkdir(path, 0o700) != 0 else { return }
        let error = SystemError()
        switch error.number {
        case EEXIST:
            return
        case ENOENT:
            guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { break }
            try makeWithParents(String(path[..<slash]))
            if mkdir(path, 0o700) == 0 || errno == EEXIST { return }
            throw .inputOutput("make the state directory \(path)", SystemError())
        default:
            break
        }
        throw .inputOutput("make the state directory \(path)", error)
    }

    private func refuseForeign() throws(AgentError) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .inputOutput("look at \(path)", SystemError()) }
        guard status.st_uid == geteuid() else {
            throw AgentError(
                code: .stateUnsafe,
                message:
                    "\(path) belongs to user \(status.st_uid), not to the user of this process; run khien-agent as "
                    + "its owner."
            )
        }
        guard status.st_mode & 0o022 == 0 else {
            throw AgentError(
                code: .stateUnsafe,
                message: "Others may write to \(path); look at what is in it, then: chmod 700 \(path)"
            )
        }
    }
}

/// Given up when it goes out of scope, and by the system when the process ends.
final class StateLock: Sendable {
    private let descriptor: Int32

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    deinit {
        // Said, because a program that is being started at this moment has a copy of the descriptor for a while.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }
}

private func openInside(_ directory: Int32, _ path: String, _ flags: Int32) -> Int32 {
    openat(directory, path, flags | O_CLOEXEC)
}

extension AgentError {
    /// A refusal of the system, with its own words.
    static func inputOutput(_ attempt: String, _ error: SystemError) -> AgentError {
        AgentError(
            code: .inputOutput,
            message: "Could not \(attempt): \(error); check the path, its rights and the free space.",
            cause: error
        )
    }
}
