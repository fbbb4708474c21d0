import ArgumentParser

/// The option of those who decided on an earlier look.
struct RevisionOption: ParsableArguments {
    @Option(help: ArgumentHelp(Phrases.revisionHelp, valueName: Phrases.countValue))
    var revision: UInt64?

    func validate() throws {
        guard revision != 0 else { throw ValidationError(Phrases.revisionWrong) }
    }

    /// What the change expects to find: the revision that was given, else the present one.
    func expected(_ look: () async throws -> UInt64) async throws -> UInt64 {
        if let revision { return revision }
        return try await look()
    }
}
