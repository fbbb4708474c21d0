import Messages
import SwiftProtobuf

/// A list that ended too early.
struct ListInterruption: Error {
    /// Rows that were handed on.
    var rows: Int
    /// What kept the next page from coming.
    var cause: any Error
}

/// A list of the collector, fetched page by page.
struct Pages<Row> {
    /// One page as the wire gives it.
    struct Page {
        var rows: [Row]
        /// Empty on the last page.
        var next: String
        /// Of all pages.
        var total: UInt32
    }

    /// How many rows there were.
    struct Count: Sendable, Hashable {
        /// Rows that were handed on.
        var shown = 0
        /// Rows that the collector has.
        var total = 0
    }

    /// Rows after which to stop; `nil` for all.
    var limit: Int?
    /// Asks for one page.
    var fetch: (Khien_V1_Page) async throws -> Page

    /// Writes all pages as they come, then how many rows there are.
    ///
    /// - Throws: as `read`.
    func show(_ list: ListWriter<Row>, _ noun: CountedNoun) async throws {
        var list = list
        let count = try await read { try list.append($0) }
        try list.finish(note: [Phrases.count(count.shown, of: count.total, noun)])
    }

    /// Hands each page on as it comes, the first one even when it is empty.
    ///
    /// - Throws: what `fetch` and `body` throw; `ListInterruption` when `fetch` fails after rows were handed on;
    ///   `AdminError` (`badAnswer`) when the pages do not come to an end.
    func read(_ body: ([Row]) throws -> Void) async throws -> Count {
        var count = Count()
        var token = ""
        while true {
            let wanted = min(AdminLimits.pageRows, (limit ?? AdminLimits.listRows) - count.shown)
            let page: Page
            do {
                page = try await fetch(
                    .with {
                        $0.size = UInt32(clamping: wanted)
                        $0.token = token
                    }
                )
            } catch {
                guard count.shown > 0 else { throw error }
                throw ListInterruption(rows: count.shown, cause: error)
            }
            // The collector may give more than it was asked for.
            let rows = page.rows.prefix(wanted)
            count.shown += rows.count
            count.total = max(Int(page.total), count.shown)
            try body(Array(rows))

            if page.next.isEmpty || count.shown == limit { return count }
            guard page.next != token, !page.rows.isEmpty else { throw AdminError(.badAnswer, Phrases.repeatedPage) }
            guard count.shown < AdminLimits.listRows else { throw AdminError(.badAnswer, Phrases.tooManyRows) }
            token = page.next
        }
    }
}
