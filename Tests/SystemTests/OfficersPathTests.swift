import Foundation
import Testing

/// What officers do in a year, with real programs over real connections.
@Suite struct OfficersPathTests {
    private static let units = """
        code\tgroup\tname\tseats
        so-a\tdepartment\tSở A\t1
        so-b\tdepartment\tSở B\t5
        """

    @Test func aUnitsOfficerAsksForSeatsAndTheCentersAnswerSeatsTheWaitingDevices() async throws {
        let province = try Province(units: Self.units)
        try await province.initialize()
        let serving = try await province.serve()
        for number in 1...3 {
            let state = try await province.enroll("pc-\(number)", unit: "so-a", serving: serving)
            let report = try await Province.report(state, of: "kesl-only")
            #expect(report.status == 0, "\(report.errors)")
        }
        #expect(try await seats(province, serving) == ["held": 1, "over-cap": 2])

        let folder = try await officer(province, serving)
        let number = try await ask(for: 2, province, serving, profile: folder)
        // Nobody decides for oneself.
        let own = try await province.khien(
            "request",
            "approve",
            number,
            "--from",
            "reserve",
            "--document",
            "1/QĐ",
            serving: serving,
            profile: folder
        )
        #expect(own.status == 1 && own.output.isEmpty)
        let reserve = try await province.khien(
            "request",
            "approve",
            number,
            "--from",
            "reserve",
            "--document",
            "1/QĐ",
            "--lang",
            "vi",
            serving: serving
        )
        // The reserve is empty; the refusal has the figures, in the officer's language.
        #expect(reserve.status == 1 && reserve.errors.contains("suất") && reserve.errors.contains("2"))
        #expect(try await seats(province, serving) == ["held": 1, "over-cap": 2])
        let approved = try await province.khien(
            "request",
            "approve",
            number,
            "--from",
            "so-b",
            "--document",
            "1/QĐ",
            serving: serving
        )
        #expect(approved.status == 0, "\(approved.errors)")
        #expect(try await seats(province, serving) == ["held": 3])

        let ledger = try await province.khien("ledger", "--format", "csv", serving: serving)
        #expect(ledger.output.contains("1/QĐ"))
        let again = try await province.khien(
            "request",
            "approve",
            number,
            "--from",
            "so-b",
            "--document",
            "2/QĐ",
            serving: serving
        )
        #expect(again.status == 1 && again.errors.contains("center"))
        await serving.stop()
    }

    @Test func aUnitsOfficerLearnsNothingOfOtherUnits() async throws {
        let province = try Province(units: Self.units)
        try await province.initialize()
        let serving = try await province.serve()
        let state = try await province.enroll("pc-b", unit: "so-b", serving: serving)
        _ = try await Province.report(state, of: "conflict")
        let folder = province.folder.appending(path: "officer-a")
        for letter in ["a", "b"] {
            let added = try await province.khien(
                "officer",
                "add",
                "--role",
                "unit",
                "--unit",
                "so-\(letter)",
                "officer-\(letter)",
                "--out",
                province.folder.appending(path: "officer-\(letter)").path,
                serving: serving
            )
            #expect(added.status == 0, "\(added.errors)")
        }
        let devices = try await province.khien("devices", "--format", "json", serving: serving)
        let rows = try #require(try json(devices.output) as? [[String: Any]])
        let id = try #require(rows.first?["id"] as? String)
        let nowhere = String(repeating: "f", count: id.count)
        let findings = try await province.khien("findings", "--format", "json", serving: serving)
        let found = try #require(try json(findings.output) as? [[String: Any]])
        let finding = try #require(found.first?["id"] as? Int).description
        let noFinding = finding == "10000001" ? "10000002" : "10000001"

        let lists = ["units", "devices", "findings", "conflicts", "seats", "ledger", "request list"]
        for list in (lists + ["officer list", "token list"]).map({ $0.split(separator: " ").map(String.init) }) {
            let seen = try await province.khien(arguments: list, serving: serving, profile: folder)
            #expect(seen.status == 0, "\(list): \(seen.errors)")
            #expect(!seen.output.contains("so-b") && !seen.output.contains("Sở B"), "\(list): \(seen.output)")
            #expect(!seen.output.contains(id) && !seen.output.contains("officer-b"), "\(list)")
        }
        // Another's thing is answered like one that does not exist, but for the name that was asked for.
        let pairs: [(mine: [String], nothing: [String])] = [
            (["device", "show", id], ["device", "show", nowhere]),
            (["finding", "show", finding], ["finding", "show", noFinding]),
            (["unit", "show", "so-b"], ["unit", "show", "so-z"]),
            (["seats", "--unit", "so-b"], ["seats", "--unit", "so-z"]),
            (["device", "retire", id, "--reason", "x"], ["device", "retire", nowhere, "--reason", "x"]),
        ]
        for (mine, nothing) in pairs {
            let first = try await province.khien(arguments: mine, serving: serving, profile: folder)
            let second = try await province.khien(arguments: nothing, serving: serving, profile: folder)
            #expect(first.status == 1 && second.status == 1, "\(mine)")
            func neutral(_ text: String) -> String {
                [id, nowhere, "so-b", "so-z", finding, noFinding].reduce(text) { $0.replacing($1, with: "…") }
            }
            #expect(neutral(first.errors) == neutral(second.errors), "\(first.errors)\(second.errors)")
        }
        await serving.stop()
    }

