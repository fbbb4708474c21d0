import ArgumentParser

/// A command of the officers' command line: get the client, ask, render.
protocol AdminCommand: ParsableCommand {
    /// Does it.
    ///
    /// - Throws: `AdminError`, `OutputClosed`.
    func run(in context: CommandContext) async throws
}
