import Testing

@testable import Shared

/// What facts become, on a small catalog of its own.
@Suite struct RecognitionTests {
    private let catalog: Catalog

    init() throws {
        catalog = try Catalog(
            text: """
                version\t1
                source\ts\there
                family\tkes\tantivirus\tKaspersky\tKaspersky Endpoint Security
                family\tavira\tantivirus\tAvira\tAvira Antivirus
                family\tcomodo\tantivirus\tComodo\tComodo
                family\tdefender\tbuilt-in\tMicrosoft\tMicrosoft Defender
                signal\tkes\twindows\tuninstall_name\tantivirus\tstrong\ts\tKaspersky Endpoint Security*
                signal\tkes\twindows\tservice\tantivirus\tstrong\ts\tAVP.KES.*
                signal\tkes\twindows\tdriver\tantivirus\tstrong\ts\tklif.sys
                signal\tkes\twindows\tminifilter\tantivirus\tstrong\ts\tklif.sys@320400
                signal\tkes\twindows\tsecurity_center\tantivirus\tunconfirmed\ts\tKaspersky
                signal\tavira\twindows\tuninstall_name\tantivirus\tunconfirmed\ts\tAvira
                signal\tavira\twindows\tpublisher\tantivirus\tunconfirmed\ts\tAvira Operations GmbH
                signal\tavira\twindows\tprocess\tantivirus\tweak\ts\tsched.exe
                signal\tcomodo\twindows\tprocess\tantivirus\tweak\ts\tsched.exe
                signal\tcomodo\twindows\tdriver\tantivirus\tstrong\ts\tcmdguard.sys
                signal\tdefender\twindows\tsecurity_center\tbuilt-in\tstrong\ts\tWindows Defender
                lookalike\twindows\tminifilter\ts\teasyac.sys@321000
                lookalike\twindows\tuninstall_name\ts\tKaspersky Endpoint Security Cloud Console

                """.utf8
        )
    }

    private func products(_ facts: RawFact...) -> [Product] { catalog.products(of: facts, on: .windows) }

    private func fact(
        _ source: FactSource,
        _ kind: SignalKind?,
        _ weight: FactWeight,
        _ value: String,
        by publisher: String = "",
        subject: Int? = nil
    ) -> RawFact {
        RawFact(source: source, kind: kind, weight: weight, value: value, publisher: publisher, subject: subject)
    }

    @Test func whatTheCatalogDoesNotKnowIsNoProduct() {
        #expect(products(fact(.uninstall, .uninstallName, .installed, "7-Zip 23.01")).isEmpty)
    }

