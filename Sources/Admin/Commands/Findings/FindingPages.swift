import Messages
import Shared
import SwiftProtobuf

/// A list of findings, and the figures below it.
struct FindingPages {
    /// Who is asked.
    var client: AdministrationClient
    /// Which findings; its page is set for each call.
    var request: Khien_V1_ListFindingsRequest

    /// Writes all pages, then how many there are, how many are overdue, and how many are waived and left out.
    func show(_ list: ListWriter<Khien_V1_Finding>, limit: Int?, _ noun: CountedNoun) async throws {
        var list = list
        var overdue: UInt32 = 0
        var waived: UInt32 = 0
        let pages = Pages<Khien_V1_Finding>(limit: limit) { page in
            var request = request
            request.page = page
            let answer = try await client.listFindings(request)
            overdue = answer.overdue
            waived = answer.waived
            return .init(rows: answer.findings, next: answer.nextPageToken, total: answer.total)
        }
        let count = try await pages.read { try list.append($0) }
        var note = [Phrases.count(count.shown, of: count.total, noun)]
        if overdue > 0 { note.append(Phrases.overdueCount(overdue).description) }
        // Where waived ones are in the list, they are not left out.
        if waived > 0, [.unspecified, .open, .acknowledged, .overdue].contains(request.filter) {
            note.append(Phrases.waivedCount(waived).description)
        }
        try list.finish(note: note)
    }
}
