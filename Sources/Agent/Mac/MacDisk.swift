internal import Shared

/// The files of a Mac: the running system's, or those of a disk that is mounted on any system.
///
/// No program is started. What runs is not known from files; that a system extension is activated is.
struct MacDisk {
    /// Where macOS says which it is.
    private static let systemVersion = "/System/Library/CoreServices/SystemVersion.plist"
    /// Where it keeps the computer's name.
    private static let preferences = "/Library/Preferences/SystemConfiguration/preferences.plist"

    /// The tree, the catalog and the clock.
    let context: ProbeContext
    /// How much is read.
    let limits: MacLimits

    /// A reader of the tree in `context`.
    init(context: ProbeContext, limits: MacLimits = MacLimits()) {
        self.context = context
        self.limits = limits
    }

    /// Whether the tree is a Mac's.
    ///
    /// A Mac has a volume for the system and one for the data; of the second, mounted alone, the first file is missing.
    static func isMac(_ root: RootDirectory) -> Bool {
        if (try? root.place(systemVersion))?.isRegular == true { return true }
        return (try? root.place(preferences))?.isRegular == true
            && (try? root.place("/private/var/db"))?.isFolder == true
    }

    /// Reads all sources; never fails as a whole.
    func read() -> DeviceReading {
        let files = MacFiles(context: context, limits: limits)
        var subjects = MacSubjects()
        let results = [
            MacApplications(files: files).read(&subjects),
            MacExtensions(files: files).read(&subjects),
            MacJobs(files: files).read(&subjects),
            MacPaths(files: files).read(&subjects),
        ]
        return DeviceReading(host: host(files), facts: results.flatMap(\.facts), sources: results.map(\.status))
    }

    private func host(_ files: MacFiles) -> HostDescription {
        let system = try? files.list(Self.systemVersion)
        let words = [system?["ProductName"]?.text ?? "macOS", system?["ProductVersion"]?.text].compactMap(\.self)
        let preferences = try? files.list(Self.preferences)
        let own = preferences?["System"]
        let name = own?["System"]?["ComputerName"]?.text ?? own?["Network"]?["HostNames"]?["LocalHostName"]?.text ?? ""
        return HostDescription(
            name: name.isEmpty ? "unknown" : WireText.text(name, limit: WireLimits.hostNameBytes),
            operatingSystem: WireText.text(words.joined(separator: " "), limit: WireLimits.nameBytes),
            platform: .macOS,
            // Nothing on a disk says for which machine it was made.
            architecture: "unknown",
            agentVersion: khienVersion
        )
    }
}

/// What one source of a Mac's disk told.
struct MacResult {
    var facts: [RawFact] = []
    var status: SourceStatus

    /// This disk has no such source.
    static func absent(_ source: FactSource) -> MacResult {
        MacResult(status: SourceStatus(source: source, state: .absent))
    }

    /// The source was read: to its end where there are no troubles; not at all where there is nothing but troubles.
    static func read(_ source: FactSource, entries: Int, facts: [RawFact], troubles: MacTroubles) -> MacResult {
        let state: SourceStatus.State =
            troubles.isEmpty ? .complete : entries == 0 && facts.isEmpty ? .unavailable : .partial
        return MacResult(
            facts: facts,
            status: SourceStatus(source: source, state: state, reason: troubles.reason, entries: entries)
        )
    }
}

/// What went wrong in one source; the first few are named, the rest is counted.
struct MacTroubles {
    private var named: [String] = []
    private var others = 0

    var isEmpty: Bool { named.isEmpty }

    var reason: String {
        WireText.text((named + (others > 0 ? ["\(others) more"] : [])).joined(separator: "; "))
    }

    mutating func append(_ trouble: String) {
        if named.count < 3 { named.append(trouble) } else { others += 1 }
    }
}

/// Numbers the things on a disk: whatever lies in one application bundle is one thing.
struct MacSubjects {
    private var bundles: [String: Int] = [:]
    private var count = 0

    /// The number of the outermost bundle that a path lies in; a new one for what lies in none.
    mutating func number(of path: String?) -> Int {
        guard let bundle = path.flatMap(Self.bundle(of:)) else { return next() }
        if let known = bundles[bundle] { return known }
        let number = next()
        bundles[bundle] = number
        return number
    }

    /// The path up to the first folder named `*.app`, in the form in which such names are the same.
    static func bundle(of path: String) -> String? {
        var bundle = ""
        for part in path.split(separator: "/") {
            bundle += "/" + part
            if part.lowercased().hasSuffix(".app") { return bundle.lowercased() }
        }
        return nil
    }

    private mutating func next() -> Int {
        count += 1
        return count
    }
}
