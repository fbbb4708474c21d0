internal import Shared

/// Snaps: by the files that snapd keeps, and by the manifests of those that are mounted.
///
/// Source: snapcraft.io, "The snap format", "Snap layouts"; the folders of Debian and of Fedora.
struct SnapProbe {
    /// Where each snap's current revision is mounted.
    private static let mounts = ["/snap", "/var/lib/snapd/snap"]
    /// The revisions, as files named `NAME_REVISION.snap`.
    private static let files = "/var/lib/snapd/snaps"

    let context: ProbeContext

    /// Looks the snaps' names up; a manifest is read only for a name that the catalog has.
    func run() -> ProbeResult {
        let deadline = context.deadline()
        var troubles: [String] = []
        var names: Set<String> = []
        var stored: Set<String> = []
        var isAbsent = true
        for path in Self.mounts + [Self.files] {
            guard let found = entries(of: path, troubles: &troubles) else { continue }
            isAbsent = false
            if path == Self.files { stored = Set(found.compactMap(Self.name)) } else { names.formUnion(found) }
        }
        if isAbsent { return troubles.isEmpty ? .absent(.snap) : .unavailable(.snap, troubles.joined(separator: "; ")) }
        names = names.union(stored).subtracting(["README", "bin"])
        var observations: [Observation] = []
        for name in names.sorted() {
            if deadline.isOver {
                troubles.append(ProbeContext.overdue)
                break
            }
            // A second instance of a snap is named `NAME_KEY`.
            var base = name.prefix { $0 != "_" }
            let signals = base.withUTF8 { context.signals(.snap, named: UnsafeRawBufferPointer($0)) }
            guard !signals.isEmpty else { continue }
            let (weight, detail, version) = state(of: name, isStored: stored.contains(name), troubles: &troubles)
            observations += signals.compactMap {
                Observation($0, source: .snap, weight: weight, detail: "\(name): \(detail)", version: version)
            }
        }
        return .read(.snap, entries: names.count, observations: observations, troubles: troubles)
    }

    private func state(
        of name: String,
        isStored: Bool,
        troubles: inout [String]
    ) -> (FactWeight, String, version: String?) {
        var isCurrent = false
        for mount in Self.mounts {
            do throws(FileFailure) {
                let manifest = try context.root.open("\(mount)/\(name)/current/meta/snap.yaml").file
                let version = try version(in: manifest)
                return (.installed, version.map { "\($0), installed" } ?? "installed", version)
            } catch {
                if !error.isMissing { troubles.append("\(name): \(error.reason)") }
            }
            isCurrent = isCurrent || (try? context.root.place("\(mount)/\(name)/current", following: false)) != nil
        }
        // On a mounted disk no snap is: its file is what there is.
        switch (isCurrent, isStored) {
        case (true, true): return (.installed, "installed", nil)
        case (false, true): return (.registered, "no revision of it is current", nil)
        case (_, false): return (.leftover, "its file is gone", nil)
        }
    }

    /// The line `version: 1.2`; the manifest's other lines are not needed, and no line inside another key begins so.
    private func version(in manifest: Descriptor) throws(FileFailure) -> String? {
        var version: String?
        _ = try manifest.forEachLine(limit: context.limits.textFileBytes, lineBytes: 1024) { line, ending in
            guard ending != .cut, line.starts(with: "version:".utf8) else { return true }
            let value = line.dropFirst(8).filter { !" '\"\r".utf8.contains($0) }
            version = value.isEmpty ? nil : WireText.text(value, limit: WireLimits.shortBytes)
            return false
        }
        return version
    }

    private func entries(of path: String, troubles: inout [String]) -> [String]? {
        var names: [String] = []
        var isCut = false
        do throws(FileFailure) {
            let folder = try context.root.folder(path)
            try folder.forEachEntry { entry, _ in
                guard names.count < context.limits.packageFiles else {
                    isCut = true
                    return false
                }
                if let name = String(validatingCString: entry) { names.append(name) }
                return true
            }
        } catch {
            if error.isMissing { return nil }
            troubles.append("\(path): \(error.reason)")
        }
        if isCut { troubles.append("\(path): more than \(context.limits.packageFiles) entries") }
        return names
    }

    /// The name in `NAME_REVISION.snap`.
    private static func name(_ file: String) -> String? {
        guard file.hasSuffix(".snap"), let end = file.lastIndex(of: "_"), end > file.startIndex else { return nil }
        return String(file[..<end])
    }
}
