internal import Shared

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Looks for an executable file, never through a link.
struct ProgramSearch {
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
