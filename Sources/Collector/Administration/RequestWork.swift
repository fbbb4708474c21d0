internal import Shared

/// One look at a request, or one decision about it, within its transaction.
struct RequestWork {
    let sql: SQLTransaction
    let policy: Policy
    let now: Milliseconds
    let caller: Caller

    var directory: UnitDirectory { UnitDirectory(sql: sql) }
    var requests: RequestStore { RequestStore(sql: sql) }

    func audit(_ action: String, _ id: Int64, _ detail: String) throws {
        try AuditStore(sql: sql).add(
            actor: "officer:\(caller.name)",
            action: action,
            target: "request:\(id)",
            detail: detail,
            now: now
        )
    }

    /// A number for a new request.
    ///
    /// Drawn by lot: numbers in a row would tell a unit how many others have asked.
    func freshNumber(_ draw: RequestService.Draw) throws -> Int64 {
        for attempt in 0..<draw.attempts {
            let number = draw.number(attempt)
            if try !requests.isTaken(number) { return number }
        }
        throw CollectorError(
            .unavailable,
            Phrase(
                "No number was found for the request. Nothing was changed; try again.",
                vi: "Không tìm được số cho đề nghị. Chưa có gì thay đổi; hãy thử lại."
            )
        )
    }

    /// The request as it stands now, with the reserve as it is now for whoever may see it.
    func answer(_ id: Int64) throws -> RequestService.Answer {
        guard let request = try requests.request(id, unit: caller.ownUnit) else { throw Self.unknown(UInt64(id)) }
        let reserve = try SeatStore(sql: sql).terms().first { $0.id == request.term }?.reserveSeats
        return RequestService.Answer(request: request.seen(by: caller), reserve: caller.ownUnit == nil ? reserve : nil)
    }

    /// The request of that number that this officer may see.
    /// - Throws: `CollectorError` (`notFound`): another unit's is answered like one that there is not.
    func known(_ id: UInt64) throws -> SeatRequestRecord {
        guard let number = Int64(exactly: id), let request = try requests.request(number, unit: caller.ownUnit) else {
            throw Self.unknown(id)
        }
        return request
    }

    /// The request of that number, if it is still to be decided and as it was looked at.
    func undecided(_ id: UInt64, expectedRevision: UInt64) throws -> SeatRequestRecord {
        let request = try known(id)
        guard request.state == .open else { throw decided(request.seen(by: caller)) }
        guard UInt64(clamping: request.revision) == expectedRevision else {
            throw CollectorError(
                .aborted,
                Phrase(
                    "Request \(request.id) has changed meanwhile: it is \"\(request.unit)\" that asks now. Nothing was decided. "
                        + "Look at it again (`khien request show \(request.id)`), then decide.",
                    vi:
                        "Đề nghị \(request.id) vừa thay đổi: đơn vị đề nghị hiện là \"\(request.unit)\". Chưa có quyết định nào "
                        + "được ghi nhận. Hãy xem lại (`khien request show \(request.id)`) rồi quyết định."
                )
            )
        }
        return request
    }

    /// A term that still has something to give.
    func openTerm(_ id: Int64) throws(CollectorError) -> TermRecord {
        guard let term = policy.terms.term(id) else {
            throw CollectorError(
                .notFound,
                Phrase(
                    "There is no term \(id). `khien term list` lists them.",
                    vi: "Không có kỳ bản quyền \(id). Lệnh `khien term list` liệt kê các kỳ."
                )
            )
        }
        switch policy.terms.state(of: id) {
        case .upcoming, .inForce: return term
        case .succeeded:
            throw CollectorError(
                .failedPrecondition,
                Phrase(
                    "Another term took the place of term \(id), which gives nothing any more. File a request for the term that "
                        + "is in force; `khien term list` shows it.",
                    vi:
                        "Kỳ bản quyền \(id) đã được thay bằng kỳ khác nên không cấp thêm được. Hãy lập đề nghị cho kỳ đang có "
                        + "hiệu lực; lệnh `khien term list` hiển thị kỳ đó."
                )
            )
        case .expired:
            throw CollectorError(
                .failedPrecondition,
                Phrase(
                    "Term \(id) is over (\(term.startsOn) to \(term.endsOn)) and gives nothing any more. File a request for a "
                        + "term that is in force; the center adds one with `khien term add`.",
                    vi:
                        "Kỳ bản quyền \(id) đã kết thúc (từ \(term.startsOn) đến \(term.endsOn)) nên không cấp thêm được. Hãy lập "
                        + "đề nghị cho kỳ đang có hiệu lực; trung tâm thêm kỳ mới bằng lệnh `khien term add`."
                )
            )
        }
    }

    /// How many seats a grant is for; 0 means as many as were asked for, and more is refused.
    func granted(_ seats: UInt32, of request: SeatRequestRecord) throws(CollectorError) -> Int {
        guard seats <= request.seats else {
            throw CollectorError(
                .failedPrecondition,
                Phrase(
                    "Request \(request.id) is for \(request.seats) seats; \(seats) are more. Grant at most as many as it asks for.",
                    vi:
                        "Đề nghị \(request.id) xin \(request.seats) suất, không thể cấp \(seats) suất. Hãy cấp tối đa bằng số đã "
                        + "đề nghị."
                )
            )
        }
        return seats == 0 ? request.seats : Int(seats)
    }