    @Test func aLookAlikeIsNoProduct() {
        #expect(
            products(fact(.uninstall, .uninstallName, .installed, "Kaspersky Endpoint Security Cloud Console")).isEmpty
        )
    }

    @Test func aGenericTitleCountsBesideItsMakersName() {
        let alone = products(fact(.uninstall, .uninstallName, .installed, "Avira", by: "Somebody"))
        let facts = alone.flatMap(\.facts)
        #expect(!facts.isEmpty && facts.allSatisfy { $0.isWeak })
        let made = products(fact(.uninstall, .uninstallName, .installed, "Avira", by: "AVIRA Operations GmbH"))
        #expect(made.first?.facts.first?.isWeak == false)
        // Two sources, and the only strong fact among them is the one that the maker's name made strong.
        let two = products(
            fact(.uninstall, .uninstallName, .installed, "Avira", by: "AVIRA Operations GmbH"),
            fact(.service, .process, .installed, "sched.exe")
        )
        #expect(two.first { $0.family == "avira" }?.isConfirmedAntivirus == true)
        #expect(two.count == 1, "what two families share goes to the one of which more was seen")
    }

    @Test func whatOnlyTheMakerNamesProvesNothing() {
        #expect(products(fact(.uninstall, .publisher, .installed, "Avira Operations GmbH")).isEmpty)
    }

    @Test func partsOfAThingFollowWhatIsKnownAboutIt() {
        let product = products(
            fact(.securityCenter, .securityCenter, .registered, "Kaspersky", subject: 1),
            fact(.installPath, .path, .installed, "C:\\K\\avp.exe", subject: 1)
        )
        #expect(product.map(\.family) == ["kes"])
        #expect(product.first?.facts.map(\.source) == [.installPath, .securityCenter])
        #expect(product.first?.facts.allSatisfy(\.isWeak) == true, "an unconfirmed name proves no more by its file")
    }

    // MARK: Unknown

    @Test func aRowOfSecurityCenterThatNobodyKnowsIsAnUnknownAntivirus() throws {
        let row = products(
            fact(.securityCenter, .securityCenter, .registered, "Sơn Tinh Diệt Virus", by: "Sơn Tinh", subject: 4),
            fact(.installPath, .path, .installed, "C:\\S\\s.exe", subject: 4)
        )
        let product = try #require(row.first)
        #expect(row.count == 1 && product.role == .unknown && product.vendor == "Sơn Tinh")
        #expect(product.family.hasPrefix("unknown-s-n-tinh-di-t-virus-") && product.facts.count == 2)
        #expect(Explanation(product) == .unknown && !Explanation(product).counts)
    }

    @Test(arguments: [("319999", 0), ("320000", 1), ("329999.5", 1), ("330000", 0), ("x", 0), ("", 0)])
    func aDriverThatNobodyKnowsIsOneOnlyAmongAntivirusFilters(altitude: String, count: Int) {
        #expect(products(fact(.minifilter, .minifilter, .registered, "new.sys@\(altitude)")).count == count)
    }

    @Test func aDriverThatIsKnownToBeNoAntivirusIsNoUnknownOne() {
        #expect(products(fact(.minifilter, .minifilter, .registered, "EasyAC.sys@321000")).isEmpty)
        #expect(products(fact(.minifilter, .minifilter, .registered, "easyac.sys@321001")).count == 1)
        #expect(products(fact(.minifilter, .minifilter, .leftover, "new.sys@321001")).isEmpty)
    }

    @Test func aKnownDriverAtANewAltitudeStaysKnown() {
        let found = products(
            fact(.driver, .driver, .installed, "klif.sys", subject: 2),
            fact(.minifilter, .minifilter, .registered, "klif.sys@321234", subject: 2)
        )
        #expect(found.map(\.family) == ["kes"])
    }

    @Test func theSameUnknownHasTheSameKeyOnEveryDeviceAndOthersHaveOthers() {
        let names = [
            "A Virus", "a virus", "A  Virus!", "火绒", "火绒 2", "", "\u{0}\u{1}", String(repeating: "x", count: 5000),
        ]
        let keys = names.map { UnknownAntivirus(name: $0, vendor: "").key }
        #expect(keys[0] == keys[1] && Set(keys).count == names.count - 1)
        for key in keys {
            #expect(key.utf8.count <= WireLimits.shortBytes && UnknownAntivirus.isKey(key))
            #expect(key.utf8.allSatisfy { "abcdefghijklmnopqrstuvwxyz0123456789-".utf8.contains($0) })
        }
    }

    // MARK: Again

    @Test func aStoredProductIsRecognizedAgain() {
        let facts = [
            fact(.uninstall, .uninstallName, .installed, "Kaspersky Endpoint Security for Windows", subject: 1),
            fact(.service, .service, .running, "AVP.KES.21.13", subject: 2),
            fact(.service, .path, .running, "C:\\x\\avp.exe", subject: 2),
        ]
        let before = catalog.products(of: facts, on: .windows)
        let again = before.enumerated().flatMap { catalog.rawFacts(of: $0.element, subject: $0.offset) }
        #expect(catalog.products(of: again, on: .windows) == before)
    }

    @Test func anUnknownOneIsKnownToALaterCatalog() throws {
        let before = products(fact(.securityCenter, .securityCenter, .registered, "Bkav Pro", subject: 1))
        let later = try Catalog(
            text: """
                version\t2
                source\ts\there
                family\tbkav\tantivirus\tBkav\tBkav Pro
                signal\tbkav\twindows\tsecurity_center\tantivirus\tstrong\ts\tBkav Pro
                """.utf8
        )
        let again = later.products(of: later.rawFacts(of: before[0], subject: 0), on: .windows)
        #expect(again.map(\.family) == ["bkav"] && again.first?.grade == .registered)
    }

    @Test func theStrongerWordAboutProtectionWins() {
        let own = ProductStatus(source: .vendorState, protection: .on, signaturesAt: 7_199)
        let system = ProductStatus(source: .securityCenter, protection: .off, signatures: .outdated)
        for status in [own.merged(with: system), system.merged(with: own)] {
            #expect(status.protection == .on && status.signatures == .outdated && status.signaturesAt == 3_600)
            #expect(status.source == .vendorState)
        }
    }

    @Test(arguments: [
        (0, 7 * 86_400, ProductStatus.Signatures.current), (0, 7 * 86_400 + 1, .outdated), (86_400, 0, .current),
        (86_401, 0, nil), (.min, .max, nil),
    ])
    func signaturesGrowOld(made: Int64, now: Int64, expected: ProductStatus.Signatures?) {
        #expect(ProductStatus.signatures(madeAt: made, now: now) == expected)
    }
}
