#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The tree that is looked at.
///
/// Every path is resolved inside it, symbolic links included: an absolute link means this root, and `..` never leads
/// above it.
///
/// Each part of a path is opened by itself and never followed by the kernel, so that a link that is swapped in meanwhile
/// leads nowhere. Nothing here waits: pipes and devices are refused before they are opened.
final class RootDirectory {
    /// As `root` itself.
    let top: Descriptor
    /// Whether this is the running system's own root.
    let isHost: Bool
    /// Who owns the root; on a running system, root.
    let owner: (user: uid_t, group: gid_t)

    private static let maximumLinks = 40
    private static let maximumPathBytes = 4096

    #if os(Linux)
    /// The kernel's `O_PATH`, which the C library's module leaves out: needs no right to read the folder.
    ///
    /// Source: asm-generic/fcntl.h.
    private static let pathOnly: Int32 = 0o10_000_000
    private static let walk = pathOnly | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
    #else
    private static let walk = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
    #endif

    /// Opens a root; a link to it is followed.
    init(path: String) throws(FileFailure) {
        let raw = openat(AT_FDCWD, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard raw >= 0 else { throw .last }
        top = Descriptor(raw)
        var own = stat()
        guard fstat(raw, &own) == 0 else { throw .last }
        var host = stat()
        isHost = stat("/", &host) == 0 && host.st_dev == own.st_dev && host.st_ino == own.st_ino
        owner = (own.st_uid, own.st_gid)
    }

    /// Where a path ends: the folder that holds the entry, and the entry's name in it.
    struct Place {
        var parent: Descriptor
        /// Ends with a zero byte; `.` for the root itself.
        var name: [CChar]
        var status: stat

        var isFolder: Bool { status.st_mode & S_IFMT == S_IFDIR }
        var isRegular: Bool { status.st_mode & S_IFMT == S_IFREG }
        var isLink: Bool { status.st_mode & S_IFMT == S_IFLNK }
    }

    /// Finds what is at a path; with `following`, a link at its very end is followed, too.
    func place(_ path: some Sequence<UInt8>, following: Bool = true) throws(FileFailure) -> Place {
        var pending = try Self.parts(path)
        // What was walked through, so that `..` goes back the same way.
        var folders = [top]
        var links = 0
        var last = Place(parent: top, name: Self.dot, status: try Self.status(Self.dot, in: top))
        while let part = pending.popLast() {
            if part == Self.dot { continue }
            if part == Self.dotDot {
                if folders.count > 1 { folders.removeLast() }
                last = Place(parent: folders[folders.count - 1], name: Self.dot, status: last.status)
                last.status = try Self.status(Self.dot, in: last.parent)
                continue
            }
            let parent = folders[folders.count - 1]
            let status = try Self.status(part, in: parent)
            let isLink = status.st_mode & S_IFMT == S_IFLNK
            if isLink, following || !pending.isEmpty {
                links += 1
                guard links <= Self.maximumLinks else { throw .system(ELOOP) }
                let target = try Self.target(of: part, in: parent)
                if target.first == UInt8(ascii: "/") { folders = [top] }
                pending += try Self.parts(target)
                last = Place(
                    parent: folders[folders.count - 1],
                    name: Self.dot,
                    status: try Self.status(Self.dot, in: folders[folders.count - 1])
                )
                continue
            }
            last = Place(parent: parent, name: part, status: status)
            guard !pending.isEmpty else { break }
            let raw = openat(parent.raw, part, Self.walk)
            guard raw >= 0 else { throw .last }
            folders.append(Descriptor(raw))
        }
        return last
    }

    /// Finds what is at a path.
    func place(_ path: String, following: Bool = true) throws(FileFailure) -> Place {
        try place(path.utf8, following: following)
    }

    /// Opens a regular file.
    func open(_ path: some Sequence<UInt8>) throws(FileFailure) -> (file: Descriptor, status: stat) {
        try open(try place(path))
    }

    /// Opens a regular file.
    func open(_ path: String) throws(FileFailure) -> (file: Descriptor, status: stat) {
        try open(path.utf8)
    }

    /// Opens the folder at a path for looking names up in it.
    func folder(_ path: String) throws(FileFailure) -> Descriptor {
        let place = try place(path)
        guard place.isFolder else { throw .system(ENOTDIR) }
        let raw = openat(place.parent.raw, place.name, Self.walk)
        guard raw >= 0 else { throw .last }
        return Descriptor(raw)
    }

    /// All bytes of a regular file.
    func read(_ path: String, limit: Int) throws(FileFailure) -> [UInt8] {
        try open(path).file.readAll(limit: limit)
    }

    /// Opens the regular file `name`, which must not be a link, in a folder.
    static func open(_ name: [CChar], in folder: Descriptor) throws(FileFailure) -> (file: Descriptor, status: stat) {
        var status = try self.status(name, in: folder)
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notARegularFile }
        let raw = openat(folder.raw, name, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_NOCTTY | O_CLOEXEC)
        guard raw >= 0 else { throw .last }
        let file = Descriptor(raw)
        guard fstat(raw, &status) == 0 else { throw .last }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notARegularFile }
        return (file, status)
    }

    /// What an entry is, without following it.
    static func status(_ name: [CChar], in folder: Descriptor) throws(FileFailure) -> stat {
        var status = stat()
        guard fstatat(folder.raw, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { throw .last }
        return status
    }

    /// Where a link points, as bytes.
    static func target(of name: [CChar], in folder: Descriptor) throws(FileFailure) -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: maximumPathBytes)
        let count = buffer.withUnsafeMutableBytes { bytes -> Int in
            guard let base = bytes.bindMemory(to: CChar.self).baseAddress else { return -1 }
            return readlinkat(folder.raw, name, base, bytes.count)
        }
        guard count >= 0 else { throw .last }
        guard count < maximumPathBytes else { throw .system(ENAMETOOLONG) }
        return Array(buffer[..<count])
    }

    /// A name as the system takes it.
    static func name(_ bytes: some Sequence<UInt8>) -> [CChar] {
        bytes.map { CChar(bitPattern: $0) } + [0]
    }

    private func open(_ place: Place) throws(FileFailure) -> (file: Descriptor, status: stat) {
        guard place.isRegular else { throw .notARegularFile }
        return try Self.open(place.name, in: place.parent)
    }

    private static let dot = name(".".utf8)
    private static let dotDot = name("..".utf8)

    /// The parts of a path, the first one last.
    private static func parts(_ path: some Sequence<UInt8>) throws(FileFailure) -> [[CChar]] {
        let bytes = Array(path)
        guard bytes.count < maximumPathBytes else { throw .system(ENAMETOOLONG) }
        guard !bytes.contains(0) else { throw .system(ENOENT) }
        return bytes.split(separator: UInt8(ascii: "/")).reversed().map(name)
    }
}
