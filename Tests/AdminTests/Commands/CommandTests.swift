import Foundation
import GRPCCore
import Messages
import SwiftProtobuf
import Testing

@testable import Admin

/// Every command against a fake collector over real TLS.
@Suite struct CommandTests {
    private static let fingerprint = String(repeating: "ab", count: 32)

    private static func device(_ number: Int) -> Khien_V1_Device {
        .with {
            $0.id = "device-\(number)"
            $0.hostName = "host-\(number)"
            $0.unitCode = "SYT"
            $0.standing = .inOrder
            $0.enrolledAtMs = Run.now
        }
    }

    @Test("all pages are fetched; a limit cuts them", arguments: OutputFormat.allCases)
    func paging(format: OutputFormat) async throws {
        let total = AdminLimits.pageRows + 3
        var answers = FakeAdministration.Answers()
        answers.devices = (0..<total).map(Self.device)
        try await TestCollector.serving(answers) { collector in
            let all = try await collector.khien("devices", "--unit", "SYT", "--format", format.rawValue)
            #expect(all.output.contains("device-\(total - 1)"))
            #expect(all.output.split(separator: "\n").filter { $0.contains("device-") }.count == total)
            let page = AdminLimits.pageRows
            #expect(collector.service.calls == ["listDevices SYT \(page) ", "listDevices SYT \(page) \(page)"])

            let few = try await collector.khien("devices", "--limit", "2", "--format", format.rawValue)
            #expect(few.output.split(separator: "\n").filter { $0.contains("device-") }.count == 2)
            #expect(few.output.contains("2 of \(total) devices") == (format == .table))
        }
    }

    @Test("pages that never end are given up with 1")
    func endlessPages() async throws {
        var answers = FakeAdministration.Answers()
        answers.devices = (0..<3).map(Self.device)
        answers.repeatsPages = true
        try await TestCollector.serving(answers) { collector in
            let run = try await collector.khien("devices")
            #expect(run.status == .refused)
            #expect(run.errors.contains("circle"))
        }
    }

    @Test("conflicts are shown with since when and which products")
    func conflicts() async throws {
        var answers = FakeAdministration.Answers()
        answers.messages["listFindings"] = Khien_V1_ListFindingsResponse.with {
            $0.total = 1
            $0.findings = [
                .with {
                    $0.deviceID = "device-1"
                    $0.hostName = "=cmd"
                    $0.unitCode = "SYT"
                    $0.unitName = "Sở Y tế"
                    $0.openedAtMs = Run.now
                    $0.lastReportAtMs = Run.now
                    $0.products = ["Kaspersky", "ESET"]
                }
            ]
        }
        try await TestCollector.serving(answers) { collector in
            let table = try await collector.khien("conflicts")
            #expect(table.output.contains("2025-11-23 08:05  SYT   Sở Y tế           device-1  =cmd  Kaspersky, ESET"))
            #expect(table.output.hasSuffix("\n1 conflict.\n"))
            let csv = try await collector.khien("conflicts", "--format", "csv")
            #expect(csv.output.contains("Sở Y tế,device-1,'=cmd,\"Kaspersky; ESET\",2025-11-23T08:05:00Z,"))
        }
    }

    @Test("a token is created as asked, and its line for the device is printed")
    func tokenCreate() async throws {
        var answers = FakeAdministration.Answers()
        let join = "khien://127.0.0.1:7444/abc?ca=sha256:\(Self.fingerprint)"
        answers.token = .with {
            $0.token.id = "t1"
            $0.join = join
        }
        try await TestCollector.serving(answers) { collector in
            let run = try await collector.khien("token", "create", "--unit", "SYT")
            #expect(run.output.contains("khien-agent enroll --state /var/lib/khien '\(join)'"))
            let json = try await collector.khien(
                "token",
                "create",
                "--unit",
                "SYT",
                "--uses",
                "5",
                "--expires",
                "12h",
                "--format",
                "json"
            )
            let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
            #expect(object?["join"] as? String == join)
            #expect(collector.service.calls == ["createToken SYT 1 604800", "createToken SYT 5 43200"])
        }
    }

    @Test("a join string that a shell would take apart is not printed")
    func badJoin() async throws {
        var answers = FakeAdministration.Answers()
        answers.token.join = "khien://h:1/abc'; rm -rf ~; '?ca=sha256:\(Self.fingerprint)"
        try await TestCollector.serving(answers) { collector in
            let run = try await collector.khien("token", "create", "--unit", "SYT")
            #expect(run.status == .refused)
            #expect(run.output == "")
        }
    }

