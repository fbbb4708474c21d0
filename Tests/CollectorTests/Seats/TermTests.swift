import Shared
import Testing

@testable import Collector

@Suite struct TermTests {
    private func term(
        _ id: Int64,
        _ from: String,
        _ to: String,
        _ product: String = "a",
        renews: Int64? = nil
    ) throws -> TermRecord {
        TermRecord(
            id: id,
            productFamily: product,
            totalSeats: 1,
            startsOn: try #require(Day(from)),
            endsOn: try #require(Day(to)),
            renews: renews
        )
    }

    @Test(
        arguments: [
            ("2024-12-31", [1], [], [TermBook.State.inForce, .upcoming, .upcoming]),
            ("2025-01-01", [2, 1], [], [.inForce, .inForce, .upcoming]),
            ("2025-02-01", [2, 1], [], [.expired, .inForce, .upcoming]),
            ("2025-07-01", [3], [2, 1], [.succeeded, .succeeded, .inForce]),
            ("2026-01-01", [3], [2, 1], [.succeeded, .succeeded, .expired]),
        ] as [(String, [Int64], Set<Int64>, [TermBook.State])]
    )
    func termsCountByTheDay(today: String, counting: [Int64], lapsed: Set<Int64>, states: [TermBook.State]) throws {
        let book = TermBook(
            [
                try term(1, "2024-01-01", "2025-01-31"), try term(2, "2025-01-01", "2025-12-31"),
                try term(3, "2025-07-01", "2025-12-31", renews: 2),
            ],
            today: Day(today)!
        )
        #expect(book.counting.map(\.id) == counting)
        #expect(Set(book.lapsed.map(\.id)) == lapsed)
        #expect((1...3).map { book.state(of: $0) } == states)
    }

