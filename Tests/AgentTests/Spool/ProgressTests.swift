import Testing

@testable import Agent

@Suite
struct ProgressTests {
    private let folder: TemporaryFolder
    private let state: StateDirectory
    private let device = String(repeating: "ab", count: 16)
    private let progress: Progress

    init() throws {
        folder = try TemporaryFolder()
        state = try StateDirectory.open(folder.path, creating: false)
        var progress = Progress()
        progress.acknowledgement = Progress.Acknowledgement(
            epoch: 5,
            sequence: 6,
            atMilliseconds: 7,
            digest: "00ff",
            findings: ["multiple-antivirus: A, B", "unapproved-antivirus: B"],
            nextReportSeconds: 60
        )
        progress.losses.dropped = 2
        progress.truncated = 3
        progress.lastFailure = "no route"
        progress.isCloned = true
        self.progress = progress
    }

    @Test
    func `Everything is found again`() throws {
        try progress.save(state, deviceID: device)
        #expect(try Progress.load(state, deviceID: device) == progress)
    }

    @Test
    func `A missing file and that of another device are nothing remembered`() throws {
        #expect(try Progress.load(state, deviceID: device) == Progress())
        try progress.save(state, deviceID: device)
        #expect(try Progress.load(state, deviceID: String(repeating: "cd", count: 16)) == Progress())
    }

    @Test(arguments: [11, 12] as [UInt64])
    func `A damaged file is nothing remembered, whatever the damage`(seed: UInt64) throws {
        try progress.save(state, deviceID: device)
        let bytes = try folder.read("progress")
        var random = SeededRandom(seed: seed)
        for round in 0..<500 {
            let changed = random.mutated(bytes)
            guard changed != bytes else { continue }
            try folder.write("progress", changed)
            #expect(try Progress.load(state, deviceID: device) == Progress(), "seed \(seed), round \(round)")
        }
    }

    @Test
    func `An interval outside its limits is brought inside`() throws {
        for (stored, expected) in [(0, 10), (9_999_999, 86400), (60, 60)] {
            var changed = progress
            changed.acknowledgement?.nextReportSeconds = stored
            try changed.save(state, deviceID: device)
            #expect(try Progress.load(state, deviceID: device).acknowledgement?.nextReportSeconds == expected)
        }
    }
}
