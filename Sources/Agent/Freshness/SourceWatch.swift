#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Looks at the sources without opening them.
public protocol SourceWatching {
    /// How they look now.
    func look() -> Fingerprint
}

/// Asks the system for times, sizes and numbers of files: one call for each path, and nothing is opened.
public final class SourceWatch: SourceWatching {
    private let paths: [String]
    private let names: [[CChar]]

    /// A watch of these paths, at most `AgentLimits.watchedPaths`.
    ///
    /// - Parameters:
    ///   - root: The folder that stands for `/` in `paths`. Unlike the probes, the system follows a link out of it: where
    ///     it leads is only looked at, never read.
    ///   - paths: Absolute.
    ///   - others: Paths that are not below the root.
    public init(root: String, paths: [String], others: [String] = []) {
        let base = root.hasSuffix("/") ? String(root.dropLast()) : root
        self.paths = Array((others + paths.map { base + $0 }).prefix(AgentLimits.watchedPaths))
        names = self.paths.map { $0.utf8CString.map(\.self) }
    }

    /// How they look now.
    public func look() -> Fingerprint { Fingerprint(paths: paths, stamps: names.map(Self.stamp)) }

    private static func stamp(_ name: [CChar]) -> Fingerprint.Stamp {
        var status = stat()
        guard fstatat(AT_FDCWD, name, &status, noAutomount) == 0 else { return Fingerprint.Stamp(failure: errno) }
        #if canImport(Darwin)
        let (modified, changed) = (status.st_mtimespec, status.st_ctimespec)
        #else
        let (modified, changed) = (status.st_mtim, status.st_ctim)
        #endif
        return Fingerprint.Stamp(
            device: UInt64(truncatingIfNeeded: status.st_dev),
            inode: UInt64(truncatingIfNeeded: status.st_ino),
            mode: UInt32(truncatingIfNeeded: status.st_mode),
            size: Int64(status.st_size),
            modified: nanoseconds(modified),
            changed: nanoseconds(changed)
        )
    }

    private static func nanoseconds(_ time: timespec) -> Int64 {
        Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
    }

    #if os(Linux)
    /// The kernel's `AT_NO_AUTOMOUNT`: a look must not mount anything.
    ///
    /// Source: linux/fcntl.h.
    private static let noAutomount: Int32 = 0x800
    #else
    private static let noAutomount: Int32 = 0
    #endif
}
