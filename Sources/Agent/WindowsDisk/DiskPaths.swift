/// From what the registry says (an ImagePath, an icon, an uninstall command) to the file on the disk that is meant.
struct DiskPaths {
    /// Such as `C:\Windows`.
    let systemRoot: String
    /// What stands between percent signs, by its name in small letters.
    private(set) var variables: [String: String]

    private let files: DiskFiles
    private let candidates: Int

    private static let programEndings = [".exe", ".sys", ".dll", ".com", ".bat", ".cmd"]
    private static let maximumUnits = 2048

    /// Takes what the disk's registry says: its folder, for which `C:\Windows` stands where it is no path with a drive,
    /// and the key `Microsoft\Windows\CurrentVersion`, which tells where programs are.
    init(systemRoot: String?, version: HiveKey?, files: DiskFiles, limits: WindowsDiskLimits) {
        let parts = systemRoot.flatMap { Self.drive(of: $0) == nil ? nil : $0 } ?? #"C:\Windows"#
        let drive = String(parts.prefix(2))
        self.systemRoot = parts
        self.files = files
        candidates = limits.pathCandidates
        let programs = version?.text("ProgramFilesDir") ?? drive + #"\Program Files"#
        let programs32 = version?.text("ProgramFilesDir (x86)") ?? drive + #"\Program Files (x86)"#
        let common = version?.text("CommonFilesDir") ?? programs + #"\Common Files"#
        let common32 = version?.text("CommonFilesDir (x86)") ?? programs32 + #"\Common Files"#
        variables = [
            "systemroot": parts, "windir": parts, "systemdrive": drive,
            "programfiles": programs, "programw6432": programs, "programfiles(x86)": programs32,
            "commonprogramfiles": common, "commonprogramw6432": common, "commonprogramfiles(x86)": common32,
            "programdata": drive + #"\ProgramData"#, "allusersprofile": drive + #"\ProgramData"#,
            "public": drive + #"\Users\Public"#,
        ]
    }

    /// The same for what a user's hive says.
    func forUser(profile: String) -> DiskPaths {
        var paths = self
        paths.variables["userprofile"] = profile
        paths.variables["appdata"] = profile + #"\AppData\Roaming"#
        paths.variables["localappdata"] = profile + #"\AppData\Local"#
        paths.variables["temp"] = profile + #"\AppData\Local\Temp"#
        return paths
    }

    // MARK: Resolving

    /// The file of a command: without quotes and arguments, with everything replaced that only Windows understands.
    ///
    /// Without quotes the first space after which the text so far names a file ends it, as in Windows; where no file is
    /// there, a known ending does.
    func command(_ text: String) -> String? {
        guard let expanded = expand(text) else { return nil }
        guard expanded.first == "\"" else { return absolute(expanded).map(withoutArguments) }
        return absolute(Self.trimmed(expanded.dropFirst().prefix { $0 != "\"" }))
    }

    /// The file of an icon, or a folder: perhaps in quotes, perhaps with `,INDEX` at the end.
    func icon(_ text: String) -> String? {
        guard var expanded = expand(text) else { return nil }
        if let comma = expanded.lastIndex(of: ",") {
            let index = Self.trimmed(expanded[expanded.index(after: comma)...])
            let digits = index.first == "-" ? index.dropFirst() : index[...]
            if !digits.isEmpty, digits.allSatisfy(\.isNumber) { expanded = String(expanded[..<comma]) }
        }
        let quote: Set<Character> = ["\"", " ", "\t"]
        var rest = expanded[...]
        while let first = rest.first, quote.contains(first) { rest.removeFirst() }
        while let last = rest.last, quote.contains(last) { rest.removeLast() }
        return absolute(String(rest))
    }

    /// Whether something is at a resolved path; `nil` where that cannot be told from this disk.
    ///
    /// For what a 32-bit program wrote, `view` is 32: its `System32` is another folder.
    func exists(_ path: String, view: Int64 = 64) -> Bool? {
        guard let parts = parts(path) else { return nil }
        switch files.find(parts) {
        case .file, .folder: return true
        case .unknown: return nil
        case .missing: return view == 32 && parts.dropFirst().first?.lowercased() == "system32" ? nil : false
        }
    }

