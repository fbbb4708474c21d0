import GRPCCore
import Messages
import Testing

@testable import Admin

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What an officer is told of a change whose answer did not come, or could not be written.
@Suite struct ChangeRecordTests {
    /// A disk without room.
    private struct FullSink: ByteSink {
        func write(_ bytes: [UInt8]) throws {
            let descriptor = open("/dev/full", O_WRONLY)
            defer { close(descriptor) }
            try FileDescriptorSink(descriptor: descriptor).write(bytes)
        }
    }

    private static let changes: [[String]] = [
        ["token", "revoke", "abcd"], ["unit", "close", "so-y-te", "--document", "1", "--yes"],
        ["request", "withdraw", "1", "--revision", "1"], ["finding", "acknowledge", "1", "--revision", "1"],
    ]

    @Test
    func `All methods but those that look are changes`() {
        let looks = Khien_V1_AdministrationService.Method.descriptors.map(\.method)
            .filter { !ChangeRecord.isChange($0) }
        #expect(looks.count == 18)
        #expect(looks.allSatisfy { $0.hasPrefix("Get") || $0.hasPrefix("List") || $0 == "ShowCatalog" })
    }

    @Test(arguments: changes)
    func `A change that was sent and not answered may have been made`(arguments: [String]) async throws {
        var answers = FakeAdministration.Answers()
        answers.isSilent = true
        try await TestCollector.serving(answers) { collector in
            // On a busy machine the time may be over before the call gets there: then nothing was sent.
            for patience in ["1s", "4s", "16s", "64s"] {
                let run = try await collector.khien(arguments + ["--timeout", patience])
                #expect(run.status == .unreachable)
                guard !collector.service.calls.isEmpty else { continue }
                #expect(run.errors.contains("may have been made"), "\(run.errors)")
                #expect(collector.service.calls.count == 1)
                return
            }
            Issue.record("the call never got there")
        }
    }

    @Test
    func `What only looks, or only tries, changes nothing when it is not answered`() async throws {
        var answers = FakeAdministration.Answers()
        answers.isSilent = true
        let folder = try TemporaryFolder()
        try folder.write("catalog.txt", "version\t1\n")
        try folder.write("seats.csv", "code,seats\nso-y-te,1\n")
        try await TestCollector.serving(answers) { collector in
            for arguments in [
                ["units"], ["token", "list"], ["catalog", "publish", "\(folder.path)/catalog.txt", "--dry-run"],
                ["allocation", "import", "\(folder.path)/seats.csv", "--document", "1"],
            ] {
                let run = try await collector.khien(arguments + ["--timeout", "1s"])
                #expect(run.status == .unreachable)
                #expect(!run.errors.contains("may have been made"), "\(run.errors)")
            }
        }
    }

    @Test
    func `A change that never left this machine was not made`() async throws {
        let profile = try TestProfile(TestAuthority(), endpoint: "127.0.0.1:1")
        let run = await Run.khien(["token", "revoke", "abcd", "--profile", profile.path, "--timeout", "5s"])
        #expect(run.status == .unreachable)
        #expect(!run.errors.contains("may have been made"))
    }

    // A unit that is closed has no rows to write in the fake's answer.
    @Test(arguments: changes.filter { $0[0] != "unit" } + [["units"]])
    func `A change whose result cannot be written was made, and says so`(arguments: [String]) async throws {
        try await TestCollector.serving { collector in
            let errors = MemorySink()
            let context = CommandContext(
                environment: [:],
                output: FullSink(),
                errors: errors,
                zone: .universal,
                now: { Run.now }
            )
            let profile = try collector.profile()
            let status = await AdminTool.run(arguments + ["--profile", profile.path, "--timeout", "2m"], in: context)
            #expect(status == .unwritten)
            #expect(errors.text.contains("The change was made") == (arguments != ["units"]), "\(errors.text)")
            #expect(errors.text.contains("No space left on device"))
        }
    }
}
