public import Logging

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The number of files and sockets that this process may hold.
public enum OpenFileLimit {
    private static let wanted: rlim_t = 65_536

    /// Raises the soft limit as far as the hard one allows: every connection is a file.
    public static func raise(logger: Logger) {
        var limit = rlimit()
        #if canImport(Glibc)
        let resource = CInt(RLIMIT_NOFILE.rawValue)
        #else
        let resource = RLIMIT_NOFILE
        #endif
        guard getrlimit(resource, &limit) == 0, limit.rlim_cur < wanted else { return }
        let before = limit.rlim_cur
        limit.rlim_cur = min(wanted, limit.rlim_max)
        guard setrlimit(resource, &limit) == 0, limit.rlim_cur >= rlim_t(ServerLimits().connections) else {
            logger.warning(
                "few connections are possible; raise the limit of open files",
                metadata: ["files": "\(before)"]
            )
            return
        }
    }
}
