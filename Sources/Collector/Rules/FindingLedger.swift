internal import Shared

/// Opens and closes a device's findings as a judgement says; history is never overwritten.
struct FindingLedger {
    /// Drawn by lot: numbers in a row would tell a unit how many findings others have.
    ///
    /// Eight digits can be said by telephone; where they grow scarce there are more.
    static let numbers: [ClosedRange<Int64>] = [
        10_000_000...99_999_999, 10_000_000...99_999_999, 1_000_000_000...9_999_999_999_999,
    ]

    let sql: SQLTransaction
    let policy: Policy
    let now: Milliseconds

    /// Brings the findings that follow from a device's seat in line with it, and the figures in the device's row.
    ///
    /// `kinds`: of `overCap` and `termExpired`, those that hold.
    func follow(_ deviceID: String, kinds: Set<FindingKind>) throws {
        let findings = FindingStore(sql: sql)
        let open = try findings.open(of: deviceID)
        let known = Set(open.map(\.kind)).subtracting(FindingKind.judged)
        guard known != kinds else { return }
        let place = ReportPlace(deviceID: deviceID, epoch: 0, sequence: 0)
        for finding in open where known.contains(finding.kind) && !kinds.contains(finding.kind) {
            try findings.close(finding.id, by: place, now: now)
        }
        for kind in kinds.subtracting(known) { try self.open(kind, products: [], families: [], by: place) }
        try recount(deviceID)
    }

    /// Writes the figures of a device's open findings into its row.
    func recount(_ deviceID: String) throws {
        let open = try FindingStore(sql: sql).open(of: deviceID)
        try DeviceStore(sql: sql).recordFindings(deviceID, FindingFigures(open, policy: policy))
    }

    /// Ends a waiver whose last day is over; the finding counts again.
    func endWaiver(_ id: Int64) throws {
        guard let deviceID = try FindingStore(sql: sql).unwaive(id) else { return }
        try record(id, .waiverEnded, actor: FindingEventStore.collector)
        try recount(deviceID)
    }

    /// Writes down what happened to a finding.
    func record(_ id: Int64, _ kind: FindingEvent.Kind, actor: String, detail: String = "") throws {
        try FindingEventStore(sql: sql).add(
            FindingEvent(findingID: id, at: now, actor: actor, kind: kind, detail: detail)
        )
    }

    /// Opens a finding.
    ///
    /// One that comes back says so, and a waiver of the former one that still runs goes over to it: whoever tolerated
    /// the thing until a day did not tolerate it less because a report missed it once. Of other products nothing was
    /// tolerated.
    private func open(_ kind: FindingKind, products: [String], families: [String], by place: ReportPlace) throws {
        let findings = FindingStore(sql: sql)
        let former = try findings.former(kind, of: place.deviceID)
        let id = try findings.insert(
            freshNumber(),
            kind,
            products: products,
            families: families,
            by: place,
            deadline: policy.deadline(kind, openedAt: now),
            now: now
        )
        guard let id, let former else { return }
        let actor = FindingEventStore.actor(place.sequence == 0 ? nil : place)
        try record(id, .reopened, actor: actor, detail: "\(former.id)")
        guard let waiver = former.waiver, waiver.until > now,
            waiver.families.map({ Set(families).isSubset(of: $0) }) ?? Set(products).isSubset(of: former.products)
        else { return }
        try findings.waive(id, waiver)
        try record(id, .waived, actor: "officer:\(waiver.by)", detail: policy.words(waiver))
    }

    /// A number that no finding has.
    func freshNumber(_ draw: (ClosedRange<Int64>) -> Int64 = { .random(in: $0) }) throws -> Int64 {
        let findings = FindingStore(sql: sql)
        for range in Self.numbers {
            let number = draw(range)
            if try !findings.isTaken(number) { return number }
        }
        throw CollectorError(.unavailable, Self.noNumber)
    }

    private static let noNumber = Phrase(
        "No number was found for a finding. Nothing was changed; try again.",
        vi: "Không tìm được số cho phát hiện. Chưa có gì thay đổi; hãy thử lại."
    )

