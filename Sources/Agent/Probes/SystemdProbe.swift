internal import Shared

/// The units that the catalog names: their files, whether what they start is there, and whether it runs.
struct SystemdProbe {
    /// Where unit files are, what wins first.
    ///
    /// Source: systemd.unit(5).
    private static let unitFolders = [
        "/etc/systemd/system", "/run/systemd/system", "/usr/local/lib/systemd/system", "/usr/lib/systemd/system",
        "/lib/systemd/system",
    ]
    /// Control groups of the system's services: version 2, and both ways of version 1.
    private static let controlFolders = [
        "/sys/fs/cgroup/system.slice", "/sys/fs/cgroup/systemd/system.slice", "/sys/fs/cgroup/unified/system.slice",
    ]

    let context: ProbeContext

    /// Looks each unit of the catalog up by its name.
    func run() -> ProbeResult {
        let deadline = context.deadline()
        var troubles: [String] = []
        let units = folders(Self.unitFolders, troubles: &troubles)
        let groups = folders(Self.controlFolders, troubles: &troubles)
        if units.isEmpty, groups.isEmpty {
            return troubles.isEmpty ? .absent(.systemd) : .unavailable(.systemd, troubles.joined(separator: "; "))
        }
        var entries = 0
        var observations: [Observation] = []
        for signal in context.signals(.unit) + context.signals(.unitRunning) {
            if deadline.isOver {
                troubles.append(ProbeContext.overdue)
                break
            }
            if isRunning(signal.value, in: groups) {
                entries += 1
                if let active = Observation(signal, source: .systemd, weight: .running, detail: "active") {
                    observations.append(active)
                }
                continue
            }
            guard signal.kind == .unit, let found = file(signal.value, in: units, troubles: &troubles) else { continue }
            entries += 1
            if let observation = observation(signal, found) { observations.append(observation) }
        }
        return .read(.systemd, entries: entries, observations: observations, troubles: troubles)
    }

    /// What stands at a unit's name.
    private enum Found {
        case masked
        case linkGone
        case file([UInt8])
    }

    private func observation(_ signal: Catalog.Signal, _ found: Found) -> Observation? {
        func fact(_ weight: FactWeight, _ detail: String) -> Observation? {
            Observation(signal, source: .systemd, weight: weight, detail: detail)
        }
        switch found {
        case .masked: return fact(.registered, "masked")
        case .linkGone: return fact(.leftover, "its unit file is gone")
        case .file(let bytes):
            switch UnitProgram(root: context.root).find(in: UnitFile(bytes)) {
            case .present(let path): return fact(.installed, "starts \(path)")
            case .gone: return fact(.leftover, "its program is gone")
            case .unknown: return fact(.registered, "what it starts cannot be told")
            }
        }
    }

    /// The folders that are there, each once: `/lib` is often a link to `/usr/lib`.
    private func folders(_ paths: [String], troubles: inout [String]) -> [(path: String, folder: Descriptor)] {
        var folders: [(path: String, folder: Descriptor)] = []
        for path in paths {
            do throws(FileFailure) {
                folders.append((path, try context.root.folder(path)))
            } catch {
                if !error.isMissing { troubles.append("\(path): \(error.reason)") }
            }
        }
        return folders
    }

    private func file(
        _ unit: String,
        in folders: [(path: String, folder: Descriptor)],
        troubles: inout [String]
    ) -> Found? {
        let name = RootDirectory.name(unit.utf8)
        for (path, folder) in folders {
            do throws(FileFailure) {
                let place = try RootDirectory.status(name, in: folder)
                let isLink = RootDirectory.Place(parent: folder, name: name, status: place).isLink
                if isLink, try RootDirectory.target(of: name, in: folder).elementsEqual("/dev/null".utf8) {
                    return .masked
                }
                do throws(FileFailure) {
                    let bytes = try context.root.read(path + "/" + unit, limit: context.limits.textFileBytes)
                    if bytes.isEmpty { return .masked }
                    let dropIns = UnitDropIns(root: context.root, limits: context.limits, folders: folders.map(\.path))
                    return .file(dropIns.added(to: bytes, of: unit, troubles: &troubles))
                } catch {
                    // Removing a package can leave the link that enabled its unit.
                    if isLink, error.isMissing { return .linkGone }
                    throw error
                }
            } catch {
                if !error.isMissing { troubles.append("\(unit): \(error.reason)") }
            }
        }
        return nil
    }

    /// Whether the unit's control group holds a process.
    ///
    /// Anybody may read that, and only root can put one there.
    private func isRunning(_ unit: String, in groups: [(path: String, folder: Descriptor)]) -> Bool {
        groups.contains { path, _ in
            let folder = path + "/" + Self.slice(of: unit) + unit
            // A service may keep its processes in groups below its own; only `cgroup.events` counts those.
            if let events = try? context.root.read(folder + "/cgroup.events", limit: context.limits.textFileBytes) {
                return events.split(separator: UInt8(ascii: "\n")).contains { $0.elementsEqual("populated 1".utf8) }
            }
            let processes = try? context.root.read(folder + "/cgroup.procs", limit: context.limits.textFileBytes)
            return processes?.contains { (UInt8(ascii: "1")...UInt8(ascii: "9")).contains($0) } ?? false
        }
    }

    /// Instances of a template share a slice: `clamd@scan.service` is in `system-clamd.slice/`.
    private static func slice(of unit: String) -> String {
        guard let at = unit.firstIndex(of: "@") else { return "" }
        return "system-"
            + unit[..<at].split(separator: "-", omittingEmptySubsequences: false)
            .joined(separator: "\\x2d") + ".slice/"
    }
}
