#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Why a file below the root could not be read.
enum FileFailure: Error, Equatable {
    /// The system refused, with this `errno`.
    case system(Int32)
    /// A pipe, a device, a socket, or a folder in place of a file.
    case notARegularFile
    /// More bytes than the probe reads.
    case tooLarge

    /// There is nothing of that name.
    var isMissing: Bool { self == .system(ENOENT) || self == .system(ENOTDIR) }

    /// It may be there, but this user may not look.
    var isDenied: Bool { self == .system(EACCES) || self == .system(EPERM) }

    /// For people.
    var reason: String {
        switch self {
        case .system(EACCES), .system(EPERM): "permission denied: run as root"
        case .system(ELOOP): "symbolic links in a circle"
        case .system(let code): String(cString: strerror(code)).lowercased()
        case .notARegularFile: "not a regular file"
        case .tooLarge: "larger than the limit"
        }
    }

    /// The failure that the last system call left in `errno`.
    static var last: FileFailure { .system(errno) }
}
