internal import Shared

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The packages that rpm knows, asked from this system's own `rpm`: its database has had four formats.
///
/// Source: rpm(8), "QUERY OPTIONS".
struct RpmProbe {
    private static let folders = ["/var/lib/rpm", "/usr/lib/sysimage/rpm"]
    private static let databases = ["rpmdb.sqlite", "Packages.db", "Packages"]

    let context: ProbeContext
    /// Where `rpm` may be; never inside a prepared tree, whose programs are not ours to run.
    let tools: [String]

    /// Asks for all packages when there is a database.
    func run() -> ProbeResult {
        let folder: String
        switch databaseFolder() {
        case .found(let path): folder = path
        case .absent: return .absent(.rpm)
        case .failed(let reason): return .unavailable(.rpm, reason)
        }
        guard let tool = tools.first(where: { access($0, X_OK) == 0 }) else {
            return .unavailable(.rpm, "rpm is not installed, its database cannot be read")
        }
        let run = ToolRun(
            path: tool,
            arguments: [
                "--dbpath", folder, "-qa", "--nodigest", "--nosignature",
                "--queryformat", #"%{NAME}\t%{VERSION}-%{RELEASE}\t%{ARCH}\n"#,
            ],
            outputLimit: context.limits.toolOutputBytes
        )
        var packages = 0
        var damaged = 0
        var observations: [Observation] = []
        let ending = run.run(deadline: context.deadline()) { line, ending in
            guard ending == .lineFeed, let found = observe(line) else {
                damaged += 1
                return
            }
            packages += 1
            observations += found
        }
        var troubles: [String] = []
        if damaged > 0 { troubles.append("\(damaged) lines of rpm's output were not understood") }
        switch ending {
        case .exited(0): break
        case .exited(let status): troubles.append("rpm ended with status \(status): run rpm -qa to see why")
        case .signaled(let signal): troubles.append("rpm was stopped by signal \(signal)")
        case .overdue: troubles.append("rpm was " + ProbeContext.overdue)
        case .tooLarge: troubles.append("rpm wrote more than \(context.limits.toolOutputBytes) bytes")
        case .notStarted(let code): troubles.append("rpm could not be started: \(FileFailure.system(code).reason)")
        }
        if packages == 0, !troubles.isEmpty { return .unavailable(.rpm, troubles.joined(separator: "; ")) }
        return .read(.rpm, entries: packages, observations: observations, troubles: troubles)
    }

    private enum Database {
        case found(String)
        case absent
        case failed(String)
    }

    /// The folder's path for another program, which does not know our root.
    private func databaseFolder() -> Database {
        for path in Self.folders {
            do throws(FileFailure) {
                let folder = try context.root.folder(path)
                for name in Self.databases {
                    guard let status = try? RootDirectory.status(RootDirectory.name(name.utf8), in: folder),
                        status.st_mode & S_IFMT == S_IFREG
                    else { continue }
                    if context.root.isHost { return .found(path) }
                    let link = RootDirectory.name("/proc/self/fd/\(folder.raw)".utf8)
                    let target = try RootDirectory.target(of: link, in: context.root.top)
                    return .found(String(decoding: target, as: UTF8.self))
                }
            } catch {
                if !error.isMissing { return .failed("\(path): \(error.reason)") }
            }
        }
        return .absent
    }

    /// What a line says; `nil` when it is not one that was asked for.
    private func observe(_ line: UnsafeRawBufferPointer) -> [Observation]? {
        let fields = line.split(separator: 0x09, omittingEmptySubsequences: false)
        guard fields.count == 3, !fields[0].isEmpty else { return nil }
        let version = WireText.text(fields[1], limit: WireLimits.shortBytes)
        let architecture = WireText.text(fields[2], limit: WireLimits.versionBytes)
        return context.signals(.rpm, named: UnsafeRawBufferPointer(rebasing: fields[0])).map {
            Observation(
                $0,
                source: .rpm,
                weight: .installed,
                detail: "\(version) \(architecture), installed",
                version: version
            )
        }
    }
}
