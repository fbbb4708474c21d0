import ArgumentParser

/// `khien profile renew`.
struct ProfileRenew: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "renew",
            abstract: Phrases.profileRenewAbstract,
            discussion: Phrases.profileRenewDiscussion
        )
    }

    @OptionGroup var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        let directory = try Profile.directory(option: global.profile, environment: context.environment)
        // One whose certificate is over can be renewed too.
        let card = try ProfileCard(directory: directory)
        let installation = ProfileInstallation(directory: directory)
        let request = try installation.renew(name: card.description.name)
        let option = global.profile.map { " --profile \($0)" } ?? ""
        let unit = card.description.unit.isEmpty ? "" : " --unit \(card.description.unit)"
        let row = ProfileRequestMake.Row(request: request, directory: directory, path: installation.requestPath)
        try context.renderer(global).show(
            row,
            ProfileRequestMake.table,
            note: [
                "", "\(Phrases.requestMade(installation.requestPath))",
                "\(Phrases.renewalToSign("--role \(card.description.role)\(unit)"))", "\(Phrases.requestNext(option))",
            ]
        )
    }
}
