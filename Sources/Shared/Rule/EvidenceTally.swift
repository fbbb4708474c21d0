/// What facts prove together, counted in one pass: grades are asked for again and again, for each report.
struct EvidenceTally {
    private var isPresent = false
    private var hasStrong = false
    private var hasRunning = false
    private var hasStrongRunning = false
    /// Whether a fact that is not weak says that the thing is installed or runs.
    private(set) var hasStrongInstalled = false
    private var hasInstalledStrongly = false
    /// Whether anything but drivers speaks of it: those run until the next start after their product was removed.
    private var isMoreThanDrivers = false
    /// One bit for each source with an installed or running fact.
    private var installedSources: UInt64 = 0

    /// Counts facts; only those of one role, where one is given.
    init(_ facts: [Fact], of role: ProductRole? = nil) {
        for fact in facts where fact.weight > .leftover && (role == nil || fact.role == role) {
            isPresent = true
            if fact.source != .driver, fact.source != .minifilter { isMoreThanDrivers = true }
            if !fact.isWeak { hasStrong = true }
            guard fact.weight >= .installed else { continue }
            installedSources |= 1 << UInt64(fact.source.rawValue)
            if fact.weight == .running { hasRunning = true }
            guard !fact.isWeak else { continue }
            hasStrongInstalled = true
            if fact.weight == .running { hasStrongRunning = true } else { hasInstalledStrongly = true }
        }
    }

    /// As `Product.grade` says.
    var grade: EvidenceGrade {
        guard isPresent else { return .remnant }
        // A weak name may be anybody's: two of them from different sources still prove nothing without a strong one.
        guard hasStrong, isMoreThanDrivers else { return .registered }
        let isRunning = hasStrongRunning || hasRunning && hasInstalledStrongly
        return isRunning || installedSources.nonzeroBitCount >= 2 ? .confirmed : .registered
    }
}
