internal import Shared

/// A fact together with the family that the catalog gives it.
struct Observation {
    /// Index into the catalog's families.
    var family: Int
    /// Whether another family claims the same name: counts only beside another sign of this one.
    var isShared: Bool
    /// What was seen.
    var fact: Fact
    /// The version that a package database states.
    var version: String?

    /// An observation of something that a signal names.
    init(
        _ signal: Catalog.Signal,
        source: FactSource,
        weight: FactWeight,
        isWeak: Bool = false,
        value: String? = nil,
        detail: String = "",
        version: String? = nil
    ) {
        self.family = signal.family
        self.isShared = signal.isShared
        self.version = version
        self.fact = Fact(
            source: source,
            weight: weight,
            role: signal.role,
            isWeak: isWeak || signal.isWeak,
            value: WireText.text(value ?? signal.value),
            detail: WireText.text(detail)
        )
    }
}

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

    /// The catalog's rows of one kind.
    func signals(_ kind: SignalKind) -> ArraySlice<Catalog.Signal> {
        catalog.signals(platform: .linux, kind: kind)
    }

    /// The words for a probe that ran out of time.
    static let overdue = "stopped at its deadline"
}
