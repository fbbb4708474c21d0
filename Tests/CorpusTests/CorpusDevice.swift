import Agent
import Foundation
import Shared
import Testing

/// One labeled device: what its probes recorded, and what is true of it.
struct CorpusDevice: Sendable, CustomTestStringConvertible {
    /// The truth, by the rule and by what is known of the products; never by what the code says.
    struct Label: Sendable, Decodable {
        var device: String
        /// What the device is, in a sentence.
        var what: String
        var platform: String
        /// What the device is an example of; see `RequiredTags`.
        var tags: [String]
        /// `family grade role` of each product, in order.
        var products: [String]
        /// Names of unknown antiviruses.
        var unknown: [String]
        /// Words of findings, each with its families.
        var findings: [String: [String]]
    }

    /// One line of a recording.
    struct Line: Sendable, Hashable {
        var text: String
        /// The kind of record.
        var kind: String
        /// The source that the record belongs to, by the name that `source` records have.
        var source: String?
        /// The line as the program reads it.
        var record: ProbeRecord
    }

    var label: Label
    var lines: [Line]

    var testDescription: String { label.device }

    /// The system, as the accuracy table counts it.
    var system: String { label.platform }
}

extension CorpusDevice {
    /// The folder of the data.
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Devices")

    /// All devices; empty when the data cannot be read, which `CorpusInvariantTests` says in words.
    static let all: [CorpusDevice] = (try? load()) ?? []

    /// The lines of a part, which several devices share.
    static let parts: [String: [Line]] = (try? loadParts()) ?? [:]

    /// Reads every file of the folder.
    static func load() throws -> [CorpusDevice] {
        let parts = try loadParts()
        var devices: [CorpusDevice] = []
        for file in try files(in: folder) {
            for text in try lines(of: file) {
                if text.hasPrefix(#"{"device""#) {
                    let label = try JSONDecoder().decode(Label.self, from: Data(text.utf8))
                    devices.append(CorpusDevice(label: label, lines: []))
                    continue
                }
                guard !devices.isEmpty else { throw CorpusError(file: file, line: text) }
                if text.hasPrefix(#"{"include""#) {
                    let include = try JSONDecoder().decode([String: String].self, from: Data(text.utf8))
                    guard let name = include["include"], let part = parts[name] else {
                        throw CorpusError(file: file, line: text)
                    }
                    devices[devices.count - 1].lines += part
                } else {
                    devices[devices.count - 1].lines.append(try Line(text))
                }
            }
        }
        return devices
    }

    private static func loadParts() throws -> [String: [Line]] {
        var parts: [String: [Line]] = [:]
        var name = ""
        for file in try files(in: folder.appending(path: "Parts")) {
            for text in try lines(of: file) {
                if text.hasPrefix(#"{"part""#) {
                    name = try JSONDecoder().decode([String: String].self, from: Data(text.utf8))["part"] ?? ""
                    guard parts[name] == nil else { throw CorpusError(file: file, line: text) }
                    parts[name] = []
                } else {
                    parts[name, default: []].append(try Line(text))
                }
            }
        }
        return parts
    }

    private static func files(in folder: URL) throws -> [URL] {
        try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "jsonl" }
            .sorted { $0.path() < $1.path() }
    }

    private static func lines(of file: URL) throws -> [String] {
        try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
    }
}

extension CorpusDevice.Line {
    /// A line of the data, or of a test.
    init(_ text: String) throws {
        guard let record = Recording(text.utf8).records.first else { throw CorpusError(file: nil, line: text) }
        let source =
            switch record.kind {
            case "service": record.text("type") == "driver" ? "driver" : "service"
            case "host": nil as String?
            case "fact", "source": record.text("source")
            default: record.kind
            }
        self.init(text: text, kind: record.kind, source: source, record: record)
    }

    /// The record of a source that could not be read.
    static func unavailable(_ source: String) throws -> Self {
        try Self(#"{"kind":"source","source":"\#(source)","state":"unavailable","reason":"taken away by a test"}"#)
    }
}

/// A line of the data that has no place where it stands.
struct CorpusError: Error, CustomStringConvertible {
    var file: URL?
    var line: String

    var description: String { "\(file?.lastPathComponent ?? "line"): \(line.prefix(120))" }
}
