import ArgumentParser

/// The options that all commands have.
struct GlobalOptions: ParsableArguments {
    @Option(help: "How to write the answer: table, json or csv.")
    var format = OutputFormat.table

    @Option(
        help: ArgumentHelp(
            "The officer's profile directory. Else KHIEN_PROFILE, else ~/.config/khien.",
            valueName: "dir"
        )
    )
    var profile: String?

    @Option(help: ArgumentHelp("How long to wait for each answer, such as 10s or 2m.", valueName: "time"))
    var timeout = TimeSpan(seconds: 10)

    /// Options of all commands are understood before the command's name too: `khien --profile DIR units`.
    ///
    /// The parser knows them only behind the name, so leading ones are moved there.
    static func moveBehindCommand(_ arguments: [String]) -> [String] {
        let names: Set<Substring> = ["--format", "--profile", "--timeout"]
        var rest = arguments[...]
        var moved: [String] = []
        while let first = rest.first, let name = first.split(separator: "=").first, names.contains(name) {
            let count = min(first.contains("=") ? 1 : 2, rest.count)
            moved += rest.prefix(count)
            rest = rest.dropFirst(count)
        }
        return rest + moved
    }

    func validate() throws {
        let range = AdminLimits.timeoutSeconds
        guard range.contains(timeout.seconds) else {
            throw ValidationError("--timeout must be from \(range.lowerBound) to \(range.upperBound) seconds.")
        }
        guard profile?.isEmpty != true else { throw ValidationError("--profile needs the path of a directory.") }
    }
}

/// The option that narrows a list to one unit.
struct UnitOption: ParsableArguments {
    @Option(help: ArgumentHelp("Only the unit with this code; khien units lists the codes.", valueName: "code"))
    var unit: String?

    func validate() throws {
        guard unit?.isEmpty != true else { throw ValidationError("--unit needs the code of a unit.") }
    }
}

/// The option that cuts a list.
struct LimitOption: ParsableArguments {
    @Option(help: ArgumentHelp("At most this many rows; all without it.", valueName: "n"))
    var limit: Int?

    func validate() throws {
        guard let limit else { return }
        guard (1...AdminLimits.listRows).contains(limit) else {
            throw ValidationError("--limit must be from 1 to \(AdminLimits.listRows).")
        }
    }
}
