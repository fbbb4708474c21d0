import Shared

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What the system says when it refuses, by its number.
enum SystemError {
    /// The text for people; in the system's own words where it is none of the usual ones.
    static func phrase(_ code: Int32) -> Phrase {
        switch code {
        case ENOENT: Phrases.noSuchFile
        case EACCES: Phrases.noPermission
        case EPERM: Phrases.notAllowed
        case ENOSPC: Phrases.noSpace
        case EDQUOT: Phrases.overQuota
        case EROFS: Phrases.readOnly
        case EISDIR: Phrases.isFolder
        case ENOTDIR: Phrases.notFolder
        case ENAMETOOLONG: Phrases.nameTooLong
        case ELOOP: Phrases.linkLoop
        case EIO: Phrases.inputOutput
        case ECONNREFUSED: Phrases.connectionRefused
        case ECONNRESET: Phrases.connectionReset
        case ETIMEDOUT: Phrases.connectionTimedOut
        case EHOSTUNREACH: Phrases.noRoute
        case ENETUNREACH: Phrases.networkUnreachable
        default: Phrase(verbatim: String(cString: strerror(code)))
        }
    }
}
