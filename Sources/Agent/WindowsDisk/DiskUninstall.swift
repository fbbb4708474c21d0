/// Lists of installed programs: both views of the device's, and every user's, whether that user was signed in or not.
struct DiskUninstall {
    let disk: WindowsDisk
    let software: DiskHive
    let files: DiskFiles
    let paths: DiskPaths

    private static let list = #"Microsoft\Windows\CurrentVersion\Uninstall\*"#
    private static let profiles = #"Microsoft\Windows NT\CurrentVersion\ProfileList\*"#
    /// What new profiles are copied from, and what others link to.
    private static let noUsers: Set<String> = ["default", "default user", "public", "all users"]

    /// A profile: whose, and where.
    private struct User {
        /// The SID, else the folder's name.
        var name: String
        /// The folder as Windows writes it.
        var folder: String
        /// The folder on this disk.
        var parts: [String]
    }

    /// The records of source `uninstall`.
    func records() -> [ProbeRecord] {
        var source = disk.source("uninstall")
        var profiles: [HiveKey] = []
        if source.use(software) {
            let paths = [Self.list, #"WOW6432Node\"# + Self.list, Self.profiles]
            let keys = software.keys(paths.map { .init(path: $0) }, for: &source)
            add(keys[0], hive: "HKLM", view: 64, self.paths, &source)
            add(keys[1], hive: "HKLM", view: 32, self.paths, &source)
            profiles = keys[2]
        }
        for user in users(profiles, &source) {
            if source.stopsAtDeadline() { break }
            read(user, &source)
        }
        return source.finished()
    }

    private func read(_ user: User, _ source: inout DiskSource) {
        let hive = disk.hive("NTUSER.DAT of \(user.name)", at: user.parts + ["NTUSER.DAT"], in: files)
        // A profile without a hive was removed, or never used.
        guard !hive.isMissing else { return }
        guard hive.opens(deadline: source.deadline) else {
            source.trouble("\(hive.name): \(hive.failure ?? "")")
            return
        }
        _ = source.use(hive)
        let paths = paths.forUser(profile: user.folder)
        let lists = [#"Software\"# + Self.list, #"Software\WOW6432Node\"# + Self.list]
        let keys = hive.keys(lists.map { .init(path: $0) }, for: &source)
        add(keys[0], hive: user.name, view: 64, paths, &source)
        add(keys[1], hive: user.name, view: 32, paths, &source)
    }

    private func add(_ keys: [HiveKey], hive: String, view: Int64, _ paths: DiskPaths, _ source: inout DiskSource) {
        for key in keys {
            guard source.add(record(key, hive: hive, view: view, paths)) else { return }
        }
    }

    private func record(_ key: HiveKey, hive: String, view: Int64, _ paths: DiskPaths) -> ProbeRecord {
        var draft = RecordDraft("uninstall")
        draft.text("hive", hive)
        draft.number("view", view)
        draft.text("key", key.name)
        draft.text("name", key.text("DisplayName"))
        draft.text("version", key.text("DisplayVersion"))
        draft.text("publisher", key.text("Publisher"))
        draft.text("date", key.text("InstallDate"))
        draft.text("parent", key.text("ParentKeyName"))
        draft.text("release", key.text("ReleaseType"))
        draft.boolean("component", key.boolean("SystemComponent"))
        draft.boolean("msi", key.boolean("WindowsInstaller"))
        let location = key.text("InstallLocation")
        let command = key.text("UninstallString")
        let icon = key.text("DisplayIcon")
        draft.text("location", location)
        draft.text("command", command)
        draft.text("icon", icon)
        if let folder = location.flatMap({ paths.icon($0) }) {
            draft.boolean("location_exists", paths.exists(folder, view: view))
        }
        let hasIcon = icon.map { !$0.isEmpty } ?? false
        let program = hasIcon ? icon.flatMap { paths.icon($0) } : command.flatMap { paths.command($0) }
        if let program, !DiskPaths.isInstaller(program) {
            draft.text("program", program)
            draft.boolean("program_exists", paths.exists(program, view: view))
        }
        return draft.record
    }

    // MARK: Users

    /// The profiles that Windows knows, then the folders that it no longer knows.
    private func users(_ profiles: [HiveKey], _ source: inout DiskSource) -> [User] {
        var users: [User] = []
        var seen: Set<[String]> = []
        for key in profiles {
            guard let folder = key.text("ProfileImagePath").flatMap({ paths.icon($0) }) else { continue }
            guard let parts = paths.parts(folder) else {
                source.trouble("the profile of \(key.name) is on another drive")
                continue
            }
            guard seen.insert(parts.map { $0.lowercased() }).inserted else { continue }
            users.append(User(name: key.name, folder: folder, parts: parts))
        }
        for folder in files.folders(in: ["Users"]) where !Self.noUsers.contains(folder.lowercased()) {
            guard seen.insert(["users", folder.lowercased()]).inserted else { continue }
            let path = String(paths.systemRoot.prefix(2)) + #"\Users\"# + folder
            users.append(User(name: folder, folder: path, parts: ["Users", folder]))
        }
        if users.count > disk.limits.users { source.trouble("more than \(disk.limits.users) users") }
        return Array(users.prefix(disk.limits.users))
    }
}
