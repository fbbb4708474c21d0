import Agent
import Shared
import Testing

/// What the corpus has to hold, so that it cannot shrink unnoticed.
@Suite("corpus itself") struct CorpusInvariantTests {
    private static let platforms = ["linux", "macos", "windows", "windows-server"]

    @Test("the data can be read, and every device has its own name")
    func canBeRead() throws {
        let devices = try CorpusDevice.load()
        #expect(Set(devices.map(\.label.device)).count == devices.count)
        for device in devices {
            #expect(Self.platforms.contains(device.label.platform), "\(device.label.device)")
            #expect(device.lines.first?.kind == "host", "\(device.label.device)")
            #expect(device.lines.contains { $0.kind == "source" }, "\(device.label.device)")
            #expect(device.label.what.hasSuffix("."), "\(device.label.device)")
        }
    }

    @Test("no line of the data is lost on the way")
    func losesNoLine() {
        for device in CorpusDevice.all {
            let recording = Recording(device.lines.map(\.text).joined(separator: "\n").utf8)
            #expect(recording.records.count == device.lines.count, "\(device.label.device)")
        }
    }

    @Test("it has enough devices of every kind")
    func isLargeEnough() {
        let labels = CorpusDevice.all.map(\.label)
        #expect(labels.count >= 400)
        for platform in Self.platforms {
            #expect(labels.filter { $0.platform == platform }.count >= 25, "\(platform)")
        }
        let families = Set(labels.flatMap(\.products).compactMap { $0.split(separator: " ").first })
        #expect(families.count >= 90)
        #expect(labels.filter { $0.findings["multiple-antivirus"] != nil }.count >= 100)
        #expect(labels.filter { $0.findings["ghost-registration"] != nil }.count >= 30)
        #expect(labels.filter { $0.products.contains { $0.contains(" remnant ") } }.count >= 12)
        let clean = labels.filter { label in
            label.findings["multiple-antivirus"] == nil
                && label.products.filter { $0.hasSuffix(" confirmed antivirus") }.count == 1
        }
        #expect(clean.count >= 100)
    }

    @Test("labels use the words of findings, grades, roles and of the catalog")
    func usesKnownWords() throws {
        let catalog = try CorpusTests.catalog.get()
        for label in CorpusDevice.all.map(\.label) {
            for product in label.products {
                let words = product.split(separator: " ").map(String.init)
                try #require(words.count == 3, "\(label.device): \(product)")
                #expect(catalog.family(words[0]) != nil, "\(label.device): \(product)")
                #expect(EvidenceGrade.allCases.contains { $0.word == words[1] }, "\(label.device): \(product)")
                #expect(ProductRole(word: words[2]) != nil, "\(label.device): \(product)")
            }
            #expect(Set(label.products).count == label.products.count, "\(label.device)")
            for kind in label.findings.keys {
                #expect(FindingKind(word: kind) != nil, "\(label.device): \(kind)")
            }
        }
    }

    @Test("every trap that is known has a device", arguments: RequiredTags.all)
    func holdsTrap(_ tag: RequiredTag) {
        let count = CorpusDevice.all.count { $0.label.tags.contains(tag.name) }
        #expect(count >= tag.devices, "\(tag.name) (\(tag.what)): \(count) devices, not \(tag.devices)")
    }

    @Test("every tag of a device is in the list of traps")
    func hasNoOtherTags() {
        let known = Set(RequiredTags.all.map(\.name))
        for label in CorpusDevice.all.map(\.label) {
            for tag in label.tags { #expect(known.contains(tag), "\(label.device): \(tag)") }
        }
    }
}
