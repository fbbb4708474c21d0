import Shared
import Testing

@testable import Collector

@Suite struct UnknownServiceTests {
    private func unknown(_ name: String, vendor: String = "") -> Product {
        let unknown = UnknownAntivirus(name: name, vendor: vendor)
        return Product(
            family: unknown.key,
            name: unknown.name,
            vendor: unknown.vendor,
            facts: [
                Fact(
                    source: .securityCenter,
                    kind: .securityCenter,
                    weight: .registered,
                    role: .unknown,
                    value: name,
                    publisher: vendor
                )
            ]
        )
    }

    private func collector() throws -> TestCollector {
        let collector = try TestCollector()
        collector.platform = .windows
        for index in 0..<6 {
            try collector.addDevice("d\(index)", unit: index < 2 ? "unit-a" : "unit-b")
            collector.now = collector.now.adding(seconds: 1)
            var products = [unknown("Everywhere", vendor: "Maker")]
            if index > 3 { products.append(unknown("Twice")) }
            products.append(unknown("Only on \(index)"))
            var inventory = Inventory.complete(.installed(TestCollector.approved))
            inventory.products += products
            try collector.submit("d\(index)", inventory)
        }
        return collector
    }

    @Test func thoseOnMostDevicesComeFirstPageByPageWithoutRepeats() async throws {
        let collector = try collector()
        let service = UnknownService(database: collector.database)
        var seen: [UnknownRecord] = []
        var token = ""
        repeat {
            let page = try await service.list(pageSize: 3, pageToken: token, for: .reader)
            #expect(page.total == 8)
            seen += page.rows
            token = page.nextToken
        } while !token.isEmpty
        #expect(seen.map(\.devices) == [6, 2, 1, 1, 1, 1, 1, 1])
        #expect(Set(seen.map(\.family)).count == 8)
        let first = try #require(seen.first)
        #expect(first.name == "Everywhere" && first.vendor == "Maker" && first.units == 2)
        #expect(first.firstSeenAt == Milliseconds(1_700_000_001_000))
        #expect(first.exampleDeviceID == "d0" && first.facts == unknown("Everywhere", vendor: "Maker").facts)
    }

    @Test func whenItWasFirstSeenStaysWhenItChanges() async throws {
        let collector = try collector()
        collector.now = collector.now.adding(seconds: 3600)
        var product = unknown("Everywhere", vendor: "Maker")
        product.version = "2"
        product.facts[0].detail = "changed"
        try collector.submit("d0", .complete(product))
        let service = UnknownService(database: collector.database)
        let first = try await service.list(pageSize: 1, pageToken: "", for: .center).rows.first
        #expect(first?.firstSeenAt == Milliseconds(1_700_000_001_000))
        #expect(first?.facts.first?.detail == "changed")
    }

    @Test func aUnitsOfficerIsRefused() async throws {
        let service = UnknownService(database: try collector().database)
        do {
            _ = try await service.list(pageSize: 0, pageToken: "", for: .unitA)
            Issue.record("listed")
        } catch {
            #expect(error.code == .permissionDenied)
        }
    }

    @Test func whatOnlyRevokedDevicesHaveIsNotListed() async throws {
        let collector = try TestCollector()
        collector.platform = .windows
        try collector.addDevice("d1-device")
        try collector.submit("d1-device", .complete(unknown("Alone")))
        let service = UnknownService(database: collector.database)
        #expect(try await service.list(pageSize: 0, pageToken: "", for: .center).total == 1)
        let now = collector.now
        try await DeviceService(database: collector.database, clock: WallClock { now })
            .revoke("d1-device", reason: "lost", by: .center)
        let listing = try await service.list(pageSize: 0, pageToken: "", for: .center)
        #expect(listing.total == 0 && listing.rows.isEmpty)
    }

    @Test func theListGoesByItsIndex() throws {
        let collector = try collector()
        let plan = try collector.database.writeNow { sql in
            try sql.rows(
                """
                EXPLAIN QUERY PLAN SELECT product.family, count(*)
                FROM product JOIN device ON device.device_id = product.device_id
                WHERE substr(family, 1, 8) = 'unknown-' AND device.revoked_at_ms IS NULL GROUP BY product.family
                """
            ) { $0.text(3) }
        }
        #expect(plan.contains { $0.contains("product_unknown") })
    }
}
