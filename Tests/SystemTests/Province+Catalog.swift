import Foundation
import Shared
import Testing

@testable import Agent

/// An antivirus that no catalog of ours has, and the rows that would make it known.
enum ExampleGuard {
    static let family = "example-guard"
    static let name = "Example Guard"
    static let package = "example-guard"

    static let rows = """
        source\texample\tThe tests of the whole system.
        family\texample-guard\tantivirus\tExample Vendor\tExample Guard
        signal\texample-guard\tlinux\tdeb\tantivirus\tstrong\texample\texample-guard
        signal\texample-guard\tlinux\tunit\tantivirus\tstrong\texample\texample-guard.service
        signal\texample-guard\twindows\tdriver\tantivirus\tstrong\texample\texguard.sys
        signal\texample-guard\twindows\tminifilter\tantivirus\tstrong\texample\texguard.sys@329123
        signal\texample-guard\twindows\tsecurity_center\tantivirus\tstrong\texample\tExample Guard

        """

    /// Its row in Security Center, with a program that is there.
    static let securityCenterRow = #"""
        {"kind":"security-center","name":"Example Guard","guid":"{5E2B8A0C-0000-4000-8000-000000000001}","state":266240,"product":"C:\\Program Files\\Example Guard\\guard.exe","product_exists":true}
        """#

    /// Its driver, among the altitudes of antivirus filters.
    static let driver = #"""
        {"kind":"service","name":"exguard","type":"driver","state":"running","start":1,"path":"\\SystemRoot\\System32\\drivers\\exguard.sys","file":"C:\\Windows\\System32\\drivers\\exguard.sys","file_exists":true}
        {"kind":"minifilter","service":"exguard","instance":"exguard","altitude":"329123","file":"exguard.sys","file_exists":true,"loaded":true}
        """#

    /// Puts it into a prepared tree, as its package would.
    static func install(in tree: URL) throws {
        let files = [
            "opt/example-guard/guardd": "#!/bin/true\n",
            "usr/lib/systemd/system/example-guard.service": "[Service]\nExecStart=/opt/example-guard/guardd\n",
            "var/lib/dpkg/info/example-guard.list":
                "/.\n/opt\n/opt/example-guard\n/opt/example-guard/guardd\n/lib/systemd/system/example-guard.service\n",
        ]
        for (name, text) in files {
            let file = tree.appending(path: name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(text.utf8).write(to: file)
        }
        let status = tree.appending(path: "var/lib/dpkg/status")
        let stanza = "\nPackage: \(package)\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1.0\n"
        try (Data(contentsOf: status) + Data(stanza.utf8)).write(to: status)
    }
}

/// The prepared Windows device, an office's computer with two antivirus products.
enum PreparedRecording {
    static let path = Province.fixture("windows-conflict.jsonl")

    /// The same device with the approved product alone, and with more records.
    static func approved(adding records: [String]) throws -> String {
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
        let kept = lines.filter { !$0.lowercased().contains("avast") && !$0.contains("Norton") }
        try #require(kept.count < lines.count)
        // Records of sources follow what they are about.
        let isSource = { (line: String) in line.contains(#""kind":"source""#) }
        let all = kept.filter { !isSource($0) } + records + kept.filter(isSource)
        return all.joined(separator: "\n") + "\n"
    }
}

extension Province {
    /// The text of the catalog in use, as an officer takes it to change it.
    func catalog(serving: Serving) async throws -> String {
        let outcome = try await khien("catalog", "show", "--text", serving: serving)
        try #require(outcome.status == 0, "\(outcome.errors)")
        return outcome.output
    }

    /// Publishes a text.
    func publish(
        _ text: String,
        _ options: String...,
        serving: Serving,
        profile: URL? = nil
    ) async throws -> Program.Outcome {
        let file = folder.appending(path: "catalog-\(UUID().uuidString).tsv")
        try Data(text.utf8).write(to: file)
        let profile = profile ?? self.profile
        try point(profile, at: serving)
        return try await Program.admin.run(
            ["--profile", profile.path, "--timeout", "10m", "catalog", "publish", file.path, "--format", "json"]
                + options
        )
    }

    /// The names of the computers with a conflict.
    func conflicts(serving: Serving) async throws -> Set<String> {
        let outcome = try await khien("conflicts", "--format", "json", serving: serving)
        try #require(outcome.status == 0, "\(outcome.errors)")
        let rows = try #require(try json(outcome.output) as? [[String: Any]])
        return Set(rows.compactMap { $0["host_name"] as? String })
    }

    /// Asks until the conflicts are these, or for too long: a collector with much to do judges devices again while it
    /// answers.
    func conflicts(becoming hosts: Set<String>, serving: Serving) async throws -> Set<String> {
        let end = ContinuousClock.now + .seconds(1200)
        var seen = try await conflicts(serving: serving)
        while seen != hosts, ContinuousClock.now < end { seen = try await conflicts(serving: serving) }
        return seen
    }

    /// Everything that an officer sees of a device.
    func device(_ state: URL, serving: Serving) async throws -> [String: Any] {
        let id = try Self.identity(state).deviceID
        let outcome = try await khien("device", "show", id, "--format", "json", serving: serving)
        try #require(outcome.status == 0, "\(outcome.errors)")
        return try #require(try json(outcome.output) as? [String: Any])
    }

    /// The device that has this state.
    static func identity(_ state: URL) throws -> Agent.DeviceIdentity {
        try IdentityFiles(state: try StateDirectory.open(state.path, creating: false)).load()
    }

    /// Sends what a recording says, in the name of the device with this state: what an agent on Windows would send.
    static func report(_ state: URL, recording: String, sequence: UInt64 = 1) throws -> SubmitAnswer {
        let device = try identity(state)
        let scan = Scan(Recording(Array(recording.utf8)).reading(), catalog: try Catalog.builtIn(for: nil))
        let report = try ReportEncoder.signedReport(
            ReportEncoder.encode(scan),
            isWhole: true,
            epoch: 1,
            sequence: sequence,
            observedAtMilliseconds: 1_790_000_000_000,
            key: device.key
        )
        let answer = try AgentConnection(identity: device).call(method: GRPCMethod.submit, request: report)
        return try #require(SubmitAnswer(answer))
    }
}

extension String {
    /// A catalog with a higher version and more rows.
    func raised(by step: Int = 1, adding rows: String = "") throws -> String {
        let line = try #require(firstMatch(of: /(?m)^version\t(\d+)$/))
        let version = try #require(Int(line.output.1))
        return replacing(line.output.0, with: "version\t\(version + step)", maxReplacements: 1) + rows
    }
}
