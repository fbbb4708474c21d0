import Foundation
import Testing

/// From a device to an officer's screen: real programs, sockets, TLS and files.
@Suite struct WholePathTests {
    @Test func aConflictOnADeviceReachesTheOfficer() async throws {
        let province = try Province()
        try await province.initialize()
        let serving = try await province.serve()
        let state = try await province.enroll("conflict", unit: "so-y-te", serving: serving)
        let report = try await Province.report(state, of: "conflict")
        #expect(report.status == 0, "\(report.errors)")

        let listed = try await province.khien("conflicts", "--format", "json", serving: serving)
        #expect(listed.status == 0, "\(listed.errors)")
        let conflicts = try #require(try json(listed.output) as? [[String: Any]])
        #expect(conflicts.count == 1)
        #expect(conflicts.first?["unit_code"] as? String == "so-y-te")
        let id = try #require(conflicts.first?["device_id"] as? String)

        let shown = try await province.khien("device", "show", String(id.prefix(8)), serving: serving)
        #expect(
            shown.status == 0 && shown.output.contains("Kaspersky Endpoint Security"),
            "\(shown.output)\(shown.errors)"
        )
        #expect(shown.output.contains("multiple-antivirus"))

        let units = try await province.khien("units", "--format", "csv", serving: serving)
        #expect(units.output.contains("Sở Y tế"))
        #expect(units.output.split(whereSeparator: \.isNewline).count == 33)

