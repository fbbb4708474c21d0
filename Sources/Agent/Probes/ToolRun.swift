#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Runs a program of this system and reads its output line by line: no shell, an environment of our own, and an end.
struct ToolRun {
    /// How the program ended.
    enum Ending: Equatable {
        /// By itself, with this exit status.
        case exited(Int32)
        /// By a signal that we did not send.
        case signaled(Int32)
        /// Stopped by us at the deadline, or still being written then.
        case overdue
        /// Stopped by us: more output than the limit.
        case tooLarge
        /// It could not be started, with this `errno`.
        case notStarted(Int32)
    }

    /// The program's path.
    let path: String
    /// What follows its name.
    let arguments: [String]
    /// Bytes of output before it is stopped.
    let outputLimit: Int
    /// Bytes of one line; the rest of a longer one is left out.
    var lineBytes = 4096

    /// Runs it to its end, or to the deadline.
    ///
    /// It gets a process group of its own, so that what it starts ends with it.
    func run(deadline: Deadline, line: (UnsafeRawBufferPointer, LineSplitter.Ending) -> Void) -> Ending {
        var ends: [Int32] = [-1, -1]
        // A pipe cannot be made close-on-exec at once here, and what another thread starts meanwhile would keep it open.
        guard socketpair(AF_UNIX, Self.socketType, 0, &ends) == 0 else { return .notStarted(errno) }
        let output = Descriptor(ends[0])
        var (process, code) = start(output: ends[1])
        // A program that is being written, or that another thread's child still holds open, is free again in a moment.
        while code == ETXTBSY, !deadline.isOver {
            _ = poll(nil, 0, 2)
            (process, code) = start(output: ends[1])
        }
        // Ours must close for the output to end when the program does.
        _ = close(ends[1])
        guard code == 0 else { return code == ETXTBSY ? .overdue : .notStarted(code) }

        var splitter = LineSplitter(lineBytes: lineBytes)
        let stopped = read(output, deadline: deadline, splitter: &splitter, line: line)
        splitter.finish { bytes, ending in
            line(bytes, ending)
            return true
        }
        return wait(for: process, stopped: stopped, deadline: deadline)
    }

    private func start(output: Int32) -> (process: pid_t, code: Int32) {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var defaults = sigset_t()
        var mask = sigset_t()
        sigfillset(&defaults)
        sigemptyset(&mask)
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        posix_spawnattr_setsigmask(&attributes, &mask)
        posix_spawnattr_setpgroup(&attributes, 0)
        let flags = Int32(POSIX_SPAWN_SETSIGDEF) | Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETPGROUP)
        posix_spawnattr_setflags(&attributes, Int16(truncatingIfNeeded: flags))

        var words = Self.copies([path] + arguments)
        var environment = Self.copies(["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/", "LC_ALL=C"])
        defer {
            for word in words + environment { free(word) }
        }
        var process: pid_t = 0
        let code = posix_spawn(&process, path, &actions, &attributes, &words, &environment)
        return (process, code)
    }

    #if canImport(Glibc)
    private static let socketType = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    #elseif canImport(Musl)
    private static let socketType = SOCK_STREAM | SOCK_CLOEXEC
    #else
    private static let socketType = SOCK_STREAM
    #endif

    private static func copies(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
        texts.map { text in strdup(text) } + [nil]
    }

    /// - Returns: why the program must be stopped; `nil` when its output is at its end.
    private func read(
        _ output: Descriptor,
        deadline: Deadline,
        splitter: inout LineSplitter,
        line: (UnsafeRawBufferPointer, LineSplitter.Ending) -> Void
    ) -> Ending? {
        let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 65536, alignment: 16)
        defer { chunk.deallocate() }
        var total = 0
        while true {
            var ready = pollfd(fd: output.raw, events: Int16(POLLIN), revents: 0)
            let count = poll(&ready, 1, deadline.remainingMilliseconds)
            guard count > 0 else {
                // Only the deadline's own clock says that it is over.
                if deadline.isOver || count < 0 && errno != EINTR { return .overdue }
                continue
            }
            guard let read = try? output.read(into: chunk), read > 0 else { return nil }
            total += read
            guard total <= outputLimit else { return .tooLarge }
            _ = splitter.feed(UnsafeRawBufferPointer(rebasing: chunk[..<read])) { bytes, ending in
                line(bytes, ending)
                return true
            }
            if deadline.isOver { return .overdue }
        }
    }

    private func wait(for process: pid_t, stopped: Ending?, deadline: Deadline) -> Ending {
        var stopped = stopped
        var status: Int32 = 0
        while true {
            if stopped == nil, deadline.isOver { stopped = .overdue }
            if stopped != nil { _ = kill(-process, SIGKILL) }
            let ended = waitpid(process, &status, stopped == nil ? WNOHANG : 0)
            if ended == process { break }
            if ended < 0, errno != EINTR { return stopped ?? .notStarted(errno) }
            // It closed its output and still runs: look again in a moment.
            if ended == 0 { _ = poll(nil, 0, 2) }
        }
        if let stopped { return stopped }
        let signal = status & 0x7f
        return signal == 0 ? .exited((status >> 8) & 0xff) : .signaled(signal)
    }
}
