/// A command line that an officer copies into a shell.
struct ShellCommand {
    /// The program and its arguments, as they are.
    var words: [String]

    /// The text, each word quoted where a shell would not take it as it is; `nil` when a word holds what a terminal would
    /// obey instead of show, since it cannot be copied from there.
    var text: String? {
        guard words.allSatisfy({ TerminalText.escape($0) == $0 }) else { return nil }
        return words.map(Self.quote).joined(separator: " ")
    }

    /// The text to show where a command has to be named, even if it cannot be copied.
    var shown: String { text ?? TerminalText.escape(words.joined(separator: " ")) }

    /// An option with its value, in one word where the value could be taken for an option itself.
    static func option(_ name: String, _ value: String) -> [String] {
        value.hasPrefix("-") ? ["\(name)=\(value)"] : [name, value]
    }

    private static func quote(_ word: String) -> String {
        let isPlain =
            !word.isEmpty
            && word.unicodeScalars.allSatisfy { scalar in
                switch scalar {
                case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".", "/", ":", ",", "=", "+", "@", "%": true
                default: false
                }
            }
        guard !isPlain else { return word }
        var quoted = "'"
        for scalar in word.unicodeScalars {
            if scalar == "'" { quoted += "'\\''" } else { quoted.unicodeScalars.append(scalar) }
        }
        return quoted + "'"
    }
}