    /// The account that a grant comes out of, when it can cover it.
    func source(
        _ source: String,
        of request: SeatRequestRecord,
        term: TermRecord,
        seats: Int
    ) throws -> LedgerAccount {
        guard source != LedgerAccount.reserve.text else {
            guard seats <= term.reserveSeats else {
                throw CollectorError(
                    .failedPrecondition,
                    Phrase(
                        "The reserve of term \(term.id) holds \(term.reserveSeats) seats, \(seats) are to be granted. Grant fewer, "
                            + "or take them from a unit with a shortfall (--from CODE).",
                        vi:
                            "Dự phòng của kỳ bản quyền \(term.id) còn \(term.reserveSeats) suất, không đủ để cấp \(seats) suất. Hãy "
                            + "cấp ít hơn, hoặc lấy từ đơn vị chưa cài đủ (--from MÃ)."
                    )
                )
            }
            return .reserve
        }
        guard !source.isEmpty else {
            throw CollectorError(
                .invalidArgument,
                Phrase(
                    "Say where the seats come from: --from reserve, or --from CODE of a unit with a shortfall.",
                    vi: "Cần nêu nguồn cấp: --from reserve (dự phòng), hoặc --from MÃ của đơn vị chưa cài đủ."
                )
            )
        }
        let giver = try directory.standing(source, for: caller)
        guard giver.code != request.unit else {
            throw CollectorError(
                .failedPrecondition,
                Phrase(
                    "The unit \"\(giver.code)\" asks itself; it cannot give to itself. Take the seats from the reserve or another "
                        + "unit.",
                    vi:
                        "Đơn vị \"\(giver.code)\" chính là đơn vị đề nghị, không thể tự cấp. Hãy lấy từ dự phòng hoặc đơn vị khác."
                )
            )
        }
        let spare = try SeatLedger(sql: sql, policy: policy, now: now).spare(of: term, unit: giver.code)
        guard seats <= spare.seats else { throw Self.uncovered(seats, by: giver.code, spare, term: term) }
        return .unit(giver.code)
    }

    private static func uncovered(
        _ seats: Int,
        by unit: String,
        _ spare: SpareSeats,
        term: TermRecord
    ) -> CollectorError {
        let owed =
            spare.owed == 0
            ? Phrase(verbatim: "")
            : Phrase(
                ", and \(spare.owed) more of its devices need one (they wait, or bring theirs along from an earlier term)",
                vi: ", và còn \(spare.owed) thiết bị khác cần suất (đang chờ, hoặc chuyển suất từ kỳ trước sang)"
            )
        return CollectorError(
            .failedPrecondition,
            Phrase(
                "The unit \"\(unit)\" holds \(spare.cap) seats in term \(term.id) and uses \(spare.used)\(owed.english): it can "
                    + "give \(spare.seats), not \(seats). Grant fewer, or take them from elsewhere.",
                vi:
                    "Đơn vị \"\(unit)\" được phân bổ \(spare.cap) suất trong kỳ bản quyền \(term.id) và đang dùng "
                    + "\(spare.used) suất\(owed.vietnamese): chỉ có thể điều chuyển \(spare.seats) suất, không đủ \(seats) suất. "
                    + "Hãy cấp ít hơn, hoặc chọn nguồn khác."
            )
        )
    }

    private static func unknown(_ id: UInt64) -> CollectorError {
        CollectorError(
            .notFound,
            Phrase(
                "There is no request \(id). `khien request list` lists them.",
                vi: "Không có đề nghị \(id). Lệnh `khien request list` liệt kê các đề nghị."
            )
        )
    }

    private func decided(_ request: SeatRequestRecord) -> CollectorError {
        let day = request.decidedAt.map { Day(milliseconds: $0.value, minutesAhead: policy.minutesAheadOfUTC) }
        let when = day.map(\.description) ?? ""
        let how: Phrase =
            switch request.state {
            case .open: Phrase(verbatim: "")
            case .approved:
                Phrase(
                    "approved, with \(request.granted) seats from \(request.source)",
                    vi: "chấp thuận, cấp \(request.granted) suất từ \(request.source)"
                )
            case .refused: Phrase("refused", vi: "từ chối")
            case .withdrawn: Phrase("withdrawn", vi: "rút lại")
            }
        return CollectorError(
            .failedPrecondition,
            Phrase(
                "Request \(request.id) is decided already: \(how.english) by \(request.decidedBy) on \(when). Nothing was changed; "
                    + "`khien request show \(request.id)` shows it.",
                vi:
                    "Đề nghị \(request.id) đã được \(request.decidedBy) \(how.vietnamese) ngày \(when). Không có gì thay đổi; lệnh "
                    + "`khien request show \(request.id)` cho xem chi tiết."
            )
        )
    }
}

extension SeatRequestRecord {
    /// Without the name of another unit that gave, for a unit's officer.
    func seen(by caller: Caller) -> SeatRequestRecord {
        guard caller.ownUnit != nil, !source.isEmpty, source != LedgerAccount.reserve.text else { return self }
        var request = self
        request.source = "center"
        return request
    }
}
