import Shared
import Testing

@testable import Collector

@Suite struct RequestServiceTests {
    /// 4 of 20 seats in reserve; unit-a full with two that wait, unit-b with 8 of 10 not installed.
    private func collector() throws -> TestCollector {
        let collector = try TestCollector(caps: [("unit-a", 3), ("unit-b", 10), ("unit-c", 3)], total: 20)
        try collector.addSeated("a", 5, unit: "unit-a")
        try collector.addSeated("b", 2, unit: "unit-b")
        return collector
    }

    private func file(
        _ seats: UInt32 = 3,
        unit: String = "unit-a",
        by caller: Caller = .center,
        in collector: TestCollector
    ) async throws -> UInt64 {
        collector.now = collector.now.adding(seconds: 1)
        let answer = try await collector.requests.create(
            unit: unit,
            seats: seats,
            reason: "máy mới",
            term: 0,
            by: caller
        )
        return UInt64(answer.request.id)
    }

    private func grant(
        _ seats: UInt32 = 0,
        from source: String = "reserve",
        revision: UInt64 = 1,
        on day: String = "",
        document: String = "7/QĐ"
    ) throws -> RequestService.Grant {
        RequestService.Grant(
            seats: seats,
            source: source,
            answer: "",
            decision: try Decision(document: document, reason: "", effectiveOn: day),
            expectedRevision: revision
        )
    }

    @Test func `a grant from the reserve changes the ledger and seats who waits`() async throws {
        let collector = try collector()
        let id = try await file(by: .unitA, in: collector)
        let answer = try await collector.requests.approve(id, grant(), by: .center)
        #expect(answer.request.state == .approved && answer.request.granted == 3 && answer.request.source == "reserve")
        #expect(answer.request.cap == 6 && answer.request.used == 5 && answer.request.waiting == 0)
        #expect(answer.reserve == 1)
        #expect(try collector.seat("a3-device")?.state == .held)
        #expect(try collector.number("SELECT request_id FROM ledger ORDER BY entry_id DESC LIMIT 1") == Int(id))
        let audit = try collector.text("SELECT action FROM audit WHERE target = 'request:\(id)' ORDER BY audit_id")
        #expect(audit == ["request-filed", "request-approved"])
        try collector.checkSums()
    }

    @Test func `a grant in part from a unit with a shortfall takes only what it does not use`() async throws {
        let collector = try collector()
        let id = try await file(9, in: collector)
        let answer = try await collector.requests.approve(id, grant(8, from: "sở UNIT-b"), by: .center)
        #expect(answer.request.granted == 8 && answer.request.source == "unit-b")
        #expect(try collector.account("unit-b") == [2, 2])
        #expect(try collector.account("unit-a") == [11, 5])
        try collector.checkSums()
    }

    private static let shortages: [(source: String, seats: UInt32, figures: [String])] = [
        ("reserve", 5, ["holds 4 seats", "5 are to be granted"]),
        ("unit-b", 9, ["holds 10 seats", "uses 2", "give 8, not 9"]),
        ("unit-a", 1, ["cannot give to itself"]),
        ("unit-x", 1, ["There is no unit"]),
        ("", 1, ["--from reserve"]),
        ("unit-b", 100, ["is for 20 seats; 100 are more"]),
    ]

