internal import Shared

/// One entry of Windows' list of installed programs.
struct UninstallEntry {
    let record: ProbeRecord

    /// What the entry is a sign of; nothing for an update of something else.
    func facts(subject: Int) -> [RawFact] {
        guard !isUpdate else { return [] }
        let values: [(kind: SignalKind, value: String)] = [
            (.uninstallName, record.name("name") ?? ""), (.uninstallKey, record.name("key") ?? ""),
        ]
        return values.filter { !$0.value.isEmpty }.map { kind, value in
            RawFact(
                source: .uninstall,
                kind: kind,
                weight: weight,
                value: value,
                publisher: record.name("publisher") ?? "",
                detail: detail,
                version: record.name("version"),
                subject: subject
            )
        }
    }

    /// An entry stays when a product is removed by force; its files do not.
    private var weight: FactWeight {
        let isThere = record.boolean("program_exists") ?? record.boolean("location_exists") ?? true
        return isThere ? .installed : .registered
    }

    /// Updates of Windows and of programs are listed, too, with the name of what they mend in their own.
    private var isUpdate: Bool {
        if let release = record.name("release")?.lowercased(), Self.updates.contains(release) { return true }
        guard let title = record.name("name")?.lowercased() else { return false }
        if title.hasPrefix("security update for ") || title.hasPrefix("hotfix for ") { return true }
        return record.name("parent") != nil && title.hasPrefix("update for ")
    }

    /// Values of `ReleaseType`.
    private static let updates: Set<String> = [
        "critical update", "definition update", "feature pack", "hotfix", "security update", "service pack", "update",
        "update rollup",
    ]

    private var detail: String {
        var words: [String] = []
        if let hive = record.name("hive"), hive != "HKLM" { words.append("for user \(hive)") }
        if record.boolean("component") == true { words.append("hidden") }
        if let parent = record.name("parent") { words.append("part of \(parent)") }
        if weight == .registered { words.append("its files are gone") }
        if let place = record.name("location") ?? record.name("program") { words.append(place) }
        return words.joined(separator: ", ")
    }
}
