internal import Shared

/// Daemons and agents of launchd, and whether the programs that they start are there.
///
/// Source: launchd.plist(5), launchctl(1).
struct MacJobs {
    private static let folders = ["/Library/LaunchDaemons", "/Library/LaunchAgents"]
    /// What an administrator switched on or off, whatever a job's own file says.
    private static let overrides = "/private/var/db/com.apple.xpc.launchd/disabled.plist"

    let files: MacFiles

    /// Reads the jobs.
    func read(_ subjects: inout MacSubjects) -> MacResult {
        let deadline = files.context.deadline()
        var troubles = MacTroubles()
        var facts: [RawFact] = []
        var entries = 0
        var isAbsent = true
        let overrides = (try? files.list(Self.overrides)) ?? .other
        for folder in Self.folders {
            guard let names = files.names(in: folder, troubles: &troubles) else { continue }
            isAbsent = false
            for name in names where name.lowercased().hasSuffix(".plist") {
                guard entries < files.limits.jobs, !deadline.isOver else {
                    troubles.append(deadline.isOver ? ProbeContext.overdue : "more than \(files.limits.jobs) jobs")
                    return .read(.launchd, entries: entries, facts: facts, troubles: troubles)
                }
                do throws(MacFiles.Failure) {
                    let job = try files.list("\(folder)/\(name)")
                    entries += 1
                    facts += self.facts(job, named: String(name.dropLast(6)), overrides, &subjects)
                } catch {
                    // A link that an uninstaller left leads nowhere.
                    if !error.isMissing { troubles.append("\(folder)/\(name): \(error.reason)") }
                }
            }
        }
        if isAbsent, troubles.isEmpty { return .absent(.launchd) }
        return .read(.launchd, entries: entries, facts: facts, troubles: troubles)
    }

    /// A job is known by its label; its file is named the same, by custom only.
    private func facts(
        _ job: StructuredValue,
        named name: String,
        _ overrides: StructuredValue,
        _ subjects: inout MacSubjects
    ) -> [RawFact] {
        let label = job["Label"]?.text ?? ""
        let program = job["Program"]?.text ?? job["ProgramArguments"]?.array?.first?.text
        let isDisabled = overrides[label]?.truth ?? job["Disabled"]?.truth ?? false
        let (weight, detail) = weight(job, program, isDisabled: isDisabled)
        let subject = subjects.number(of: program)
        return Set([label, name].filter { !$0.isEmpty }).sorted().map { value in
            RawFact(
                source: .launchd,
                kind: .launchd,
                weight: weight,
                value: WireText.text(value),
                detail: WireText.text(detail),
                subject: subject
            )
        }
    }

    private func weight(
        _ job: StructuredValue,
        _ program: String?,
        isDisabled: Bool
    ) -> (FactWeight, String) {
        guard let program else { return (.registered, "what it starts cannot be told") }
        let arguments = job["ProgramArguments"]?.array?.compactMap(\.text) ?? []
        // A shell among the programs says nothing; what it is told to start does.
        var unit = UnitFile([])
        unit.commands = [([program] + arguments.dropFirst()).map { Array($0.utf8) }]
        return switch UnitProgram(root: files.context.root).find(in: unit) {
        case .present(let path): isDisabled ? (.registered, "disabled") : (.installed, "starts \(path)")
        case .gone: (.leftover, "its program is gone")
        case .unknown: (.registered, "what it starts cannot be told")
        }
    }
}
