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
    private static let folders = ["/var/lib/rpm", "/usr/lib/sysimage/rpm", "/usr/share/rpm"]

    let context: ProbeContext
    /// Where `rpm` may be; never inside a prepared tree, whose programs are not ours to run.
    let tools: [String]

    /// Asks for all packages when there is a database.
    func run() -> ProbeResult {
        let database: RpmDatabase
        switch find() {
        case .found(let found): database = found
        case .absent: return .absent(.rpm)
        case .failed(let reason): return .unavailable(.rpm, reason)
        }
        guard let tool = tools.first(where: { access($0, X_OK) == 0 }) else {
            return .unavailable(.rpm, "rpm is not installed, its database cannot be read")
        }
        let deadline = context.deadline()
        var packages = 0
        var damaged = 0
        var found: [Match] = []
        let ending = database.query(
            tool: tool,
            ["-qa", "--queryformat", #"%{NAME}\t%{VERSION}-%{RELEASE}\t%{ARCH}\n"#],
            outputLimit: context.limits.toolOutputBytes,
            deadline: deadline
        ) { line, ending in
            guard ending == .lineFeed, let match = match(line) else {
                damaged += 1
                return
            }
            packages += 1
            if !match.signals.isEmpty { found.append(match) }
        }
        var troubles: [String] = []
        if damaged > 0 { troubles.append("\(damaged) lines of rpm's output were not understood") }
        if let trouble = trouble(ending) { troubles.append(trouble) }
        if packages == 0, troubles.isEmpty, !database.mayBeEmpty {
            // An rpm that does not know the form says nothing, and that it went well.
            troubles.append("rpm reads no package in \(database.files): it may not know this form of database")
        }
        if packages == 0, !troubles.isEmpty { return .unavailable(.rpm, troubles.joined(separator: "; ")) }
        let files = RpmFiles(context: context, database: database, tool: tool)
            .check(found.map(\.name), deadline: deadline)
        return .read(
            .rpm,
            entries: packages,
            observations: found.flatMap { observations(of: $0, files[$0.name] ?? .unknown) },
            troubles: troubles
        )
    }

    private func trouble(_ ending: ToolRun.Ending) -> String? {
        switch ending {
        case .exited(0): nil
        case .exited(let status): "rpm ended with status \(status): run rpm -qa to see why"
        case .signaled(let signal): "rpm was stopped by signal \(signal)"
        case .overdue: "rpm was " + ProbeContext.overdue
        case .tooLarge: "rpm wrote more than \(context.limits.toolOutputBytes) bytes"
        case .notStarted(let code): "rpm could not be started: \(FileFailure.system(code).reason)"
        }
    }

    private enum Database {
        case found(RpmDatabase)
        case absent
        case failed(String)
    }

    /// The first database that is there.
    private func find() -> Database {
        for path in Self.folders {
            do throws(FileFailure) {
                let folder = try context.root.folder(path)
                let forms = RpmDatabase.Form.allCases.filter { form in
                    let status = try? RootDirectory.status(RootDirectory.name(form.file.utf8), in: folder)
                    return status.map { $0.st_mode & S_IFMT == S_IFREG } ?? false
                }
                guard !forms.isEmpty else { continue }
                return .found(
                    RpmDatabase(forms: forms, folder: try outer(path, folder), isHost: context.root.isHost)
                )
            } catch {
                if !error.isMissing { return .failed("\(path): \(error.reason)") }
            }
        }
        return .absent
    }

    /// The folder's path for another program, which does not know our root.
    private func outer(_ path: String, _ folder: Descriptor) throws(FileFailure) -> String {
        if context.root.isHost { return path }
        let link = RootDirectory.name("/proc/self/fd/\(folder.raw)".utf8)
        return String(decoding: try RootDirectory.target(of: link, in: context.root.top), as: UTF8.self)
    }

    private struct Match {
        var name: String
        var version: String
        var architecture: String
        var signals: ArraySlice<Catalog.Signal>
    }

    /// What a line says; `nil` when it is not one that was asked for.
    private func match(_ line: UnsafeRawBufferPointer) -> Match? {
        let fields = line.split(separator: 0x09, omittingEmptySubsequences: false)
        guard fields.count == 3, !fields[0].isEmpty else { return nil }
        let signals = context.signals(.rpm, named: UnsafeRawBufferPointer(rebasing: fields[0]))
        guard !signals.isEmpty else { return Match(name: "", version: "", architecture: "", signals: []) }
        return Match(
            name: WireText.text(fields[0], limit: WireLimits.textBytes),
            version: WireText.text(fields[1], limit: WireLimits.shortBytes),
            architecture: WireText.text(fields[2], limit: WireLimits.versionBytes),
            signals: signals
        )
    }

    private func observations(of match: Match, _ files: PackageFiles.Answer) -> [Observation] {
        match.signals.flatMap { signal -> [Observation?] in
            let words = "\(match.version) \(match.architecture), installed"
            func package(_ weight: FactWeight, _ detail: String) -> Observation? {
                Observation(
                    signal,
                    source: .rpm,
                    weight: weight,
                    value: match.name,
                    detail: detail,
                    version: match.version
                )
            }
            switch files {
            case .unknown: return [package(.installed, words)]
            case .gone: return [package(.registered, words + ", but its files are gone")]
            case .present(let path):
                let file = Observation(
                    signal,
                    source: .installPath,
                    weight: .installed,
                    value: path,
                    isPart: true,
                    detail: "of package \(match.name)"
                )
                return [package(.installed, words), file]
            }
        }.compactMap(\.self)
    }
}
