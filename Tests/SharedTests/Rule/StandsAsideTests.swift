import Testing

@testable import Shared

@Suite struct StandsAsideTests {
    private let rule = OneAntivirusRule(approvedFamilies: ["kes"])

    private func product(_ family: String, _ protection: ProductStatus.Protection?) -> Product {
        let said: [(FactSource, FactWeight)] = protection == nil ? [] : [(.vendorState, .installed)]
        return Product(
            family: family,
            name: family,
            vendor: "v",
            facts: ([(.dpkg, .installed), (.systemd, .running)] + said).map {
                Fact(source: $0.0, weight: $0.1, role: .antivirus, value: family)
            },
            status: protection.map { ProductStatus(source: .vendorState, protection: $0) }
        )
    }

    private func inventory(_ products: [Product], unreadable: FactSource? = nil) -> Inventory {
        Inventory(
            products: products,
            sources: FactSource.allCases.map {
                SourceStatus(source: $0, state: $0 == unreadable ? .unavailable : .complete)
            }
        )
    }

    @Test(
        arguments: [(.passive, false), (.on, true), (.off, true), (nil, true)] as [(ProductStatus.Protection?, Bool)]
    )
    func onlyAProductThatSaysSoStandsAside(protection: ProductStatus.Protection?, isConflict: Bool) {
        let judgement = rule.judge(inventory([product("kes", nil), product("mdatp", protection)]))
        #expect((judgement.findings[.multipleAntivirus] != nil) == isConflict)
        #expect(judgement.findings[.unapprovedAntivirus] == ["mdatp"] && judgement.hasApproved)
    }

    @Test func aPassiveProductAloneIsNotAbsent() {
        #expect(rule.judge(inventory([product("mdatp", .passive)])).findings[.noAntivirus] == nil)
    }

    @Test func anAnswerThatIsMissingOpensNoConflict() {
        let before = inventory([product("kes", nil), product("mdatp", .passive)])
        let now = inventory([product("kes", nil), product("mdatp", nil)], unreadable: .vendorState)
        let silent = rule.judge(now, after: before, open: [:], hadApproved: true)
        #expect(silent.judgement.findings[.multipleAntivirus] == nil)
        #expect(silent.effective.products.last?.status?.protection == .passive)
        let awake = inventory([product("kes", nil), product("mdatp", .on)])
        #expect(
            rule.judge(awake, after: before, open: [:], hadApproved: true).judgement.findings[.multipleAntivirus] != nil
        )
        let asked = inventory([product("kes", nil), product("mdatp", nil)])
        #expect(
            rule.judge(asked, after: before, open: [:], hadApproved: true).judgement.findings[.multipleAntivirus] != nil
        )
    }
}