    @Test(arguments: shortages)
    func `a grant that its source cannot cover is refused with the figures`(
        source: String,
        seats: UInt32,
        figures: [String]
    ) async throws {
        let collector = try collector()
        let id = try await file(20, in: collector)
        let before = try collector.everything()
        let error = await expectRefusal {
            try await collector.requests.approve(id, grant(seats, from: source), by: .center)
        }
        for figure in figures { #expect(error?.message.contains(figure) == true, "\(error?.message ?? "-")") }
        #expect(error?.phrase.vietnamese != error?.phrase.english)
        #expect(try collector.everything() == before)
    }

    @Test func `a unit cannot give seats that its devices bring along from the term before`() async throws {
        let collector = try TestCollector(caps: [("unit-a", 1), ("unit-b", 4), ("unit-c", 3)], total: 9)
        try collector.addSeated("b", 3, unit: "unit-b")
        _ = try await collector.licenses.terms.add(
            collector.draft(seats: 9, from: 10, renews: 1, copies: true),
            by: .center
        )
        // Two weeks ahead, then on the day itself before upkeep has moved the seats.
        for days in [0, 10] {
            try collector.pass(days: days)
            let id = UInt64(
                try await collector.requests.create(unit: "unit-a", seats: 2, reason: "x", term: 2, by: .center).request
                    .id
            )
            let before = try collector.everything()
            let error = await expectRefusal {
                try await collector.requests.approve(id, grant(2, from: "unit-b"), by: .center)
            }
            #expect(error?.message.contains("uses 0, and 3 more of its devices need one") == true)
            #expect(error?.message.contains("give 1, not 2") == true)
            #expect(try collector.everything() == before)
        }
        try collector.upkeep()
        #expect(try collector.account("unit-b", term: 2) == [4, 3])
    }

    @Test(arguments: [("2023-10-12", "2023-10-13"), ("2023-11-16", "2023-11-15")])
    func `a grant holds from no day before the ledger's last, and none ahead`(day: String, hint: String) async throws {
        let collector = try collector()
        let id = try await file(in: collector)
        let error = await expectRefusal {
            try await collector.requests.approve(id, grant(on: day), by: .center)
        }
        #expect(error?.code == .failedPrecondition)
        #expect(error?.message.contains(hint) == true, "\(error?.message ?? "-")")
    }

    @Test func `of two officers who decide at once one wins, and the other is told who`() async throws {
        let collector = try collector()
        let id = try await file(2, in: collector)
        let officers = ["lan", "minh"].map { Caller(name: $0, role: .center, ownUnit: nil) }
        let grant = try grant()
        let requests = collector.requests
        let results = await withTaskGroup(of: Result<String, CollectorError>.self) { group in
            for officer in officers {
                group.addTask {
                    do throws(CollectorError) {
                        return .success(try await requests.approve(id, grant, by: officer).request.decidedBy)
                    } catch {
                        return .failure(error)
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        let winners = results.compactMap { try? $0.get() }
        #expect(winners.count == 1)
        for case .failure(let error) in results {
            #expect(error.code == .failedPrecondition)
            #expect(error.message.contains("by \(winners.first ?? "-")"))
        }
        #expect(try collector.account("unit-a") == [5, 5])
        #expect(try collector.number("SELECT count(*) FROM ledger WHERE request_id = \(id)") == 1)
        try collector.checkSums()
    }

    @Test func `a request that moved with its unit is looked at again before it is decided`() async throws {
        let collector = try collector()
        let id = try await file(unit: "unit-c", in: collector)
        _ = try await collector.unitChanges.merge(["unit-c"], into: "unit-b", decision: try .written(), by: .center)
        let error = await expectRefusal { try await collector.requests.approve(id, grant(), by: .center) }
        #expect(error?.code == .aborted)
        #expect(error?.message.contains("\"unit-b\"") == true)
        _ = try await collector.requests.approve(id, grant(revision: 2), by: .center)
    }

    private enum Attempt: String, CaseIterable {
        case noSeats, tooManySeats, noReason, longReason, twoLines, unknownUnit, noUnit, unknownTerm
        case refuseWithout, approveWithoutDocument, approveUnknown, approveHuge, refuseStale
    }

    private static let attempts: [(Attempt, CollectorError.Code)] = [
        (.noSeats, .invalidArgument), (.tooManySeats, .invalidArgument), (.noReason, .invalidArgument),
        (.longReason, .invalidArgument), (.twoLines, .invalidArgument), (.unknownUnit, .notFound),
        (.noUnit, .invalidArgument), (.unknownTerm, .notFound), (.refuseWithout, .invalidArgument),
        (.approveWithoutDocument, .invalidArgument), (.approveUnknown, .notFound), (.approveHuge, .notFound),
        (.refuseStale, .aborted),
    ]

    @Test(arguments: attempts)
    private func `what does not fit is refused, and changes nothing`(
        attempt: Attempt,
        code: CollectorError.Code
    ) async throws {
        let collector = try collector()
        let id = try await file(in: collector)
        let before = try collector.everything()
        let requests = collector.requests
        func create(unit: String = "unit-a", seats: UInt32 = 1, reason: String = "x", term: UInt32 = 0) async throws {
            _ = try await requests.create(unit: unit, seats: seats, reason: reason, term: term, by: .center)
        }
        let error = await expectRefusal {
            switch attempt {
            case .noSeats: try await create(seats: 0)
            case .tooManySeats: try await create(seats: 100_001)
            case .noReason: try await create(reason: "  ")
            case .longReason: try await create(reason: String(repeating: "ế", count: 200))
            case .twoLines: try await create(reason: "a\nb")
            case .unknownUnit: try await create(unit: "unit-x")
            case .noUnit: try await create(unit: "")
            case .unknownTerm: try await create(term: .max)
            case .refuseWithout: _ = try await requests.refuse(id, answer: "", expectedRevision: 1, by: .center)
            case .approveWithoutDocument: _ = try await requests.approve(id, grant(document: " "), by: .center)
            case .approveUnknown: _ = try await requests.approve(99, grant(), by: .center)
            case .approveHuge: _ = try await requests.approve(.max, grant(), by: .center)
            case .refuseStale: _ = try await requests.refuse(id, answer: "x", expectedRevision: 0, by: .center)
            }
        }
        #expect(error?.code == code, "\(error?.message ?? "-")")
        #expect(error?.phrase.vietnamese != error?.phrase.english)
        #expect(try collector.everything() == before)
    }

    @Test func `a request is not the first allocation of a term that takes another one's place, also not ahead`()
        async throws
    {
        let collector = try collector()
        _ = try await collector.licenses.terms.add(collector.draft(seats: 30, from: 30, renews: 1), by: .center)
        let request = try await collector.requests.create(
            unit: "unit-a",
            seats: 5,
            reason: "máy mới",
            term: 2,
            by: .center
        ).request
        let before = try collector.everything()
        let error = await expectRefusal {
            try await collector.requests.approve(UInt64(request.id), grant(), by: .center)
        }
        #expect(error?.code == .failedPrecondition)
        #expect(try collector.everything() == before)
        // Who allocates ahead may do it unit by unit, until the day comes.
        try await collector.assign("unit-a", 3, term: 2)
        _ = try await collector.requests.approve(UInt64(request.id), grant(), by: .center)
        #expect(try collector.account("unit-a", term: 2).first == 8)
    }

    @Test func `every way to be refused is in the table of requests`() {
        #expect(Set(Self.attempts.map(\.0)) == Set(Attempt.allCases))
    }

    @Test func `a decided request is decided once, whoever comes next`() async throws {
        let collector = try collector()
        let id = try await file(in: collector)
        _ = try await collector.requests.refuse(id, answer: "hết dự phòng", expectedRevision: 1, by: .center)
        let before = try collector.everything()
        for revision: UInt64 in [1, 2] {
            let errors = [
                await expectRefusal {
                    try await collector.requests.approve(id, grant(revision: revision), by: .center)
                },
                await expectRefusal {
                    try await collector.requests.refuse(id, answer: "x", expectedRevision: revision, by: .center)
                },
                await expectRefusal {
                    try await collector.requests.withdraw(id, expectedRevision: revision, by: .unitA)
                },
            ]
            for error in errors {
                #expect(error?.code == .failedPrecondition)
                #expect(error?.message.contains("refused by center on 2023-11-15") == true, "\(error?.message ?? "-")")
            }
        }
        #expect(try collector.everything() == before)
    }

    @Test func `seats are taken from no unit by a code of before`() async throws {
        let collector = try TestCollector(caps: [("unit-a", 3), ("unit-b", 2), ("unit-c", 1)])
        let id = try await file(1, in: collector)
        _ = try await collector.unitChanges.merge(["unit-b"], into: "unit-c", decision: try .written(), by: .center)
        let error = await expectRefusal {
            try await collector.requests.approve(id, grant(from: "unit-b"), by: .center)
        }
        #expect(error?.message.contains("went into \"unit-c\"") == true)
        #expect(try collector.account("unit-c") == [3, 0])
    }

    @Test func `a term that is over gives nothing, and takes no requests`() async throws {
        let collector = try collector()
        let id = try await file(in: collector)
        collector.now = collector.now.adding(seconds: 400 * 86400)
        for error in [
            await expectRefusal { try await collector.requests.approve(id, grant(), by: .center) },
            await expectRefusal { try await file(in: collector) },
        ] {
            #expect(error?.code == .failedPrecondition)
            #expect(error?.message.contains("Term 1 is over") == true)
            #expect(error?.message.contains("khien term add") == true)
        }
        _ = try await collector.requests.refuse(id, answer: "kỳ đã hết", expectedRevision: 1, by: .center)
    }

    @Test func `open requests come first, the oldest of them first, then the last decided`() async throws {
        let collector = try collector()
        var ids: [UInt64] = []
        for _ in 0..<9 { ids.append(try await file(1, in: collector)) }
        for (step, index) in [1, 4, 2, 7].enumerated() {
            collector.now = collector.now.adding(seconds: Int64(step))
            _ = try await collector.requests.refuse(ids[index], answer: "x", expectedRevision: 1, by: .center)
        }
        let expected = [0, 3, 5, 6, 8, 7, 2, 4, 1].map { Int64(ids[$0]) }
        for size: UInt32 in [1, 2, 4, 5, 100] {
            var seen: [Int64] = []
            var token = ""
            repeat {
                let page = try await collector.requests.list(
                    unit: "",
                    state: nil,
                    pageSize: size,
                    pageToken: token,
                    for: .reader
                )
                #expect(page.total == 9)
                seen += page.rows.map(\.id)
                token = page.nextToken
            } while !token.isEmpty
            #expect(seen == expected)
        }
        let open = try await collector.requests.list(unit: "", state: .open, pageSize: 0, pageToken: "", for: .center)
        #expect(open.rows.count == 5 && open.total == 5)
        let refused = try await collector.requests.list(
            unit: "",
            state: .refused,
            pageSize: 3,
            pageToken: "",
            for: .center
        )
        #expect(refused.rows.map(\.id) == Array(expected[5..<8]) && refused.total == 4)
    }

    @Test func `a unit's officer files, sees and withdraws the own ones only`() async throws {
        let collector = try collector()
        let other = try await file(unit: "unit-b", in: collector)
        let own = try await file(unit: "", by: .unitA, in: collector)
        let listing = try await collector.requests.list(unit: "", state: nil, pageSize: 0, pageToken: "", for: .unitA)
        #expect(listing.rows.map(\.id) == [Int64(own)] && listing.total == 1)
        #expect(try await collector.requests.get(own, for: .unitA).reserve == nil)
        // What another unit's request is answered, and what nonsense is.
        func answers(_ id: UInt64) async -> [String?] {
            let requests = collector.requests
            return [
                await expectRefusal { try await requests.get(id, for: .unitA) },
                await expectRefusal { try await requests.withdraw(id, expectedRevision: 1, by: .unitA) },
            ].map { $0?.message.replacing("\(id)", with: "…") }
        }
        #expect(await answers(other) == answers(4711))
        for unit in ["unit-b", "unit-x"] {
            let error = await expectRefusal { try await file(unit: unit, by: .unitA, in: collector) }
            #expect(error?.code == .notFound)
        }
        for error in [
            await expectRefusal { try await collector.requests.approve(own, grant(), by: .unitA) },
            await expectRefusal {
                try await collector.requests.refuse(own, answer: "x", expectedRevision: 1, by: .unitA)
            },
            await expectRefusal { try await collector.requests.withdraw(own, expectedRevision: 1, by: .reader) },
            await expectRefusal { try await file(by: .reader, in: collector) },
        ] { #expect(error?.code == .permissionDenied) }
        let withdrawn = try await collector.requests.withdraw(own, expectedRevision: 1, by: .unitA).request
        #expect(withdrawn.state == .withdrawn && withdrawn.decidedBy == "a")
    }

    @Test func `who gave is not told to a unit's officer`() async throws {
        let collector = try collector()
        let id = try await file(by: .unitA, in: collector)
        _ = try await collector.requests.approve(id, grant(from: "unit-b"), by: .center)
        #expect(try await collector.requests.get(id, for: .unitA).request.source == "center")
        let listed = try await collector.requests.list(unit: "", state: nil, pageSize: 0, pageToken: "", for: .unitA)
        #expect(listed.rows.map(\.source) == ["center"])
        let error = await expectRefusal { try await collector.requests.withdraw(id, expectedRevision: 2, by: .unitA) }
        #expect(error?.message.contains("unit-b") == false)
        #expect(try await collector.requests.get(id, for: .reader).request.source == "unit-b")
    }

    @Test func `one unit's open requests have a limit`() async throws {
        let collector = try collector()
        for _ in 0..<100 { _ = try await file(1, in: collector) }
        let error = await expectRefusal { try await file(1, in: collector) }
        #expect(error?.code == .failedPrecondition)
        _ = try await file(1, unit: "unit-b", in: collector)
    }
}
