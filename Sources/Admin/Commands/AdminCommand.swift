import ArgumentParser

/// A command of the officers' command line: get the client, ask, render.
protocol AdminCommand: ParsableCommand {
    /// The options that all commands have.
    var global: GlobalOptions { get }

    /// Does it.
    ///
    /// - Throws: `AdminError`, `OutputClosed`.
    func run(in context: CommandContext) async throws
}
