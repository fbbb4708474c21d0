import Admin

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The officers' command line.
@main
struct Khien {
    static func main() async {
        let context = CommandContext.process(environment: ProcessInfo.processInfo.environment)
        exit(await AdminTool.run(Array(CommandLine.arguments.dropFirst()), in: context).rawValue)
    }
}
