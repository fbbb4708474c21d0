import Messages
import Shared
import SwiftProtobuf
import Testing

@testable import Admin

/// The lists of every morning, in the window that a terminal opens with.
@Suite struct NarrowTerminalTests {
    private static let moment: Int64 = 1_763_885_100_000

    private func lines<Row>(_ table: Table<Row>, _ row: Row, _ language: Language) throws -> [String] {
        let sink = MemorySink()
        let terminal = Terminal(columns: 80, hasColors: false)
        try Language.$current.withValue(language) {
            var list = Renderer(format: .table, output: sink, zone: .universal, terminal: terminal).list(table)
            try list.append([row, row, row])
            try list.finish(note: [])
        }
        return sink.text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
    }

    /// One line for each row below the rule, none wider than the window, and what was left out below.
    private func expectTable(_ lines: [String], showing texts: [String], _ language: Language) throws {
        #expect(lines.allSatisfy { DisplayWidth.of($0) <= 80 }, "\(lines.joined(separator: "\n"))")
        // The first column may be as narrow as a number.
        let rule = try #require(
            lines.firstIndex { $0.hasPrefix("--") && $0.allSatisfy { "- ".contains($0) } },
            "\(lines.joined(separator: "\n"))"
        )
        #expect(lines[rule + 1] == lines[rule + 2])
        #expect(lines[rule + 1] == lines[rule + 3])
        for text in texts { #expect(lines[rule + 1].contains(text), "\(lines[rule + 1])") }
        let note = language == .english ? "Columns left out" : "Các cột bị ẩn"
        #expect(lines.contains { $0.hasPrefix(note) })
    }

    @Test(arguments: Language.allCases)
    func `Units are a table at 80 columns`(language: Language) throws {
        let unit = Khien_V1_UnitSummary.with {
            $0.code = "so-cong-thuong"
            $0.name = "Sở Nông nghiệp & Phát triển nông thôn"
            $0.allocatedSeats = 1658
            $0.usedSeats = 1008
            $0.shortfall = 650
            $0.overCap = 12
            $0.waiting = 13
            $0.devices = 1019
            $0.inOrder = 1006
            $0.inViolation = 33
            $0.silent = 2
            $0.conflicts = 44
            $0.lastReportAtMs = Self.moment
        }
        let lines = try lines(UnitList.table(withClosed: false), unit, language)
        try expectTable(lines, showing: ["so-cong-thuong", "Sở Nông", "1008", "650", "12", "13", "33", "44"], language)
        #expect(lines.contains { $0.contains("4974") || $0.contains("3024") })
    }

    @Test(arguments: Language.allCases)
    func `Seats are a table at 80 columns`(language: Language) throws {
        let seat = Khien_V1_Seat.with {
            $0.unitCode = "so-cong-thuong"
            $0.state = .overCap
            $0.place = 12
            $0.sinceMs = Self.moment
            $0.deviceID = "58c4fcca0330c9999ff8085f3f673936"
            $0.hostName = "may-phong-ke-toan-01"
            $0.lastReportAtMs = Self.moment
        }
        try expectTable(
            try lines(SeatList.table, seat, language),
            showing: ["so-cong-thuong", seat.deviceID, "may-phong", "12"],
            language
        )
    }

    private static let finding = Khien_V1_Finding.with {
        $0.id = 48_201_735
        $0.kind = .multipleAntivirus
        $0.severity = .critical
        $0.state = .open
        $0.deadlineMs = moment
        $0.openedAtMs = moment
        $0.unitCode = "so-cong-thuong"
        $0.unitName = "Sở Công Thương"
        $0.deviceID = "58c4fcca0330c9999ff8085f3f673936"
        $0.hostName = "may-phong-ke-toan-01"
        $0.products = ["ClamAV", "Kaspersky Endpoint Security"]
        $0.lastReportAtMs = moment
    }

    @Test(arguments: Language.allCases)
    func `Findings are a table at 80 columns`(language: Language) throws {
        try expectTable(
            try lines(FindingList.table, Self.finding, language),
            showing: ["48201735", "so-cong-thuong", "may-phong"],
            language
        )
    }

