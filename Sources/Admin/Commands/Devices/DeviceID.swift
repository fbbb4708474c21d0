import ArgumentParser

/// The argument that names one device, by its whole id or the beginning of it.
struct DeviceID: ParsableArguments {
    @Argument(help: ArgumentHelp(Phrases.deviceIDHelp, valueName: Phrases.deviceValue))
    var id: String

    func validate() throws {
        try Self.check(id)
    }

    static func check(_ id: String) throws {
        guard id.utf8.count >= AdminLimits.deviceIDCharacters else {
            throw ValidationError(Phrases.deviceIDTooShort)
        }
        guard id.utf8.count <= AdminLimits.deviceIDBytes else { throw ValidationError(Phrases.deviceIDTooLong) }
    }
}
