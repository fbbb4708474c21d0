#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Whether a program is one that only the system's owner can have put in its place.
struct TrustedProgram {
    /// What was found.
    enum Answer: Equatable {
        case trusted
        case missing
        case refused(String)
    }

    let root: RootDirectory
    /// Who is trusted beside the system's owner.
    let owner: uid_t

    /// Looks at the program, and at every folder and link on the way to it.
    func check(_ path: String) -> Answer {
        do throws(FileFailure) {
            let place = try root.place(path)
            guard place.isRegular else { return .refused("it is no regular file") }
            guard place.status.st_mode & 0o111 != 0 else { return .refused("it cannot be started") }
            for path in [path, try real(place)] where try !isTrustedWay(path) {
                return .refused("others than root can change it")
            }
            return .trusted
        } catch {
            return error.isMissing ? .missing : .refused(error.reason)
        }
    }

    /// Every folder on the way, and what stands at its end.
    private func isTrustedWay(_ path: String) throws(FileFailure) -> Bool {
        var way = ""
        guard isTrusted(try root.place("/").status) else { return false }
        for part in path.split(separator: "/") {
            way += "/" + part
            guard isTrusted(try root.place(way, following: false).status) else { return false }
        }
        return true
    }

    /// Where the program is when all links are followed.
    private func real(_ place: RootDirectory.Place) throws(FileFailure) -> String {
        let link = RootDirectory.name("/proc/self/fd/\(place.parent.raw)".utf8)
        let folder = try RootDirectory.target(of: link, in: root.top)
        let name = place.name.dropLast().map { UInt8(bitPattern: $0) }
        return String(decoding: folder, as: UTF8.self) + "/" + String(decoding: name, as: UTF8.self)
    }

    private func isTrusted(_ status: stat) -> Bool {
        guard status.st_uid == 0 || status.st_uid == owner else { return false }
        // The rights of a link say nothing; in a folder with the sticky bit, others cannot replace what is not theirs.
        if status.st_mode & S_IFMT == S_IFLNK { return true }
        return status.st_mode & 0o022 == 0 || (status.st_mode & S_IFMT == S_IFDIR && status.st_mode & S_ISVTX != 0)
    }
}
