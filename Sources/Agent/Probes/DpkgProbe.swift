internal import Shared

/// The packages that dpkg knows, and whether the programs that they list are still there.
struct DpkgProbe {
    private static let folder = "/var/lib/dpkg"

    let context: ProbeContext

    /// Reads `status`, and the files of `status.d` where an image has those.
    func run() -> ProbeResult {
        let deadline = context.deadline()
        var reading = Reading()
        var isAbsent = true
        do throws(FileFailure) {
            let status = try context.root.open(Self.folder + "/status")
            isAbsent = false
            try read(status.file, assumesInstalled: false, deadline: deadline, into: &reading)
            if reading.packages == 0, reading.damaged == 0, hasFileLists() {
                return .unavailable(.dpkg, "the database is empty, but the file lists of packages are there")
            }
        } catch {
            if !error.isMissing {
                isAbsent = false
                reading.troubles.append("\(Self.folder)/status: \(error.reason)")
            }
        }
        if let folder = try? context.root.folder(Self.folder + "/status.d") {
            isAbsent = false
            readEach(in: folder, deadline: deadline, into: &reading)
        }
        if isAbsent { return .absent(.dpkg) }
        if reading.packages == 0, reading.damaged == 0, let trouble = reading.troubles.first {
            return .unavailable(.dpkg, trouble)
        }
        if reading.damaged > 0 {
            reading.troubles.insert("\(reading.damaged) damaged entries were left out: run dpkg --audit", at: 0)
        }
        return .read(
            .dpkg,
            entries: reading.packages,
            observations: reading.found.flatMap(observations),
            troubles: reading.troubles
        )
    }

    private struct Match {
        var signals: ArraySlice<Catalog.Signal>
        var package: DpkgParser.Package
    }

    private struct Reading {
        var packages = 0
        var damaged = 0
        var found: [Match] = []
        var troubles: [String] = []
    }

    private func read(
        _ file: Descriptor,
        assumesInstalled: Bool,
        deadline: Deadline,
        into reading: inout Reading
    ) throws(FileFailure) {
        var parser = DpkgParser(assumesInstalled: assumesInstalled)
        var found: [Match] = []
        let match = { (package: DpkgParser.Package) in
            let signals = package.name.withUnsafeBytes { context.signals(.deb, named: $0) }
            if !signals.isEmpty { found.append(Match(signals: signals, package: package)) }
        }
        defer {
            reading.packages += parser.packages
            reading.damaged += parser.damaged
            reading.found += found
        }
        var lines = 0
        var isOverdue = false
        _ = try file.forEachLine(limit: context.limits.databaseBytes) { line, ending in
            lines += 1
            // The clock is asked once in a while: asking costs as much as reading a line.
            if lines % 4096 == 0, deadline.isOver { isOverdue = true }
            guard !isOverdue, reading.packages + parser.packages <= context.limits.packages else { return false }
            parser.take(line, ending, body: match)
            return true
        }
        parser.finish(body: match)
        if isOverdue { reading.troubles.append(ProbeContext.overdue) }
        if reading.packages + parser.packages > context.limits.packages {
            reading.troubles.append("more than \(context.limits.packages) packages")
        }
    }

    private func readEach(in folder: Descriptor, deadline: Deadline, into reading: inout Reading) {
        var names: [[CChar]] = []
        let limit = context.limits.packageFiles
        do throws(FileFailure) {
            try folder.forEachEntry { name, kind in
                if kind == .file || kind == .unknown { names.append(Array(cString: name)) }
                return names.count <= limit
            }
        } catch {
            reading.troubles.append("\(Self.folder)/status.d: \(error.reason)")
        }
        if names.count > limit { reading.troubles.append("more than \(limit) files in status.d") }
        for name in names.prefix(limit) where !isChecksums(name) {
            if deadline.isOver {
                reading.troubles.append(ProbeContext.overdue)
                return
            }
            do throws(FileFailure) {
                let file = try RootDirectory.open(name, in: folder).file
                try read(file, assumesInstalled: true, deadline: deadline, into: &reading)
            } catch {
                reading.troubles.append("a file in status.d: \(error.reason)")
            }
        }
    }

    /// Such images keep `NAME.md5sums` beside each paragraph.
    private func isChecksums(_ name: [CChar]) -> Bool {
        name.dropLast().suffix(8).elementsEqual(".md5sums".utf8.map { CChar(bitPattern: $0) })
    }

    private func hasFileLists() -> Bool {
        guard let folder = try? context.root.folder(Self.folder + "/info") else { return false }
        var hasAny = false
        try? folder.forEachEntry { name, _ in
            hasAny = Array(cString: name).dropLast().suffix(5).elementsEqual(".list".utf8.map { CChar(bitPattern: $0) })
            return !hasAny
        }
        return hasAny
    }

    private func observations(of match: Match) -> [Observation] {
        let version = WireText.text(match.package.version, limit: WireLimits.shortBytes)
        let architecture = WireText.text(match.package.architecture, limit: WireLimits.versionBytes)
        let words = [version, architecture].filter { !$0.isEmpty }.joined(separator: " ")
        let name = WireText.text(match.package.name, limit: WireLimits.textBytes)
        return match.signals.flatMap { signal -> [Observation?] in
            func package(_ weight: FactWeight, _ state: String, version: String?) -> Observation? {
                Observation(
                    signal,
                    source: .dpkg,
                    weight: weight,
                    value: name,
                    detail: words.isEmpty ? state : "\(words), \(state)",
                    version: version
                )
            }
            let known = version.isEmpty ? nil : version
            switch match.package.state {
            case .configurationFiles:
                return [package(.leftover, "removed, its configuration remains", version: nil)]
            case .halfInstalled:
                return [package(.registered, "installed in part", version: known)]
            case .installed:
                switch PackageFiles(context: context).check(match.package) {
                case .present(let path):
                    return [
                        package(.installed, "installed", version: known),
                        Observation(
                            signal,
                            source: .installPath,
                            weight: .installed,
                            value: path,
                            isPart: true,
                            detail: "of package \(name)"
                        ),
                    ]
                case .gone: return [package(.registered, "installed, but its files are gone", version: known)]
                case .unknown: return [package(.installed, "installed", version: known)]
                }
            case .notInstalled, nil:
                return []
            }
        }.compactMap(\.self)
    }
}

extension [CChar] {
    /// A copy with its zero byte.
    init(cString: UnsafePointer<CChar>) {
        self = []
        var next = cString
        while next.pointee != 0 {
            append(next.pointee)
            next += 1
        }
        append(0)
    }
}
