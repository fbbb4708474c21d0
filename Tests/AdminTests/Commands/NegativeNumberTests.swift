import Testing

@testable import Admin

/// Numbers that begin with a hyphen are values, and not options that were left without one.
@Suite struct NegativeNumberTests {
    private static let contract = [
        "term", "add", "--product", "kes", "--seats", "1", "--starts", "2025-10-13", "--ends", "2026-10-12",
        "--document", "1",
    ]
    private static let policy = ["policy", "set", "--reason", "r"]
    private static let lists = [
        ["devices"], ["seats"], ["findings"], ["conflicts"], ["ledger"], ["request", "list"], ["token", "list"],
        ["officer", "list"], ["unknowns"],
    ]
    private static let revised = [
        ["request", "withdraw", "1"], ["request", "refuse", "1", "--reason", "r"],
        ["request", "approve", "1", "--document", "1", "--from", "reserve"],
        ["allocation", "set", "--unit", "a", "--seats", "1", "--document", "1"],
        ["unit", "rename", "a", "--name", "A", "--document", "1"],
    ]
    private static let looked = [
        ["finding", "acknowledge", "1"], ["finding", "unwaive", "1"],
        ["finding", "waive", "1", "--until", "2025-12-01", "--reason", "r"], policy + ["--silent-after", "30"],
        ["officer", "set", "--unit", "a", "--name", "Lan"],
    ]

    @Test(
        arguments: [
            (["seats", "--idle", "-1"], "--idle must be a whole number from 1 to 3650"),
            (contract + ["--silence-days", "-5"], "--silence-days must be a whole number from 1 to 3650"),
            (contract + ["--renews", "-1"], "--renews must be a whole number from 1 to"),
            (["token", "create", "--unit", "a", "--uses", "-1"], "--uses must be from 1 to"),
            (["token", "create", "--unit", "a", "--expires", "-1d"], "'-1d' is invalid for '--expires <time>'"),
            (["units", "--timeout", "-1s"], "'-1s' is invalid for '--timeout <time>'"),
            (policy + ["--silent-after", "-1"], "--silent-after must be from 1 to 365"),
            (policy + ["--report-interval", "-1"], "--report-interval must be from"),
            (policy + ["--deadline", "-1"], "no-antivirus"),
            (policy + ["--deadline", "no-antivirus=-1"], "from 1 to 3650"),
            (["allocation", "list", "--term", "-1"], "--term must be a whole number from 1 to"),
            (
                ["request", "create", "--seats", "1", "--reason", "r", "--term", "-1"],
                "--term must be a whole number from 1 to"
            ),
            (["ledger", "--term", "-1"], "--term must be a whole number from 1 to"),
        ] + lists.map { ($0 + ["--limit", "-1"], "--limit must be from 1 to") }
            + revised.map { ($0 + ["--revision", "-1"], "--revision must be a whole number from 0 to") }
            + looked.map { ($0 + ["--revision", "-1"], "--revision is 1 or more") } as [([String], String)]
    )
    func `The range is named`(arguments: [String], words: String) async {
        let run = await Run.khien(arguments)
        #expect(run.status == .usage && run.output == "")
        let text = run.errors.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(text.contains(words) && !text.contains("Missing value"), "\(text)")
        let vietnamese = await Run.khien(arguments + ["--lang", "vi"])
        #expect(!vietnamese.errors.contains("Thiếu giá trị"), "\(vietnamese.errors)")
    }
}
