import Shared

/// How often the program is right about the corpus, counted by kind of finding, system and grade.
struct AccuracyTable {
    /// One line's counts.
    struct Counts: Equatable {
        var devices = 0
        var truePositives = 0
        var falsePositives = 0
        var falseNegatives = 0

        /// Of what is said, the part that is true; `nil` when nothing is said.
        var precision: Double? { share(of: truePositives + falsePositives) }
        /// Of what is true, the part that is said; `nil` when nothing is.
        var recall: Double? { share(of: truePositives + falseNegatives) }

        private func share(of whole: Int) -> Double? {
            whole > 0 ? Double(truePositives) / Double(whole) : nil
        }

        fileprivate mutating func count(_ said: Set<String>, _ truth: Set<String>) {
            devices += 1
            truePositives += said.intersection(truth).count
            falsePositives += said.subtracting(truth).count
            falseNegatives += truth.subtracting(said).count
        }
    }

    /// The lines in the order of the table.
    private(set) var rows: [(what: String, system: String, counts: Counts)] = []
    private(set) var all = 0
    private(set) var right = 0

    /// Compares what is said with what is true, device by device.
    init(_ devices: [(system: String, said: Outcome, truth: Outcome)]) {
        all = devices.count
        right = devices.filter { $0.said == $0.truth }.count
        let systems = ["all"] + Set(devices.map(\.system)).sorted()
        for kind in FindingKind.allCases {
            add(kind.word, systems, devices) { outcome in
                outcome.findings[kind.word].map { ["\($0)"] } ?? []
            }
        }
        for grade in EvidenceGrade.allCases {
            add(grade.word + " products", systems, devices) { outcome in
                outcome.products.filter { $0.split(separator: " ").dropFirst().first == Substring(grade.word) }
            }
        }
        add("unknown antivirus", systems, devices) { Array($0.unknown) }
    }

    private mutating func add(
        _ what: String,
        _ systems: [String],
        _ devices: [(system: String, said: Outcome, truth: Outcome)],
        of part: (Outcome) -> some Collection<String>
    ) {
        for system in systems {
            var counts = Counts()
            for device in devices where system == "all" || device.system == system {
                counts.count(Set(part(device.said)), Set(part(device.truth)))
            }
            rows.append((what, system, counts))
        }
    }

    /// The counts of one line.
    func counts(_ what: String, _ system: String = "all") -> Counts? {
        rows.first { $0.what == what && $0.system == system }?.counts
    }

    /// The table for people.
    var text: String {
        var lines = ["\(right) of \(all) devices are right in every product and finding.", ""]
        let head = ["what", "system", "devices", "true", "false", "missed", "precision", "recall"]
        let cells =
            [head]
            + rows.map { what, system, counts in
                [
                    what, system, "\(counts.devices)", "\(counts.truePositives)", "\(counts.falsePositives)",
                    "\(counts.falseNegatives)", Self.text(counts.precision), Self.text(counts.recall),
                ]
            }
        let widths = head.indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
        lines += cells.map { row in
            row.indices.map { column in
                let space = String(repeating: " ", count: widths[column] - row[column].count)
                return column < 2 ? row[column] + space : space + row[column]
            }.joined(separator: "  ")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Four digits; a share that is not whole never looks like one.
    private static func text(_ share: Double?) -> String {
        guard let share else { return "-" }
        if share == 1 { return "1" }
        let digits = String(Int(share * 10_000))
        return "0." + String(repeating: "0", count: 4 - digits.count) + digits
    }
}
