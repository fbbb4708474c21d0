import Foundation
import Testing

/// An officer who presses Ctrl-C in the middle of a change of every unit.
@Suite struct InterruptionTests {
    private static let units = (1...300).map { String(format: "so-%03d", $0) }
    private static let rounds = 24

    /// The two decisions between which the province goes back and forth: seats of each unit, 3,000 in all.
    private static let even = Dictionary(uniqueKeysWithValues: units.map { ($0, 10) })
    private static let uneven = Dictionary(
        uniqueKeysWithValues: units.enumerated().map { ($1, $0.isMultiple(of: 2) ? 9 : 11) }
    )

    private func file(_ name: String, _ seats: [String: Int], in province: Province) throws -> String {
        let path = province.folder.appending(path: name)
        let lines = ["code;seats"] + Self.units.map { "\($0);\(seats[$0] ?? 0)" }
        try lines.joined(separator: "\n").write(to: path, atomically: true, encoding: .utf8)
        return path.path
    }

    private func allocated(_ province: Province, _ serving: Province.Serving) async throws -> [String: Int] {
        let list = try await province.khien("allocation", "list", "--format", "json", serving: serving)
        let rows = try #require(try json(list.output) as? [[String: Any]], "\(list.errors)")
        return Dictionary(
            uniqueKeysWithValues: try rows.map {
                (try #require($0["unit_code"] as? String), try #require($0["allocated_seats"] as? Int))
            }
        )
    }

    @Test func anInterruptedImportChangesNothingOrAll() async throws {
        let header = "code\tgroup\tname\tseats\n"
        let province = try Province(
            units: header + Self.units.map { "\($0)\tdepartment\tSở \($0)\t10" }.joined(separator: "\n")
        )
        try await province.initialize()
        let serving = try await province.serve()
        #expect(try await allocated(province, serving) == Self.even)
        let files = [
            try file("uneven.csv", Self.uneven, in: province), try file("even.csv", Self.even, in: province),
        ]
        func arguments(_ file: String, _ round: Int) -> [String] {
            [
                "--profile", province.profile.path, "allocation", "import", file, "--document", "\(round)/QĐ",
                "--apply", "--yes", "--timeout", "10m",
            ]
        }

        // How long one takes that nobody interrupts, so that the others are interrupted at any moment of theirs.
        let start = ContinuousClock.now
        let whole = try await Program.admin.run(arguments(files[0], 0))
        let span = ContinuousClock.now - start
        #expect(whole.status == 0, "\(whole.errors)")
        #expect(try await allocated(province, serving) == Self.uneven)
        for round in 1...Self.rounds {
            let isUneven = try await allocated(province, serving) == Self.uneven
            let running = try Program.admin.start(arguments(files[isUneven ? 1 : 0], round))
            try await Task.sleep(for: span * round / Self.rounds)
            running.send(SIGINT)
            let outcome = await running.outcome()
            // What was sent before it may arrive after it, and is then in the way of the next one, which is told.
            #expect([0, 1, -SIGINT].contains(outcome.status), "\(outcome.errors)")
            let now = try await allocated(province, serving)
            #expect(now == Self.even || now == Self.uneven, "round \(round) left a half of its change")
        }
        // Each decision that was made stands in the ledger whole, with a row of each unit.
        await serving.stop()
        let restarted = try await province.serve()
        let ledger = try await province.khien("ledger", "--format", "csv", "--limit", "100000", serving: restarted)
        let documents = ledger.output.matches(of: /,(\d+\/QĐ),/).map { String($0.output.1) }
        let entries = Dictionary(grouping: documents, by: \.self).mapValues(\.count)
        #expect(entries["0/QĐ"] == Self.units.count)
        #expect(entries.values.allSatisfy { $0 == Self.units.count }, "\(entries)")
        await restarted.stop()
    }
}
