internal import Shared

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Flatpak applications: those of the system, and those in home folders.
///
/// Source: flatpak-metadata(5), flatpak(1) "File system".
struct FlatpakProbe {
    private static let system = "/var/lib/flatpak/app"
    private static let homes = "/home"
    /// Home folders that are looked into.
    private static let maximumHomes = 1024
    /// File systems of other machines, which may let one wait for ever.
    private static let remote = ["nfs", "cifs", "smb", "fuse", "autofs", "afs", "ceph", "9p", "glusterfs", "lustre"]

    let context: ProbeContext

    /// Looks the applications' ids up.
    func run() -> ProbeResult {
        let deadline = context.deadline()
        var troubles: [String] = []
        var observations: [Observation] = []
        var entries = 0
        var isAbsent = true
        for folder in [Self.system] + userFolders() {
            if deadline.isOver {
                troubles.append(ProbeContext.overdue)
                break
            }
            do throws(FileFailure) {
                let applications = try names(in: folder, limit: context.limits.packageFiles, troubles: &troubles)
                isAbsent = false
                entries += applications.count
                for name in applications { observations += observe(name, in: folder, troubles: &troubles) }
            } catch {
                // Other users' homes are theirs; without any application in sight that is no trouble.
                if !error.isMissing, folder == Self.system || !error.isDenied {
                    isAbsent = false
                    troubles.append("\(folder): \(error.reason)")
                }
            }
        }
        if isAbsent { return .absent(.flatpak) }
        if entries == 0, !troubles.isEmpty { return .unavailable(.flatpak, troubles.joined(separator: "; ")) }
        return .read(.flatpak, entries: entries, observations: observations, troubles: troubles)
    }

    private func observe(_ name: String, in folder: String, troubles: inout [String]) -> [Observation] {
        var text = name
        let signals = text.withUTF8 { context.signals(.flatpak, named: UnsafeRawBufferPointer($0)) }
        guard !signals.isEmpty else { return [] }
        let metadata = "\(folder)/\(name)/current/active/metadata"
        let (weight, detail): (FactWeight, String)
        do throws(FileFailure) {
            _ = try context.root.open(metadata)
            (weight, detail) = (.installed, "installed in \(folder)")
        } catch {
            if !error.isMissing { troubles.append("\(metadata): \(error.reason)") }
            (weight, detail) = error.isMissing ? (.leftover, "its files are gone") : (.registered, error.reason)
        }
        return signals.compactMap {
            Observation($0, source: .flatpak, weight: weight, value: name, detail: detail)
        }
    }

    private func userFolders() -> [String] {
        guard !isRemote, let homes = try? context.root.place(Self.homes), homes.isFolder,
            let folder = try? context.root.folder(Self.homes)
        else { return [] }
        var ignored: [String] = []
        let names = (try? names(in: Self.homes, limit: Self.maximumHomes, troubles: &ignored)) ?? []
        return names.filter { name in
            // A home on another file system may be one that is mounted when it is looked into.
            guard let status = try? RootDirectory.status(RootDirectory.name(name.utf8), in: folder) else {
                return false
            }
            return status.st_dev == homes.status.st_dev
        }.map { "\(Self.homes)/\($0)/.local/share/flatpak/app" }
    }

    /// Whether the homes lie on another machine; nothing there is touched to find out.
    ///
    /// Source: proc_pid_mountinfo(5).
    private var isRemote: Bool {
        guard context.root.isHost,
            let bytes = try? context.root.read("/proc/self/mountinfo", limit: context.limits.moduleListBytes)
        else { return false }
        return bytes.split(separator: UInt8(ascii: "\n")).contains { line in
            let words = line.split(separator: 0x20)
            guard words.count > 6, words[4].elementsEqual(Self.homes.utf8),
                let mark = words.firstIndex(where: { $0.elementsEqual("-".utf8) }), mark + 1 < words.count
            else { return false }
            return Self.remote.contains { words[mark + 1].starts(with: $0.utf8) }
        }
    }

    private func names(in path: String, limit: Int, troubles: inout [String]) throws(FileFailure) -> [String] {
        var names: [String] = []
        var isCut = false
        try context.root.folder(path).forEachEntry { entry, kind in
            guard names.count < limit else {
                isCut = true
                return false
            }
            if kind == .folder || kind == .unknown, let name = String(validatingCString: entry) { names.append(name) }
            return true
        }
        if isCut { troubles.append("\(path): more than \(limit) entries") }
        return names.sorted()
    }
}
