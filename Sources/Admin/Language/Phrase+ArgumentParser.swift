import ArgumentParser
import Shared

extension ArgumentHelp {
    /// A help text in the language of the run.
    init(_ phrase: Phrase, valueName: Phrase? = nil) {
        self.init(phrase.description, valueName: valueName?.description)
    }

    /// A help text in the language of the run, with a name of the value that all languages write the same way.
    init(_ phrase: Phrase, valueName: String) {
        self.init(phrase.description, valueName: valueName)
    }
}

extension CommandConfiguration {
    /// What a command says of itself, in the language of the run.
    ///
    /// To be made anew each time that it is asked for: a stored one would keep the language of its first use.
    init(
        commandName: String,
        abstract: Phrase,
        discussion: Phrase? = nil,
        version: String = "",
        subcommands: [any ParsableCommand.Type] = []
    ) {
        self.init(
            commandName: commandName,
            abstract: abstract.description,
            discussion: discussion?.description ?? "",
            version: version,
            subcommands: subcommands
        )
    }
}

extension ValidationError {
    /// A refusal of arguments, in the language of the run.
    init(_ phrase: Phrase) {
        self.init(phrase.description)
    }
}
