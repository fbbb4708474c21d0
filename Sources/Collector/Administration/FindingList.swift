internal import Shared

/// Puts a list of findings together from its lanes.
struct FindingList {
    let sql: SQLTransaction
    /// Empty: all.
    let kinds: Set<FindingKind>
    let unit: String?
    let since: Milliseconds?
    let filter: FindingFilter
    let policy: Policy
    let now: Milliseconds
    let sight: OfficerSight

    /// Where a page begins: after a key among the open ones, or among the closed ones, which come after them.
    struct Position: Sendable, Hashable {
        var isClosed = false
        /// `nil`: at the beginning.
        var key: FindingListStore.Key?
        /// When the first page was read; `nil` for that page itself.
        ///
        /// What closes from then on keeps its place among the open ones: it is neither shown twice nor passed over.
        var firstReadAt: Milliseconds?
        /// What the first page counted; the others say the same, and count nothing.
        var figures: Figures?

        /// Reads a token; an empty one is the first page.
        /// - Throws: `CollectorError` (`invalidArgument`) for a text that this collector did not make.
        init(_ token: String) throws(CollectorError) {
            guard let parts = try PageToken.parse(token, parts: 7)?.parts else { return }
            let numbers = parts.dropFirst().compactMap { Int64($0) }
            guard ["open", "closed"].contains(parts[0]), numbers.count == 6, numbers[3...].allSatisfy({ $0 >= 0 })
            else {
                throw PageToken.malformed
            }
            isClosed = parts[0] == "closed"
            key = FindingListStore.Key(moment: numbers[0], id: numbers[1])
            firstReadAt = Milliseconds(numbers[2])
            figures = Figures(
                total: Int(clamping: numbers[3]),
                waived: Int(clamping: numbers[4]),
                overdue: Int(clamping: numbers[5])
            )
        }

        static func token(
            _ key: FindingListStore.Key,
            isClosed: Bool,
            firstReadAt: Milliseconds,
            _ figures: Figures
        ) -> String {
            let place = [isClosed ? "closed" : "open", "\(key.moment)", "\(key.id)", "\(firstReadAt.value)"]
            return PageToken(place + [figures.total, figures.waived, figures.overdue].map(String.init)).text
        }
    }

    /// How many there are; with a million findings counting takes longer than a page.
    struct Figures: Sendable, Hashable {
        var total: Int
        var waived: Int
        var overdue: Int
    }

    private var findings: FindingListStore { FindingListStore(sql: sql) }

    func page(from start: Position, size: Int) throws -> FindingService.Page {
        let firstReadAt = start.firstReadAt ?? now
        var rows: [(key: FindingListStore.Key, isClosed: Bool)] = []
        if !start.isClosed {
            rows = try open(after: start.key, closedSince: firstReadAt, limit: size + 1).map { ($0, false) }
        }
        if rows.count <= size {
            // No finding has a number below 1: what closed at that very moment is among the open ones.
            let first = filter.isOfBoth ? FindingListStore.Key(moment: firstReadAt.value, id: 0) : .last
            let closed = try closed(before: start.isClosed ? start.key : first, limit: size + 1 - rows.count)
            rows += closed.map { ($0, true) }
        }
        let page = rows.prefix(size)
        let entries = try page.compactMap { try findings.details($0.key.id)?.seen(by: sight) }
        let next = rows.count > size ? page.last : nil
        let figures = try start.figures ?? counted()
        return FindingService.Page(
            findings: Listing(
                rows: entries.map { FindingEntry($0, policy: policy, now: now) },
                total: figures.total,
                nextToken: next.map {
                    Position.token($0.key, isClosed: $0.isClosed, firstReadAt: firstReadAt, figures)
                } ?? ""
            ),
            waived: figures.waived,
            overdue: figures.overdue
        )
    }

    private func counted() throws -> Figures {
        Figures(
            total: try total(),
            waived: [.waived, .all].contains(filter) ? 0 : try count([.waived], before: .max),
            overdue: try count([.open, .acknowledged], before: now.value)
        )
    }

    /// Those that are open, and where closed ones are listed, too, those that were until a moment.
    private func open(
        after key: FindingListStore.Key?,
        closedSince moment: Milliseconds,
        limit: Int
    ) throws -> [FindingListStore.Key] {
        let before = filter == .overdue ? now.value : .max
        var keys: [FindingListStore.Key] = []
        for lane in lanes(filter.states) {
            keys += try findings.open(lane, after: max(key ?? .first, first(lane)), before: before, limit: limit)
        }
        if filter.isOfBoth {
            for lane in closedLanes {
                keys += try findings.closed(
                    lane,
                    atOrAfter: moment.value,
                    after: key ?? .first,
                    since: since?.value ?? .min,
                    limit: limit
                )
            }
        }
        return Array(keys.sorted().prefix(limit))
    }

    private func closed(before key: FindingListStore.Key?, limit: Int) throws -> [FindingListStore.Key] {
        var keys: [FindingListStore.Key] = []
        for lane in closedLanes {
            keys += try findings.closed(lane, before: key ?? .last, since: since?.value ?? .min, limit: limit)
        }
        return Array(keys.sorted(by: >).prefix(limit))
    }

    private func total() throws -> Int {
        try count(filter.states, before: filter == .overdue ? now.value : .max)
            + closedLanes.reduce(0) { try $0 + findings.countClosed($1, since: since?.value ?? .min) }
    }

    private func count(_ states: Set<FindingState>, before: Int64) throws -> Int {
        try lanes(states).reduce(0) { try $0 + findings.countOpen($1, after: first($1), before: before) }
    }

    /// Of one kind, deadlines have the order of the openings: what was opened since a moment is a range of its lane.
    private func first(_ lane: FindingListStore.OpenLane) -> FindingListStore.Key {
        guard let since, let kind = lane.kind else { return .first }
        // Numbers of findings begin with 1.
        return FindingListStore.Key(moment: policy.deadline(kind, openedAt: since).value, id: 0)
    }

    private func lanes(_ states: Set<FindingState>) -> [FindingListStore.OpenLane] {
        laneKinds(split: since != nil).flatMap { kind in
            [
                (FindingState.open, false, false), (.acknowledged, false, true), (.waived, true, false),
                (.waived, true, true),
            ]
            .filter { states.contains($0.0) }
            .map { _, isWaived, isAcknowledged in
                FindingListStore.OpenLane(
                    unit: unit,
                    kind: kind,
                    isWaived: isWaived,
                    isAcknowledged: isAcknowledged
                )
            }
        }
    }

    private var closedLanes: [FindingListStore.ClosedLane] {
        guard filter.states.contains(.closed) else { return [] }
        return laneKinds(split: false).map { FindingListStore.ClosedLane(unit: unit, kind: $0) }
    }

    /// One lane for all kinds where an index has them in order together.
    private func laneKinds(split: Bool) -> [FindingKind?] {
        guard kinds.isEmpty else { return kinds.sorted() }
        return unit == nil && !split ? [nil] : FindingKind.allCases
    }
}

extension FindingFilter {
    fileprivate var states: Set<FindingState> {
        switch self {
        case .standing, .overdue: [.open, .acknowledged]
        case .open: [.open]
        case .acknowledged: [.acknowledged]
        case .waived: [.waived]
        case .closed: [.closed]
        case .all: [.open, .acknowledged, .waived, .closed]
        }
    }

    /// Whether closed ones come after open ones.
    fileprivate var isOfBoth: Bool { states.contains(.closed) && states.count > 1 }
}
