internal import Shared

/// What one probe saw, and how far it could look.
struct ProbeResult {
    var status: SourceStatus
    var observations: [Observation]

    /// This system has no such source.
    static func absent(_ source: FactSource) -> ProbeResult {
        ProbeResult(status: SourceStatus(source: source, state: .absent), observations: [])
    }

    /// The source could not be read at all.
    static func unavailable(_ source: FactSource, _ reason: String) -> ProbeResult {
        ProbeResult(
            status: SourceStatus(source: source, state: .unavailable, reason: WireText.text(reason)),
            observations: []
        )
    }

    /// The source was read: to its end where there are no troubles.
    static func read(
        _ source: FactSource,
        entries: Int,
        observations: [Observation],
        troubles: [String]
    ) -> ProbeResult {
        ProbeResult(
            status: SourceStatus(
                source: source,
                state: troubles.isEmpty ? .complete : .partial,
                reason: WireText.text(troubles.joined(separator: "; ")),
                entries: entries
            ),
            observations: observations
        )
    }
}

extension Observation {
    /// What the probe saw, without what the catalog made of it.
    ///
    /// Facts of one family count as facts about one thing.
    var rawFact: RawFact {
        let family: Int? = if case .family(let index) = owner { index } else { nil }
        return RawFact(
            source: fact.source,
            kind: fact.kind,
            weight: fact.weight,
            value: fact.value,
            publisher: fact.publisher,
            detail: fact.detail,
            version: version,
            // Of a process the probe itself may be unsure; the rest of it the catalog says again.
            isWeak: fact.isWeak && fact.source == .process,
            subject: family,
            status: status
        )
    }
}

/// What every probe works with.
struct ProbeContext {
    /// The tree that is looked at.
    let root: RootDirectory
    /// What names mean.
    let catalog: Catalog
    /// How much is read.
    let limits: ProbeLimits
    /// The clock.
    let now: Deadline.Now

    /// A deadline that begins now.
    func deadline() -> Deadline { Deadline(after: limits.probeTime, now: now) }

    /// The catalog's rows about a name, which is bytes from a file.
    func signals(_ kind: SignalKind, named name: UnsafeRawBufferPointer) -> ArraySlice<Catalog.Signal> {
        catalog.signals(platform: .linux, kind: kind, named: name)
    }

    /// The catalog's exact names of one kind; look-alikes and prefixes are not to be searched for.
    func signals(_ kind: SignalKind) -> [Catalog.Signal] {
        catalog.signals(platform: .linux, kind: kind).filter { $0.family != nil && !$0.isPrefix }
    }

    /// The words for a probe that ran out of time.
    static let overdue = "stopped at its deadline"
}
