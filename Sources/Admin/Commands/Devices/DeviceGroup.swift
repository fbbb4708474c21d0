import ArgumentParser

extension KhienCommand {
    /// The commands below `khien device`.
    struct Device: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                commandName: "device",
                abstract: Phrases.deviceGroupAbstract,
                subcommands: [
                    DeviceShow.self, DeviceRetire.self, DeviceRestore.self, DeviceMove.self, DeviceMerge.self,
                    DeviceUnmerge.self, DeviceRevoke.self,
                ]
            )
        }
    }
}
