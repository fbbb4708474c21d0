public import Agent
public import ArgumentParser
import Shared

extension ScanFormat: ExpressibleByArgument {}

/// `khien-agent scan`.
struct ScanDevice: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scan",
        abstract: "Show the antivirus products of this device and what the rule says about them; sends nothing."
    )

    @OptionGroup var root: RootOption
    @OptionGroup var state: OptionalStateOption

    @Option(help: "How to show it.")
    var format = ScanFormat.table

    @Flag(help: "Say for each product what was seen of it, and why it counts or not.")
    var explain = false

    @Option(help: "The family of the approved product, as the catalog calls it.")
    var approved = ApprovedProduct.family

    @Option(name: .customLong("catalog"), help: "Try out the catalog in this file, instead of the one in use.")
    var catalogFile: String?

    @Option(
        name: .customLong("record"),
        help: "Write what was seen to this new file, too, so that it can be judged elsewhere."
    )
    var recordFile: String?

    @Option(
        name: .customLong("recording"),
        help: "Judge what this file says was seen: of --record, or of khien-probe.exe on Windows."
    )
    var recordingFile: String?

    func validate() throws {
        if recordFile != nil, recordingFile != nil {
            throw ValidationError("--record and --recording do not go together.")
        }
    }

    func run() throws {
        let inUse = try catalog()
        guard inUse.catalog.family(approved) != nil else {
            throw AgentError(
                code: .usage,
                message: "The catalog has no family '\(PrintableText.escape(approved))'; check --approved."
            )
        }
        let reading = try reading(by: inUse.catalog)
        if let recordFile {
            let text = RecordingWriter.text(of: reading, recorded: SystemInformation.milliseconds() / 1000)
            try GivenFile.create(recordFile, Array(text.utf8))
        }
        show(Scan(reading, catalog: inUse.catalog))
    }

    private func reading(by catalog: Catalog) throws(AgentError) -> DeviceReading {
        guard let recordingFile else { return root.read(with: catalog) }
        let limits = WindowsLimits()
        let recording = Recording(try GivenFile.read(recordingFile, limit: limits.recordingBytes), limits: limits)
        for trouble in recording.troubles { Console.standard.log("khien-agent: \(trouble)") }
        return recording.reading()
    }

    private func catalog() throws(AgentError) -> CatalogInUse {
        // A recording may be of any system.
        let platforms = recordingFile == nil ? root.platforms : nil
        if let catalogFile { return try .file(catalogFile, platforms: platforms) }
        return try .find(
            statePath: state.path,
            isRequired: state.isRequired,
            platforms: platforms,
            log: Console.standard.log
        )
    }

    private func show(_ scan: Scan) {
        let rule = OneAntivirusRule(approvedFamilies: [approved])
        print(render(scan, as: format, rule: rule, explains: explain), terminator: "")
    }
}
