internal import Shared

/// Application bundles: in `/Applications`, one folder deeper, and where the catalog says that a product keeps them.
///
/// Source: Apple, "Bundle Programming Guide", "Information Property List Key Reference".
struct MacApplications {
    private static let folder = "/Applications"

    let files: MacFiles

    /// Reads the bundles.
    func read(_ subjects: inout MacSubjects) -> MacResult {
        let deadline = files.context.deadline()
        var troubles = MacTroubles()
        guard let names = files.names(in: Self.folder, troubles: &troubles) else { return .absent(.application) }
        var paths: [String] = []
        for name in names {
            let path = "\(Self.folder)/\(name)"
            if isBundle(name) { paths.append(path) } else { paths += bundles(in: path, troubles: &troubles) }
            // A disk may hold more folders than anybody looks through.
            if paths.count > files.limits.applications || deadline.isOver { break }
        }
        for path in productFolders() { paths += bundles(in: path, troubles: &troubles) }
        if paths.count > files.limits.applications {
            troubles.append("more than \(files.limits.applications) applications")
        }

        var facts: [RawFact] = []
        var entries = 0
        for path in paths.prefix(files.limits.applications) {
            if deadline.isOver {
                troubles.append(ProbeContext.overdue)
                break
            }
            do throws(MacFiles.Failure) {
                guard let bundle = try files.bundle(path) else { continue }
                entries += 1
                if let fact = fact(bundle, path, &subjects) { facts.append(fact) }
            } catch {
                troubles.append("\(path): \(error.reason)")
            }
        }
        return .read(.application, entries: entries, facts: facts, troubles: troubles)
    }

    private func fact(_ bundle: MacFiles.Bundle, _ path: String, _ subjects: inout MacSubjects) -> RawFact? {
        guard let identifier = bundle.identifier, !identifier.isEmpty else { return nil }
        let (weight, state): (FactWeight, String) =
            switch bundle.program {
            case .present: (.installed, "")
            case .gone: (.leftover, ", its program is gone")
            case .unknown: (.registered, ", its program cannot be looked at")
            }
        return RawFact(
            source: .application,
            kind: .bundleID,
            weight: weight,
            value: WireText.text(identifier),
            detail: WireText.text(path + state),
            version: bundle.version.map { WireText.text($0, limit: WireLimits.shortBytes) },
            subject: subjects.number(of: path)
        )
    }

    private func bundles(in path: String, troubles: inout MacTroubles) -> [String] {
        (files.names(in: path, troubles: &troubles) ?? []).filter(isBundle).map { "\(path)/\($0)" }
    }

    private func isBundle(_ name: String) -> Bool { name.lowercased().hasSuffix(".app") }

    /// The folders of products outside `/Applications`.
    private func productFolders() -> [String] {
        let paths = files.signals(.path) + files.signals(.dataPath)
        return Set(paths.map(\.value).filter { $0.hasPrefix("/Library/") && !isBundle($0) }).sorted()
    }
}
