internal import Shared

/// The facts of one Windows device while they are gathered.
struct WindowsCollection {
    var sources: RecordedSources
    let limits: WindowsLimits
    private(set) var facts: [RawFact] = []
    private var subjects = 0
    /// Drivers by the name of their service in lower case: their filter instances belong to them.
    private var drivers: [String: Int] = [:]

    init(sources: RecordedSources, limits: WindowsLimits) {
        self.sources = sources
        self.limits = limits
    }

    /// Adds the facts of all records, by kind.
    mutating func add(_ kinds: [String: [ProbeRecord]], now: Int64?) {
        for record in limited(kinds["uninstall"], of: .uninstall) {
            let subject = nextSubject()
            add(UninstallEntry(record: record).facts(subject: subject))
        }
        let isKept = addServices(kinds["service"])
        for record in limited(kinds["minifilter"], of: .minifilter) {
            let instance = MinifilterInstance(record: record)
            let subject = subject(ofDriver: instance.service)
            add(instance.facts(subject: subject))
        }
        let rows = limited(kinds["security-center"], of: .securityCenter).map(SecurityCenterRow.init)
        for row in rows.sorted(by: { $0.order < $1.order }) {
            let subject = nextSubject()
            add(row.facts(subject: subject))
        }
        // What a source that could not be asked seems to have said is not to make Defender an active antivirus.
        if sources.state(of: .defender) != .unavailable {
            for record in limited(kinds["defender"], of: .defender).prefix(1) {
                let subject = nextSubject()
                add(DefenderState(record: record).facts(subject: subject, now: now))
            }
        }
        addKaspersky(kinds["kaspersky"], isKept: isKept, now: now)
        addNames(kinds)
    }

    /// Adds services and drivers, and says whether Kaspersky's figures are kept up to date.
    private mutating func addServices(_ records: [ProbeRecord]?) -> Bool {
        let entries = (records ?? []).map(ServiceEntry.init)
        var isKept = entries.isEmpty
        for (source, isDriver) in [(FactSource.service, false), (.driver, true)] {
            for entry in limited(entries.filter { $0.isDriver == isDriver }, of: source) {
                let subject = isDriver ? subject(ofDriver: entry.name) : nextSubject()
                add(entry.facts(subject: subject))
                if entry.isAlive, entry.name?.lowercased() == KasperskyState.keeper { isKept = true }
            }
        }
        return isKept
    }

    /// Several components or views may hold figures; those of the latest connection come first and count.
    private mutating func addKaspersky(_ records: [ProbeRecord]?, isKept: Bool, now: Int64?) {
        let latest = limited(records, of: .vendorState).sorted {
            ($0.number("last_connection") ?? 0, $0.number("bases_at") ?? 0)
                > ($1.number("last_connection") ?? 0, $1.number("bases_at") ?? 0)
        }
        for record in latest {
            let subject = nextSubject()
            add(KasperskyState(record: record).facts(subject: subject, isKept: isKept, now: now))
        }
    }

    /// Adds what is only a name: processes, pipes, registry keys, and files that were asked about.
    private mutating func addNames(_ kinds: [String: [ProbeRecord]]) {
        for record in limited(kinds["process"], of: .process) {
            guard let path = record.name("path") else { continue }
            let base = WindowsPath.baseName(path)
            let isPath = base != path
            let subject = nextSubject()
            func fact(_ kind: SignalKind, _ value: String) -> RawFact {
                RawFact(
                    source: .process,
                    kind: kind,
                    weight: .running,
                    value: value,
                    detail: isPath ? path : "by its name only",
                    isWeak: kind != .process || !WindowsPath.isBelowProgramFiles(path),
                    subject: subject
                )
            }
            // `sfc.exe` is an antivirus's program in one place and Windows' own in another.
            if !WindowsPath.isBelowSystemRoot(path) { add([fact(.process, base)]) }
            if isPath { add([fact(.path, path)]) }
        }
        for record in limited(kinds["pipe"], of: .process) {
            guard let name = record.name("name") else { continue }
            add([RawFact(source: .process, kind: .pipe, weight: .running, value: name, isWeak: true)])
        }
        for record in limited(kinds["registry"], of: .registry) {
            guard let key = record.name("key") else { continue }
            add([RawFact(source: .registry, kind: .registry, weight: .leftover, value: key)])
        }
        for record in limited(kinds["file"], of: .installPath) where record.boolean("exists") == true {
            guard let path = record.name("path") else { continue }
            add([
                RawFact(source: .installPath, kind: .path, weight: .installed, value: path),
                RawFact(source: .installPath, kind: .dataPath, weight: .leftover, value: path),
            ])
        }
    }

    private mutating func add(_ new: [RawFact]) {
        guard let source = new.first?.source else { return }
        guard facts.count + new.count <= limits.facts else {
            sources.cut(source, "more than \(limits.facts) facts")
            return
        }
        facts += new
    }

    private mutating func limited<Entry>(_ entries: [Entry]?, of source: FactSource) -> ArraySlice<Entry> {
        let entries = entries ?? []
        if entries.count > limits.entries { sources.cut(source, "more than \(limits.entries) entries") }
        return entries.prefix(limits.entries)
    }

    private mutating func nextSubject() -> Int {
        subjects += 1
        return subjects
    }

    private mutating func subject(ofDriver name: String?) -> Int {
        guard let key = name?.lowercased() else { return nextSubject() }
        if let subject = drivers[key] { return subject }
        let subject = nextSubject()
        drivers[key] = subject
        return subject
    }
}
