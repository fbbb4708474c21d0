internal import Shared

/// Lists seats, and who waits for one.
struct SeatListService: Sendable {
    /// Which seats are listed.
    enum View: Int, Sendable, CaseIterable {
        /// Every seat and everyone who waits.
        case all = 0
        /// Devices over the cap: those that wait, then the last come where a cap was lowered below its use.
        case over = 1
        case waiting = 2
        /// Seats of devices that were not heard of for some days.
        case idle = 3
    }

    static let idleDays = 1...3650

    let database: Database
    let clock: WallClock

    /// A list as an officer asks for it.
    struct Question: Sendable {
        /// Empty for all that the officer may see.
        var unit: String
        var view: View
        /// 0 for the policy's.
        var idleDays: UInt32
        var pageSize: UInt32
        var pageToken: String
    }

    func list(_ question: Question, for caller: Caller) async throws(CollectorError) -> Listing<SeatListing> {
        let size = try PageToken.size(question.pageSize)
        guard question.idleDays <= Self.idleDays.upperBound else {
            throw CollectorError(
                .invalidArgument,
                Phrase(
                    "Seats are listed after 1 to \(Self.idleDays.upperBound) days of silence: --idle DAYS.",
                    vi:
                        "Chỉ liệt kê suất của thiết bị mất liên lạc từ 1 đến \(Self.idleDays.upperBound) ngày: --idle NGÀY."
                )
            )
        }
        let place = try Place(question.pageToken, view: question.view)
        let now = clock.now()
        return try await database.read { sql in
            let scope = try UnitDirectory(sql: sql).scope(question.unit, for: caller, evenClosed: true)
            // A token comes from outside: it leads to no other unit.
            guard scope == nil || place == nil || place?.seat.unit == scope else { throw PageToken.malformed }
            let policy = try PolicyStore(sql: sql).policy(now: now)
            let days = question.idleDays == 0 ? policy.silentAfterDays : Int(question.idleDays)
            let pages = SeatPages(sql: sql, unit: scope, silentBefore: now.reportDay - Int64(days))
            var rows = try pages.rows(question.view, after: place, limit: size + 1)
            let isMore = rows.count > size
            if isMore { rows.removeLast() }
            return Listing(
                rows: try pages.completed(rows),
                total: try pages.total(question.view),
                nextToken: isMore ? rows.last.map { Place($0, in: question.view).token } ?? "" : ""
            )
        }
    }

    /// The last row of a page.
    fileprivate struct Place {
        var view: View
        var seat: SeatRecord
        var reportDay: Int64

        init(_ row: SeatListing, in view: View) {
            self.view = view
            seat = row.seat
            reportDay = row.reportDay
        }

        init?(_ token: String, view: View) throws(CollectorError) {
            guard let parts = try PageToken.parse(token, parts: 9)?.parts else { return nil }
            let numbers = parts.dropFirst(3).compactMap { Int64($0) }
            guard numbers.count == 6, numbers[0] == view.rawValue else { throw PageToken.malformed }
            self.view = view
            seat = SeatRecord(
                deviceID: parts[0],
                term: numbers[1],
                unit: parts[1],
                family: parts[2],
                state: SeatState(stored: Int(clamping: numbers[2])),
                since: Milliseconds(0),
                queuedAt: Milliseconds(numbers[3]),
                priority: Int(clamping: numbers[4])
            )
            reportDay = numbers[5]
        }

        var token: String {
            let numbers = [
                Int64(view.rawValue), seat.term, Int64(seat.state.stored), seat.queuedAt.value, Int64(seat.priority),
                reportDay,
            ]
            return PageToken([seat.deviceID, seat.unit, seat.family] + numbers.map(String.init)).text
        }
    }

    /// The pages of one list.
    fileprivate struct SeatPages {
        let sql: SQLTransaction
        let unit: String?
        /// As `device.report_day` counts.
        let silentBefore: Int64

        private var seats: SeatStore { SeatStore(sql: sql) }

        func rows(_ view: View, after place: Place?, limit: Int) throws -> [SeatListing] {
            switch view {
            case .all: try seats.all(unit: unit, after: place?.seat, limit: limit)
            case .waiting: try seats.waiting(unit: unit, after: place?.seat, limit: limit)
            case .over: try over(after: place?.seat, limit: limit)
            case .idle:
                try seats.idle(
                    unit: unit,
                    before: silentBefore,
                    after: place.map { ($0.seat.unit, $0.reportDay, $0.seat.deviceID) },
                    limit: limit
                )
            }
        }

        func total(_ view: View) throws -> Int {
            if view == .idle { return try seats.idleCount(unit: unit, before: silentBefore) }
            let totals = try seats.totals(unit: unit)
            return switch view {
            case .waiting: totals.waiting
            case .over: totals.waiting + totals.excess
            case .all, .idle: totals.held + totals.waiting + totals.idle
            }
        }

        /// Those that wait, then the excess.
        private func over(after last: SeatRecord?, limit: Int) throws -> [SeatListing] {
            let isInExcess = last?.state == .held
            var rows = isInExcess ? [] : try seats.waiting(unit: unit, after: last, limit: limit)
            var place = isInExcess ? last : nil
            let accounts = try seats.excessive(unit: unit, from: place.map { ($0.unit, $0.term) }, limit: limit)
            for (code, account) in accounts where rows.count < limit {
                let isBegun = place.map { $0.unit == code && $0.term == account.term } ?? false
                let first = try seats.firstExcess(term: account.term, unit: code, excess: account.used - account.cap)
                let held = try seats.lastCome(
                    term: account.term,
                    unit: code,
                    after: isBegun ? place : nil,
                    limit: min(limit - rows.count, account.used - account.cap)
                )
                rows += held.filter { row in first.map { $0.queueOrder <= row.seat.queueOrder } ?? false }
                place = nil
            }
            return rows
        }

        /// With places in the queue, and what is above a cap.
        func completed(_ page: [SeatListing]) throws -> [SeatListing] {
            var page = page
            var excesses: [String: SeatRecord?] = [:]
            // By unit, product and priority: in every view the page follows the queue within these.
            var places: [String: Int] = [:]
            for index in page.indices {
                let seat = page[index].seat
                switch seat.state {
                case .overCap:
                    let queue = "\(seat.unit) \(seat.family) \(seat.priority)"
                    let place = try (places[queue] ?? seats.countAhead(of: seat)) + 1
                    places[queue] = place
                    page[index].place = place
                case .held:
                    let key = "\(seat.term) \(seat.unit)"
                    if excesses[key] == nil { excesses[key] = try firstExcess(of: seat) }
                    if let first = excesses[key] ?? nil { page[index].isExcess = first.queueOrder <= seat.queueOrder }
                case .idle, .none: break
                }
            }
            return page
        }

        private func firstExcess(of seat: SeatRecord) throws -> SeatRecord? {
            let account = try seats.account(term: seat.term, unit: seat.unit)
            guard account.used > account.cap else { return nil }
            return try seats.firstExcess(term: seat.term, unit: seat.unit, excess: account.used - account.cap)
        }
    }
}

extension SeatRecord {
    /// Who came first.
    fileprivate var queueOrder: (Milliseconds, String) { (queuedAt, deviceID) }
}
