internal import Shared

/// Adds, lists and shows license contracts.
struct TermService: Sendable {
    /// Terms in all.
    static let termLimit = 500
    static let totalSeats = 1...10_000_000
    static let silenceDays = 1...3650
    private static let usualSilenceDays = 45

    let database: Database
    let clock: WallClock
    let shelf: CatalogShelf

    /// A term as an officer writes it.
    struct Draft: Sendable {
        var productFamily: String
        var totalSeats: UInt32
        var startsOn: String
        var endsOn: String
        /// 0 for the usual number.
        var silenceDays: UInt32
        var document: String
        /// 0 when it stands beside others.
        var renews: UInt32
        /// Give each unit what it holds in the term that is renewed.
        var copiesAllocations: Bool
    }

    /// A term with what units hold in it.
    struct Details: Sendable {
        var summary: TermSummary
        var allocations: [AllocationRecord]
    }

    /// The one that begins last first.
    func list(for caller: Caller) async throws(CollectorError) -> [TermSummary] {
        let now = clock.now()
        return try await database.read { sql in
            let book = try PolicyStore(sql: sql).policy(now: now).terms
            return try book.terms.map { try TermSummary($0, of: book, sql: sql, for: caller) }
        }
    }

    /// A term, 0 for the current one, with what the units hold that this officer may see.
    func details(_ id: UInt32, for caller: Caller) async throws(CollectorError) -> Details {
        let now = clock.now()
        return try await database.read { sql in
            let book = try PolicyStore(sql: sql).policy(now: now).terms
            let term = try book.requireTerm(id)
            return Details(
                summary: try TermSummary(term, of: book, sql: sql, for: caller),
                allocations: try SeatStore(sql: sql).allocations(of: term, unit: caller.ownUnit)
            )
        }
    }

    /// Adds a term, with what its units hold when it renews another one and is told so.
    func add(_ draft: Draft, by caller: Caller) async throws(CollectorError) -> TermSummary {
        try caller.requireCenter()
        let now = clock.now()
        let term = try term(draft, by: caller, now: now)
        try requireProduct(term.productFamily)
        return try await database.write { sql in
            let seats = SeatStore(sql: sql)
            let book = try PolicyStore(sql: sql).policy(now: now).terms
            try check(term, draft, in: book)
            try checkNew(term, in: book)
            var added = term
            added.id = (book.terms.map(\.id).max() ?? 0) + 1
            try seats.addTerm(added)
            try fill(added, copying: draft.copiesAllocations ? added.renews : nil, seats, now: now)
            try AuditStore(sql: sql).add(
                actor: "officer:\(caller.name)",
                action: "term-added",
                target: "term:\(added.id)",
                detail: "\(added.productFamily), \(added.totalSeats) seats, \(added.startsOn) to \(added.endsOn), "
                    + "renews \(added.renews ?? 0), \(added.document)",
                now: now
            )
            let after = try PolicyStore(sql: sql).policy(now: now).terms
            return try TermSummary(try after.requireTerm(UInt32(clamping: added.id)), of: after, sql: sql, for: caller)
        }
    }

    /// What the draft says, before anything is looked up.
    private func term(_ draft: Draft, by caller: Caller, now: Milliseconds) throws(CollectorError) -> TermRecord {
        let total = Int(draft.totalSeats)
        guard Self.totalSeats.contains(total) else {
            throw CollectorError(
                .invalidArgument,
                Phrase(
                    "A term has 1 to \(Self.totalSeats.upperBound) seats. Give the number of the contract.",
                    vi:
                        "Một kỳ bản quyền có từ 1 đến \(Self.totalSeats.upperBound) suất. Hãy ghi đúng số trong hợp đồng."
                )
            )
        }
        let silence = draft.silenceDays == 0 ? Self.usualSilenceDays : Int(draft.silenceDays)
        guard Self.silenceDays.contains(silence) else {
            throw CollectorError(
                .invalidArgument,
                Phrase(
                    "Seats of silent devices are released after 1 to \(Self.silenceDays.upperBound) days.",
                    vi: "Suất của thiết bị mất liên lạc được thu hồi sau 1 đến \(Self.silenceDays.upperBound) ngày."
                )
            )
        }
        let startsOn = try Decision.day(draft.startsOn)
        let endsOn = try Decision.day(draft.endsOn)
        guard startsOn <= endsOn else {
            throw CollectorError(
                .invalidArgument,
                Phrase(
                    "The term would end on \(endsOn), before it begins on \(startsOn). Put the days in order.",
                    vi:
                        "Kỳ bản quyền kết thúc ngày \(endsOn), trước khi bắt đầu ngày \(startsOn). Hãy sửa lại thứ tự ngày."
                )
            )
        }
        return TermRecord(
            id: 0,
            productFamily: draft.productFamily,
            totalSeats: total,
            startsOn: startsOn,
            endsOn: endsOn,
            silenceDays: silence,
            document: try Decision.document(draft.document),
            renews: draft.renews == 0 ? nil : Int64(draft.renews),
            addedBy: caller.name,
            addedAt: now
        )
    }

