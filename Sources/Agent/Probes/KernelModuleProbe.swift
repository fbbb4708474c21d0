internal import Shared

/// The kernel modules that are loaded.
///
/// Source: proc(5), `/proc/modules`.
struct KernelModuleProbe {
    let context: ProbeContext

    /// Reads the list.
    func run() -> ProbeResult {
        let list: Descriptor
        do throws(FileFailure) {
            list = try context.root.open("/proc/modules").file
        } catch {
            guard error.isMissing else { return .unavailable(.kernelModule, "/proc/modules: \(error.reason)") }
            let isMounted = (try? context.root.place("/proc/self", following: false)) != nil
            // A kernel without modules has no such file.
            return context.root.isHost && !isMounted
                ? .unavailable(.kernelModule, "/proc is not mounted") : .absent(.kernelModule)
        }
        let deadline = context.deadline()
        var observations: [Observation] = []
        var troubles: [String] = []
        var entries = 0
        do throws(FileFailure) {
            let limit = context.limits.moduleListBytes
            _ = try list.forEachLine(limit: limit, lineBytes: 4096) { line, _ in
                if deadline.isOver {
                    troubles.append(ProbeContext.overdue)
                    return false
                }
                let end = line.firstIndex(of: 0x20) ?? line.endIndex
                guard end > 0 else { return true }
                entries += 1
                let signals = context.signals(.kernelModule, named: UnsafeRawBufferPointer(rebasing: line[..<end]))
                observations += signals.compactMap {
                    Observation($0, source: .kernelModule, weight: .running, detail: "loaded")
                }
                return true
            }
        } catch {
            troubles.append("/proc/modules: \(error.reason)")
        }
        return .read(.kernelModule, entries: entries, observations: observations, troubles: troubles)
    }
}