    /// The parts of a path below the disk's root; `nil` for what is on another drive, or in a network.
    func parts(_ path: String) -> [String]? {
        guard let drive = Self.drive(of: path), drive == Self.drive(of: systemRoot) else { return nil }
        let parts = path.dropFirst(2).split { $0 == "\\" || $0 == "/" }.map(String.init)
        guard !parts.contains(where: { $0 == ".." || $0 == "." || $0.contains("\0") }) else { return nil }
        return parts
    }

    /// Whether the file is one that says nothing about the product that it removes.
    static func isInstaller(_ path: String) -> Bool {
        ["msiexec.exe", "msiexec", "rundll32.exe", "rundll32"].contains(WindowsPath.baseName(path).lowercased())
    }

    // MARK: Parts of it

    private func isFile(_ path: String) -> Bool { parts(path).map { files.find($0) == .file } ?? false }

    /// Replaces `%NAME%`, once; `nil` where a variable is not known, or where nothing is left.
    private func expand(_ text: String) -> String? {
        guard text.utf16.count <= Self.maximumUnits else { return nil }
        // What stands for a variable is the disk's word, too, and may be long.
        var result = ""
        var rest = text[...]
        while let percent = rest.firstIndex(of: "%") {
            result += rest[..<percent]
            rest = rest[rest.index(after: percent)...]
            guard let end = rest.firstIndex(of: "%") else {
                result += "%"
                break
            }
            guard let value = variables[rest[..<end].lowercased()] else { return nil }
            result += value
            guard result.utf16.count <= Self.maximumUnits else { return nil }
            rest = rest[rest.index(after: end)...]
        }
        result = Self.trimmed(result + rest)
        return result.isEmpty ? nil : result
    }

    private func absolute(_ path: String) -> String? {
        guard !path.isEmpty else { return nil }
        for prefix in [#"\??\UNC\"#, #"\\?\UNC\"#] where Self.starts(path, with: prefix) {
            return #"\\"# + path.dropFirst(prefix.count)
        }
        var path = path
        for prefix in [#"\??\"#, #"\\?\"#] where Self.starts(path, with: prefix) {
            path = String(path.dropFirst(prefix.count))
        }
        if Self.starts(path, with: #"\SystemRoot\"#) { return systemRoot + path.dropFirst(#"\SystemRoot"#.count) }
        if Self.drive(of: path) != nil || path.hasPrefix("\\") || path.hasPrefix("/") || path.contains("://") {
            return path
        }
        let folder = path.prefix { $0 != " " }.contains { $0 == "\\" || $0 == "/" } ? #"\"# : #"\System32\"#
        return systemRoot + folder + path
    }

    private func withoutArguments(_ path: String) -> String {
        var looked = 0
        var byEnding: Substring?
        for end in path.indices where path[end] == " " || path[end] == "\t" {
            let part = path[..<end]
            guard part.last != " ", part.last != "\t" else { continue }
            if let found = program(part, &byEnding) { return found }
            looked += 1
            guard looked < candidates else { return String(byEnding ?? path[...]) }
        }
        return program(path[...], &byEnding) ?? String(byEnding ?? path[...])
    }

    /// The file that a beginning of a command names; notes the first one that looks like a program.
    private func program(_ part: Substring, _ byEnding: inout Substring?) -> String? {
        let isProgram = Self.programEndings.contains { part.lowercased().hasSuffix($0) }
        if isProgram, byEnding == nil { byEnding = part }
        if isFile(String(part)) { return String(part) }
        return !isProgram && isFile(part + ".exe") ? part + ".exe" : nil
    }

    /// The drive's letter as a capital; `nil` where there is none.
    private static func drive(of path: String) -> String? {
        let start = Array(path.utf8.prefix(3))
        guard start.count >= 2, start[1] == UInt8(ascii: ":") else { return nil }
        guard start.count == 2 || start[2] == UInt8(ascii: "\\") || start[2] == UInt8(ascii: "/") else { return nil }
        let letter = start[0] & 0xdf
        guard (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(letter) else { return nil }
        return String(decoding: [letter], as: UTF8.self)
    }

    private static func starts(_ text: String, with prefix: String) -> Bool {
        text.prefix(prefix.count).lowercased() == prefix.lowercased()
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        var rest = text[...]
        while let first = rest.first, first == " " || first == "\t" { rest.removeFirst() }
        while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
        return String(rest)
    }
}
