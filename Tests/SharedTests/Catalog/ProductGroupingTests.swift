import Testing

@testable import Shared

@Suite struct ProductGroupingTests {
    private func catalog(_ rows: String...) throws -> Catalog {
        try Catalog(text: ("version\t1\nsource\ts\there\n" + rows.joined()).utf8)
    }

    @Test func moreFactsThanAReportHoldsKeepTheStrongOnes() throws {
        let rows = (100..<300).map { "signal\town\tlinux\tdeb\tantivirus\tstrong\ts\tp\($0)\n" }.joined()
        let catalog = try catalog("family\town\tantivirus\tV\tP\n", rows)
        let seen = catalog.signals.enumerated().compactMap { index, signal in
            Observation(signal, source: .dpkg, weight: index == 150 ? .running : .leftover)
        }
        let product = try #require(ProductGrouping(catalog: catalog).products(seen).first)
        #expect(product.facts.count == WireLimits.factsPerProduct)
        #expect(product.facts.first?.weight == .running)
    }

    @Test func moreProductsThanAReportHoldsKeepTheProvenOnes() throws {
        let keys = (100..<200).map { "f\($0)" }
        let catalog = try catalog(
            keys.map { "family\t\($0)\tantivirus\tV\tP\n" }.joined(),
            keys.map { "signal\t\($0)\tlinux\tdeb\tantivirus\tstrong\ts\t\($0)\n" }.joined()
        )
        let seen = catalog.signals.enumerated().compactMap { index, signal in
            Observation(signal, source: .dpkg, weight: index == 99 ? .running : .leftover)
        }
        let products = ProductGrouping(catalog: catalog).products(seen.shuffled())
        #expect(products.count == WireLimits.products)
        #expect(products.last?.family == "f199")
        #expect(products.map(\.family) == products.map(\.family).sorted())
    }
}
