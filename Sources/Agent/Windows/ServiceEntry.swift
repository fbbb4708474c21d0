internal import Shared

/// One service or driver, as the service manager or a mounted disk's registry tells it.
struct ServiceEntry {
    let record: ProbeRecord

    /// The key's name; `nil` for a record without one.
    var name: String? { record.name("name") }

    /// Whether it is a driver.
    var isDriver: Bool { record.text("type") == "driver" }

    /// What the entry is a sign of.
    func facts(subject: Int) -> [RawFact] {
        guard let name else { return [] }
        return isDriver ? driverFacts(name, subject) : serviceFacts(name, subject)
    }

    private func serviceFacts(_ name: String, _ subject: Int) -> [RawFact] {
        var facts = [fact(.service, .service, name, subject)]
        if let file {
            facts.append(fact(.service, .path, file, subject))
            // A base name is anybody's, and Windows' own programs have names that antivirus programs have, too.
            if !WindowsPath.isBelowSystemRoot(file) {
                var process = fact(.service, .process, WindowsPath.baseName(file), subject)
                process.isWeak = true
                facts.append(process)
            }
        }
        return facts
    }

    private func driverFacts(_ name: String, _ subject: Int) -> [RawFact] {
        let base = file.map(WindowsPath.baseName) ?? name + ".sys"
        return [fact(.driver, .driver, base, subject), fact(.driver, .service, name, subject)]
    }

    private func fact(_ source: FactSource, _ kind: SignalKind, _ value: String, _ subject: Int) -> RawFact {
        RawFact(
            source: source,
            kind: kind,
            weight: weight,
            value: value,
            publisher: record.name("publisher") ?? "",
            detail: detail,
            // What still runs after its file was removed is on its way out, until the next start of Windows.
            isWeak: weight == .running && isGone,
            subject: subject
        )
    }

    /// Whether it is loaded now.
    var isRunning: Bool { ["running", "paused"].contains(record.text("state")) }

    /// Whether it is known to be there: running, or on a disk that does not run with its file in place.
    var isAlive: Bool { isRunning || record.text("state") == nil && record.boolean("file_exists") == true }

    private var weight: FactWeight {
        if isRunning { return .running }
        if isGone { return .leftover }
        let isDisabled = record.number("start") == 4
        let isProven = record.boolean("file_exists") == true && !(file.map(WindowsPath.isHost) ?? true)
        return isProven && !isDisabled ? .installed : .registered
    }

    private var isGone: Bool { record.boolean("file_exists") == false }

    private var file: String? { record.name("file") }

    private var detail: String {
        var words = [record.name("state") ?? "not running"]
        if let start = record.number("start"), let word = Self.starts[start] { words.append(word) }
        if let level = record.number("protected"), level > 0 { words.append("protected by Windows") }
        if isGone { words.append("its file is gone") }
        if let place = file ?? record.name("path") { words.append(place) }
        return words.joined(separator: ", ")
    }

    private static let starts: [Int64: String] = [
        0: "starts with the boot loader", 1: "starts with the system", 2: "starts by itself", 3: "starts on demand",
        4: "disabled",
    ]
}
