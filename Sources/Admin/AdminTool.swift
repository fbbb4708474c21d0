import ArgumentParser
import Shared

/// The officers' command line, as a function from arguments to an exit status.
public enum AdminTool {
    /// Parses the arguments (without the program's name), runs the command, and reports what went wrong.
    ///
    /// Everything that it says is in the language of `--lang`, the profile or the locale.
    public static func run(_ arguments: [String], in context: CommandContext) async -> CommandStatus {
        let language = LanguageChoice.language(arguments, environment: context.environment)
        var context = context
        context.namedLanguage = LanguageChoice.named(in: arguments)
        return await Language.$current.withValue(language) { [context] in
            await runSpeaking(LanguageChoice.removed(from: arguments), in: context)
        }
    }

    private static func runSpeaking(_ arguments: [String], in context: CommandContext) async -> CommandStatus {
        let arguments = GlobalOptions.moveBehindCommand(arguments)
        if let problem = CommandPath.problem(in: arguments) {
            return refuse(Phrases.noSuchCommand(problem).description, in: context)
        }
        do {
            var command = try KhienCommand.parseAsRoot(arguments)
            if let command = command as? any AdminCommand {
                try await command.run(in: context)
            } else {
                // Help, or a group of commands without a command.
                try command.run()
            }
            return .done
        } catch let error as AdminError {
            return complain(error, in: context)
        } catch is OutputClosed {
            return .done
        } catch {
            return answer(parserError: error, in: context)
        }
    }

    /// What ArgumentParser throws: a request for help or the version, or arguments that it does not understand.
    private static func answer(parserError error: any Error, in context: CommandContext) -> CommandStatus {
        let raw = KhienCommand.fullMessage(for: error, columns: ParserText.unwrapped)
        let isAnswer = KhienCommand.exitCode(for: error) == .success
        // Versions and scripts for shells are for programs, and left as they are.
        let isForPeople = !isAnswer || raw.hasPrefix("OVERVIEW: ")
        let columns = context.terminal.columns ?? Terminal.usualColumns
        let text = isForPeople ? ParserText.text(raw, columns: columns) : raw
        guard isAnswer else { return refuse(text, in: context) }
        do {
            try context.output.write(line(text))
        } catch let error as AdminError {
            return complain(error, in: context)
        } catch {
            // Nobody reads any more.
        }
        return .done
    }

    private static func line(_ text: String) -> [UInt8] { Array((text.hasSuffix("\n") ? text : text + "\n").utf8) }

    /// Says what is wrong with the command line.
    ///
    /// Where that cannot be written, the exit status says it alone.
    private static func refuse(_ text: String, in context: CommandContext) -> CommandStatus {
        try? context.errors.write(line(text))
        return .usage
    }

    /// Says what went wrong, and whether something was changed before.
    private static func complain(_ error: AdminError, in context: CommandContext) -> CommandStatus {
        let isAfterChange = error.code == .output && context.changes.isSent
        let message = isAfterChange ? Phrases.changeNotPrinted(error.message).description : error.message
        let lines = message.split(separator: "\n", omittingEmptySubsequences: false)
        let text = lines.map { TerminalText.escape(String($0)) }.joined(separator: "\n")
        try? context.errors.write(Array("khien: \(text)\n".utf8))
        return error.exitStatus
    }
}
