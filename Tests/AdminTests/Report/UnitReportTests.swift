import Foundation
import Messages
import Shared
import SwiftProtobuf
import Testing

@testable import Admin

@Suite struct UnitReportTests {
    private static func unit(_ name: String, _ group: String, _ figures: [UInt32]) -> Khien_V1_UnitSummary {
        .with {
            $0.name = name
            $0.group = group
            $0.allocatedSeats = figures[0]
            $0.usedSeats = figures[1]
            $0.shortfall = figures[2]
            $0.overCap = figures[3]
            $0.conflicts = figures[4]
        }
    }

    private static let answer = Khien_V1_ListUnitsResponse.with { answer in
        answer.terms = [
            .with {
                $0.productFamily = "kaspersky"
                $0.startsOn = "2023-10-13"
                $0.endsOn = "2024-10-12"
                $0.totalSeats = 5037
                $0.reserveSeats = 37
                $0.document = "12/HĐ"
            }
        ]
        answer.units = [
            unit("Sở Y tế", "department", [1000, 900, 100, 0, 2]), unit("=1+1 & <b>", "department", [50, 50, 0, 3, 0]),
            unit("Huyện \"Lệ Thủy\"", "district", [234, 200, 34, 0, 1]),
            .with {
                $0.name = "Đã giải thể"
                $0.group = "district"
                $0.closedOn = "2025-07-01"
            },
        ]
    }

    private func report(
        _ language: Language,
        _ answer: Khien_V1_ListUnitsResponse = Self.answer,
        place: String? = nil
    ) -> (html: String, csv: String) {
        Language.$current.withValue(language) {
            let heading = UnitReport.Heading(
                title: "Phụ lục <1>",
                place: place,
                document: "34/CV",
                day: Day("2025-02-09")
            )
            let report = UnitReport(answer, heading: heading)
            return (report.html, report.csv)
        }
    }

