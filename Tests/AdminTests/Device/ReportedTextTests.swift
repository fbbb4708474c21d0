import Shared
import Testing

@testable import Admin

/// What agents and records hold in English, for people who read Vietnamese.
@Suite struct ReportedTextTests {
    private func shown(_ cell: Cell, _ language: Language = .vietnamese) -> String {
        Language.$current.withValue(language) { cell.display(in: .universal) }
    }

    @Test(
        arguments: [
            ("starts /opt/kesl/bin/kesl", "khởi chạy /opt/kesl/bin/kesl"),
            ("configuration or data", "tệp cấu hình hoặc dữ liệu"),
            ("12.1 amd64, installed", "12.1 amd64, đã cài đặt"),
            ("12.1 amd64, removed, its configuration remains", "12.1 amd64, đã gỡ, còn tệp cấu hình"),
            ("removed, its configuration remains", "đã gỡ, còn tệp cấu hình"),
            ("running, starts by itself, C:\\av.exe", "đang chạy, tự khởi chạy, C:\\av.exe"),
            (
                "/etc: permission denied: run as root; stopped at its deadline",
                "/etc: không có quyền: hãy chạy bằng quyền root; dừng lại khi hết thời gian"
            ),
            ("/opt/kaspersky/kesl", "/opt/kaspersky/kesl"), ("", "-"),
        ]
    )
    func `Words of agents are translated part by part, and stay as they are for programs`(
        text: String,
        vietnamese: String
    ) {
        let cell = ReportedText.cell(text)
        #expect(shown(cell) == vietnamese)
        guard !text.isEmpty else { return }
        #expect(shown(cell, .english) == text)
        #expect(cell.json == .string(text))
    }

    @Test(
        arguments: [
            ("officer:lan", "cán bộ lan"), ("device:abcd", "thiết bị abcd"), ("token:t1", "mã ghi danh t1"),
            ("catalog:3", "danh mục phiên bản 3"), ("policy:7", "chính sách lần sửa 7"),
            ("collector", "máy chủ thu thập"), ("robot:x", "robot:x"),
        ]
    )
    func `Who did it is told in words`(text: String, vietnamese: String) {
        #expect(shown(ReportedText.actor(text)) == vietnamese)
        #expect(ReportedText.actor(text).csv == text)
    }

    @Test
    func `Notes of the collector are translated, and reasons of officers are not`() {
        #expect(shown(ReportedText.detail("certificate ab12", of: "device-enrolled")) == "chứng thư ab12")
        #expect(shown(ReportedText.detail("into abcd: one machine", of: "device-merged")) == "vào abcd: one machine")
        #expect(shown(ReportedText.detail("into the river", of: "device-retired")) == "into the river")
        #expect(shown(ReportedText.detail("2026-12-31: Chuyển đổi", ofFinding: "waived")) == "31/12/2026: Chuyển đổi")
        #expect(shown(ReportedText.detail("2026-12-31: x", ofFinding: "waived"), .english) == "2026-12-31: x")
    }

    @Test(
        arguments: [
            "device-enrolled", "device-enrolled-again", "device-returned", "device-revoked", "device-retired",
            "device-restored", "device-moved", "device-merged", "device-merge-kept", "device-unmerged",
            "device-unmerge-kept", "certificate-renewed", "device-judged-again",
        ]
    )
    func `Every action has its words`(action: String) {
        #expect(Phrases.deviceAction(action)?.english == action)
        #expect(Phrases.deviceAction(action)?.vietnamese != action)
    }

    @Test
    func `What the system says has words in both languages`() {
        #expect(SystemError.phrase(2) == Phrases.noSuchFile)
        #expect(SystemError.phrase(28).vietnamese == "ổ đĩa đã hết chỗ")
        #expect(SystemError.phrase(0).english == SystemError.phrase(0).vietnamese)
    }
}
