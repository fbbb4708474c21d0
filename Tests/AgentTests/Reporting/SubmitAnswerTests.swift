import Shared
import Testing

@testable import Agent

@Suite
struct SubmitAnswerTests {
    @Test
    func `An answer is read as it was written`() throws {
        let bytes = TestAnswers.submit(
            epoch: 5,
            sequence: 6,
            findings: [(1, ["A", "B"]), (3, [])],
            nextReportSeconds: 60,
            wantsInventory: true
        )
        let answer = try #require(SubmitAnswer(bytes))
        #expect(answer.epoch == 5 && answer.sequence == 6)
        #expect(answer.nextReportSeconds == 60)
        #expect(answer.wantsInventory)
        #expect(answer.seat == .held)
        #expect(answer.collectorTimeMilliseconds == 1_764_000_000_000)
        #expect(answer.findings.map(\.kind) == [.multipleAntivirus, .noAntivirus])
        #expect(answer.findings.map(\.line) == ["multiple-antivirus: A, B", "no-antivirus"])
    }

    @Test(arguments: [(0, 10), (9, 10), (10, 10), (86400, 86400), (86401, 86400), (UInt32.max, 86400)])
    func `An interval outside its limits is brought inside`(seconds: UInt32, expected: Int) throws {
        let answer = try #require(SubmitAnswer(TestAnswers.submit(epoch: 1, sequence: 1, nextReportSeconds: seconds)))
        #expect(answer.nextReportSeconds == expected)
    }

    @Test
    func `Every finding has its word, and the catalog's version is read`() throws {
        let kinds = FindingKind.allCases
        let bytes = TestAnswers.submit(
            epoch: 1,
            sequence: 1,
            findings: kinds.map { (UInt32($0.rawValue), ["X"]) },
            catalogVersion: .max
        )
        let answer = try #require(SubmitAnswer(bytes))
        #expect(answer.findings.map(\.kind) == kinds)
        #expect(
            answer.findings.suffix(3).map(\.line) == [
                "outdated-signatures: X", "over-cap: X", "term-expired: X",
            ]
        )
        #expect(answer.catalogVersion == Int(UInt32.max))
        #expect(SubmitAnswer(TestAnswers.submit(epoch: 1, sequence: 1))?.catalogVersion == 0)
    }

    @Test
    func `Findings and seats that a later collector may know are tolerated`() throws {
        let bytes = TestAnswers.submit(epoch: 1, sequence: 1, findings: [(77, ["X"])], seat: 99)
        let answer = try #require(SubmitAnswer(bytes))
        #expect(answer.findings.map(\.kind) == [nil])
        #expect(answer.findings.map(\.line) == ["unknown-finding: X"])
        #expect(answer.seat == nil)
    }

    @Test
    func `What is kept of a verdict is bounded and safe to show`() throws {
        let many = (0..<40).map { _ in
            (UInt32(1), (0..<40).map { _ in "\u{1B}[2J" + String(repeating: "x", count: 200) })
        }
        var bytes = TestAnswers.submit(epoch: 1, sequence: 1, findings: Array(many.prefix(6)))
        let answer = try #require(SubmitAnswer(bytes))
        #expect(answer.findings.count == 6)
        for finding in answer.findings {
            #expect(finding.products.count == AgentLimits.verdictProducts)
            #expect(finding.products.allSatisfy { !$0.contains("\u{1B}") && $0.utf8.count <= 140 })
        }
        bytes = TestAnswers.submit(epoch: 1, sequence: 1, findings: (0..<100).map { _ in (1, []) })
        #expect(SubmitAnswer(bytes)?.findings.count == AgentLimits.verdictFindings)
    }

    @Test
    func `An answer over its limit is refused before it is read`() {
        let findings = (0..<AgentLimits.submitAnswerBytes).map { _ in (kind: UInt32(1), products: [String]()) }
        let bytes = TestAnswers.submit(epoch: 1, sequence: 1, findings: findings)
        #expect(bytes.count > AgentLimits.submitAnswerBytes)
        #expect(SubmitAnswer(bytes) == nil)
    }

    @Test(arguments: [41, 42, 43] as [UInt64])
    func `Random changes never crash the reader, and never pass a limit`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let bytes = TestAnswers.submit(epoch: 5, sequence: 6, findings: [(1, ["A", "B"]), (3, []), (2, ["Ậ"])])
        for round in 0..<5000 {
            guard let answer = SubmitAnswer(random.mutated(bytes)) else { continue }
            #expect(WireLimits.reportIntervalSeconds.contains(answer.nextReportSeconds), "seed \(seed), round \(round)")
            #expect(answer.findings.count <= AgentLimits.verdictFindings, "seed \(seed), round \(round)")
        }
    }

    @Test
    func `Only an answer to the record itself counts as its acknowledgement`() {
        let record = SpoolRecord(kind: .inventory, epoch: 5, sequence: 6, digest: [], payload: [])
        guard case .acknowledged = Delivery(TestAnswers.submit(epoch: 5, sequence: 6), to: record) else {
            Issue.record("the right answer was not taken")
            return
        }
        let others: [[UInt8]] = [
            TestAnswers.submit(epoch: 5, sequence: 7), TestAnswers.submit(epoch: 4, sequence: 6), [], [0xFF, 0xFF],
        ]
        for other in others {
            guard case .kept(let error) = Delivery(other, to: record) else {
                Issue.record("an answer to something else was taken")
                return
            }
            #expect(error.code == .protocolViolation)
        }
    }
}
