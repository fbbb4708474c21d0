import Messages
import SwiftProtobuf

extension ConfirmationOption {
    /// The revision that a decision about a request rests on: the one that the officer saw, else the one that holds now.
    ///
    /// A request that is as it was filed says what every list said of it. One that went along with its unit is another
    /// unit's now, with other seats: the officer is shown that, and asked.
    /// - Throws: `AdminError` (`usage`) when nobody says yes.
    func revision(
        of request: RequestIDArgument,
        _ given: DecisionRevisionOption,
        _ client: AdministrationClient,
        in context: CommandContext
    ) async throws -> UInt64 {
        if let number = given.number { return number }
        let seen = try await client.getSeatRequest(.with { $0.id = request.number }).request
        // One that was decided meanwhile is refused by the collector, which says by whom.
        guard seen.state == .open, seen.revision > Self.filed else { return seen.revision }
        return try await expected(nil, in: context) {
            .init(revision: seen.revision, change: Phrases.requestHasChanged(seen))
        }
    }

    /// The revision of a request that nothing has happened to since.
    private static let filed: UInt64 = 1
}
