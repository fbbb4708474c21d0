import ArgumentParser
import Shared

/// What an officer has seen before overwriting something that others may have changed since, or doing what cannot be undone.
///
/// Reading the revision in the moment before writing would guard nothing: whoever looked ten minutes ago would never be told.
/// So without a revision the officer is shown what stands now, and asked.
struct ConfirmationOption: ParsableArguments {
    @Flag(help: ArgumentHelp(Phrases.yesHelp))
    var yes = false

    /// The revision that a change expects to find: the one that was given, else the present one, when the officer goes on
    /// after being shown what is there.
    ///
    /// - Parameters:
    ///   - given: What `--revision` says.
    ///   - context: Where to ask.
    ///   - look: What stands now, and what becomes of it.
    /// - Returns: the revision.
    /// - Throws: `AdminError` (`usage`) when nobody says yes.
    func expected(
        _ given: UInt64?,
        in context: CommandContext,
        _ look: () async throws -> Seen
    ) async throws -> UInt64 {
        if let given { return given }
        let seen = try await look()
        guard !yes else { return seen.revision }
        guard let answer = context.answer else {
            throw AdminError(.usage, Phrases.unconfirmed(seen.change, revision: seen.revision))
        }
        try Self.ask(seen.change, answer, context)
        return seen.revision
    }

    /// Asks before something that no command takes back.
    ///
    /// - Parameters:
    ///   - context: Where to ask.
    ///   - look: What stands now, and what becomes of it.
    /// - Throws: `AdminError` (`usage`) when nobody says yes.
    func confirm(in context: CommandContext, _ look: () async throws -> Phrase) async throws {
        guard !yes else { return }
        let change = try await look()
        guard let answer = context.answer else { throw AdminError(.usage, Phrases.unconfirmed(change)) }
        try Self.ask(change, answer, context)
    }

    private static func ask(_ change: Phrase, _ answer: () -> String?, _ context: CommandContext) throws {
        let question = "\(TerminalText.escape(change.description))\n\(Phrases.goOn) "
        try context.errors.write(Array(question.utf8))
        guard let line = answer(), Phrases.isYes(line) else { throw AdminError(.usage, Phrases.notConfirmed) }
    }

    /// A state that is about to be overwritten.
    struct Seen {
        var revision: UInt64
        /// From what to what, on one line.
        var change: Phrase
    }
}
