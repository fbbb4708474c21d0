/// The files that add to a unit, such as `kesl.service.d/override.conf`, which may replace what it starts.
///
/// Source: systemd.unit(5), "Description".
struct UnitDropIns {
    /// Files that add to one unit.
    private static let maximumFiles = 64
    /// Bytes of all of them.
    private static let maximumBytes = 256 * 1024

    let root: RootDirectory
    let limits: ProbeLimits
    /// Where unit files are, what wins first.
    let folders: [String]

    /// A unit file's bytes with those of the files that add to it behind, in the order in which systemd reads them.
    func added(to unit: [UInt8], of name: String, troubles: inout [String]) -> [UInt8] {
        var bytes = unit
        for path in paths(name, troubles: &troubles) {
            do throws(FileFailure) {
                let added = try root.read(path, limit: limits.textFileBytes)
                guard bytes.count + added.count <= Self.maximumBytes else { throw .tooLarge }
                // Each file begins anew: neither a line that goes on nor a section leads from one into the next.
                bytes += Array("\n\n[]\n".utf8) + added
            } catch {
                // A link to `/dev/null`, or to nothing, adds nothing.
                if !error.isMissing, error != .notARegularFile { troubles.append("\(path): \(error.reason)") }
            }
        }
        return bytes
    }

    /// One file for each name, from the first folder that has it; sorted by name.
    private func paths(_ unit: String, troubles: inout [String]) -> [String] {
        var paths: [String: String] = [:]
        var isCut = false
        for folder in Self.folderNames(unit).flatMap({ name in folders.map { "\($0)/\(name)" } }) {
            do throws(FileFailure) {
                let place = try root.folder(folder)
                try place.forEachEntry { entry, _ in
                    guard paths.count < Self.maximumFiles else {
                        isCut = true
                        return false
                    }
                    // A name that is no text is no name that systemd reads.
                    guard let name = String(validatingCString: entry), name.hasSuffix(".conf") else { return true }
                    if paths[name] == nil { paths[name] = "\(folder)/\(name)" }
                    return true
                }
            } catch {
                if !error.isMissing { troubles.append("\(folder): \(error.reason)") }
            }
        }
        if isCut { troubles.append("\(unit): more than \(Self.maximumFiles) files add to it") }
        return paths.sorted { $0.key < $1.key }.map(\.value)
    }

    /// `a-b@c.service.d`, then `a-b@.service.d`, and `a-.service.d`; what is for all services replaces no program.
    private static func folderNames(_ unit: String) -> [String] {
        var names = [unit + ".d"]
        guard let dot = unit.lastIndex(of: ".") else { return names }
        let suffix = unit[dot...]
        var base = unit[..<dot]
        if let at = base.firstIndex(of: "@") {
            names.append("\(base[...at])\(suffix).d")
            base = base[..<at]
        }
        while let dash = base.dropLast().lastIndex(of: "-") {
            base = base[...dash]
            names.append("\(base)\(suffix).d")
        }
        return names
    }
}
