internal import Shared

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Files, folders and bundles at places that only one product uses.
///
/// What lies in an application bundle is the application, by whatever name it is found: one bundle is one sign.
struct MacPaths {
    let files: MacFiles

    /// Looks each path of the catalog up.
    func read(_ subjects: inout MacSubjects) -> MacResult {
        let deadline = files.context.deadline()
        var troubles = MacTroubles()
        var facts: [RawFact] = []
        var entries = 0
        for signal in files.signals(.path) + files.signals(.dataPath) {
            if deadline.isOver {
                troubles.append(ProbeContext.overdue)
                break
            }
            do throws(FileFailure) {
                let place = try files.context.root.place(signal.value)
                entries += 1
                let (weight, detail) = weight(signal, place)
                facts.append(
                    RawFact(
                        source: MacSubjects.bundle(of: signal.value) == nil ? .installPath : .application,
                        kind: signal.kind,
                        weight: weight,
                        value: signal.value,
                        detail: WireText.text(detail),
                        subject: subjects.number(of: signal.value)
                    )
                )
            } catch {
                if !error.isMissing { troubles.append("\(signal.value): \(error.reason)") }
            }
        }
        return .read(.installPath, entries: entries, facts: facts, troubles: troubles)
    }

    private func weight(_ signal: Catalog.Signal, _ place: RootDirectory.Place) -> (FactWeight, String) {
        if signal.kind == .dataPath { return (.leftover, "configuration or data") }
        if place.isRegular {
            return place.status.st_size > 0 ? (.installed, "file") : (.leftover, "an empty file")
        }
        guard place.isFolder else { return (.registered, "neither file nor folder") }
        if signal.value.lowercased().hasSuffix(".app") { return bundle(signal.value) }
        let limits = files.context.limits
        var search = ProgramSearch(remaining: limits.folderEntries, depth: limits.folderDepth)
        return switch search.program(name: place.name, in: place.parent) {
        case .found(let name): (.installed, "folder with \(name)")
        case .none: (.leftover, "a folder without a program")
        case .undecided: (.registered, "a large folder, no program among its first entries")
        case .denied: (.registered, "a folder that only root can look into")
        }
    }

    private func bundle(_ path: String) -> (FactWeight, String) {
        do throws(MacFiles.Failure) {
            guard let bundle = try files.bundle(path) else { return (.leftover, "a bundle without its list") }
            return switch bundle.program {
            case .present: (.installed, "application")
            case .gone: (.leftover, "an application without its program")
            case .unknown: (.registered, "its program cannot be looked at")
            }
        } catch {
            return (.registered, error.reason)
        }
    }
}
