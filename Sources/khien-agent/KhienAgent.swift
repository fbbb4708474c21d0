import Agent
import ArgumentParser
import Shared

/// `khien-agent`: parses, runs, and turns errors into exit statuses.
@main
struct KhienAgent: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "khien-agent",
        abstract: "Inventories the antivirus products of this device and reports them, signed, to the collector.",
        discussion: """
            Exit status: 0 done, 1 refused or failed, 2 usage, 3 the collector cannot be reached (what was to be sent \
            stays in the spool).
            """,
        version: khienVersion,
        subcommands: [Enroll.self, ScanDevice.self, Report.self, Run.self, Status.self, CatalogCommands.self]
    )

    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch let error as AgentError {
            Console.standard.log("khien-agent: \(error.message)")
            exit(withError: ExitCode(error.exitStatus.rawValue))
        } catch  where exitCode(for: error) == .validationFailure {
            // The system's number for this would be 64.
            Console.standard.log(fullMessage(for: error))
            exit(withError: ExitCode(ExitStatus.usage.rawValue))
        } catch {
            exit(withError: error)
        }
    }
}

/// Where the state is.
struct StateOption: ParsableArguments {
    @Option(name: .customLong("state"), help: "The directory in which this device keeps its key and its reports.")
    var path = Self.standard

    static let standard = "/var/lib/khien"
}

/// Where the state may be, for what also works without one.
struct OptionalStateOption: ParsableArguments {
    @Option(
        name: .customLong("state"),
        help: "The directory in which this device may keep a catalog of the collector. (default: /var/lib/khien)"
    )
    var given: String?

    var path: String { given ?? StateOption.standard }

    /// A directory that was named must be there; the usual one need not.
    var isRequired: Bool { given != nil }
}

/// Where the agent looks.
struct RootOption: ParsableArguments {
    @Option(name: .customLong("root"), help: "Look at the tree below this folder instead of this device.")
    var path = "/"

    /// A mistyped folder would otherwise look like a device of which nothing can be read.
    func validate() throws {
        guard Scanner.canLook(below: path) else {
            throw ValidationError("There is no folder \(path) that can be opened. Check --root, and who may read it.")
        }
    }

    /// Whose names are wanted of the catalog; all for a tree that may be of any system.
    var platforms: Set<HostDescription.Platform>? { path == "/" ? [.linux] : nil }

    /// Looks there with a catalog.
    func scan(with catalog: Catalog) -> Scan { Scanner(root: path, catalog: catalog).scan() }

    /// What is seen there, before the catalog says what it means.
    func read(with catalog: Catalog) -> DeviceReading { Scanner(root: path, catalog: catalog).read() }
}
