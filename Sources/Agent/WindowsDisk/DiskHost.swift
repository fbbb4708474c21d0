internal import Shared

/// Which device and system a disk is of.
struct DiskHost {
    /// The `host` record.
    let record: ProbeRecord
    /// `Microsoft\Windows NT\CurrentVersion`.
    let version: HiveKey?
    /// `Microsoft\Windows\CurrentVersion`.
    let programs: HiveKey?
    /// The control set that Windows last started with, such as `ControlSet001`; `nil` where that cannot be told.
    let controlSet: String?
    /// Whether this is Windows Server.
    let isServer: Bool?

    /// Reads both hives; what cannot be read is not known.
    init(software: DiskHive, system: DiskHive, source: DiskSource) {
        var source = source
        let described = software.keys(
            [.init(path: #"Microsoft\Windows NT\CurrentVersion"#), .init(path: #"Microsoft\Windows\CurrentVersion"#)],
            for: &source
        )
        version = described[0].first
        programs = described[1].first
        let controlSet = Self.controlSet(system, &source)
        self.controlSet = controlSet
        var control: [HiveKey?] = [nil, nil, nil]
        if let controlSet {
            let paths = ["ProductOptions", #"ComputerName\ComputerName"#, #"Session Manager\Environment"#]
            let questions = paths.map { HiveReader.Question(path: #"\#(controlSet)\Control\\#($0)"#) }
            control = system.keys(questions, for: &source).map(\.first)
        }
        let installation = version?.text("InstallationType")
        let product = control[0]?.text("ProductType")
        isServer = Self.isServer(installation: installation, product: product)
        let build = (version?.text("CurrentBuild") ?? version?.text("CurrentBuildNumber")).flatMap { Int64($0) }

        var draft = RecordDraft("host")
        draft.text("name", control[1]?.text("ComputerName"))
        draft.text("system", Self.system(version, build: build))
        draft.number("build", build)
        draft.boolean("server", isServer)
        draft.text("architecture", Self.architecture(control[2]?.text("PROCESSOR_ARCHITECTURE")))
        draft.text("probe", khienVersion)
        // What the disk says was true then; today is long after for a disk that lay in a cupboard.
        draft.number("recorded", [software.written, system.written].compactMap(\.self).max())
        record = draft.record
    }

    /// The set that `Select` names; the only one where it names none.
    private static func controlSet(_ system: DiskHive, _ source: inout DiskSource) -> String? {
        if let current = system.keys("Select", for: &source).first?.number("Current"), (1...999).contains(current) {
            let digits = String(current)
            return "ControlSet" + String(repeating: "0", count: 3 - digits.count) + digits
        }
        let sets = system.keys("*", values: false, for: &source).map(\.name).filter { name in
            name.count == 13 && name.lowercased().hasPrefix("controlset")
        }
        return sets.count == 1 ? sets.first : nil
    }

    /// Source: Microsoft Learn, "Operating system version": Windows 11 begins with build 22000 and goes on naming
    /// itself Windows 10.
    private static func system(_ version: HiveKey?, build: Int64?) -> String? {
        guard var name = version?.text("ProductName"), !name.isEmpty else { return nil }
        if let build, build >= 22000, name.hasPrefix("Windows 10") { name = "Windows 11" + name.dropFirst(10) }
        guard let release = version?.text("DisplayVersion") ?? version?.text("ReleaseId"), !release.isEmpty else {
            return name
        }
        return "\(name) \(release)"
    }

    private static func isServer(installation: String?, product: String?) -> Bool? {
        switch installation?.lowercased() {
        case "client": return false
        case "server", "server core", "nano server": return true
        default: break
        }
        return switch product?.lowercased() {
        case "winnt": false
        case "servernt", "lanmannt": true
        default: nil
        }
    }

    private static func architecture(_ processor: String?) -> String? {
        switch processor?.lowercased() {
        case "amd64": "x86_64"
        case "arm64": "arm64"
        case "x86": "x86"
        default: nil
        }
    }
}
