internal import Shared

/// Finds the unit that an officer means: by its code, its name, or a code or name of before.
///
/// A unit's officer finds the own unit and what went into it; for everything else nothing of other units is read, so that
/// neither the answer nor its time says whether there is such a unit.
struct UnitDirectory {
    /// Units that are named when none has the name.
    private static let suggested = 3
    /// Mergers that a code leads through; more are taken for a circle.
    private static let longestChain = 100
    /// Letters from which on a part of a name says which one is meant.
    private static let shortestPart = 4

    let sql: SQLTransaction

    /// A unit that was found.
    struct Resolution: Sendable, Hashable {
        var unit: UnitIdentity
        /// It was asked for by a code or a name of before.
        var isFormer: Bool
    }

    private var units: UnitStore { UnitStore(sql: sql) }

    /// The unit that is meant when this officer names one, by a code or a name, also of before; empty means all.
    /// - Parameters:
    ///   - requested: a code or a name, also of before.
    ///   - caller: who asks.
    ///   - evenClosed: also one that was closed and has no successor: for lists, which change nothing.
    /// - Returns: its code; `nil` for all units.
    /// - Throws: `CollectorError`: as `resolve`.
    func scope(_ requested: String, for caller: Caller, evenClosed: Bool = false) throws -> String? {
        requested.isEmpty ? caller.ownUnit : try resolve(requested, for: caller, evenClosed: evenClosed).unit.code
    }

    /// The unit that stands for a code or a name today: for one that was merged away, the one that it went into.
    /// - Parameters:
    ///   - requested: a code or a name, also of before.
    ///   - caller: who asks.
    ///   - evenClosed: also one that was closed and has no successor.
    /// - Returns: the unit.
    /// - Throws: `CollectorError`: `notFound` when there is none, or none that this officer may see;
    ///   `failedPrecondition` when the unit is closed and none took its place, or when several have that name.
    func resolve(_ requested: String, for caller: Caller, evenClosed: Bool = false) throws -> Resolution {
        let found = try find(requested, for: caller)
        let unit = try follow(found.unit)
        guard evenClosed || unit.closedOn == nil else { throw Self.closed(unit) }
        return Resolution(unit: unit, isFormer: found.isFormer || unit.code != found.unit.code)
    }

    /// The unit of that very code or name, which is to change and so has to stand.
    /// - Throws: `CollectorError`: as `find`, and `failedPrecondition` when it is closed.
    func standing(_ requested: String, for caller: Caller) throws -> UnitIdentity {
        let unit = try find(requested, for: caller).unit
        guard let closedOn = unit.closedOn else { return unit }
        guard let successor = unit.successor else { throw Self.closed(unit) }
        throw CollectorError(
            .failedPrecondition,
            Phrase(
                "The unit \"\(unit.code)\" (\(unit.name)) went into \"\(successor)\" on \(closedOn). Name that one.",
                vi: "Đơn vị \"\(unit.code)\" (\(unit.name)) đã sáp nhập vào \"\(successor)\" từ ngày \(closedOn). "
                    + "Hãy chọn đơn vị đó."
            )
        )
    }

    /// The unit that has the code or name itself, whether or not it still stands.
    ///
    /// For history: the ledger of a year ago has the units of that time.
    /// - Throws: `CollectorError`: `notFound` when there is none, or none that this officer may see; `failedPrecondition`
    ///   when several have that name.
    func find(_ requested: String, for caller: Caller) throws -> Resolution {
        let key = UnitName.key(requested)
        guard !key.isEmpty else {
            throw CollectorError(
                .invalidArgument,
                Phrase(
                    "Say which unit: its code or its name. `khien units` lists them.",
                    vi: "Cần nêu rõ đơn vị, bằng mã hoặc bằng tên. Lệnh `khien units` liệt kê các đơn vị."
                )
            )
        }
        guard requested.utf8.count <= UnitName.bytes else {
            throw CollectorError(
                .invalidArgument,
                Phrase(
                    "A unit's code or name has at most \(UnitName.bytes) bytes. `khien units` lists the codes.",
                    vi: "Mã hoặc tên đơn vị dài tối đa \(UnitName.bytes) byte. Lệnh `khien units` liệt kê các mã."
                )
            )
        }
        if caller.ownUnit == nil, let unit = try units.identity(key) { return Resolution(unit: unit, isFormer: false) }
        let known = try units.identities(leadingTo: caller.ownUnit)
        if let unit = known.first(where: { $0.code == key }) { return Resolution(unit: unit, isFormer: false) }
        if let found = try named(key, among: known, of: caller) { return found }
        throw Self.unknown(requested, near: Self.nearest(requested, among: known))
    }

