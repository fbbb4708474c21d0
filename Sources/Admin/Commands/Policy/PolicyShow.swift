import ArgumentParser
import Messages

/// `khien policy show`.
struct PolicyShow: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "show", abstract: Phrases.policyShowAbstract)
    }

    @OptionGroup var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        try await context.withClient(global) { client in
            let answer = try await client.getPolicy(Khien_V1_GetPolicyRequest())
            try context.renderer(global).show(PolicyDocument(answer.policy).document)
        }
    }
}
