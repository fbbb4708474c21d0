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

    @Option(help: "How to show it.")
    var format = ScanFormat.table

    func run() throws {
        let scan = try root.scanner().scan()
        print(render(scan, as: format, rule: OneAntivirusRule(approvedFamilies: Self.approvedFamilies)), terminator: "")
    }

    /// What the province licensed; the collector knows the term that is in force, a scan without a network does not.
    private static let approvedFamilies: Set<String> = ["kaspersky-endpoint-security"]
}
