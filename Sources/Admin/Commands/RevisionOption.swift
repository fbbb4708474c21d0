import ArgumentParser

/// The option of those who decided on an earlier look.
struct RevisionOption: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(Phrases.revisionHelp, valueName: Phrases.countValue),
        transform: RevisionOption.read
    )
    var revision: UInt64?

    private static func read(_ text: String) throws -> UInt64 {
        guard let revision = UInt64(text), revision > 0 else { throw ValidationError(Phrases.revisionWrong) }
        return revision
    }

    /// What the change expects to find: the revision that was given, else the present one.
    func expected(_ look: () async throws -> UInt64) async throws -> UInt64 {
        if let revision { return revision }
        return try await look()
    }
}
