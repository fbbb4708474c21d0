import Messages
import Testing

@testable import Admin

@Suite struct PagesTests {
    /// Reads pages of the numbers below `total`, a few at a time.
    private func read(
        total: Int,
        limit: Int? = nil,
        atMost size: Int = 3
    ) async throws -> (rows: [Int], asked: [UInt32], count: Pages<Int>.Count) {
        var rows: [Int] = []
        var asked: [UInt32] = []
        let pages = Pages<Int>(limit: limit) { page in
            asked.append(page.size)
            let start = Int(page.token) ?? 0
            let end = min(total, start + min(size, Int(page.size)))
            return .init(rows: Array(start..<end), next: end < total ? String(end) : "", total: UInt32(total))
        }
        let count = try await pages.read { rows += $0 }
        return (rows, asked, count)
    }

    @Test("all pages are read to the end", arguments: [0, 1, 3, 4, 10])
    func all(total: Int) async throws {
        let result = try await read(total: total)
        #expect(result.rows == Array(0..<total))
        #expect(result.count == .init(shown: total, total: total))
    }

    @Test("a limit cuts the list and asks for no more than it needs")
    func limit() async throws {
        let result = try await read(total: 10, limit: 4)
        #expect(result.rows == [0, 1, 2, 3])
        #expect(result.asked == [4, 1])
        #expect(result.count == .init(shown: 4, total: 10))
    }

    @Test("more rows than were asked for do not get past the limit")
    func greedy() async throws {
        let pages = Pages<Int>(limit: 2) { _ in .init(rows: [1, 2, 3], next: "x", total: 3) }
        var rows: [Int] = []
        let count = try await pages.read { rows += $0 }
        #expect(rows == [1, 2])
        #expect(count == .init(shown: 2, total: 3))
    }

    @Test("pages that go in a circle are given up", arguments: [[1], []])
    func circle(rows: [Int]) async throws {
        let pages = Pages<Int> { _ in .init(rows: rows, next: "same", total: 9) }
        let error = await #expect(throws: AdminError.self) { _ = try await pages.read { _ in } }
        #expect(error?.code == .badAnswer)
    }

    @Test("a list that breaks off says after how many rows; one that never began says only why", arguments: [0, 2])
    func interrupted(pages: Int) async throws {
        struct Failure: Error {}
        let list = Pages<Int> { page in
            let number = Int(page.token) ?? 0
            guard number < pages else { throw Failure() }
            return .init(rows: [1, 2, 3], next: "\(number + 1)", total: 9)
        }
        do {
            _ = try await list.read { _ in }
            Issue.record("it came to an end")
        } catch let error as ListInterruption {
            #expect(error.rows == 3 * pages)
            #expect(error.cause is Failure)
        } catch {
            #expect(pages == 0 && error is Failure)
        }
    }
}
