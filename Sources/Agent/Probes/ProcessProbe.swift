internal import Shared

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The executables that run.
///
/// Source: proc(5), `/proc/PID/exe` and `/proc/PID/comm`.
///
/// A name proves nothing by itself: anybody may call a program `clamonacc`, and a container runs programs of its own. A
/// process counts in full only when its executable is the file that stands at that path *here*, and only the owner of the
/// root could have put it there. Any other one is a weak sign.
struct ProcessProbe {
    /// The kernel keeps 15 bytes of a name.
    private static let shortNameBytes = 15
    private static let deletedSuffix = Array(" (deleted)".utf8)

    let context: ProbeContext

    /// Walks through `/proc`.
    func run() -> ProbeResult {
        let proc: Descriptor
        do throws(FileFailure) {
            proc = try context.root.folder("/proc")
        } catch {
            return error.isMissing ? missing() : .unavailable(.process, "/proc: \(error.reason)")
        }
        let deadline = context.deadline()
        var reading = Reading()
        do throws(FileFailure) {
            try proc.forEachEntry { name, _ in
                guard Self.isNumber(name) else { return true }
                guard reading.count < context.limits.processes else {
                    reading.troubles.append("more than \(context.limits.processes) processes")
                    return false
                }
                if reading.count % 64 == 63, deadline.isOver {
                    reading.troubles.append(ProbeContext.overdue)
                    return false
                }
                reading.count += 1
                look(at: Array(cString: name), in: proc, reading: &reading)
                return true
            }
        } catch {
            return .unavailable(.process, "/proc: \(error.reason)")
        }
        if reading.count == 0 { return missing() }
        if context.root.isHost, (try? RootDirectory.status(RootDirectory.name("1".utf8), in: proc)) == nil {
            reading.troubles.append("only this user's processes can be seen: run as root")
        }
        if reading.unproven > 0 {
            reading.troubles.append("\(reading.unproven) executables of interest cannot be looked at: run as root")
        }
        return .read(
            .process,
            entries: reading.count,
            observations: reading.observations,
            troubles: reading.troubles
        )
    }

    private struct Reading {
        var count = 0
        /// Processes that may be of interest, of which not even the executable's place could be read.
        var unproven = 0
        var observations: [Observation] = []
        var troubles: [String] = []
    }

    private func missing() -> ProbeResult {
        context.root.isHost ? .unavailable(.process, "/proc is not mounted") : .absent(.process)
    }

    private func look(at process: [CChar], in proc: Descriptor, reading: inout Reading) {
        let raw = openat(proc.raw, process, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard raw >= 0 else { return }
        let folder = Descriptor(raw)
        do throws(FileFailure) {
            let path = try RootDirectory.target(of: Self.exe, in: folder)
            reading.observations += observations(path: path, in: folder)
        } catch {
            // A kernel thread has no executable, and a process may end while it is looked at.
            guard error.isDenied else { return }
            guard let file = try? RootDirectory.open(Self.comm, in: folder).file,
                let comm = try? file.readAll(limit: 4096)
            else {
                reading.unproven += 1
                return
            }
            let found = observations(shortName: comm.prefix { $0 != 0x0a })
            if !found.isEmpty { reading.unproven += 1 }
            reading.observations += found
        }
    }

    private func observations(path: [UInt8], in folder: Descriptor) -> [Observation] {
        let isDeleted = path.suffix(Self.deletedSuffix.count).elementsEqual(Self.deletedSuffix)
        let path = isDeleted ? Array(path.dropLast(Self.deletedSuffix.count)) : path
        let start = path.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
        let signals = path.withUnsafeBytes {
            context.signals(.process, named: UnsafeRawBufferPointer(rebasing: $0[start...]))
        }
        guard !signals.isEmpty else { return [] }
        let isProven = !isDeleted && isProven(path, in: folder)
        let place = WireText.text(path, limit: WireLimits.textBytes - 64)
        let remark = isDeleted ? ", replaced or removed since" : isProven ? "" : ", not a program of this system"
        return signals.compactMap {
            Observation($0, source: .process, weight: .running, isWeak: !isProven, detail: place + remark)
        }
    }

    func observations(shortName: ArraySlice<UInt8>) -> [Observation] {
        let signals = context.signals(.process).filter {
            $0.value.utf8.prefix(Self.shortNameBytes).elementsEqual(shortName)
        }
        // Any process may give itself this name.
        return signals.compactMap {
            Observation($0, source: .process, weight: .running, isWeak: true, detail: "by its short name only")
        }
    }

    /// Whether the executable is the file at this path below the root, and belongs to the owner of the root.
    private func isProven(_ path: [UInt8], in folder: Descriptor) -> Bool {
        guard let place = try? context.root.place(path), place.isRegular else { return false }
        if context.root.isHost {
            // Follows the kernel's own link to the executable, wherever that is.
            var executable = stat()
            guard fstatat(folder.raw, Self.exe, &executable, 0) == 0,
                executable.st_dev == place.status.st_dev, executable.st_ino == place.status.st_ino
            else { return false }
        }
        let owner = context.root.owner
        let mode = place.status.st_mode
        return place.status.st_uid == owner.user && mode & S_IWOTH == 0
            && (mode & S_IWGRP == 0 || place.status.st_gid == owner.group)
    }

    private static let exe = RootDirectory.name("exe".utf8)
    private static let comm = RootDirectory.name("comm".utf8)

    private static func isNumber(_ name: UnsafePointer<CChar>) -> Bool {
        var next = name
        while next.pointee != 0 {
            guard (0x30...0x39).contains(next.pointee) else { return false }
            next += 1
        }
        return next != name
    }
}
