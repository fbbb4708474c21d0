import Shared
import Testing

@testable import Agent

@Suite
struct RecordingTests {
    private static func records(_ text: String) -> [ProbeRecord] { Recording(Array(text.utf8)).records }

    @Test("A line is a record with the fields that are known")
    func fields() {
        let records = Self.records(
            #"{"kind":"service","name":"klif","start":1,"file_exists":false,"path":null,"load":0.5,"tiny":-1.5E-3,"list":[1,{"a":[]}],"#
                + #""more":{"x":"y"},"big":99999999999999999999}"# + "\n"
        )
        #expect(
            records == [
                ProbeRecord("service", ["name": .text("klif"), "start": .number(1), "file_exists": .boolean(false)])
            ]
        )
    }

    @Test("Spaces, empty lines, carriage returns and a byte order mark do no harm")
    func spacing() {
        let recording = Recording(
            Array("\u{feff}{ \"kind\" : \"pipe\" ,\t\"name\":\"a\" }\r\n\r\n  \n{\"kind\":\"pipe\"}".utf8)
        )
        #expect(recording.records.map(\.kind) == ["pipe", "pipe"])
        #expect(recording.badLines == 0)
        #expect(recording.troubles.isEmpty)
    }

    private static let texts: [(json: String, text: String)] = [
        (#"a\"b\\c\/d"#, #"a"b\c/d"#), (#"\n\t\r\b\f"#, "\n\t\r\u{8}\u{c}"), (#"\u0110\u1ed9i"#, "Đội"),
        (#"\ud83d\ude00"#, "😀"), (#"\ud83d"#, "\u{fffd}"), (#"\ude00\ud83d"#, "\u{fffd}\u{fffd}"),
        (#"\ud83dx"#, "\u{fffd}x"), (#"\ud83d\u0041"#, "\u{fffd}A"),
        (#"\ud83d\ud83d\ude00"#, "\u{fffd}😀"), ("Лаборатория", "Лаборатория"),
    ]

    @Test("Text is unescaped, and half a pair is U+FFFD", arguments: texts)
    func text(json: String, text: String) {
        #expect(Self.records("{\"kind\":\"x\",\"name\":\"\(json)\"}").first?.text("name") == text)
    }

    private static let badLines = [
        "", "{", "}", "{}", "[]", "null", "{\"kind\":1}", "{\"kind\":\"x\"", "{\"kind\":\"x\"}}", "{\"kind\":\"x\",}",
        "{\"kind\" \"x\"}", "{\"kind\":\"x\",\"a\":}", "{\"kind\":\"x\",\"a\":tru}", "{\"kind\":\"x\",\"a\":--1}",
        "{\"kind\":\"x\",\"a\":+1}", "{\"kind\":\"x\",\"a\":-}", "{\"kind\":\"x\",\"a\":1.}",
        "{\"kind\":\"x\",\"a\":1e}", "{\"kind\":\"x\",\"a\":\"\\u12\"}",
        "{\"kind\":\"x\",\"a\":\"\\u+123\"}", "{\"kind\":\"x\",\"a\":\"\\x\"}", "{\"kind\":\"x\",\"a\":\"\u{1}\"}",
        "{\"kind\":\"x\",\"a\":[1,]}", "{\"kind\":\"x\",\"a\":[}",
    ]

    @Test("A line that cannot be read is counted and named, and those around it are read", arguments: badLines)
    func bad(line: String) {
        let good = "{\"kind\":\"source\",\"source\":\"uninstall\",\"state\":\"complete\"}"
        let recording = Recording(Array("\(good)\n\(line)\n\(good)".utf8))
        #expect(recording.records.count == 2)
        guard !line.isEmpty else { return }
        #expect(recording.badLines == 1)
        #expect(recording.firstBadLine == 2)
        let status = recording.reading().sources.first { $0.source == .uninstall }
        #expect(status?.state == .partial)
        #expect(status?.reason.contains("the first is line 2") == true)
    }

    @Test("Deep lists, many fields and long lines are bad lines, not a trap")
    func tooLarge() {
        let deep = String(repeating: "[", count: 100_000)
        let wide = (0..<100).map { "\"f\($0)\":1" }.joined(separator: ",")
        var limits = WindowsLimits()
        limits.lineBytes = 300_000
        for line in ["{\"kind\":\"x\",\"a\":\(deep)", "{\"kind\":\"x\",\(wide)}"] {
            #expect(Recording(Array(line.utf8), limits: limits).badLines == 1)
        }
        limits.lineBytes = 20
        #expect(Recording(Array("{\"kind\":\"x\",\"name\":\"abcdef\"}".utf8), limits: limits).badLines == 1)
    }

    @Test("A recording beyond its limits is cut and says so")
    func limits() {
        let line = "{\"kind\":\"source\",\"source\":\"uninstall\",\"state\":\"complete\"}\n"
        let bytes = Array(String(repeating: line, count: 4).utf8)
        var limits = WindowsLimits()
        limits.lines = 3
        var recording = Recording(bytes, limits: limits)
        #expect(recording.records.count == 3)
        #expect(recording.isCut)
        #expect(recording.reading().sources.allSatisfy { $0.state == .partial })
        limits = WindowsLimits()
        limits.recordingBytes = line.utf8.count * 2
        recording = Recording(bytes, limits: limits)
        #expect(recording.records.count == 2)
        #expect(recording.isCut)
        limits.recordingBytes = bytes.count
        #expect(!Recording(bytes, limits: limits).isCut)
    }

    @Test("Facts over the limit are left out, and every source says so")
    func factLimit() {
        let fact = #"{"kind":"fact","source":"dpkg","weight":"installed","value":"x"}"# + "\n"
        let source = #"{"kind":"source","source":"dpkg","state":"complete"}"#
        var limits = WindowsLimits()
        limits.facts = 2
        for (count, state) in [(2, SourceStatus.State.complete), (3, .partial)] {
            let text = String(repeating: fact, count: count) + source
            let reading = Recording(Array(text.utf8), limits: limits).reading()
            #expect(reading.facts.count == 2)
            #expect(reading.sources.map(\.state) == [state])
        }
    }

    @Test("A text beyond its limit is cut between characters")
    func longText() {
        var limits = WindowsLimits()
        limits.textBytes = 5
        let recording = Recording(Array("{\"kind\":\"x\",\"name\":\"abĐđß\"}".utf8), limits: limits)
        #expect(recording.records.first?.text("name") == "abĐ")
    }

    private static let reading = DeviceReading(
        host: HostDescription(
            name: "máy-01\n\"x\"",
            operatingSystem: "Debian GNU/Linux 12 (bookworm)",
            platform: .linux,
            architecture: "x86_64",
            agentVersion: khienVersion
        ),
        facts: [
            RawFact(source: .dpkg, kind: .deb, weight: .installed, value: "kesl", version: "12.1.0", subject: 3),
            RawFact(
                source: .installPath,
                kind: nil,
                weight: .leftover,
                value: "/opt/\u{1b}[31m\\x",
                publisher: "Лаборатория",
                detail: "a, b",
                isWeak: true,
                status: ProductStatus(
                    source: .vendorState,
                    protection: .snoozed,
                    signatures: .outdated,
                    signaturesAt: 1_700_000_000,
                    license: .expired,
                    server: "ksc",
                    serverContactAt: 1_700_000_000
                )
            ),
        ],
        sources: [
            SourceStatus(source: .dpkg, state: .complete, entries: 1200),
            SourceStatus(source: .process, state: .partial, reason: "stopped at its deadline", entries: 300),
            SourceStatus(source: .kernelModule, state: .unavailable, reason: "denied"),
            SourceStatus(source: .rpm, state: .absent),
        ].sorted { $0.source < $1.source }
    )

    @Test("What is written is read again as it was")
    func roundTrip() {
        let text = RecordingWriter.text(of: Self.reading, recorded: 1_795_000_000)
        let recording = Recording(Array(text.utf8))
        #expect(recording.badLines == 0)
        var read = recording.reading()
        let subjects = read.facts.map(\.subject)
        #expect(subjects[0] != nil && subjects[1] == nil)
        read.facts[0].subject = 3
        var expected = Self.reading
        expected.host.name = "máy-01\u{fffd}\"x\""
        #expect(read == expected)
        #expect(text.utf8.allSatisfy { $0 == 0x0a || $0 >= 0x20 })
    }

    @Test("A fact of a source, kind or weight that is not known is passed over")
    func unknownFacts() {
        let lines = [
            #"{"kind":"fact","source":"oracle","weight":"installed","value":"x"}"#,
            #"{"kind":"fact","source":"dpkg","weight":"heavy","value":"x"}"#,
            #"{"kind":"fact","source":"dpkg","signal":"smell","weight":"installed","value":"x"}"#,
            #"{"kind":"fact","source":"dpkg","weight":"installed"}"#,
            #"{"kind":"fact","source":"dpkg","signal":null,"weight":"installed","value":"y","subject":-1}"#,
        ]
        let facts = Recording(Array(lines.joined(separator: "\n").utf8)).reading().facts
        #expect(facts.map(\.value) == ["y"])
        #expect(facts.first?.subject == nil)
    }

    @Test("Damaged recordings are read as far as they go", arguments: [0x4B68_6965_6E01 as UInt64])
    func mutations(seed: UInt64) throws {
        print("Recording mutations: seed \(seed)")
        var random = SeededRandom(seed: seed)
        let catalog = try WindowsDevice.catalog()
        let windows =
            WindowsDevice.endpointSecurity.map(Self.line) + [
                #"{"kind":"security-center","name":"SM\u0394RTP","state":344064,"product":"C:\\S\\s.exe","product_exists":true}"#,
                #"{"kind":"defender","mode":"Normal","real_time":true,"signatures_at":1794990000}"#,
                #"{"kind":"kaspersky","component":"34\\1103","state":4,"bases_at":1794990000}"#,
                #"{"kind":"source","source":"uninstall","state":"complete","entries":3}"#,
            ]
        let bytes = Array((windows.joined(separator: "\n") + "\n" + RecordingWriter.text(of: Self.reading)).utf8)
        var changed = 0
        for _ in 0..<1000 {
            let recording = Recording(random.mutated(bytes))
            let reading = recording.reading(now: WindowsDevice.now)
            let products = catalog.products(of: reading.facts, on: .windows)
            #expect(products.allSatisfy { $0.facts.allSatisfy { $0.value.utf8.count <= WireLimits.textBytes } })
            if recording.badLines > 0 {
                changed += 1
                #expect(reading.sources.allSatisfy { $0.state != .complete })
            }
        }
        #expect(changed > 50)
    }

    private static func line(_ record: ProbeRecord) -> String {
        var fields: [(key: String, value: JSONValue)] = [("kind", .string(record.kind))]
        for (key, value) in record.fields.sorted(by: { $0.key < $1.key }) {
            switch value {
            case .text(let text): fields.append((key, .string(text)))
            case .number(let number): fields.append((key, .number(Int(number))))
            case .boolean(let boolean): fields.append((key, .boolean(boolean)))
            }
        }
        return JSONValue.object(fields).text(indentation: 0)
    }
}
