import ArgumentParser
import Shared

/// `khien completions`.
struct CompletionsPrint: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "completions",
            abstract: Phrases.completionsAbstract,
            discussion: Phrases.completionsDiscussion
        )
    }

    /// The shells for which there is a script.
    enum Shell: String, CaseIterable, ExpressibleByArgument {
        case bash
        case zsh
        case fish

        var kind: CompletionShell {
            switch self {
            case .bash: .bash
            case .zsh: .zsh
            case .fish: .fish
            }
        }
    }

    @Argument(help: ArgumentHelp(Phrases.completionsShellHelp, valueName: "shell"))
    var shell: Shell

    func run(in context: CommandContext) async throws {
        try context.output.write(Array((KhienCommand.completionScript(for: shell.kind) + "\n").utf8))
    }
}
