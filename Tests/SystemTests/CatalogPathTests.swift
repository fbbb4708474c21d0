import Agent
import Foundation
import Shared
import Testing

/// A catalog's way from an officer's file to the devices and into the verdicts: real programs, sockets, TLS and files.
@Suite struct CatalogPathTests {
    private func serve() async throws -> (Province, Province.Serving) {
        let province = try Province()
        try await province.initialize()
        return (province, try await province.serve())
    }

    private func products(_ device: [String: Any]) -> [String: [String: Any]] {
        let products = device["products"] as? [[String: Any]] ?? []
        return Dictionary(products.map { ($0["family"] as? String ?? "", $0) }) { first, _ in first }
    }

    private func openFindings(_ device: [String: Any]) -> Set<String> {
        let findings = device["findings"] as? [[String: Any]] ?? []
        return Set(findings.filter { !($0["closed_at"] is String) }.compactMap { $0["kind"] as? String })
    }

    private func verdict(_ outcome: Program.Outcome) -> String {
        String(outcome.errors.matches(of: /Verdict: (.*)\. Next report/).last?.output.1 ?? "")
    }

    @Test func anAgentFetchesWhatWasPublishedAndThenSeesWhatItDidNotKnow() async throws {
        let (province, serving) = try await serve()
        let tree = province.folder.appending(path: "tree")
        try FileManager.default.copyItem(at: URL(filePath: Province.fixture("kesl-only")), to: tree)
        try ExampleGuard.install(in: tree)
        let state = try await province.enroll("pc", unit: "so-y-te", serving: serving)
        let report = { try await Program.agent.run("report", "--state", state.path, "--root", tree.path) }
        let shown = { try await Program.agent.run("catalog", "show", "--state", state.path).output }
        let arrival = "is in use from now on"

        let before = try await report()
        #expect(before.status == 0 && verdict(before) == "in order", "\(before.errors)")
        #expect(try await shown().contains("built in"))

        let text = try await province.catalog(serving: serving).raised(adding: ExampleGuard.rows)
        let published = try await province.publish(text, serving: serving)
        #expect(published.status == 0, "\(published.errors)")

        // One run: the answer to the first report names the newer catalog, and the device looks again with it.
        let after = try await report()
        #expect(after.status == 0 && after.errors.contains(arrival), "\(after.errors)")
        #expect(verdict(after).contains("multiple-antivirus: Example Guard, Kaspersky"), "\(after.errors)")
        #expect(try await shown().contains("signed by the collector"))
        let device = try await province.device(state, serving: serving)
        #expect(products(device)[ExampleGuard.family]?["grade"] as? String == "confirmed", "\(device)")
        #expect(openFindings(device) == ["multiple-antivirus", "unapproved-antivirus"])

        // It is kept, and fetched once.
        let again = try await report()
        #expect(verdict(again).contains(ExampleGuard.name) && !again.errors.contains(arrival), "\(again.errors)")

        // What somebody changed in the state is noticed, not used, and replaced by what the collector signed.
        let stored = state.appending(path: "catalog")
        var bytes = try Data(contentsOf: stored)
        bytes[try #require(bytes.range(of: Data("Example Vendor".utf8))).lowerBound] = UInt8(ascii: "X")
        try bytes.write(to: stored)
        let mended = try await report()
        #expect(mended.errors.contains("signature is not over this text"), "\(mended.errors)")
        #expect(mended.errors.contains(arrival) && verdict(mended).contains(ExampleGuard.name), "\(mended.errors)")
        #expect(try await shown().contains("signed by the collector"))
        await serving.stop()
    }

    @Test func devicesThatReportedBeforeAreJudgedAgainWithoutANewReport() async throws {
        let (province, serving) = try await serve()
        var states: [String: URL] = [:]
        for (host, fixture) in [("may-07", "conflict"), ("mail-01", "clamav-beside-kesl"), ("may-08", "kesl-only")] {
            let state = try await province.enroll(host, unit: "so-y-te", serving: serving)
            let report = try await Province.report(state, of: fixture)
            try #require(report.status == 0, "\(report.errors)")
            states[host] = state
        }
        let (drweb, clamav) = (try #require(states["may-07"]), try #require(states["mail-01"]))
        #expect(try await province.conflicts(serving: serving) == ["may-07"])

        // The center learns that ClamAV's daemon protects, and that Dr.Web is a scanner. Neither is so.
        let text = try await province.catalog(serving: serving)
        let other = text.replacing(/(?m)^(signal\tclamav\tlinux\t[a-z_]+\t)on-demand\t/) { "\($0.output.1)antivirus\t" }
            .replacing(/(?m)^(signal\tdrweb-antivirus\tlinux\t[a-z_]+\t)antivirus\t/) { "\($0.output.1)on-demand\t" }
        #expect(other != text)
        let catalog = try other.raised()

        // To ask what it would do changes nothing.
        let tried = try await province.publish(catalog, "--dry-run", serving: serving)
        #expect(tried.status == 0, "\(tried.errors)")
        #expect(try await province.conflicts(serving: serving) == ["may-07"])
        #expect(try await province.catalog(serving: serving) == text)

        let published = try await province.publish(catalog, serving: serving)
        #expect(published.status == 0, "\(published.errors)")
        #expect(try await province.conflicts(becoming: ["mail-01"], serving: serving) == ["mail-01"])
        let opened = try await province.device(clamav, serving: serving)
        #expect(products(opened)["clamav"]?["role"] as? String == "antivirus", "\(opened)")
        #expect(openFindings(opened) == ["multiple-antivirus", "unapproved-antivirus"])
        let closed = try await province.device(drweb, serving: serving)
        #expect(products(closed)["drweb-antivirus"]?["role"] as? String == "on-demand", "\(closed)")
        #expect(openFindings(closed).isEmpty && (closed["findings"] as? [Any])?.count == 2)
        for device in [opened, closed] { #expect(device["sequence"] as? Int == 1) }

        // The next report brings the catalog along, and the verdict stays.
        for (state, fixture) in [(drweb, "conflict"), (clamav, "clamav-beside-kesl")] {
            let report = try await Province.report(state, of: fixture)
            #expect(report.status == 0 && report.errors.contains("in use from now on"), "\(report.errors)")
        }
        #expect(try await province.conflicts(serving: serving) == ["mail-01"])
        // Not for a moment, either: what was opened stays open since then.
        let later = try await province.device(clamav, serving: serving)
        #expect(openFindings(later).count == 2 && (later["findings"] as? [Any])?.count == 2, "\(later)")
        await serving.stop()
    }

    @Test func onlyANewerCatalogOfTheCenterIsTaken() async throws {
        let (province, first) = try await serve()
        let builtIn = try await province.catalog(serving: first)
        let unitOfficer = province.folder.appending(path: "unit-officer")
        let added = try await province.khien(
            "officer",
            "add",
            "lan",
            "--role",
            "unit",
            "--unit",
            "so-y-te",
            "--out",
            unitOfficer.path,
            serving: first
        )
        try #require(added.status == 0, "\(added.errors)")
        // Before anything was published, too.
        for text in [try builtIn.raised(by: -1), builtIn + ExampleGuard.rows] {
            let refused = try await province.publish(text, serving: first)
            #expect(refused.status == 1 && refused.errors.contains("is not above the current one"), "\(refused)")
        }
        let good = try builtIn.raised(by: 2, adding: ExampleGuard.rows)
        #expect(try await province.publish(good, serving: first).status == 0)

        let refusals = [
            ("lower", try builtIn.raised(adding: ExampleGuard.rows)),
            ("built in", builtIn),
            ("other text of the same version", try builtIn.raised(by: 2)),
        ]
        for (name, text) in refusals {
            let refused = try await province.publish(text, serving: first)
            #expect(refused.status == 1 && refused.errors.contains("is not above the current one"), "\(name)")
            #expect(refused.output.isEmpty && !refused.errors.isEmpty, "\(name): \(refused)")
        }
        let newer = try builtIn.raised(by: 3)
        let foreign = try await province.publish(newer, serving: first, profile: unitOfficer)
        #expect(foreign.status == 1 && foreign.errors.contains("center"), "\(foreign.errors)")
        let broken = try await province.publish(newer + "signal\tno-such-family\n", serving: first)
        #expect(broken.status == 2 && broken.errors.contains("line"), "\(broken.errors)")
        #expect(try await province.catalog(serving: first) == good)

        // The same text again is no mistake: an answer may have been lost on its way.
        #expect(try await province.publish(good, serving: first).status == 0)
        await first.stop()

        // A collector that starts anew has it, and takes nothing older either.
        let second = try await province.serve()
        #expect(try await province.catalog(serving: second) == good)
        #expect(try await province.publish(builtIn, serving: second).status == 1)
        #expect(try await province.publish(newer, serving: second).status == 0)
        #expect(try await province.catalog(serving: second) == newer)
        await second.stop()
    }

    @Test func whatNoCatalogKnowsIsListedForReviewAndJudgedOnceItIsKnown() async throws {
        let (province, serving) = try await serve()
        let unknowns = { () async throws -> [[String: Any]] in
            let outcome = try await province.khien("unknowns", "--format", "json", serving: serving)
            try #require(outcome.status == 0, "\(outcome.errors)")
            return try #require(try json(outcome.output) as? [[String: Any]])
        }
        let state = try await province.enroll("pc", unit: "so-y-te", serving: serving)
        let recording = try PreparedRecording.approved(
            adding: [ExampleGuard.securityCenterRow, ExampleGuard.driver]
        )
        let answer = try Province.report(state, recording: recording)
        #expect(answer.findings.isEmpty, "\(answer.findings)")
        #expect(try await province.conflicts(serving: serving).isEmpty)
        let listed = try await unknowns()
        #expect(Set(listed.compactMap { $0["name"] as? String }) == [ExampleGuard.name, "exguard.sys"], "\(listed)")
        let id = try Province.identity(state).deviceID
        for row in listed {
            #expect(row["devices"] as? Int == 1 && row["example_device_id"] as? String == id)
            #expect((row["facts"] as? [Any])?.isEmpty == false)
        }

        let text = try await province.catalog(serving: serving).raised(adding: ExampleGuard.rows)
        let published = try await province.publish(text, serving: serving)
        #expect(published.status == 0, "\(published.errors)")
        #expect(try await province.conflicts(becoming: ["KETOAN-05"], serving: serving) == ["KETOAN-05"])
        #expect(try await unknowns().isEmpty)
        let device = try await province.device(state, serving: serving)
        #expect(openFindings(device) == ["multiple-antivirus", "unapproved-antivirus"])
        #expect(products(device).keys.allSatisfy { !$0.hasPrefix("unknown-") }, "\(products(device).keys)")
        #expect(products(device)[ExampleGuard.family]?["grade"] as? String == "confirmed")

        // An agent that has not fetched it yet changes nothing by another report.
        let outdated = recording.replacing(#""state":266240"#, with: #""state":266256"#)
        #expect(outdated != recording)
        let later = try Province.report(state, recording: outdated, sequence: 2)
        #expect(later.findings.contains { $0.kind == .multipleAntivirus }, "\(later.findings)")
        #expect(try await unknowns().isEmpty)
        await serving.stop()
    }
}
