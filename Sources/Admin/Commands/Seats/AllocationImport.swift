import ArgumentParser
import Foundation
import Messages
import Shared
import SwiftProtobuf

/// `khien allocation import`.
struct AllocationImport: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "import",
            abstract: Phrases.allocationImportAbstract,
            discussion: Phrases.allocationImportDiscussion
        )
    }

    @Argument(help: ArgumentHelp(Phrases.allocationFileHelp, valueName: Phrases.fileValue), completion: .file())
    var file: String

    @OptionGroup var decision: DecisionOptions
    @OptionGroup var term: TermOption

    @Flag(help: ArgumentHelp(Phrases.applyHelp))
    var apply = false

    @OptionGroup var revision: DecisionRevisionOption
    @OptionGroup var confirmation: ConfirmationOption
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        guard revision.revision == nil || apply else { throw ValidationError(Phrases.revisionWithoutApply) }
    }

    func run(in context: CommandContext) async throws {
        let bytes = try Self.bytes(of: file)
        try await context.withClient(global) { client in
            var request = Khien_V1_ImportAllocationsRequest.with {
                $0.file = Data(bytes)
                $0.fileName = Self.shownName(of: file)
                $0.termID = term.number
                $0.document = decision.document
                $0.reason = decision.reason ?? ""
                $0.effectiveOn = decision.on ?? ""
            }
            if apply {
                let expected = try await confirmation.expected(revision.number, in: context) {
                    let seen = try await Self.ask(client, request)
                    request.termID = seen.term.id
                    // Whoever is asked has seen what the answer is about.
                    if context.answer != nil, !confirmation.yes {
                        try context.errorRenderer(global)
                            .show(AllocationDifference(seen) { applyingCommand(revision: $0) }.seen)
                    }
                    let change = Phrases.importWillChange(units: seen.changes.count, reserve: seen.term.reserveSeats)
                    return .init(revision: seen.term.revision, change: change)
                }
                request.expectedRevision = expected
                request.apply = true
            }
            let answer = try await Self.ask(client, request)
            let difference = AllocationDifference(answer, command: { applyingCommand(revision: $0) })
            try context.renderer(global).show(difference.document)
        }
    }

    private static func ask(
        _ client: AdministrationClient,
        _ request: Khien_V1_ImportAllocationsRequest
    ) async throws -> Khien_V1_ImportAllocationsResponse {
        try await ChangeRecord.$isTrial.withValue(!request.apply) { try await client.importAllocations(request) }
    }

    private static func bytes(of file: String) throws(AdminError) -> [UInt8] {
        let bytes: [UInt8]
        do {
            bytes = try LocalFile.read(file, limit: AdminLimits.allocationFileBytes)
        } catch {
            throw AdminError(.localFile, Phrases.unreadableFile(file, error.reason))
        }
        guard !bytes.isEmpty else { throw AdminError(.localFile, Phrases.emptyFile(file)) }
        return bytes
    }

    /// The name without its folders, as long as the wire allows.
    private static func shownName(of file: String) -> String {
        let name = file.split(separator: "/").last.map(String.init) ?? file
        var shown = ""
        for character in name {
            guard shown.utf8.count + character.utf8.count <= AdminLimits.unitNameBytes else { break }
            shown.append(character)
        }
        return shown
    }

    /// This same command with the decision to apply what was just shown.
    private func applyingCommand(revision: UInt64) -> ShellCommand {
        var words = ["khien", "allocation", "import", file.hasPrefix("-") ? "./" + file : file]
        words += ShellCommand.option("--document", decision.document)
        if let reason = decision.reason { words += ShellCommand.option("--reason", reason) }
        if let on = decision.on { words += ["--on", on] }
        if let term = term.term { words += ["--term", String(term)] }
        if let profile = global.profile { words += ShellCommand.option("--profile", profile) }
        return ShellCommand(words: words + ["--apply", "--revision", String(revision)])
    }
}
