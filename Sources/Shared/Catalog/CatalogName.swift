/// How names are compared.
enum CatalogName {
    /// The form of a name that is the same for all spellings that mean the same.
    ///
    /// Windows and macOS keep a name's case and ignore it; a path's drive and the two folders of programs differ from one
    /// device to the next.
    static func key(_ name: String, _ platform: HostDescription.Platform, _ kind: SignalKind) -> String {
        guard platform != .linux else { return name }
        let name = name.lowercased()
        guard platform == .windows else { return name }
        switch kind {
        case .path, .dataPath: return windowsPath(name)
        case .registry: return name.replacing("\\wow6432node", with: "")
        default: return name
        }
    }

    /// `c:\program files (x86)\x` and `%programfiles%\x` are the same place for a product.
    ///
    /// - Parameter path: In lower case.
    /// - Returns: the path with names for the places that differ.
    static func windowsPath(_ path: String) -> String {
        var path = path
        for prefix in ["\\\\?\\", "\\??\\"] where path.hasPrefix(prefix) { path.removeFirst(prefix.count) }
        if path.dropFirst().hasPrefix(":\\"), path.first?.isLetter == true { path = "%drive%" + path.dropFirst(2) }
        for (place, name) in places where path.hasPrefix(place) {
            let rest = path.dropFirst(place.count)
            if rest.isEmpty || rest.hasPrefix("\\") { return name + rest }
        }
        return path
    }

    private static let places = [
        ("%programfiles(x86)%", "%programfiles%"),
        ("%programw6432%", "%programfiles%"),
        ("%drive%\\program files (x86)", "%programfiles%"),
        ("%drive%\\program files", "%programfiles%"),
        ("%systemdrive%\\program files (x86)", "%programfiles%"),
        ("%systemdrive%\\program files", "%programfiles%"),
        ("%drive%\\programdata", "%programdata%"),
        ("%allusersprofile%", "%programdata%"),
        ("%drive%\\windows", "%systemroot%"),
        ("%windir%", "%systemroot%"),
        ("\\systemroot", "%systemroot%"),
        ("%systemdrive%", "%drive%"),
    ]
}
