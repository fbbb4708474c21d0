/// A database of rpm, in whatever form it is.
struct RpmDatabase {
    /// How the database is stored.
    enum Form: CaseIterable {
        case sqlite
        case ndb
        case berkeley

        /// The file that holds the packages.
        var file: String {
            switch self {
            case .sqlite: "rpmdb.sqlite"
            case .ndb: "Packages.db"
            case .berkeley: "Packages"
            }
        }
    }

    /// The forms whose files are there; of several, rpm's own settings say which counts.
    let forms: [Form]
    /// For rpm, which does not know our root.
    let folder: String
    /// Whether the database is this system's own.
    let isHost: Bool

    /// The files that hold the packages.
    var files: String { forms.map(\.file).joined(separator: " and ") }

    /// Whether a database without packages may be one: a Debian that has rpm as a tool has such a one.
    var mayBeEmpty: Bool { forms == [.sqlite] }

    /// What tells rpm the form.
    ///
    /// An rpm that does not know a form makes a new, empty database of its own beside it, unless it is told not to. On
    /// its own system it knows: rpm before 4.16 had a name for Berkeley's form that later ones refuse.
    private var backend: [String] {
        guard forms.count == 1, let form = forms.first else { return [] }
        return switch form {
        case .sqlite: ["--define", "_db_backend sqlite"]
        case .ndb: ["--define", "_db_backend ndb"]
        case .berkeley: isHost ? [] : ["--define", "_db_backend bdb_ro"]
        }
    }

    /// Asks rpm; no signature is checked.
    func query(
        tool: String,
        _ arguments: [String],
        outputLimit: Int,
        deadline: Deadline,
        line: (UnsafeRawBufferPointer, LineSplitter.Ending) -> Void
    ) -> ToolRun.Ending {
        ToolRun(
            path: tool,
            arguments: ["--dbpath", folder, "--nodigest", "--nosignature"] + backend + arguments,
            outputLimit: outputLimit
        )
        .run(deadline: deadline, line: line)
    }
}
