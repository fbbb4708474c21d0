import ArgumentParser

/// The officers' command line, as a function from arguments to an exit status.
public enum AdminTool {
    /// Parses the arguments (without the program's name), runs the command, and reports what went wrong.
    public static func run(_ arguments: [String], in context: CommandContext) async -> CommandStatus {
        do {
            do {
                var command = try KhienCommand.parseAsRoot(GlobalOptions.moveBehindCommand(arguments))
                if let command = command as? any AdminCommand {
                    try await command.run(in: context)
                } else {
                    // Help, or a group of commands without a command.
                    try command.run()
                }
                return .done
            } catch let error as AdminError {
                try complain(error.message, in: context)
                return error.exitStatus
            } catch is OutputClosed {
                return .done
            } catch {
                return try answer(parserError: error, in: context)
            }
        } catch is OutputClosed {
            return .done
        } catch {
            // Not even the message can be written.
            return .usage
        }
    }

    /// What ArgumentParser throws: a request for help or the version, or arguments that it does not understand.
    private static func answer(parserError error: any Error, in context: CommandContext) throws -> CommandStatus {
        let text = KhienCommand.fullMessage(for: error)
        let isAnswer = KhienCommand.exitCode(for: error) == .success
        let sink = isAnswer ? context.output : context.errors
        try sink.write(Array((text.hasSuffix("\n") ? text : text + "\n").utf8))
        return isAnswer ? .done : .usage
    }

    private static func complain(_ message: String, in context: CommandContext) throws {
        let lines = message.split(separator: "\n", omittingEmptySubsequences: false)
        let text = lines.map { TerminalText.escape(String($0)) }.joined(separator: "\n")
        try context.errors.write(Array("khien: \(text)\n".utf8))
    }
}
