import ArgumentParser
import Shared

/// The options of every command that asks the collector.
struct ConnectionOptions: ParsableArguments {
    // Read before the arguments are parsed (`LanguageChoice`); it stands here to be refused when it is wrong, and for help.
    @Option(help: ArgumentHelp(Phrases.langHelp, valueName: Phrases.languageValue))
    var lang: LanguageOption?

    @Option(help: ArgumentHelp(Phrases.profileHelp, valueName: Phrases.folderValue), completion: .directory)
    var profile: String?

    @Option(parsing: .unconditional, help: ArgumentHelp(Phrases.timeoutHelp, valueName: Phrases.timeValue))
    var timeout = TimeSpan(seconds: 10)

    func validate() throws {
        guard AdminLimits.timeoutSeconds.contains(timeout.seconds) else {
            throw ValidationError(Phrases.timeoutRange(AdminLimits.timeoutSeconds))
        }
        guard profile?.isEmpty != true else { throw ValidationError(Phrases.emptyProfile) }
    }
}

/// The options that all commands have but those that write a document.
struct GlobalOptions: ParsableArguments {
    @Option(help: ArgumentHelp(Phrases.formatHelp, valueName: Phrases.formatValue))
    var format = OutputFormat.table

    @Flag(help: ArgumentHelp(Phrases.bomHelp))
    var bom = false

    @OptionGroup var connection: ConnectionOptions

    func validate() throws {
        guard !bom || format == .csv else { throw ValidationError(Phrases.bomWithoutCSV) }
    }

    /// The officer's profile directory.
    var profile: String? { connection.profile }
    /// For each answer.
    var timeout: TimeSpan { connection.timeout }

    /// Options of all commands are understood before the command's name too: `khien --profile DIR units`.
    ///
    /// The parser knows them only behind the name, so leading ones are moved there.
    static func moveBehindCommand(_ arguments: [String]) -> [String] {
        let options: Set<Substring> = ["--format", "--lang", "--profile", "--timeout"]
        let flags: Set<Substring> = ["--bom"]
        var rest = arguments[...]
        var moved: [String] = []
        while let first = rest.first, let name = first.split(separator: "=").first,
            options.contains(name) || flags.contains(name)
        {
            let count = min(first.contains("=") || flags.contains(name) ? 1 : 2, rest.count)
            moved += rest.prefix(count)
            rest = rest.dropFirst(count)
        }
        return rest + moved
    }
}

/// The option that narrows a list to one unit.
struct UnitOption: ParsableArguments {
    @Option(help: ArgumentHelp(Phrases.unitOptionHelp, valueName: Phrases.unitValue))
    var unit: String?

    func validate() throws {
        guard unit?.isEmpty != true else { throw ValidationError(Phrases.emptyUnit) }
    }
}

/// The option that cuts a list.
struct LimitOption: ParsableArguments {
    @Option(parsing: .unconditional, help: ArgumentHelp(Phrases.limitHelp, valueName: Phrases.countValue))
    var limit: Int?

    func validate() throws {
        guard let limit else { return }
        guard (1...AdminLimits.listRows).contains(limit) else {
            throw ValidationError(Phrases.limitRange(1...AdminLimits.listRows))
        }
    }
}