    @Test func aTermThatIsOverGivesSeatsUntilOneTakesItsPlace() throws {
        let terms = [
            try term(1, "2024-01-01", "2024-12-31"), try term(2, "2025-03-01", "2025-12-31"),
            try term(3, "2024-01-01", "2024-06-30", "b"),
        ]
        let between = TermBook(terms, today: Day("2025-02-01")!)
        #expect(between.granting("a").map(\.id) == [1] && between.isExpired(1))
        #expect(between.granting("b").map(\.id) == [3] && between.unlicensedFamilies.isEmpty)
        #expect(TermBook(terms, today: Day("2025-03-01")!).granting("a").map(\.id) == [2])
        let other = TermBook(
            try terms + [term(4, "2025-01-01", "2026-01-01", "b", renews: 1)],
            today: Day("2025-02-01")!
        )
        #expect(
            other.granting("a").isEmpty && other.unlicensedFamilies == ["a"] && other.granting("b").map(\.id) == [4]
        )
    }

    @Test func termsThatEndTogetherGiveSeatsTogether() throws {
        let terms = [
            try term(1, "2024-01-01", "2024-12-31"), try term(2, "2024-06-01", "2024-12-31"),
            try term(3, "2023-01-01", "2023-12-31"),
        ]
        let book = TermBook(terms, today: Day("2025-01-01")!)
        // The one of the year before had found its successor.
        #expect(book.granting("a").map(\.id) == [1, 2] && book.lapsed.map(\.id) == [3])
    }

    @Test func aTermTakesNoPlaceBeforeAnyUnitWasGivenSeatsOfIt() throws {
        var terms = [try term(1, "2024-01-01", "2024-12-31"), try term(2, "2025-01-01", "2025-12-31", renews: 1)]
        terms[1].givesSeats = false
        let empty = TermBook(terms, today: Day("2025-02-01")!)
        #expect(empty.granting("a").map(\.id) == [2, 1] && empty.isExpired(1))
        #expect(empty.yielding(to: terms[1]).map(\.id) == [1])
        terms[1].givesSeats = true
        let filled = TermBook(terms, today: Day("2025-02-01")!)
        #expect(filled.granting("a").map(\.id) == [2] && filled.state(of: 1) == .succeeded)
        #expect(filled.yielding(to: terms[1]).isEmpty)
    }

    private static let wrong:
        [(words: String, code: CollectorError.Code, change: @Sendable (inout TermService.Draft) -> Void)] = [
            ("seats", .invalidArgument, { $0.totalSeats = 0 }),
            ("seats", .invalidArgument, { $0.totalSeats = 10_000_001 }),
            ("seats", .invalidArgument, { $0.totalSeats = .max }),
            ("days", .invalidArgument, { $0.silenceDays = 3651 }),
            ("not a day", .invalidArgument, { $0.startsOn = "2025-02-29" }),
            ("not a day", .invalidArgument, { $0.endsOn = "" }),
            ("before it begins", .invalidArgument, { $0.endsOn = "2024-01-01" }),
            ("over already", .invalidArgument, { ($0.startsOn, $0.endsOn) = ("2022-01-01", "2022-12-31") }),
            ("document", .invalidArgument, { $0.document = "" }),
            ("document", .invalidArgument, { $0.document = " \n" }),
            ("document", .invalidArgument, { $0.document = String(repeating: "é", count: 65) }),
            ("no antivirus", .invalidArgument, { $0.productFamily = "nothing" }),
            ("no antivirus", .invalidArgument, { $0.productFamily = "" }), ("no term 9", .notFound, { $0.renews = 9 }),
            ("begins later", .invalidArgument, { ($0.renews, $0.startsOn) = (1, "2023-10-13") }),
            ("--renews", .invalidArgument, { $0.copiesAllocations = true }),
            (
                "The units hold 103 seats", .failedPrecondition,
                { ($0.totalSeats, $0.renews, $0.copiesAllocations) = (102, 1, true) }
            ),
        ]

    @Test(arguments: wrong.indices)
    func aTermThatIsWrongIsRefusedAndLeavesNothing(index: Int) async throws {
        let collector = try TestCollector()
        var draft = collector.draft(seats: 200, from: 60)
        Self.wrong[index].change(&draft)
        let error = await refusal { [draft] in _ = try await collector.licenses.terms.add(draft, by: .center) }
        #expect(error?.code == Self.wrong[index].code)
        #expect(error?.message.contains(Self.wrong[index].words) == true, "\(error?.message ?? "taken")")
        #expect(error?.phrase.vietnamese != error?.phrase.english)
        #expect(try collector.number("SELECT count(*) FROM term") == 1)
        #expect(try collector.number("SELECT count(*) FROM ledger") == 3)
    }

    @Test func theSameContractIsAddedOnce() async throws {
        let collector = try TestCollector()
        _ = try await collector.licenses.terms.add(collector.draft(seats: 4, from: 0), by: .center)
        let error = await refusal {
            _ = try await collector.licenses.terms.add(collector.draft(seats: 4, from: 0), by: .center)
        }
        #expect(error?.code == .alreadyExists && error?.message.contains("Term 2 is that contract") == true)
        #expect(try collector.number("SELECT count(*) FROM term") == 2)
    }

    @Test func contractsThatDifferInOneThingAreTwo() async throws {
        let collector = try TestCollector(catalog: TestCatalog(version: 1).knowing("drweb", as: "drweb"))
        let first = collector.draft(seats: 4, from: 0)
        var others = [first, first, first]
        others[0].document = "HĐ-3"
        others[1].startsOn = collector.day(1).description
        others[2].productFamily = "drweb"
        for draft in [first] + others { _ = try await collector.licenses.terms.add(draft, by: .center) }
        #expect(try collector.number("SELECT count(*) FROM term") == 5)
    }

    @Test func whereSeveralTermsGiveSeatsAChangeNamesOne() async throws {
        let collector = try TestCollector()
        _ = try await collector.licenses.terms.add(collector.draft(seats: 4, from: 0), by: .center)
        let refusals = [
            await refusal { try await collector.assign("unit-a", 1, term: 0) },
            await refusal {
                _ = try await collector.requests.create(unit: "unit-a", seats: 1, reason: "x", term: 0, by: .center)
            },
            await refusal {
                _ = try await collector.licenses.allocations.take(
                    .init(file: Array("code;seats\nunit-a;1\n".utf8), fileName: "a.csv", term: 0, expectedRevision: 0),
                    by: .center
                )
            },
        ]
        for error in refusals {
            #expect(error?.code == .failedPrecondition)
            #expect(
                error?.message.contains("Several terms give seats now: 2 (") == true,
                "\(error?.message ?? "taken")"
            )
        }
        #expect(try await collector.licenses.terms.details(0, for: .center).summary.term.id == 2)
    }

    @Test func aTermIsRenewedOnce() async throws {
        let collector = try TestCollector()
        let draft = collector.draft(seats: 200, from: 60, renews: 1)
        _ = try await collector.licenses.terms.add(draft, by: .center)
        let error = await refusal { _ = try await collector.licenses.terms.add(draft, by: .center) }
        #expect(error?.message.contains("renewed by term 2 already") == true)
    }

    @Test func aRenewalTakesOverAllocationsInOneTransactionThroughTheReserve() async throws {
        let collector = try TestCollector()
        let added = try await collector.licenses.terms.add(
            collector.draft(seats: 200, from: 60, renews: 1, copies: true),
            by: .center
        )
        #expect(added.state == .upcoming && added.term.id == 2 && added.daysLeft == 424)
        #expect(added.sums.map { [$0.allocated, $0.reserve, $0.used] } == [103, 97, 0])
        let details = try await collector.licenses.terms.details(2, for: .reader)
        #expect(details.allocations.map(\.seats) == [3, 100])
        #expect(details.allocations.map { $0.decision?.effectiveOn } == [draftStart(collector), draftStart(collector)])
        try collector.checkSeats()
    }

    private func draftStart(_ collector: TestCollector) -> String { collector.day(60).description }

    @Test func allocationsOfATermThatHasNotBegunCanBeDecidedAhead() async throws {
        let collector = try TestCollector()
        _ = try await collector.licenses.terms.add(collector.draft(seats: 10, from: 60), by: .center)
        try await collector.assign("unit-a", 4, term: 2)
        let details = try await collector.licenses.terms.details(2, for: .center)
        #expect(details.allocations.first?.decision?.effectiveOn == draftStart(collector))
        // The current one is the one that is in force.
        #expect(try await collector.licenses.terms.details(0, for: .center).summary.term.id == 1)
    }

    @Test func aTermThatWasSucceededIsNotChangedAnyMore() async throws {
        let collector = try TestCollector()
        _ = try await collector.licenses.terms.add(
            collector.draft(seats: 200, from: 0, renews: 1, copies: true),
            by: .center
        )
        let error = await refusal { try await collector.assign("unit-a", 1, term: 1) }
        #expect(error?.code == .failedPrecondition && error?.message.contains("gives no seats any more") == true)
    }

    @Test func aUnitsOfficerSeesTermsButNothingThatSumsUpOthers() async throws {
        let collector = try TestCollector()
        let listed = try await collector.licenses.terms.list(for: .unitA)
        #expect(listed.map(\.term.id) == [1] && listed.allSatisfy { $0.sums == nil })
        let details = try await collector.licenses.terms.details(0, for: .unitA)
        #expect(details.allocations.map(\.unit) == ["unit-a"] && details.summary.sums == nil)
        for caller in [Caller.unitA, .reader] {
            let draft = collector.draft(seats: 1, from: 1)
            let error = await refusal { _ = try await collector.licenses.terms.add(draft, by: caller) }
            #expect(error?.code == .permissionDenied)
        }
    }
}