    @Test func anImportIsADifferenceUntilItIsApplied() async throws {
        let province = try Province(units: Self.units)
        try await province.initialize()
        let serving = try await province.serve()
        let file = province.folder.appending(path: "phan-bo.csv")
        // As a spreadsheet writes it: a byte order mark, semicolons, CRLF, names in decomposed Unicode.
        let text = "\u{FEFF}Mã;Tên đơn vị;Số lượng\r\nso-a;Sở A;3\r\nso-b;Sở B;3\r\n"
            .decomposedStringWithCanonicalMapping
        try text.write(to: file, atomically: true, encoding: .utf8)
        func allocated() async throws -> [Int] {
            let listed = try await province.khien("allocation", "list", "--format", "json", serving: serving)
            let rows = try #require(try json(listed.output) as? [[String: Any]])
            return rows.compactMap { $0["seats"] as? Int ?? $0["allocated_seats"] as? Int }
        }
        let arguments = ["allocation", "import", file.path, "--document", "7/QĐ", "--lang", "vi"]
        let shown = try await province.khien(arguments: arguments, serving: serving)
        #expect(shown.status == 0 && shown.output.contains("--apply"), "\(shown.output)\(shown.errors)")
        #expect(try await allocated() == [1, 5])
        // Without a terminal nobody can be asked whether that is still what was seen.
        let unsure = try await province.khien(arguments: arguments + ["--apply"], serving: serving)
        #expect(unsure.status == 2 && unsure.errors.contains("--revision"), "\(unsure.errors)")
        #expect(try await allocated() == [1, 5])
        let applied = try await province.khien(arguments: arguments + ["--apply", "--yes"], serving: serving)
        #expect(applied.status == 0, "\(applied.errors)")
        #expect(try await allocated() == [3, 3])
        await serving.stop()
    }

    /// A unit's officer, by the way that leaves the key where it was made.
    private func officer(_ province: Province, _ serving: Province.Serving) async throws -> URL {
        // The officer's key is made on the officer's own machine, and never leaves it.
        let folder = province.folder.appending(path: "officer-a")
        let bundle = province.folder.appending(path: "officer-a.bundle").path
        let made = try await Program.admin.run(["profile", "request", "officer-a", "--out", folder.path])
        #expect(made.status == 0, "\(made.errors)")
        let request = folder.appending(path: "request.pem").path
        let signed = try await province.khien(
            "officer",
            "sign",
            request,
            "--role",
            "unit",
            "--unit",
            "so-a",
            "--out",
            bundle,
            serving: serving
        )
        #expect(signed.status == 0, "\(signed.errors)")
        #expect(!(try String(contentsOfFile: bundle, encoding: .utf8)).contains("PRIVATE KEY"))
        let installed = try await Program.admin.run(["profile", "install", bundle, "--dir", folder.path])
        #expect(installed.status == 0, "\(installed.errors)")
        return folder
    }

    /// Files a request for the officer's own unit, and gives its number.
    private func ask(
        for seats: Int,
        _ province: Province,
        _ serving: Province.Serving,
        profile: URL
    ) async throws -> String {
        let asked = try await province.khien(
            "request",
            "create",
            "--seats",
            "\(seats)",
            "--reason",
            "Hai máy mới",
            "--format",
            "json",
            serving: serving,
            profile: profile
        )
        #expect(asked.status == 0, "\(asked.errors)")
        let filed = try #require(try json(asked.output) as? [String: Any])
        return try #require(filed["id"] as? Int).description
    }

    /// How many devices have which state of a seat.
    private func seats(_ province: Province, _ serving: Province.Serving) async throws -> [String: Int] {
        let listed = try await province.khien("seats", "--format", "json", serving: serving)
        let rows = try #require(try json(listed.output) as? [[String: Any]], "\(listed.errors)")
        return Dictionary(grouping: rows) { $0["state"] as? String ?? "" }.mapValues(\.count)
    }
}