    @Test(arguments: Language.allCases)
    func `Conflicts are a table at 80 columns`(language: Language) throws {
        try expectTable(
            try lines(ConflictList.table, Self.finding, language),
            showing: ["48201735", "so-cong-thuong", "may-phong", "ClamAV"],
            language
        )
    }

    @Test(arguments: Language.allCases)
    func `Devices are a table at 80 columns`(language: Language) throws {
        let device = Khien_V1_Device.with {
            $0.id = "58c4fcca0330c9999ff8085f3f673936"
            $0.hostName = "may-phong-ke-toan-01"
            $0.unitCode = "so-cong-thuong"
            $0.standing = .inViolation
            $0.findings = [.multipleAntivirus, .overCap]
            $0.seat = .overCap
            $0.antivirus = ["ClamAV", "Kaspersky Endpoint Security"]
            $0.lastReportAtMs = Self.moment
        }
        try expectTable(
            try lines(DeviceList.table, device, language),
            showing: [device.id, "so-cong-thuong", "may-phong"],
            language
        )
    }

    @Test(arguments: Language.allCases)
    func `Requests are a table at 80 columns`(language: Language) throws {
        let request = Khien_V1_SeatRequest.with {
            $0.id = 64_416_652
            $0.state = .approved
            $0.unitCode = "so-cong-thuong"
            $0.unitName = "Sở Nông nghiệp & Phát triển nông thôn"
            $0.seats = 12
            $0.grantedSeats = 7
            $0.filedAtMs = Self.moment
            $0.filedBy = "nguyen-van-an"
            $0.reason = "Mười hai máy tính mới ở phòng kế toán"
            $0.source = "h-tan-hong"
            $0.document = "12/QĐ-UBND"
        }
        try expectTable(
            try lines(RequestTable.list, request, language),
            showing: ["64416652", "so-cong-thuong", "12", "7"],
            language
        )
    }

    @Test(arguments: Language.allCases)
    func `Terms are a table at 80 columns`(language: Language) throws {
        let term = Khien_V1_Term.with {
            $0.id = 12
            $0.productFamily = "kaspersky-endpoint-security"
            $0.startsOn = "2025-10-13"
            $0.endsOn = "2026-10-12"
            $0.daysLeft = 323
            $0.totalSeats = 5037
            $0.allocatedSeats = 4950
            $0.reserveSeats = 87
            $0.usedSeats = 4012
            $0.renewsTermID = 11
            $0.document = "3412/HĐ-STTTT"
        }
        try expectTable(
            try lines(TermList.table, term, language),
            showing: ["12", "kaspersky", "urity", "5037", "4012"],
            language
        )
    }

    @Test(arguments: Language.allCases)
    func `Unknown products are a table at 80 columns`(language: Language) throws {
        let unknown = Khien_V1_UnknownAntivirus.with {
            $0.devices = 31
            $0.units = 4
            $0.name = "Some Brand Total Security 2026"
            $0.vendor = "Some Brand Software Limited"
            $0.firstSeenMs = Self.moment
            $0.family = "unknown-1f0c2d3a4b5c6d7e"
            $0.exampleDeviceID = "58c4fcca0330c9999ff8085f3f673936"
        }
        try expectTable(
            try lines(UnknownList.table, unknown, language),
            showing: ["31", "Some Brand", unknown.exampleDeviceID],
            language
        )
    }

    @Test
    func `Nothing is left out where nobody looks at widths, and never of data`() throws {
        for format in OutputFormat.allCases {
            let sink = MemorySink()
            let terminal = format == .table ? Terminal.none : Terminal(columns: 20, hasColors: false)
            var list = Renderer(format: format, output: sink, zone: .universal, terminal: terminal)
                .list(FindingList.table)
            try list.append([Self.finding])
            try list.finish(note: [])
            #expect(sink.text.contains("58c4fcca0330c9999ff8085f3f673936"))
            #expect(!sink.text.contains("left out"))
        }
    }
}
