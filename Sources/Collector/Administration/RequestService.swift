internal import Shared

/// Requests for more seats: a unit files them, and the center decides.
struct RequestService: Sendable {
    private static let seats: ClosedRange<UInt32> = 1...100_000
    /// Open requests of one unit, so that nobody fills the center's list.
    private static let openLimit = 100

    /// How the number of a new request is drawn.
    struct Draw: Sendable {
        /// How many numbers are tried.
        var attempts = 100
        /// A number for an attempt, 0 being the first.
        var number: @Sendable (_ attempt: Int) -> Int64 = { _ in Int64.random(in: 100_000...99_999_999) }
    }

    let database: Database
    let clock: WallClock
    var draw = Draw()

    /// A request, with what the reserve holds now.
    struct Answer: Sendable {
        var request: SeatRequestRecord
        /// `nil` for who may not see it.
        var reserve: Int?
    }

    /// What the center grants.
    struct Grant: Sendable {
        /// 0 for as many as were asked for.
        var seats: UInt32
        /// `reserve`, or a unit.
        var source: String
        /// What is said with it.
        var answer: String
        /// The document, and from which day it holds.
        var decision: Decision
        /// Of the request, as it was looked at.
        var expectedRevision: UInt64
    }

    func create(
        unit: String,
        seats: UInt32,
        reason: String,
        term: UInt32,
        by caller: Caller
    ) async throws(CollectorError) -> Answer {
        try caller.requireChange()
        guard Self.seats.contains(seats) else {
            throw CollectorError(
                .invalidArgument,
                Phrase(
                    "A request is for 1 to 100,000 seats: --seats.",
                    vi: "Mỗi đề nghị có số suất từ 1 đến 100.000: --seats."
                )
            )
        }
        let reason = try Self.checkedText(reason, Phrase("reason (--reason)", vi: "Lý do (--reason)"))
        return try await change(by: caller) { work in
            let unit = try work.directory.resolve(unit.isEmpty ? caller.ownUnit ?? "" : unit, for: caller).unit
            try work.policy.terms.requireChoice(term)
            let term = try work.openTerm(term == 0 ? work.policy.term.id : Int64(term))
            guard try work.requests.count(unit: unit.code, state: .open) < Self.openLimit else {
                throw CollectorError(
                    .failedPrecondition,
                    Phrase(
                        "The unit \"\(unit.code)\" has \(Self.openLimit) open requests. Withdraw some, or wait for an answer.",
                        vi:
                            "Đơn vị \"\(unit.code)\" đã có \(Self.openLimit) đề nghị chưa được trả lời. Hãy rút bớt đề nghị, "
                            + "hoặc chờ trả lời."
                    )
                )
            }
            let id = try work.freshNumber(draw)
            try work.requests.insert(
                id,
                term: term.id,
                unit: unit.code,
                seats: Int(seats),
                reason: reason,
                officer: caller.name,
                now: work.now
            )
            try work.audit("request-filed", id, "unit \(unit.code), term \(term.id), seats \(seats)")
            return try work.answer(id)
        }
    }

    func get(_ id: UInt64, for caller: Caller) async throws(CollectorError) -> Answer {
        let now = clock.now()
        return try await database.read { sql in
            let work = RequestWork(
                sql: sql,
                policy: try PolicyStore(sql: sql).policy(now: now),
                now: now,
                caller: caller
            )
            return try work.answer(try work.known(id).id)
        }
    }

    /// Grants a request, in whole or in part, out of the reserve or of what another unit has not installed; who waits gets
    /// the seats at once.
    /// - Throws: `CollectorError`: `failedPrecondition` when it is decided already or the source cannot cover it,
    ///   `aborted` when it has changed otherwise.
    func approve(_ id: UInt64, _ grant: Grant, by caller: Caller) async throws(CollectorError) -> Answer {
        try caller.requireCenter()
        let answer = try OfficerText.checked(
            grant.answer,
            bytes: 0...OfficerText.reasonBytes,
            of: Phrase("answer (--answer)", vi: "Nội dung trả lời (--answer)")
        )
        return try await change(by: caller) { work in
            let request = try work.undecided(id, expectedRevision: grant.expectedRevision)
            let term = try work.openTerm(request.term)
            try work.policy.terms.requireNoSuccession(by: term, isAhead: true, sql: work.sql)
            let granted = try work.granted(grant.seats, of: request)
            let from = try work.source(grant.source, of: request, term: term, seats: granted)
            try LedgerTransfer(
                sql: work.sql,
                policy: work.policy,
                now: work.now,
                officer: caller.name,
                decision: grant.decision
            ).post(granted, term: term, from: from, to: .unit(request.unit), request: request.id)
            let source = if case .unit(let code) = from { code } else { from.text }
            try work.requests.decide(
                request.id,
                SeatRequestDecision(
                    state: .approved,
                    granted: granted,
                    source: source,
                    document: grant.decision.document,
                    answer: answer,
                    officer: caller.name
                ),
                now: work.now
            )
            // With its first allocation a term may have taken another one's place.
            let policy = try PolicyStore(sql: work.sql).policy(now: work.now)
            try SeatLedger(sql: work.sql, policy: policy, now: work.now)
                .promote(unit: request.unit, family: term.productFamily)
            try work.audit(
                "request-approved",
                request.id,
                "unit \(request.unit), term \(term.id), seats \(granted) of \(request.seats), from \(source), "
                    + "document \(grant.decision.document)"
            )
            return try work.answer(request.id)
        }
    }

    func refuse(
        _ id: UInt64,
        answer: String,
        expectedRevision: UInt64,
        by caller: Caller
    ) async throws(CollectorError) -> Answer {
        try caller.requireCenter()
        let answer = try Self.checkedText(answer, Phrase("reason (--reason)", vi: "Lý do (--reason)"))
        return try await close(id, .refused, answer: answer, expectedRevision: expectedRevision, by: caller)
    }

    /// Takes a request back: the unit its own, the center any.
    func withdraw(
        _ id: UInt64,
        expectedRevision: UInt64,
        by caller: Caller
    ) async throws(CollectorError) -> Answer {
        try caller.requireChange()
        return try await close(id, .withdrawn, answer: "", expectedRevision: expectedRevision, by: caller)
    }

    private func close(
        _ id: UInt64,
        _ state: SeatRequestRecord.State,
        answer: String,
        expectedRevision: UInt64,
        by caller: Caller
    ) async throws(CollectorError) -> Answer {
        try await change(by: caller) { work in
            let request = try work.undecided(id, expectedRevision: expectedRevision)
            try work.requests.decide(
                request.id,
                SeatRequestDecision(state: state, answer: answer, officer: caller.name),
                now: work.now
            )
            try work.audit(
                state == .refused ? "request-refused" : "request-withdrawn",
                request.id,
                answer.isEmpty ? "unit \(request.unit)" : "unit \(request.unit): \(answer)"
            )
            return try work.answer(request.id)
        }
    }

    private func change(
        by caller: Caller,
        _ body: @Sendable (RequestWork) throws -> Answer
    ) async throws(CollectorError) -> Answer {
        let now = clock.now()
        return try await database.write { sql in
            try body(
                RequestWork(sql: sql, policy: try PolicyStore(sql: sql).policy(now: now), now: now, caller: caller)
            )
        }
    }

    private static func checkedText(_ text: String, _ what: Phrase) throws(CollectorError) -> String {
        try OfficerText.checked(text, bytes: 1...OfficerText.reasonBytes, of: what)
    }
}