    @Test("what changes something says what it changed, in every format", arguments: OutputFormat.allCases)
    func changes(format: OutputFormat) async throws {
        try await TestCollector.serving { collector in
            let name = format.rawValue
            let device = try await collector.khien(
                "device",
                "revoke",
                "abcd",
                "--reason",
                "stolen",
                "--yes",
                "--format",
                name
            )
            let token = try await collector.khien("token", "revoke", "t1", "--format", name)
            let officer = try await collector.khien("officer", "revoke", "lan", "--yes", "--format", name)
            for (run, word) in [(device, "abcd"), (token, "t1"), (officer, "lan")] {
                #expect(run.status == .done)
                #expect(run.output.contains(word))
            }
            #expect(collector.service.calls == ["revokeDevice abcd stolen", "revokeToken t1", "revokeOfficer lan"])
        }
    }

    @Test("tokens and officers are listed")
    func lists() async throws {
        var answers = FakeAdministration.Answers()
        answers.tokens.tokens = [
            .with {
                $0.id = "t1"
                $0.unitCode = "SYT"
                $0.uses = 5
                $0.usesLeft = 4
                $0.createdBy = "lan"
            }
        ]
        answers.officers.officers = [
            .with {
                $0.name = "lan"
                $0.role = .unit
                $0.unitCode = "SYT"
            },
            .with {
                $0.name = "hoa"
                $0.role = .UNRECOGNIZED(9)
                $0.revokedAtMs = Run.now
            },
        ]
        try await TestCollector.serving(answers) { collector in
            let tokens = try await collector.khien("token", "list", "--format", "csv")
            #expect(tokens.output.contains("t1,SYT,5,4,1970-01-01T00:00:00Z,1970-01-01T00:00:00Z,lan,\n"))
            let officers = try await collector.khien("officer", "list", "--format", "csv")
            #expect(officers.output.contains("lan,unit,SYT,"))
            #expect(officers.output.contains("hoa,unknown-9,,"))
            #expect(officers.output.hasSuffix("2025-11-23T08:05:00Z\n"))
            let few = try await collector.khien("officer", "list", "--limit", "1")
            #expect(few.output.contains("1 of 2 officers"))
        }
    }

    @Test("a device is asked for by the beginning of its id")
    func deviceShow() async throws {
        var answers = FakeAdministration.Answers()
        answers.device = DeviceDocumentTests.answer
        try await TestCollector.serving(answers) { collector in
            let run = try await collector.khien("device", "show", "0123")
            #expect(run.output.contains("Product: Kaspersky Endpoint Security"))
            #expect(collector.service.calls == ["getDevice 0123"])
        }
    }

    @Test("a refusal exits with 1, leaves the output empty, and is safe to show", arguments: OutputFormat.allCases)
    func refusal(format: OutputFormat) async throws {
        var answers = FakeAdministration.Answers()
        answers.refusal = RPCError(code: .permissionDenied, message: "Officer lan was revoked.\u{1B}[2J")
        try await TestCollector.serving(answers) { collector in
            for command in [["units"], ["devices"], ["conflicts"], ["device", "show", "abcd"], ["token", "list"]] {
                let profile = try collector.profile()
                let run = await Run.khien(
                    command + ["--format", format.rawValue, "--profile", profile.path, "--timeout", "2m"]
                )
                #expect(run.status == .refused)
                #expect(run.output == "")
                #expect(run.errors.contains("Officer lan was revoked.\\u{1B}[2J"))
            }
        }
    }

    @Test("a reader that went away ends the program quietly")
    func closedPipe() async throws {
        var answers = FakeAdministration.Answers()
        answers.devices = [Self.device(1)]
        try await TestCollector.serving(answers) { collector in
            let errors = MemorySink()
            let context = CommandContext(
                environment: [:],
                output: ClosedSink(),
                errors: errors,
                zone: .universal,
                now: { Run.now }
            )
            let profile = try collector.profile()
            let status = await AdminTool.run(["devices", "--profile", profile.path, "--timeout", "2m"], in: context)
            #expect(status == .done)
            #expect(errors.text == "")
        }
    }
}
