internal import Shared

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Files and folders at places that only one product uses.
///
/// A folder counts as installed only with a program in it: removing a product often leaves its folder with logs.
struct InstallPathProbe {
    let context: ProbeContext

    /// Looks each path of the catalog up.
    func run() -> ProbeResult {
        let deadline = context.deadline()
        var observations: [Observation] = []
        var troubles: [String] = []
        var entries = 0
        var denied = 0
        for signal in context.signals(.path) + context.signals(.dataPath) {
            if deadline.isOver {
                troubles.append(ProbeContext.overdue)
                break
            }
            do throws(FileFailure) {
                // What is there as itself; where it leads, if it is a link, is the second question.
                _ = try context.root.place(signal.value, following: false)
                entries += 1
                if let observation = observation(of: signal, denied: &denied) { observations.append(observation) }
            } catch {
                if error.isDenied {
                    denied += 1
                } else if !error.isMissing {
                    troubles.append("\(signal.value): \(error.reason)")
                }
            }
        }
        if denied > 0 { troubles.append("\(denied) paths cannot be looked at: run as root") }
        return .read(.installPath, entries: entries, observations: observations, troubles: troubles)
    }

    private func observation(of signal: Catalog.Signal, denied: inout Int) -> Observation? {
        func fact(_ weight: FactWeight, _ detail: String) -> Observation? {
            Observation(signal, source: .installPath, weight: weight, detail: detail)
        }
        if signal.kind == .dataPath { return fact(.leftover, "configuration or data") }
        let place: RootDirectory.Place
        do throws(FileFailure) {
            place = try context.root.place(signal.value)
        } catch {
            if error.isDenied { denied += 1 }
            return error.isMissing ? fact(.leftover, "a link to nothing") : fact(.registered, error.reason)
        }
        if place.isRegular {
            return place.status.st_size > 0 ? fact(.installed, "file") : fact(.leftover, "an empty file")
        }
        guard place.isFolder else { return fact(.registered, "neither file nor folder") }
        var search = ProgramSearch(remaining: context.limits.folderEntries, depth: context.limits.folderDepth)
        switch search.program(name: place.name, in: place.parent) {
        case .found(let name): return fact(.installed, "folder with \(name)")
        case .none: return fact(.leftover, "a folder without a program")
        case .undecided: return fact(.registered, "a large folder, no program among its first entries")
        case .denied:
            denied += 1
            return fact(.registered, "a folder that only root can look into")
        }
    }
}