    @Test
    func `The CSV has the form of the appendix: groups, numbers, sums and a total`() {
        #expect(
            report(.vietnamese, place: "Đồng Hới").csv == """
                \u{FEFF}Phụ lục <1>
                (Kèm theo văn bản số 34/CV)
                "Kỳ bản quyền: kaspersky, từ 13/10/2023 đến 12/10/2024, văn bản số 12/HĐ; tổng số 5037 suất, dự phòng 37 suất."
                "Đồng Hới, ngày 09 tháng 02 năm 2025"

                STT,Tên đơn vị,Số lượng phân bổ,Đã cài đặt,Còn thiếu,Vượt định mức,Xung đột
                I,"Các sở, ban, ngành",1050,950,100,3,2
                1,Sở Y tế,1000,900,100,0,2
                2,'=1+1 & <b>,50,50,0,3,0
                II,"Các huyện, thị xã, thành phố",234,200,34,0,1
                1,"Huyện ""Lệ Thủy\""",234,200,34,0,1
                ,Tổng cộng,1284,1150,134,3,3

                """
        )
    }

    @Test(arguments: Language.allCases)
    func `Who is not told the seats of the province reads nothing about them`(language: Language) {
        var answer = Self.answer
        answer.terms[0].totalSeats = 0
        answer.terms[0].reserveSeats = 0
        let line =
            switch language {
            case .english: "Term: kaspersky, 2023-10-13 to 2024-10-12, document 12/HĐ."
            case .vietnamese: "Kỳ bản quyền: kaspersky, từ 13/10/2023 đến 12/10/2024, văn bản số 12/HĐ."
            }
        let report = report(language, answer)
        #expect(report.csv.contains("\"\(line)\"\n"))
        #expect(report.html.contains("<p class=\"about\">\(line)</p>"))
    }

    @Test
    func `A closed unit that has devices again is counted, as in the list of units`() {
        var answer = Self.answer
        answer.units[3].devices = 1
        answer.units[3].overCap = 1
        let rows = report(.vietnamese, answer).csv.split(separator: "\n")
        #expect(rows.contains("2,Đã giải thể,0,0,0,1,0"))
        #expect(rows.last == ",Tổng cộng,1284,1150,134,4,3")
    }

    @Test(arguments: Language.allCases)
    func `The page escapes what others wrote, runs nothing and fetches nothing`(language: Language) {
        let html = report(language).html
        #expect(html.contains("=1+1 &amp; &lt;b&gt;"))
        #expect(html.contains("Huyện &quot;Lệ Thủy&quot;"))
        #expect(html.contains("<h1>Phụ lục &lt;1&gt;</h1>"))
        #expect(html.contains("size: A4"))
        #expect(html.contains("<html lang=\"\(language.rawValue)\">"))
        for word in ["<script", "http://", "https://", "src=", "url(", "<b>", "giải thể"] {
            #expect(!html.contains(word))
        }
    }

    @Test
    func `Figures and dates are written as each language writes them`() {
        let vietnamese = report(.vietnamese).html
        #expect(vietnamese.contains("Ngày 09 tháng 02 năm 2025"))
        #expect(vietnamese.contains(">1.284<"))
        let english = report(.english, place: "Đồng Hới").html
        #expect(english.contains("Đồng Hới, 2025-02-09"))
        #expect(english.contains(">1,284<"))
        #expect(UnitReport.grouped(1_234_567) == "1,234,567")
        #expect((1...12).map(UnitReport.roman).joined(separator: " ") == "I II III IV V VI VII VIII IX X XI XII")
    }

    @Test
    func `The command writes Vietnamese unless it is told otherwise, and replaces a file only when told to`()
        async throws
    {
        var answers = FakeAdministration.Answers()
        answers.units = Self.answer
        try await TestCollector.serving(answers) { collector in
            let shown = try await collector.khien("report")
            #expect(shown.status == .done)
            #expect(shown.output.contains("<th scope=\"col\">Tên đơn vị</th>"))
            #expect(try await collector.khien("report", "--lang", "en").output.contains(">Allocated<"))

            let folder = try TemporaryFolder()
            let file = "\(folder.path)/bảng.csv"
            let arguments = ["report", "--format", "csv", "--out", file]
            #expect(try await collector.khien(arguments).output == "Written: \(file)\n")
            let text = try String(contentsOfFile: file, encoding: .utf8)
            #expect(text.contains("STT,Tên đơn vị"))

            let calls = collector.service.calls.count
            let again = try await collector.khien(arguments + ["--lang", "en"])
            #expect(again.status == .usage)
            #expect(again.errors.contains("--force"))
            #expect(collector.service.calls.count == calls)
            #expect(try String(contentsOfFile: file, encoding: .utf8) == text)

            #expect(try await collector.khien(arguments + ["--lang", "en", "--force"]).status == .done)
            #expect(try String(contentsOfFile: file, encoding: .utf8).contains("No.,Unit"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["bảng.csv"])
        }
    }

    @Test
    func `Where a file cannot be written, nothing is left behind`() throws {
        let folder = try TemporaryFolder()
        #expect(throws: LocalFile.Failure.self) {
            try LocalFile.publish("\(folder.path)/none/x.csv", [1], isReplacing: false)
        }
        try folder.write("x.csv", "old")
        #expect(throws: LocalFile.Failure.exists) {
            try LocalFile.publish("\(folder.path)/x.csv", [1], isReplacing: false)
        }
        try LocalFile.publish("\(folder.path)/x.csv", [0x61], isReplacing: true)
        #expect(try String(contentsOfFile: "\(folder.path)/x.csv", encoding: .utf8) == "a")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["x.csv"])
    }

    @Test
    func `Only a regular file is replaced, behind its links, and those who could read it still can`() throws {
        let folder = try TemporaryFolder()
        try folder.write("x.csv", "old", mode: 0o640)
        let link = "\(folder.path)/link.csv"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "x.csv")
        try LocalFile.publish(link, [0x61], isReplacing: true)
        let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder.path)/x.csv")
        #expect(attributes[.posixPermissions] as? Int == 0o640)
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "x.csv")
        #expect(try String(contentsOfFile: "\(folder.path)/x.csv", encoding: .utf8) == "a")

        let pipe = "\(folder.path)/pipe"
        #expect(mkfifo(pipe, 0o600) == 0)
        let dangling = "\(folder.path)/dangling"
        try FileManager.default.createSymbolicLink(atPath: dangling, withDestinationPath: "nowhere")
        let leading = "\(folder.path)/leading"
        try FileManager.default.createSymbolicLink(atPath: leading, withDestinationPath: "pipe")
        for path in [pipe, dangling, leading, folder.path] {
            #expect(throws: LocalFile.Failure.notAFile) { try LocalFile.publish(path, [1], isReplacing: true) }
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(names == ["dangling", "leading", "link.csv", "pipe", "x.csv"])
    }

    @Test
    func `What is no file is refused before anybody is asked, with what to do`() async throws {
        // No device of the system: should it be replaced after all, every program on the machine would suffer.
        let folder = try TemporaryFolder()
        let pipe = "\(folder.path)/pipe"
        #expect(mkfifo(pipe, 0o600) == 0)
        try await TestCollector.serving { collector in
            let run = try await collector.khien("report", "--out", pipe, "--force", "--lang", "en")
            #expect(run.status == .usage)
            #expect(run.errors.contains("pipe is no regular file"))
            #expect(run.errors.contains("redirect the output"))
            #expect(collector.service.calls == [])
        }
    }
}
