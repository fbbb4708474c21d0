import ArgumentParser
import Messages
import Shared

/// `khien report`.
struct ReportWrite: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "report",
            abstract: Phrases.reportAbstract,
            discussion: Phrases.reportDiscussion
        )
    }

    /// How the document is written.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        /// A page to print.
        case html
        /// For a spreadsheet.
        case csv
    }

    @Option(help: ArgumentHelp(Phrases.reportFormatHelp, valueName: Phrases.formatValue))
    var format = Format.html

    @Option(help: ArgumentHelp(Phrases.reportOutHelp, valueName: Phrases.fileValue), completion: .file())
    var out: String?

    @Flag(help: ArgumentHelp(Phrases.reportForceHelp))
    var force = false

    @Option(help: ArgumentHelp(Phrases.reportTitleHelp, valueName: Phrases.textValue))
    var title: String?

    @Option(help: ArgumentHelp(Phrases.reportPlaceHelp, valueName: Phrases.nameValue))
    var place: String?

    @Option(help: ArgumentHelp(Phrases.reportDocumentHelp, valueName: Phrases.countValue))
    var document: String?

    @OptionGroup var connection: ConnectionOptions

    func validate() throws {
        guard out?.isEmpty != true else { throw ValidationError(Phrases.emptyReportFile) }
        for text in [title, place, document].compactMap(\.self)
        where !AdminLimits.reportTextBytes.contains(text.utf8.count) {
            throw ValidationError(Phrases.reportTextRange(AdminLimits.reportTextBytes))
        }
    }

    func run(in context: CommandContext) async throws {
        do throws(LocalFile.Failure) {
            if let out { try LocalFile.target(of: out, isReplacing: force) }
        } catch {
            throw Self.refusal(out ?? "", error)
        }
        let answer = try await context.withClient(connection) { try await $0.listUnits(Khien_V1_ListUnitsRequest()) }
        // The appendix is a Vietnamese document, whatever language the officer's machine speaks.
        let text = Language.$current.withValue(context.namedLanguage ?? .vietnamese) {
            let heading = UnitReport.Heading(
                title: title ?? Phrases.reportTitle.description,
                place: place,
                document: document,
                day: Timestamp(milliseconds: context.now()).day(in: context.zone)
            )
            let report = UnitReport(answer, heading: heading)
            return switch format {
            case .html: report.html
            case .csv: report.csv
            }
        }
        guard let out else { return try context.output.write(Array(text.utf8)) }
        do {
            try LocalFile.publish(out, Array(text.utf8), isReplacing: force)
        } catch {
            throw Self.refusal(out, error)
        }
        try context.output.write(Array("\(TerminalText.escape(Phrases.reportWritten(out).description))\n".utf8))
    }

    private static func refusal(_ path: String, _ failure: LocalFile.Failure) -> AdminError {
        let phrase =
            switch failure {
            case .exists: Phrases.reportExists(path)
            case .notAFile: Phrases.reportNotAFile(path)
            default: Phrases.unreadableFile(path, failure.reason)
            }
        return AdminError(.localFile, phrase, cause: failure)
    }
}
