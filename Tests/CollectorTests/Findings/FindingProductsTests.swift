import Shared
import Testing

@testable import Collector

/// What a finding is about, and what follows when that changes while it is open.
@Suite struct FindingProductsTests {
    private let clean = Inventory.complete(.installed(TestCollector.approved))

    /// A device with a finding of these unapproved products.
    private func unapproved(_ products: Product...) throws -> (collector: TestCollector, finding: UInt64) {
        let collector = try TestCollector()
        try collector.addDevice("dev1")
        try collector.submit("dev1", Inventory(products: products, sources: clean.sources))
        return (collector, try collector.finding(.unapprovedAntivirus, of: "dev1"))
    }

    private func waive(_ id: UInt64, _ collector: TestCollector) async throws {
        let until = Day(milliseconds: collector.now.value, minutesAhead: 420).adding(days: 30).description
        _ = try await collector.findings.waive(id, until: until, reason: "pilot", by: .center)
    }

    private func details(_ id: UInt64, _ collector: TestCollector) async throws -> FindingDetails {
        try await collector.findings.history(id, for: .center).finding.details
    }

    /// As an earlier version left it.
    private func forgetFamilies(_ collector: TestCollector) throws {
        try collector.database.writeNow {
            try $0.execute("UPDATE finding SET families = NULL, waived_families = NULL, acknowledged_families = NULL")
        }
    }

    // MARK: Names and families

    @Test func aCorrectedNameEndsNoWaiverAndIsNoChange() async throws {
        let (collector, id) = try unapproved(.installed("drweb"))
        try await waive(id, collector)
        try collector.submit("dev1", .complete(.installed("drweb", name: "Dr.Web Security Space")))
        let seen = try await details(id, collector)
        #expect(seen.state == .waived && seen.revision == 2)
        #expect(seen.finding.products == ["Dr.Web Security Space"])
        #expect(try collector.number("SELECT open_violations FROM device") == 0)
    }

    @Test func aWaiverGoesOverToAProductThatIsCalledOtherwiseWhenItComesBack() async throws {
        let (collector, id) = try unapproved(.installed("drweb"))
        try await waive(id, collector)
        try collector.submit("dev1", clean)
        try collector.submit("dev1", .complete(.installed("drweb", name: "Dr.Web Security Space")))
        let again = try collector.finding(.unapprovedAntivirus, of: "dev1")
        #expect(again != id)
        #expect(try await details(again, collector).state == .waived)
    }

    @Test func anotherProductOfTheSameNameIsAnotherProduct() async throws {
        let (collector, id) = try unapproved(.installed("drweb", name: "Antivirus"))
        try await waive(id, collector)
        try collector.submit("dev1", .complete(.installed("avast", name: "Antivirus")))
        let seen = try await details(id, collector)
        #expect(seen.state == .open && seen.revision == 4)
    }

    // MARK: What a waiver is for

    @Test func aProductThatIsMissingOnceDoesNotEndTheWaiver() async throws {
        let (collector, id) = try unapproved(.installed("avast"), .installed("drweb"))
        try await waive(id, collector)
        for inventory in [
            Inventory.complete(.installed("avast")), .complete(.installed("avast"), .installed("drweb")),
            .complete(.installed("drweb")), .complete(.installed("avast"), .installed("drweb")),
        ] {
            try collector.submit("dev1", inventory)
            #expect(try await details(id, collector).state == .waived)
        }
        try collector.submit("dev1", .complete(.installed("avast"), .installed("mcafee")))
        #expect(try await details(id, collector).state == .open)
    }

    @Test func aWaiverGoesOverWithAllThatItIsFor() async throws {
        let (collector, id) = try unapproved(.installed("avast"), .installed("drweb"))
        try await waive(id, collector)
        try collector.submit("dev1", .complete(.installed("avast")))
        for inventory in [Inventory.complete(.installed("drweb")), .complete(.installed("avast"), .installed("drweb"))]
        {
            try collector.submit("dev1", clean)
            try collector.submit("dev1", inventory)
            let again = try collector.finding(.unapprovedAntivirus, of: "dev1")
            #expect(try await details(again, collector).state == .waived)
        }
    }

