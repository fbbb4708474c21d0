/// Services, drivers and minifilters of the control set that Windows last started with.
struct DiskServices {
    let disk: WindowsDisk
    let system: DiskHive
    /// Such as `ControlSet001`.
    let controlSet: String?
    let paths: DiskPaths

    // Source: winnt.h, SERVICE_DRIVER and SERVICE_WIN32.
    private static let driverTypes: Int64 = 0x0b
    private static let win32Types: Int64 = 0x30

    /// A service's file on this disk, as its drivers' instances need it, too.
    private struct File {
        var path: String
        var exists: Bool?
    }

    /// The records of sources `service`, `driver` and `minifilter`.
    func records() -> [ProbeRecord] {
        var services = disk.source("service")
        var drivers = disk.source("driver")
        var filters = disk.source("minifilter")
        guard services.use(system) else {
            drivers.shareTroubles(of: services)
            filters.shareTroubles(of: services)
            return services.finished() + drivers.finished() + filters.finished()
        }
        guard let controlSet else {
            let reason = "SYSTEM: it does not say which control set is the current one"
            services.isUnavailable(reason)
            drivers.isUnavailable(reason)
            filters.isUnavailable(reason)
            return services.finished() + drivers.finished() + filters.finished()
        }
        // One reading serves all three.
        let list = #"\#(controlSet)\Services\*"#
        let places = ["", #"\Instances\*"#, #"\Parameters\Instances\*"#]
        let answers = system.keys(places.map { .init(path: list + $0) }, for: &services)
        // The next start of Windows removes those that are marked.
        let keys = answers[0].filter { $0.number("DeleteFlag") != 1 }
        // Every Windows has some.
        if keys.isEmpty { services.trouble("SYSTEM: \(controlSet) has no services") }
        drivers.shareTroubles(of: services)
        filters.shareTroubles(of: services)

        var files: [String: File] = [:]
        var goesOn = (services: true, drivers: true)
        for key in keys {
            guard let type = key.number("Type") else { continue }
            let isDriver = type & Self.driverTypes != 0
            guard isDriver || type & Self.win32Types != 0, isDriver ? goesOn.drivers : goesOn.services else { continue }
            let file = file(key, isDriver: isDriver)
            if isDriver { files[key.name.lowercased()] = file }
            let record = record(key, isDriver: isDriver, file)
            if isDriver { goesOn.drivers = drivers.add(record) } else { goesOn.services = services.add(record) }
        }
        add(answers[1] + answers[2], of: keys, files, &filters)
        return services.finished() + drivers.finished() + filters.finished()
    }

    private func record(_ key: HiveKey, isDriver: Bool, _ file: File?) -> ProbeRecord {
        var draft = RecordDraft("service")
        draft.text("name", key.name)
        draft.text("display", key.text("DisplayName").flatMap(Self.displayName))
        draft.text("type", isDriver ? "driver" : "win32")
        draft.number("start", key.number("Start"))
        draft.text("path", key.text("ImagePath"))
        draft.text("file", file?.path)
        draft.boolean("file_exists", file?.exists)
        draft.number("protected", key.number("LaunchProtected"))
        return draft.record
    }

    /// A name that stands in a file's resources is not there to be read; an INF file's has the text behind it.
    private static func displayName(_ text: String) -> String? {
        guard text.hasPrefix("@") else { return text }
        return text.lastIndex(of: ";").map { String(text[text.index(after: $0)...]) }
    }

    private func file(_ key: HiveKey, isDriver: Bool) -> File? {
        var command = key.text("ImagePath") ?? ""
        if command.isEmpty, isDriver {
            // Where Windows looks when a driver has no ImagePath.
            command = #"system32\drivers\\#(key.name).sys"#
        }
        guard let path = paths.command(command) else { return nil }
        return File(path: path, exists: paths.exists(path))
    }

    private func add(
        _ instances: [HiveKey],
        of services: [HiveKey],
        _ files: [String: File],
        _ source: inout DiskSource
    ) {
        let known = Dictionary(services.map { ($0.name.lowercased(), $0) }) { first, _ in first }
        for key in instances {
            guard key.names.count > 2, let altitude = key.text("Altitude") else { continue }
            let name = key.names[2]
            // What is not among the services any more is about to be removed.
            guard let service = known[name.lowercased()] else { continue }
            let file = files[name.lowercased()] ?? file(service, isDriver: true)
            var draft = RecordDraft("minifilter")
            draft.text("service", name)
            draft.text("instance", key.name)
            draft.text("altitude", altitude)
            draft.text("file", file.map { WindowsPath.baseName($0.path) })
            draft.boolean("file_exists", file?.exists)
            guard source.add(draft.record) else { return }
        }
    }
}
