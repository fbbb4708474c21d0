import ArgumentParser

/// The words of a command line that name commands.
///
/// The parser takes a wrong one for an argument too many, and help on it for help on everything.
enum CommandPath {
    /// The first word that names no command, and where it stands.
    struct Problem: Equatable {
        /// What was typed.
        var name: String
        /// The words in front of it, from the program's name on.
        var path: [String]
        /// What was probably meant.
        var near: String?
    }

    private static let help = "help"

    /// What is wrong with the words that name commands; `nil` when the parser can go on.
    static func problem(in arguments: [String]) -> Problem? {
        var words = arguments[...]
        let isHelp = words.first == help
        if isHelp { words = words.dropFirst() }
        var command: any ParsableCommand.Type = KhienCommand.self
        var path = ["khien"]
        for word in words {
            let known = command.configuration.subcommands
            // Behind a command's own name stand its arguments; of help nothing more is asked than of its names.
            guard !word.hasPrefix("-"), isHelp || !known.isEmpty else { return nil }
            if isHelp, path.count == 1, word == help { return nil }
            guard let next = known.first(where: { $0.configuration.commandName == word }) else {
                let names = known.compactMap { $0.configuration.commandName } + (path.count == 1 ? [help] : [])
                return Problem(name: word, path: path, near: NearestName.of(word, among: names))
            }
            command = next
            path.append(word)
        }
        return nil
    }
}