    @Test func aNewWaiverIsForWhatIsThereNow() async throws {
        let (collector, id) = try unapproved(.installed("avast"), .installed("drweb"))
        try await waive(id, collector)
        try collector.submit("dev1", .complete(.installed("avast")))
        try await waive(id, collector)
        try collector.submit("dev1", .complete(.installed("avast"), .installed("drweb")))
        #expect(try await details(id, collector).state == .open)
    }

    @Test func aProbeThatFailsOnceDoesNotEndTheWaiver() async throws {
        var blind = Inventory.complete(.installed("avast"))
        blind.sources.append(SourceStatus(source: .process, state: .unavailable, reason: "busy"))
        var whole = Inventory.complete(.installed("avast"), .running("drweb"))
        whole.sources.append(SourceStatus(source: .process, state: .complete, entries: 80))
        for isFamilyKnown in [true, false] {
            let collector = try TestCollector()
            try collector.addDevice("dev1")
            try collector.submit("dev1", whole)
            let id = try collector.finding(.unapprovedAntivirus, of: "dev1")
            try await waive(id, collector)
            if !isFamilyKnown { try forgetFamilies(collector) }
            try collector.submit("dev1", blind)
            #expect(try await details(id, collector).finding.products == ["AVAST", "DRWEB"])
            try collector.submit("dev1", whole)
            let after = try await details(id, collector)
            #expect(after.state == .waived && after.revision == 2)
        }
    }

    // MARK: History