    /// Brings the open findings in line with a judgement.
    /// - Returns: the findings that are open now.
    func settle(
        _ report: ReportPlace,
        judgement: OneAntivirusRule.Judgement,
        products: [Product],
        open: [FindingRecord]
    ) throws -> [FindingRecord] {
        let findings = FindingStore(sql: sql)
        let names = Dictionary(products.map { ($0.family, $0.name) }, uniquingKeysWith: { first, _ in first })
        for finding in open where FindingKind.judged.contains(finding.kind) {
            guard let families = judgement.findings[finding.kind] else {
                try findings.close(finding.id, by: report, now: now)
                continue
            }
            try follow(finding, families, names: names, by: report)
        }
        let known = Set(open.map(\.kind))
        for (kind, families) in judgement.findings.sorted(by: { $0.key < $1.key }) where !known.contains(kind) {
            try self.open(kind, products: families.map { names[$0] ?? $0 }, families: families, by: report)
        }
        return try findings.open(of: report.deviceID)
    }

    /// Brings what an open finding is about in line with what was found.
    ///
    /// Families are compared: a name that a catalog corrects is no other product. A waiver and an acknowledgement are for the
    /// families that they were given for, whichever of them are there.
    private func follow(
        _ finding: FindingRecord,
        _ families: [String],
        names: [String: String],
        by report: ReportPlace
    ) throws {
        let products = families.map { names[$0] ?? $0 }
        let former = finding.members(families, called: products)
        let isOther = finding.families.map { $0.sorted() != families.sorted() } ?? (products != finding.products)
        guard isOther || finding.families == nil || products != finding.products else { return }
        try FindingStore(sql: sql)
            .setProducts(finding.id, products, families: families, former: former, isOther: isOther)
        guard isOther else { return }
        let actor = FindingEventStore.actor(report.sequence == 0 ? nil : report)
        let change = [finding.products, products].map { $0.joined(separator: ", ") }.joined(separator: " → ")
        try record(finding.id, .productsChanged, actor: actor, detail: change)
        /// Names of what came beside these families.
        func new(beside known: [String]?) -> String {
            let new = Set(families).subtracting(known.map { Set($0) } ?? former)
            return new.map { names[$0] ?? $0 }.sorted().joined(separator: ", ")
        }
        let untolerated = new(beside: finding.waivedFamilies)
        if finding.isWaived, !untolerated.isEmpty {
            try FindingStore(sql: sql).unwaive(finding.id)
            try record(finding.id, .waiverEnded, actor: actor, detail: untolerated)
        }
        let unseen = new(beside: finding.acknowledgedFamilies)
        if finding.isAcknowledged, !unseen.isEmpty {
            try FindingStore(sql: sql).takeBackAcknowledgement(finding.id)
            try record(finding.id, .acknowledgementEnded, actor: actor, detail: unseen)
        }
    }
}

extension FindingRecord {
    /// The families that it is about: where that was not written down, those of the given ones that are called as its products
    /// are.
    func members(_ families: [String], called names: [String]) -> Set<String> {
        self.families.map { Set($0) } ?? Set(zip(families, names).lazy.filter { products.contains($0.1) }.map(\.0))
    }
}

extension Policy {
    /// A waiver's last day.
    func lastDay(_ until: Milliseconds) -> Day { Day(milliseconds: until.value - 1, minutesAhead: minutesAheadOfUTC) }

    /// A waiver as a finding's events say it.
    func words(_ waiver: Waiver) -> String { "\(lastDay(waiver.until)): \(waiver.reason)" }
}

extension [FindingRecord] {
    /// What each of a device's open findings is about; `products`: those of the device, by which families are found that were
    /// not written down.
    func members(among products: [Product]) -> [FindingKind: Set<String>] {
        let (families, names) = (products.map(\.family), products.map(\.name))
        return Dictionary(
            map { ($0.kind, $0.members(families, called: names)) },
            uniquingKeysWith: { first, _ in first }
        )
    }
}
