/// Windows paths in the device's own spelling.
enum WindowsPath {
    /// What stands behind the last separator.
    static func baseName(_ path: String) -> String {
        let scalars = path.unicodeScalars
        guard let end = scalars.lastIndex(where: isSeparator) else { return path }
        return String(scalars[scalars.index(after: end)...])
    }

    /// Whether the path leads into the folder of Windows itself.
    static func isBelowSystemRoot(_ path: String) -> Bool {
        let path = comparable(path)
        return roots.contains { path.hasPrefix($0) }
            || path.dropFirst().hasPrefix(":\\windows\\")
    }

    /// Whether only an administrator could have put a program there.
    static func isBelowProgramFiles(_ path: String) -> Bool {
        let path = comparable(path).dropFirst()
        return path.hasPrefix(":\\program files\\") || path.hasPrefix(":\\program files (x86)\\")
    }

    /// Whether a file at this path says nothing about any product: a part of Windows, an address such as
    /// `windowsdefender://`, or no absolute path.
    ///
    /// Programs that register an invented antivirus name such a file, because it is signed and always there.
    static func isNobodys(_ path: String) -> Bool {
        let comparable = comparable(path)
        return !comparable.contains("\\") || comparable.contains(":\\\\") || comparable.contains("\\..\\")
            || isBelowSystemRoot(path) || isHost(path)
    }

    /// Whether the file is one of Windows' programs that run what others give them, so that it being there proves nothing.
    static func isHost(_ path: String) -> Bool { hosts.contains(comparable(baseName(path))) }

    private static let roots = ["%systemroot%\\", "%windir%\\", "\\systemroot\\"]

    private static let hosts: Set<String> = [
        "cmd.exe", "conhost.exe", "cscript.exe", "csrss.exe", "ctfmon.exe", "dllhost.exe", "explorer.exe", "lsass.exe",
        "mmc.exe", "mshta.exe", "msiexec.exe", "notepad.exe", "powershell.exe", "pwsh.exe", "regsvr32.exe",
        "rundll32.exe",
        "services.exe", "sihost.exe", "smss.exe", "spoolsv.exe", "svchost.exe", "taskhostw.exe", "taskmgr.exe",
        "werfault.exe", "wininit.exe", "winlogon.exe", "wscript.exe",
    ]

    /// Lower case, backslashes, without the marks of a path that is not to be changed.
    private static func comparable(_ path: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in path.lowercased().unicodeScalars { scalars.append(scalar == "/" ? "\\" : scalar) }
        var text = String(scalars)
        for prefix in ["\\\\?\\", "\\??\\"] where text.hasPrefix(prefix) { text.removeFirst(prefix.count) }
        return text
    }

    private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool { scalar == "\\" || scalar == "/" }
}

extension String {
    /// As much of the text as fits into so many bytes of UTF-8, without half a character at its end.
    func prefix(utf8Bytes limit: Int) -> String {
        guard utf8.count > limit else { return self }
        var end = utf8.index(utf8.startIndex, offsetBy: max(0, limit))
        while end > utf8.startIndex, end.samePosition(in: unicodeScalars) == nil { end = utf8.index(before: end) }
        return String(self[..<end])
    }

    /// The text without white space, control and invisible characters at its ends; names from a device may hold anything.
    var trimmedName: String {
        func isEdge(_ scalar: Unicode.Scalar) -> Bool {
            if scalar.isASCII { return scalar.value <= 0x20 || scalar.value == 0x7f }
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator: return true
            default: return false
            }
        }
        let scalars = unicodeScalars
        guard let first = scalars.firstIndex(where: { !isEdge($0) }),
            let last = scalars.lastIndex(where: { !isEdge($0) })
        else { return "" }
        return String(scalars[first...last])
    }
}
