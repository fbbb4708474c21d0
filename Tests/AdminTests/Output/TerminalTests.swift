import Testing

@testable import Admin

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

@Suite struct TerminalTests {
    /// Runs the body with a terminal that nobody sits at.
    private func withTerminal(_ body: (Int32) throws -> Void) throws {
        var (controller, terminal): (Int32, Int32) = (-1, -1)
        try #require(openpty(&controller, &terminal, nil, nil, nil) == 0)
        defer { for descriptor in [controller, terminal] { close(descriptor) } }
        try #require(isatty(terminal) == 1)
        try body(terminal)
    }

    @Test(
        arguments: [
            ([:], true), (["NO_COLOR": ""], true), (["TERM": "xterm"], true), (["NO_COLOR": "1"], false),
            (["NO_COLOR": "0"], false), (["NO_COLOR": "anything", "TERM": "xterm"], false), (["TERM": "dumb"], false),
        ] as [([String: String], Bool)]
    )
    func `A terminal shows colors unless NO_COLOR is set and not empty, or TERM is dumb`(
        environment: [String: String],
        hasColors: Bool
    ) throws {
        try withTerminal { descriptor in
            let terminal = Terminal(descriptor: descriptor, environment: environment)
            #expect(terminal.hasColors == hasColors)
            #expect(terminal.colored("x", .bad).contains("\u{1B}") == hasColors)
        }
    }

    @Test
    func `Pipes and files get neither colors nor a width, whatever the environment says`() throws {
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        let file = open("/dev/null", O_WRONLY)
        defer { for descriptor in ends + [file] { close(descriptor) } }
        for descriptor in [ends[1], file] {
            let environment = ["TERM": "xterm-256color", "COLUMNS": "40", "CLICOLOR_FORCE": "1"]
            #expect(Terminal(descriptor: descriptor, environment: environment) == .none)
        }
        #expect(Terminal.none.colored("x", .bad) == "x")
    }

    @Test(arguments: [([:], 80), (["COLUMNS": "40"], 40), (["COLUMNS": "0"], 80), (["COLUMNS": "wide"], 80)])
    func `A terminal that does not say its width has that of COLUMNS, else 80`(
        environment: [String: String],
        columns: Int
    ) throws {
        try withTerminal { descriptor in
            #expect(Terminal(descriptor: descriptor, environment: environment).columns == columns)
        }
    }
}
