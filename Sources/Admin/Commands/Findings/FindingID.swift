import ArgumentParser
import Messages
import SwiftProtobuf

/// The argument that names one finding.
struct FindingID: ParsableArguments {
    @Argument(help: ArgumentHelp(Phrases.findingIDHelp, valueName: Phrases.countValue))
    var id: UInt64

    func validate() throws {
        guard id > 0 else { throw ValidationError(Phrases.findingIDWrong) }
    }

    /// How the finding stands now, for who is about to change it.
    func seen(_ client: AdministrationClient) async throws -> ConfirmationOption.Seen {
        let finding = try await client.getFinding(.with { $0.id = id }).finding
        let change =
            finding.waivedUntil.isEmpty
            ? Phrases.findingWillChange(
                id,
                state: Cell.word(finding.state).display(in: .universal),
                host: finding.hostName
            )
            : Phrases.findingIsWaived(id, host: finding.hostName, until: finding.waivedUntil, by: finding.waivedBy)
        return .init(revision: finding.revision, change: change)
    }

    /// What the finding's revision is now.
    func revision(_ client: AdministrationClient) async throws -> UInt64 {
        try await client.getFinding(.with { $0.id = id }).finding.revision
    }
}
