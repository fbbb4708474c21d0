import ArgumentParser

extension KhienCommand {
    /// The commands below `khien request`.
    struct Request: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                commandName: "request",
                abstract: Phrases.requestAbstract,
                subcommands: [
                    RequestCreate.self, RequestList.self, RequestShow.self, RequestApprove.self, RequestRefuse.self,
                    RequestWithdraw.self,
                ]
            )
        }
    }
}
