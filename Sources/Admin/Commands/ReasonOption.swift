import ArgumentParser
import Shared

/// The option of changes that are not made without saying why.
struct ReasonOption: ParsableArguments {
    @Option(help: ArgumentHelp(Phrases.reasonHelp, valueName: Phrases.textValue))
    var reason: String

    func validate() throws {
        guard AdminLimits.reasonBytes.contains(VisibleText.of(reason).utf8.count), !VisibleText.isEmpty(reason) else {
            throw ValidationError(Phrases.textLength("--reason", AdminLimits.reasonBytes))
        }
    }
}