    @Test func whatItWasAboutIsNotOverwritten() async throws {
        let (collector, id) = try unapproved(.installed("avast"))
        collector.now = collector.now.adding(seconds: 60)
        try collector.submit("dev1", .complete(.installed("avast"), .installed("drweb")))
        try collector.submit("dev1", .complete(.installed("drweb", name: "Dr.Web Security Space")))
        let seen = try await collector.findings.history(id, for: .unitA)
        #expect(seen.finding.details.finding.products == ["Dr.Web Security Space"])
        #expect(seen.events.map(\.kind) == [.opened, .productsChanged, .productsChanged])
        #expect(
            seen.events.map(\.detail) == [
                "AVAST", "AVAST → AVAST, DRWEB", "AVAST, DRWEB → Dr.Web Security Space",
            ]
        )
        #expect(seen.events.allSatisfy { $0.actor == "device:dev1" })
        #expect(seen.events.last?.at == collector.now)
    }

    @Test func aNameThatIsCorrectedLeavesTheOneOfTheOpeningInTheHistory() async throws {
        let (collector, id) = try unapproved(.installed("drweb"))
        try collector.submit("dev1", .complete(.installed("drweb", name: "Dr.Web Security Space")))
        try collector.submit("dev1", clean)
        let seen = try await collector.findings.history(id, for: .unitA)
        #expect(seen.events.map(\.kind) == [.opened, .closed])
        #expect(seen.events.first?.detail == "DRWEB")
    }

    @Test func manyChangesHideNoReopening() async throws {
        let (collector, first) = try unapproved(.installed("avast"))
        try collector.submit("dev1", clean)
        for round in 0..<202 {
            let both = Inventory.complete(.installed("avast"), .installed("drweb"))
            try collector.submit("dev1", round % 2 == 0 ? .complete(.installed("avast")) : both)
        }
        let id = try collector.finding(.unapprovedAntivirus, of: "dev1")
        let seen = try await collector.findings.history(id, for: .unitA)
        #expect(seen.events.filter { $0.findingID == Int64(id) }.count == 201)
        #expect(seen.events.filter { $0.kind == .reopened }.map(\.detail) == ["\(first): AVAST"])
    }

    @Test func aProductThatComesTakesTheAcknowledgementBack() async throws {
        let (collector, id) = try unapproved(.installed("avast"), .installed("drweb"))
        _ = try await collector.findings.acknowledge(id, note: "on it", by: .unitA)
        // Fewer than those that somebody is at, and the same again, are nothing new.
        for inventory in [Inventory.complete(.installed("avast")), .complete(.installed("avast"), .installed("drweb"))]
        {
            try collector.submit("dev1", inventory)
            #expect(try await details(id, collector).state == .acknowledged)
        }
        try collector.submit("dev1", .complete(.installed("avast"), .installed("mcafee")))
        let seen = try await collector.findings.history(id, for: .unitA)
        #expect(seen.finding.details.state == .open && seen.finding.details.acknowledgedBy.isEmpty)
        #expect(seen.finding.details.acknowledgedAt == nil)
        let last = try #require(seen.events.last)
        #expect(last.kind == .acknowledgementEnded && last.actor == "device:dev1" && last.detail == "MCAFEE")
        // It can be acknowledged as what it is now.
        let again = try await collector.findings.acknowledge(id, note: "that, too", by: .unitA)
        #expect(again.details.state == .acknowledged)
    }

    @Test func aWaiverAndAnAcknowledgementEndTogether() async throws {
        let (collector, id) = try unapproved(.installed("avast"))
        _ = try await collector.findings.acknowledge(id, note: "", by: .unitA)
        try await waive(id, collector)
        try collector.submit("dev1", .complete(.installed("avast"), .installed("mcafee")))
        let seen = try await collector.findings.history(id, for: .center)
        #expect(seen.finding.details.state == .open)
        #expect(seen.events.suffix(3).map(\.kind) == [.productsChanged, .waiverEnded, .acknowledgementEnded])
        let listed = try await collector.findings.list(.init(filter: .open), for: .center).findings.rows
        #expect(listed.map(\.details.finding.id).contains(Int64(id)))
    }

    @Test(arguments: [["avast"], ["avast", "drweb", "mcafee"]])
    func whoLookedBeforeAReportChangedItIsToldOfTheReport(families: [String]) async throws {
        let (collector, id) = try unapproved(.installed("avast"), .installed("drweb"))
        _ = try await collector.findings.acknowledge(id, note: "on it", by: .unitA)
        let seen = try await details(id, collector).revision
        let products = families.map { Product.installed($0) }
        try collector.submit("dev1", Inventory(products: products, sources: clean.sources))
        for caller in [Caller.center, .unitA] {
            let refused = await refusal {
                _ = try await collector.findings.acknowledge(id, note: "", expected: UInt64(seen), by: caller)
            }
            #expect(refused?.code == .aborted)
            #expect(refused?.message.contains("by a report (device:dev1)") == true)
            #expect(refused?.phrase.vietnamese.contains("báo cáo của thiết bị (device:dev1)") == true)
            #expect(refused?.message.contains("officer") == false)
        }
    }

    // MARK: Before families were written down

    @Test func withoutFamiliesNamesAreCompared() async throws {
        for (inventory, isWaived) in [
            (Inventory.complete(.installed("drweb")), true),
            (.complete(.installed("drweb"), .installed("avast")), false),
        ] {
            let (collector, id) = try unapproved(.installed("drweb"))
            try await waive(id, collector)
            try forgetFamilies(collector)
            // What changed is a product that is none of this finding's.
            try collector.submit("dev1", .complete(.installed("drweb"), .installed("x", role: .management)))
            #expect(try collector.number("SELECT count(*) FROM finding WHERE families IS NULL") == 0)
            #expect(try await details(id, collector).revision == 2)
            try collector.submit("dev1", inventory)
            #expect(try await details(id, collector).state == (isWaived ? .waived : .open))
            // A name that changes from now on is that of the same product.
            guard isWaived else { continue }
            try collector.submit("dev1", .complete(.installed("drweb", name: "Dr.Web Security Space")))
            #expect(try await details(id, collector).state == .waived)
        }
    }

    @Test func aFormerFindingWithoutFamiliesHandsItsWaiverOnByName() async throws {
        for (inventory, isWaived) in [
            (Inventory.complete(.installed("drweb")), true), (.complete(.installed("avast")), false),
        ] {
            let (collector, id) = try unapproved(.installed("drweb"))
            try await waive(id, collector)
            try collector.submit("dev1", clean)
            try forgetFamilies(collector)
            try collector.submit("dev1", inventory)
            let again = try collector.finding(.unapprovedAntivirus, of: "dev1")
            #expect(try await details(again, collector).state == (isWaived ? .waived : .open))
        }
    }
}

extension Product {
    /// Proven by what runs.
    fileprivate static func running(_ family: String) -> Product {
        var product = Product.installed(family)
        product.facts = [Fact(source: .process, weight: .running, role: .antivirus, value: family)]
        return product
    }
}
