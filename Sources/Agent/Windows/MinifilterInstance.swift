internal import Shared

/// One instance of a file-system filter driver.
struct MinifilterInstance {
    let record: ProbeRecord

    /// The driver's service; `nil` for a record without one.
    var service: String? { record.name("service") }

    /// What the instance is a sign of: a property of the driver's key, so no second proof beside the driver.
    func facts(subject: Int) -> [RawFact] {
        guard let altitude = record.name("altitude"), let file = record.name("file") ?? service.map({ $0 + ".sys" })
        else { return [] }
        let isGone = record.boolean("file_exists") == false
        let isLoaded = record.boolean("loaded") == true
        var words = ["altitude \(altitude)"]
        if isLoaded { words.append("loaded") }
        if isGone { words.append("its file is gone") }
        return [
            RawFact(
                source: .minifilter,
                kind: .minifilter,
                weight: isLoaded ? .running : isGone ? .leftover : .registered,
                value: WindowsPath.baseName(file) + "@" + altitude,
                publisher: record.name("publisher") ?? "",
                detail: words.joined(separator: ", "),
                isWeak: isLoaded && isGone,
                subject: subject
            )
        ]
    }
}
