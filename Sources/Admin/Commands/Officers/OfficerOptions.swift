import ArgumentParser
import Shared

/// What the center decides about a new officer.
struct OfficerOptions: ParsableArguments {
    @Option(help: ArgumentHelp(Phrases.officerRoleHelp, valueName: Phrases.roleValue))
    var role: OfficerRole

    @Option(help: ArgumentHelp(Phrases.officerUnitHelp, valueName: Phrases.codeValue))
    var unit: String?

    @Option(help: ArgumentHelp(Phrases.officerEndpointHelp, valueName: Phrases.endpointValue))
    var endpoint: String?

    @Option(help: ArgumentHelp(Phrases.officerLanguageHelp, valueName: Phrases.languageValue))
    var officerLanguage: LanguageOption?

    func validate() throws {
        guard (role == .unit) == (unit?.isEmpty == false) else { throw ValidationError(Phrases.officerUnitWrong) }
        guard (unit?.utf8.count ?? 0) <= AdminLimits.unitBytes else {
            throw ValidationError(Phrases.textTooLong("--unit", AdminLimits.unitBytes))
        }
        if let endpoint, Endpoint(endpoint) == nil { throw ValidationError(Phrases.officerEndpointWrong) }
    }

    /// The same on a command line.
    var words: [String] {
        var words = ["--role", role.rawValue]
        if let unit { words += ShellCommand.option("--unit", unit) }
        if let endpoint { words += ShellCommand.option("--endpoint", endpoint) }
        if let officerLanguage { words += ["--officer-language", officerLanguage.rawValue] }
        return words
    }

    /// What the officer's `profile.json` is going to say.
    ///
    /// - Parameters:
    ///   - name: The officer's name.
    ///   - profile: That of the officer who adds.
    /// - Returns: the description.
    func description(of name: String, from profile: Profile) -> ProfileDescription {
        ProfileDescription(
            name: name,
            role: role.rawValue,
            unit: unit ?? "",
            endpoint: endpoint.flatMap(Endpoint.init) ?? profile.endpoint,
            language: officerLanguage.flatMap { Language(rawValue: $0.rawValue) } ?? .current
        )
    }
}
