import Shared
import Testing

@testable import Collector

@Suite struct ReclassificationTests {
    private func catalog(_ text: TestCatalog) throws -> Catalog { try Catalog(text: text.text) }

    @Test func whatTheCatalogStillKnowsStaysWhatItWas() throws {
        let catalog = try catalog(TestCatalog(version: 2).knowing("drweb", as: "drweb"))
        let products: [Product] = [.seen("drweb", as: "drweb"), .approvedSeen]
        let again = catalog.reclassified(products, on: .linux)
        #expect(again.map(\.family) == ["drweb", TestCollector.approved])
        #expect(again.map { Set($0.facts) } == products.map { Set($0.facts) })
        #expect(catalog.reclassified(again, on: .linux) == again)
    }

    @Test func aProductOfAnOldAgentStaysWhatItWas() throws {
        let old = Product.installed("drweb")
        #expect(try catalog(TestCatalog(version: 2)).reclassified([old], on: .linux) == [old])
    }

    @Test func aProductThatGetsAnotherFamilyTakesItsFactsAlong() throws {
        let catalog = try catalog(TestCatalog(version: 2).knowing("doctor-web", as: "drweb"))
        let again = catalog.reclassified([.seen("drweb", as: "drweb")], on: .linux)
        #expect(again.map(\.family) == ["doctor-web"])
        #expect(again.first?.isConfirmedAntivirus == true)
    }

    @Test func twoProductsThatAreOneNowBecomeOne() throws {
        let catalog = try catalog(TestCatalog(version: 2).knowing("suite", as: "one", "two"))
        let again = catalog.reclassified([.seen("a", as: "one"), .seen("b", as: "two")], on: .linux)
        #expect(again.map(\.family) == ["suite"])
        #expect(again.first?.facts.count == 4)
    }

    @Test func aLookAlikeVanishes() throws {
        let catalog = try catalog(
            TestCatalog(version: 2).with("lookalike", "linux", "deb", "s", "drweb")
                .with("lookalike", "linux", "unit", "s", "drweb.service")
        )
        #expect(catalog.reclassified([.seen("drweb", as: "drweb")], on: .linux).isEmpty)
    }

    @Test func whatOnlyBelongsToAProductFollowsIt() throws {
        var product = Product.seen("drweb", as: "drweb")
        product.facts.append(Fact(source: .process, weight: .running, role: .antivirus, value: "drweb-filecheck"))
        let catalog = try catalog(TestCatalog(version: 2).knowing("doctor-web", as: "drweb"))
        #expect(catalog.reclassified([product], on: .linux).first?.facts.count == 3)
    }

    /// One process given to both halves of a divided product would confirm two products by one thing.
    @Test func whatOnlyBelongsToAProductProvesNoHalfOfItWhenItIsDivided() throws {
        let running = Fact(source: .process, weight: .running, role: .antivirus, value: "daemon")
        let product = Product(
            family: "suite",
            name: "Suite",
            vendor: "Vendor",
            facts: [
                Fact(source: .dpkg, kind: .deb, weight: .installed, role: .antivirus, value: "one"),
                Fact(source: .dpkg, kind: .deb, weight: .installed, role: .antivirus, value: "two"),
                running,
            ],
            status: ProductStatus(source: .vendorState, protection: .off)
        )
        let catalog = try catalog(TestCatalog(version: 2).knowing("first", as: "one").knowing("second", as: "two"))
        let again = catalog.reclassified([product], on: .linux)
        #expect(again.map(\.family) == ["first", "second"])
        #expect(again.allSatisfy { !$0.isConfirmedAntivirus && !$0.facts.contains(running) && $0.status == nil })
    }

    @Test func whatOnlyBelongsToALookAlikeProvesNothing() throws {
        var product = Product.seen("suite", as: "one")
        product.facts[1] = Fact(source: .dpkg, kind: .deb, weight: .installed, role: .antivirus, value: "viewer")
        product.facts.append(Fact(source: .process, weight: .running, role: .antivirus, value: "viewer-daemon"))
        let catalog = try catalog(
            TestCatalog(version: 2).knowing("suite", as: "one").with("lookalike", "linux", "deb", "s", "viewer")
        )
        let again = catalog.reclassified([product], on: .linux)
        #expect(again.flatMap(\.facts).map(\.value) == ["one"])
        #expect(again.first?.isConfirmedAntivirus == false)
    }

    @Test func anOldAgentsProductAndANewOneOfTheSameFamilyAreOne() throws {
        let catalog = try catalog(TestCatalog(version: 2).knowing("doctor-web", as: "drweb"))
        let again = catalog.reclassified([.installed("doctor-web"), .seen("drweb", as: "drweb")], on: .linux)
        #expect(again.map(\.family) == ["doctor-web"])
        #expect(again.first?.facts.count == 4)
    }
}