    private func requireProduct(_ family: String) throws(CollectorError) {
        let known = shelf.current.catalog.families.first { $0.key == family }
        guard known?.role == .antivirus else {
            let asked = UnitName.quoted(family)
            throw CollectorError(
                .invalidArgument,
                Phrase(
                    "\(asked) is no antivirus of the catalog. `khien catalog show --families` lists the families.",
                    vi:
                        "\(asked) không phải là phần mềm diệt virus có trong danh mục. "
                        + "Lệnh `khien catalog show --families` liệt kê các họ sản phẩm."
                )
            )
        }
    }

    /// Whether it fits the terms that are there.
    private func check(_ term: TermRecord, _ draft: Draft, in book: TermBook) throws(CollectorError) {
        guard book.terms.count < Self.termLimit else {
            throw CollectorError(
                .resourceExhausted,
                Phrase(
                    "There are \(Self.termLimit) terms already, and no room for more.",
                    vi: "Đã có \(Self.termLimit) kỳ bản quyền, không thể thêm nữa."
                )
            )
        }
        guard term.endsOn >= book.today else {
            throw CollectorError(
                .invalidArgument,
                Phrase(
                    "The term would be over already: its last day is \(term.endsOn), today is \(book.today). Check the days.",
                    vi:
                        "Kỳ bản quyền này đã kết thúc: ngày cuối là \(term.endsOn), hôm nay là \(book.today). Hãy kiểm tra "
                        + "lại ngày."
                )
            )
        }
        guard let renews = term.renews else {
            guard !draft.copiesAllocations else {
                throw CollectorError(
                    .invalidArgument,
                    Phrase(
                        "Only a term that renews another one can take over its allocations: --renews TERM.",
                        vi: "Chỉ kỳ gia hạn cho một kỳ khác mới có thể lấy lại phân bổ của kỳ đó: --renews KỲ."
                    )
                )
            }
            return
        }
        let former = try book.requireTerm(draft.renews)
        if let other = book.terms.first(where: { $0.renews == renews }) {
            throw CollectorError(
                .failedPrecondition,
                Phrase(
                    "Term \(renews) is renewed by term \(other.id) already. Renew that one, or add a term beside it.",
                    vi:
                        "Kỳ bản quyền số \(renews) đã được gia hạn bằng kỳ số \(other.id). Hãy gia hạn kỳ đó, hoặc thêm một "
                        + "kỳ song song."
                )
            )
        }
        guard former.startsOn < term.startsOn else {
            throw CollectorError(
                .invalidArgument,
                Phrase(
                    "Term \(renews) begins on \(former.startsOn); what renews it begins later, not on \(term.startsOn).",
                    vi:
                        "Kỳ bản quyền số \(renews) bắt đầu ngày \(former.startsOn); kỳ gia hạn phải bắt đầu sau ngày đó, "
                        + "không phải ngày \(term.startsOn)."
                )
            )
        }
    }

    /// Whether it is no contract that is there already: no term is ever taken back.
    private func checkNew(_ term: TermRecord, in book: TermBook) throws(CollectorError) {
        if let same = book.terms.first(where: {
            ($0.productFamily, $0.document, $0.startsOn) == (term.productFamily, term.document, term.startsOn)
        }) {
            throw CollectorError(
                .alreadyExists,
                Phrase(
                    "Term \(same.id) is that contract already: \(same.document), from \(same.startsOn). Nothing was added.",
                    vi:
                        "Hợp đồng này đã được ghi nhận là kỳ bản quyền số \(same.id): \(same.document), từ ngày "
                        + "\(same.startsOn). Không có kỳ nào được thêm."
                )
            )
        }
    }

    /// Writes the first entries of its ledger: all into the reserve, and out of it what units are to hold.
    private func fill(_ term: TermRecord, copying former: Int64?, _ seats: SeatStore, now: Milliseconds) throws {
        func post(_ count: Int, from: LedgerAccount, to: LedgerAccount) throws {
            try seats.post(
                LedgerPosting(
                    term: term.id,
                    from: from,
                    to: to,
                    seats: count,
                    document: term.document,
                    officer: term.addedBy,
                    effectiveOn: term.startsOn
                ),
                now: now
            )
        }
        try post(term.totalSeats, from: .contract, to: .reserve)
        guard let former else { return }
        let caps = try seats.caps(term: former)
        let needed = caps.reduce(0) { $0 + $1.seats }
        guard needed <= term.totalSeats else {
            throw CollectorError(
                .failedPrecondition,
                Phrase(
                    "The units hold \(needed) seats in term \(former), the new one has \(term.totalSeats). Add it without "
                        + "their allocations, and import those that fit.",
                    vi: "Các đơn vị đang được phân bổ \(needed) suất trong kỳ số \(former), kỳ mới chỉ có "
                        + "\(term.totalSeats) suất. Hãy thêm kỳ mới không kèm phân bổ, rồi nhập bảng phân bổ phù hợp."
                )
            )
        }
        for cap in caps { try post(cap.seats, from: .reserve, to: .unit(cap.unit)) }
    }
}
