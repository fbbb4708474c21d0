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
                observations.append(observation(of: signal, denied: &denied))
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

    private func observation(of signal: Catalog.Signal, denied: inout Int) -> Observation {
        func fact(_ weight: FactWeight, _ detail: String) -> Observation {
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
        var search = Search(remaining: context.limits.folderEntries, depth: context.limits.folderDepth)
        switch search.program(name: place.name, in: place.parent) {
        case .found(let name): return fact(.installed, "folder with \(name)")
        case .none: return fact(.leftover, "a folder without a program")
        case .undecided: return fact(.registered, "a large folder, no program among its first entries")
        case .denied:
            denied += 1
            return fact(.registered, "a folder that only root can look into")
        }
    }

    /// Looks for an executable file, never through a link.
    private struct Search {
        enum Answer {
            case found(String)
            case none
            case undecided
            case denied
        }

        var remaining: Int
        let depth: Int

        mutating func program(name: [CChar], in parent: Descriptor) -> Answer {
            program(name: name, in: parent, depth: depth)
        }

        private mutating func program(name: [CChar], in parent: Descriptor, depth: Int) -> Answer {
            guard depth > 0 else { return .undecided }
            let raw = openat(parent.raw, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            guard raw >= 0 else { return FileFailure.last.isDenied ? .denied : .none }
            let folder = Descriptor(raw)
            var folders: [[CChar]] = []
            var found: String?
            var isCut = false
            do throws(FileFailure) {
                try folder.forEachEntry { entry, kind in
                    guard remaining > 0 else {
                        isCut = true
                        return false
                    }
                    remaining -= 1
                    let name = Array(cString: entry)
                    if isProgram(name, kind, in: folder, folders: &folders) {
                        found = WireText.text(name.dropLast().map { UInt8(bitPattern: $0) }, limit: 128)
                    }
                    return found == nil
                }
            } catch {
                isCut = true
            }
            if let found { return .found(found) }
            var answer: Answer = isCut ? .undecided : .none
            for name in folders {
                switch program(name: name, in: folder, depth: depth - 1) {
                case .found(let name): return .found(name)
                case .none: break
                case .undecided: if case .none = answer { answer = .undecided }
                case .denied: answer = .denied
                }
            }
            return answer
        }

        private func isProgram(
            _ name: [CChar],
            _ kind: EntryKind,
            in folder: Descriptor,
            folders: inout [[CChar]]
        ) -> Bool {
            switch kind {
            case .link, .other: return false
            case .folder:
                folders.append(name)
                return false
            case .file, .unknown:
                guard let status = try? RootDirectory.status(name, in: folder) else { return false }
                if status.st_mode & S_IFMT == S_IFDIR { folders.append(name) }
                return status.st_mode & S_IFMT == S_IFREG && status.st_mode & 0o111 != 0 && status.st_size > 0
            }
        }
    }
}