        // The second antivirus is removed: the next report proves it, and the conflict is over.
        let again = try await Province.report(state, of: "kesl-only")
        #expect(again.status == 0, "\(again.errors)")
        let after = try await province.khien("conflicts", "--format", "json", serving: serving)
        #expect(try (json(after.output) as? [Any])?.isEmpty == true)
        let stopped = await serving.stop()
        #expect(stopped.status == 0, "\(stopped.errors)")
    }

    @Test func aReportWithoutACollectorStaysInTheSpoolAndGoesOutLater() async throws {
        let province = try Province()
        try await province.initialize()
        let first = try await province.serve()
        let state = try await province.enroll("pc", unit: "so-y-te", serving: first)
        await first.stop()

        let refused = try await Province.report(state, of: "kesl-only")
        #expect(refused.status == 3, "\(refused.output)\(refused.errors)")
        let spooled = try FileManager.default.subpathsOfDirectory(atPath: state.appending(path: "spool").path)
        #expect(!spooled.isEmpty)

        let second = try await province.serve(reporting: first.reportingPort, enrollment: first.enrollmentPort)
        let delivered = try await Province.report(state, of: "kesl-only")
        #expect(delivered.status == 0, "\(delivered.errors)")
        let devices = try await province.khien("devices", "--format", "json", serving: second)
        let rows = try #require(try json(devices.output) as? [[String: Any]])
        #expect(rows.count == 1 && rows.first?["last_report_at"] is String)
        await second.stop()
    }

    @Test func whatIsWrongWithATokenOrACollectorIsSaidAndLeavesNothingBehind() async throws {
        let province = try Province()
        try await province.initialize()
        let serving = try await province.serve()
        let good = try await province.join("so-y-te", serving: serving)
        let fingerprint = try #require(good.firstMatch(of: /sha256:([0-9a-f]{64})/)).output.1
        let cases: [(join: String, status: Int32)] = [
            (good.replacing(fingerprint, with: String(repeating: "0", count: 64)), 1),
            (good.replacing(/\/[A-Za-z0-9_-]+\?/, with: "/wrong-token?"), 1),
            (good.replacing("khien://", with: "https://"), 2),
            (good.replacing(":\(serving.enrollmentPort)/", with: ":1/"), 3),
        ]
        for (index, entry) in cases.enumerated() {
            let state = province.folder.appending(path: "bad-\(index)")
            let outcome = try await Program.agent.run("enroll", "--state", state.path, entry.join)
            #expect(outcome.status == entry.status, "case \(index): \(outcome.errors)")
            #expect(!outcome.errors.isEmpty)
            #expect(!FileManager.default.fileExists(atPath: state.appending(path: "certificate.pem").path))
        }
        let state = province.folder.appending(path: "good")
        #expect(try await Program.agent.run("enroll", "--state", state.path, good).status == 0)
        let usedUp = try await Program.agent.run(
            "enroll",
            "--state",
            province.folder.appending(path: "late").path,
            good
        )
        #expect(usedUp.status == 1, "\(usedUp.errors)")
        let devices = try await province.khien("devices", "--format", "json", serving: serving)
        #expect(try (json(devices.output) as? [Any])?.count == 1)
        await serving.stop()
    }

    @Test func theKeyOfADeviceIsItsOwnersAlone() async throws {
        let province = try Province()
        try await province.initialize()
        let serving = try await province.serve()
        let state = try await province.enroll("pc", unit: "so-y-te", serving: serving)
        let attributes = try FileManager.default.attributesOfItem(atPath: state.appending(path: "key.pem").path)
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        await serving.stop()
    }

    @Test func aRevokedOfficerAndARevokedDeviceAreToldSo() async throws {
        let province = try Province()
        try await province.initialize()
        let serving = try await province.serve()
        let second = province.folder.appending(path: "second")
        let added = try await province.khien(
            "officer",
            "add",
            "lan",
            "--role",
            "reader",
            "--out",
            second.path,
            serving: serving
        )
        #expect(added.status == 0, "\(added.errors)")
        #expect(try await province.khien("units", serving: serving, profile: second).status == 0)
        #expect(try await province.khien("officer", "revoke", "lan", "--yes", serving: serving).status == 0)
        let refused = try await province.khien("units", serving: serving, profile: second)
        #expect(refused.status == 1 && refused.errors.contains("revoked"), "\(refused.errors)")

        let state = try await province.enroll("pc", unit: "so-y-te", serving: serving)
        let devices = try await province.khien("devices", "--format", "json", serving: serving)
        let id = try #require((try json(devices.output) as? [[String: Any]])?.first?["id"] as? String)
        #expect(
            try await province.khien("device", "revoke", id, "--reason", "lost", "--yes", serving: serving).status == 0
        )
        let report = try await Province.report(state, of: "kesl-only")
        #expect(report.status == 1, "\(report.errors)")
        await serving.stop()
    }

    @Test func twoCollectorsCannotServeOneDataDirectory() async throws {
        let province = try Province()
        try await province.initialize()
        let serving = try await province.serve()
        let second = try await Program.collector.run(
            "serve",
            "--data",
            province.data.path,
            "--listen",
            "127.0.0.1:0",
            "--enrollment-listen",
            "127.0.0.1:0"
        )
        #expect(second.status != 0 && !second.errors.isEmpty)
        await serving.stop()
        // And one after the other can.
        let next = try await province.serve()
        await next.stop()
    }

    @Test func initRefusesToOverwrite() async throws {
        let province = try Province()
        try await province.initialize()
        let key = try Data(contentsOf: province.profile.appending(path: "key.pem"))
        let again = try await Program.collector.run("init", "--data", province.data.path)
        #expect(again.status != 0)
        #expect(try Data(contentsOf: province.profile.appending(path: "key.pem")) == key)
    }

    @Test(arguments: [
        "code\tgroup\tname\tseats\na\tdepartment\tMột\t3\na\tdepartment\tHai\t3\n",
        "code\tgroup\tname\tseats\na\tdepartment\tMột\t-3\n",
        "code\tgroup\tname\tseats\na\tdepartment\tMột\t\n",
        "code\tgroup\tname\tseats\na\tdepartment\tMột\tba\n",
        "# total: 5\ncode\tgroup\tname\tseats\na\tdepartment\tMột\t3\n",
        "",
    ])
    func aUnitsFileWithAMistakeIsRefusedAndLeavesNothing(text: String) async throws {
        let province = try Province(units: text)
        let outcome = try await Program.collector.run(
            "init",
            "--data",
            province.data.path,
            "--units",
            province.folder.appending(path: "units.tsv").path
        )
        #expect(outcome.status != 0 && !outcome.errors.isEmpty)
        #expect(!FileManager.default.fileExists(atPath: province.data.path))
    }

    @Test func aScanSaysWhatItFoundAndAMistypedRootIsAUsageError() async throws {
        let scan = try await Program.agent.run("scan", "--root", Province.fixture("conflict"), "--format", "json")
        #expect(scan.status == 0, "\(scan.errors)")
        let findings = try #require((try json(scan.output) as? [String: Any])?["findings"] as? [[String: Any]])
        #expect(findings.contains { $0["kind"] as? String == "multiple-antivirus" })
        let mistyped = try await Program.agent.run("scan", "--root", "/no/such/folder")
        #expect(mistyped.status == 2 && mistyped.errors.contains("--root"), "\(mistyped.errors)")
    }

    @Test func anUnreachableCollectorIsExitStatusThree() async throws {
        let province = try Province()
        try await province.initialize()
        let outcome = try await Program.admin.run("--profile", province.profile.path, "units")
        #expect(outcome.status == 3, "\(outcome.errors)")
    }
}
