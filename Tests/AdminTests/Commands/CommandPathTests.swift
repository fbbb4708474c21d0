import Testing

@testable import Admin

@Suite struct CommandPathTests {
    @Test(
        arguments: [
            (["unist"], "khien", "units"), (["device", "shwo", "abcd"], "khien device", "show"),
            (["help", "unist"], "khien", "units"), (["help", "device", "foo"], "khien device", nil),
            (["help", "units", "foo"], "khien units", nil), (["nonsense"], "khien", nil), (["hlep"], "khien", "help"),
        ] as [([String], String, String?)]
    )
    func `A word that names no command is refused, with what was meant`(
        arguments: [String],
        path: String,
        near: String?
    ) async {
        let problem = CommandPath.problem(in: arguments)
        #expect(problem?.path.joined(separator: " ") == path)
        #expect(problem?.near == near)
        let run = await Run.khien(arguments)
        #expect(run.status == .usage)
        #expect(run.output == "")
        #expect(run.errors.contains("'\(path)' has no command"))
        #expect(run.errors.contains("Did you mean") == (near != nil))
    }

    @Test(
        arguments: [
            [], ["--version"], ["--help"], ["help"], ["help", "units"], ["help", "device", "show"], ["units", "extra"],
            ["device", "--help"], ["device", "show", "abcd"], ["completions", "bash"], ["help", "--help"],
        ]
    )
    func `All else is the parser's`(arguments: [String]) {
        #expect(CommandPath.problem(in: arguments) == nil)
    }
}