    /// - Returns: the unit that has this name, else the one that had it.
    private func named(_ key: String, among known: [UnitIdentity], of caller: Caller) throws -> Resolution? {
        let current = known.filter { $0.closedOn == nil && UnitName.key($0.name) == key }
        if let unit = try Self.only(current) { return Resolution(unit: unit, isFormer: false) }
        let renamed = Set(
            try units.formerNames(leadingTo: caller.ownUnit).filter { UnitName.key($0.name) == key }.map(\.code)
        )
        let former = known.filter { renamed.contains($0.code) || ($0.closedOn != nil && UnitName.key($0.name) == key) }
        // Several old ones that lead to one unit leave no doubt.
        let ends = Set(try former.map { try follow($0).code })
        guard let first = former.first else { return nil }
        if ends.count > 1 { _ = try Self.only(former) }
        return Resolution(unit: first, isFormer: true)
    }

    private static func only(_ units: [UnitIdentity]) throws(CollectorError) -> UnitIdentity? {
        guard units.count > 1 else { return units.first }
        let codes = units.prefix(10).map { "\"\($0.code)\"" }.joined(separator: ", ")
        throw CollectorError(
            .failedPrecondition,
            Phrase(
                "Several units have that name: \(codes). Give the code.",
                vi: "Có nhiều đơn vị mang tên này: \(codes). Hãy dùng mã đơn vị."
            )
        )
    }

    /// The unit that stands in the place of one that was merged away.
    private func follow(_ unit: UnitIdentity) throws -> UnitIdentity {
        var unit = unit
        for _ in 0..<Self.longestChain {
            guard let code = unit.successor, let next = try units.identity(code) else { return unit }
            unit = next
        }
        throw CollectorError(.internal, "The database holds units that lead to each other in a circle.")
    }

    /// Units whose code or name is nearly that one, or that have it as a part of their name.
    static func nearest(_ requested: String, among known: [UnitIdentity]) -> [UnitIdentity] {
        let asked = UnitName.folded(requested)
        guard !asked.isEmpty else { return [] }
        let limit = max(1, asked.count / 3)
        let part = String(String.UnicodeScalarView(asked))
        let scored = known.compactMap { unit -> (score: Int, unit: UnitIdentity)? in
            let name = UnitName.folded(unit.name)
            let distances = [name, UnitName.folded(unit.code)].compactMap {
                UnitName.distance(asked, $0, limit: limit)
            }
            // A part of several names is as near to each of them.
            let isPart = asked.count >= shortestPart && String(String.UnicodeScalarView(name)).contains(part)
            return (distances + (isPart ? [1] : [])).min().map { ($0, unit) }
        }
        guard let best = scored.map(\.score).min() else { return [] }
        return Array(scored.filter { $0.score == best }.map(\.unit).prefix(suggested))
    }

    /// That there is no such unit, with what may have been meant.
    static func unknown(_ requested: String, near: [UnitIdentity] = []) -> CollectorError {
        let asked = UnitName.quoted(requested)
        guard !near.isEmpty else {
            return CollectorError(
                .notFound,
                Phrase(
                    "There is no unit \(asked). `khien units` lists the codes.",
                    vi: "Không có đơn vị \(asked). Lệnh `khien units` liệt kê mã các đơn vị."
                )
            )
        }
        let meant = near.map { "\"\($0.code)\" (\($0.name))" }
        return CollectorError(
            .notFound,
            Phrase(
                "There is no unit \(asked). Was \(meant.joined(separator: " or ")) meant? `khien units` lists the codes.",
                vi: "Không có đơn vị \(asked). Có phải ý là \(meant.joined(separator: " hoặc "))? "
                    + "Lệnh `khien units` liệt kê mã các đơn vị."
            )
        )
    }

    private static func closed(_ unit: UnitIdentity) -> CollectorError {
        let since = unit.closedOn ?? ""
        return CollectorError(
            .failedPrecondition,
            Phrase(
                "The unit \"\(unit.code)\" (\(unit.name)) has been closed since \(since), and no other took its place. "
                    + "Name a unit that stands; `khien units` lists them.",
                vi: "Đơn vị \"\(unit.code)\" (\(unit.name)) đã ngừng hoạt động từ ngày \(since) và không có đơn vị "
                    + "thay thế. Hãy chọn một đơn vị đang hoạt động; lệnh `khien units` liệt kê các đơn vị."
            )
        )
    }
}
