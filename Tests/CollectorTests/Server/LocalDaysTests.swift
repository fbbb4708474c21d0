import Shared
import Testing

@testable import Collector

@Suite struct LocalDaysTests {
    @Test(
        arguments: [
            ("Bắt đầu ngày 2025-07-01.", "Bắt đầu ngày 01/07/2025."),
            ("lan đã thay đổi lúc 2025-07-01 14:05. Hãy", "lan đã thay đổi lúc 01/07/2025 14:05. Hãy"),
            ("(2025-10-13 – 2026-10-12)", "(13/10/2025 – 12/10/2026)"),
            ("2025-07-01", "01/07/2025"),
            ("văn bản số 34-2025-07-01/QĐ", "văn bản số 34-2025-07-01/QĐ"),
            ("văn bản \"2025-07-01\"", "văn bản \"2025-07-01\""),
            ("2025-02-30 2025-07-011 a2025-07-01", "2025-02-30 2025-07-011 a2025-07-01"),
            ("đ", "đ"), ("", ""),
        ]
    )
    func `Days of Vietnamese messages are written as its readers do`(message: String, shown: String) {
        #expect(LocalDays.text(message, in: .vietnamese) == shown)
        #expect(LocalDays.text(message, in: .english) == message)
    }
}
