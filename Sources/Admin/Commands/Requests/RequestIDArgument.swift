import ArgumentParser
import Shared

/// The argument that names a request.
struct RequestIDArgument: ParsableArguments {
    @Argument(help: ArgumentHelp(Phrases.requestIDHelp, valueName: Phrases.countValue))
    var id: Int

    func validate() throws {
        try OptionCheck.number(id, "ID", 1...Int.max)
    }

    /// As the wire has it.
    var number: UInt64 { UInt64(clamping: id) }
}
