internal import Shared

/// A catalog in a few lines, for people.
struct CatalogSummary {
    /// The lines, the version first.
    let lines: [String]

    /// The summary of a catalog that was read for all platforms.
    init(_ catalog: Catalog) {
        var signs: [HostDescription.Platform: Int] = [:]
        var lookAlikes: [HostDescription.Platform: Int] = [:]
        for signal in catalog.signals {
            if signal.family == nil {
                lookAlikes[signal.platform, default: 0] += 1
            } else {
                signs[signal.platform, default: 0] += 1
            }
        }
        lines = [
            Self.line("Version", String(catalog.version)),
            Self.line("Families", String(catalog.families.count)),
            Self.line("Signals", Self.counts(signs)),
            Self.line("Look-alikes", Self.counts(lookAlikes)),
            Self.line("Sources", String(catalog.sources.count)),
        ]
    }

    /// A name and what it stands for, in two columns.
    static func line(_ name: String, _ value: String) -> String {
        name + String(repeating: " ", count: max(1, 14 - name.count)) + value
    }

    private static func counts(_ counts: [HostDescription.Platform: Int]) -> String {
        let platforms = [HostDescription.Platform.linux, .windows, .macOS]
        return platforms.map { "\($0.word) \(counts[$0] ?? 0)" }.joined(separator: ", ")
    }
}
