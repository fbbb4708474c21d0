internal import Shared

/// System extensions: what macOS keeps of them, with their state.
///
/// The states' names are those of `systemextensionsctl`; the list's form is known from public scripts that read it.
struct MacExtensions {
    private static let list = "/Library/SystemExtensions/db.plist"

    let files: MacFiles

    /// Reads the list.
    func read(_ subjects: inout MacSubjects) -> MacResult {
        var troubles = MacTroubles()
        let list: StructuredValue
        do throws(MacFiles.Failure) {
            list = try files.list(Self.list)
        } catch {
            if error.isMissing { return .absent(.systemExtension) }
            troubles.append("\(Self.list): \(error.reason)")
            return .read(.systemExtension, entries: 0, facts: [], troubles: troubles)
        }
        guard let rows = list["extensions"]?.array else {
            troubles.append("\(Self.list): it lists no extensions")
            return .read(.systemExtension, entries: 0, facts: [], troubles: troubles)
        }
        if rows.count > files.limits.extensions {
            troubles.append("more than \(files.limits.extensions) extensions")
        }
        let extensions = rows.prefix(files.limits.extensions).compactMap { Extension($0) }
        let damaged = min(rows.count, files.limits.extensions) - extensions.count
        if damaged > 0 { troubles.append("\(damaged) damaged entries were left out") }
        // One product has several, and may do without one of them.
        let active = Set(extensions.lazy.filter { $0.state == .active }.map(\.maker))
        let facts = extensions.map { fact($0, isMakerActive: active.contains($0.maker), &subjects) }
        return .read(.systemExtension, entries: extensions.count, facts: facts, troubles: troubles)
    }

    private func fact(_ known: Extension, isMakerActive: Bool, _ subjects: inout MacSubjects) -> RawFact {
        var weight: FactWeight =
            switch known.state {
            case .active: .running
            case .waiting, .changing: .installed
            case .removed: .leftover
            case .unknown: .registered
            }
        var detail = known.word
        if weight > .leftover, let bundle = known.bundle, files.isMissing(bundle) {
            weight = .leftover
            detail += ", its bundle is gone"
        }
        return RawFact(
            source: .systemExtension,
            kind: .systemExtension,
            weight: weight,
            value: WireText.text(known.identifier),
            publisher: WireText.text(known.team, limit: WireLimits.nameBytes),
            detail: WireText.text(detail),
            version: known.version.map { WireText.text($0, limit: WireLimits.shortBytes) },
            subject: subjects.number(of: known.origin),
            status: known.state == .waiting && weight == .installed && !isMakerActive
                ? ProductStatus(source: .systemExtension, protection: .off) : nil
        )
    }
}

extension MacExtensions {
    /// One row of the list.
    struct Extension {
        enum State {
            /// macOS runs it.
            case active
            /// The user has not allowed it, or switched it off.
            case waiting
            /// On its way from one state to another.
            case changing
            /// To be gone after the next start.
            case removed
            case unknown
        }

        var identifier: String
        var team: String
        var word: String
        var state: State
        var version: String?
        /// The extension inside the application that brought it.
        var origin: String?
        /// The copy that macOS runs.
        var bundle: String?

        /// Whose it is, as far as one can tell.
        var maker: String { team.isEmpty ? origin.flatMap(MacSubjects.bundle(of:)) ?? identifier : team }

        /// A row; `nil` when it names no extension.
        init?(_ row: StructuredValue) {
            guard let identifier = row["identifier"]?.text, !identifier.isEmpty else { return nil }
            self.identifier = identifier
            team = row["teamID"]?.text ?? ""
            word = row["state"]?.text ?? "no state"
            state = Self.state(word)
            let version = row["bundleVersion"]
            self.version = version?.text ?? version?["CFBundleShortVersionString"]?.text
            origin = row["originPath"]?.text
            let staged = row["stagedBundleURL"]
            bundle = (staged?["relative"]?.text ?? staged?.text).flatMap(Self.path)
        }

        private static func state(_ word: String) -> State {
            switch word {
            case "activated_enabled": .active
            case "activated_waiting_for_user", "activated_disabled": .waiting
            case _ where word.hasPrefix("activated_"): .changing
            case _ where word.hasPrefix("terminat") || word.hasPrefix("uninstall"): .removed
            default: .unknown
            }
        }

        /// The path of a `file:` address; `nil` for one with escapes, which these have not.
        private static func path(_ address: String) -> String? {
            guard address.hasPrefix("file:///"), !address.contains("%") else { return nil }
            return String(address.dropFirst(7))
        }
    }
}

extension MacFiles {
    /// Whether it is known that nothing is at a path.
    func isMissing(_ path: String) -> Bool {
        do throws(FileFailure) {
            _ = try context.root.place(path)
            return false
        } catch {
            return error.isMissing
        }
    }
}
