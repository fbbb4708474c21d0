import Foundation
import Shared
import Testing

/// The figure that decides whether anybody believes the list.
@Suite("accuracy") struct AccuracyTests {
    @Test("no conflict of the corpus is false, and none is missed")
    func namesEveryConflictAndNoOther() throws {
        _ = try CorpusTests.catalog.get()
        let table = AccuracyTable(
            try CorpusDevice.all.map { device in
                (device.system, try #require(CorpusTests.said[device.label.device]), Outcome(device.label))
            }
        )
        // `make accuracy` shows the table.
        if let path = ProcessInfo.processInfo.environment["KHIEN_ACCURACY_TABLE"] {
            try Data(table.text.utf8).write(to: URL(filePath: path))
        }
        let conflicts = try #require(table.counts("multiple-antivirus"))
        #expect(conflicts.truePositives >= 60, "too few conflicts to say anything")
        #expect(conflicts.falsePositives == 0, "\(conflicts.falsePositives) devices are accused falsely")
        #expect(conflicts.falseNegatives == 0, "\(conflicts.falseNegatives) conflicts are missed")
    }

    @Test("the table counts what is false and what is missed")
    func countsMistakes() throws {
        func outcome(_ products: [String], _ findings: [String: [String]]) -> Outcome {
            Outcome(
                CorpusDevice.Label(
                    device: "d",
                    what: "",
                    platform: "windows",
                    tags: [],
                    products: products,
                    unknown: [],
                    findings: findings
                )
            )
        }
        let conflict = ["multiple-antivirus": ["a", "b"]]
        let table = AccuracyTable([
            ("windows", outcome(["a confirmed antivirus"], conflict), outcome(["a confirmed antivirus"], conflict)),
            ("windows", outcome([], conflict), outcome([], [:])),
            ("linux", outcome([], [:]), outcome(["a remnant antivirus"], conflict)),
            // The right kind about the wrong families is one false and one missed finding.
            ("linux", outcome([], ["multiple-antivirus": ["a", "c"]]), outcome([], conflict)),
        ])
        let all = try #require(table.counts("multiple-antivirus"))
        #expect(all == .init(devices: 4, truePositives: 1, falsePositives: 2, falseNegatives: 2))
        #expect(all.precision == 1.0 / 3 && all.recall == 1.0 / 3)
        #expect(table.counts("multiple-antivirus", "windows")?.falsePositives == 1)
        #expect(table.counts("remnant products", "linux")?.falseNegatives == 1)
        #expect(table.counts("no-antivirus")?.recall == nil)
        #expect(table.text.hasPrefix("1 of 4 devices are right in every product and finding.\n"))
    }
}
