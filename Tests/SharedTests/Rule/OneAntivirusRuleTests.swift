import Testing

@testable import Shared

@Suite struct OneAntivirusRuleTests {
    private let rule = OneAntivirusRule(approvedFamilies: ["kes"])

    private func product(
        _ family: String,
        _ role: ProductRole = .antivirus,
        _ facts: (FactSource, FactWeight)...
    ) -> Product {
        let given = facts.isEmpty ? [(FactSource.dpkg, FactWeight.installed), (.systemd, .installed)] : facts
        return Product(
            family: family,
            name: family,
            vendor: "v",
            facts: given.map { Fact(source: $0.0, weight: $0.1, role: role, value: family) }
        )
    }

    private func inventory(_ products: Product..., unreadable: FactSource...) -> Inventory {
        Inventory(
            products: products,
            sources: FactSource.allCases.map {
                SourceStatus(source: $0, state: unreadable.contains($0) ? .unavailable : .complete)
            }
        )
    }

    // MARK: One inventory by itself

    @Test func theApprovedProductAloneIsInOrder() {
        let judgement = rule.judge(inventory(product("kes")))
        #expect(judgement.findings.isEmpty && judgement.hasApproved)
    }

    @Test func twoConfirmedFamiliesAreAConflict() {
        let judgement = rule.judge(inventory(product("kes"), product("drweb")))
        #expect(judgement.findings[.multipleAntivirus] == ["drweb", "kes"])
        #expect(judgement.findings[.unapprovedAntivirus] == ["drweb"])
    }

    @Test func anUnapprovedProductAloneIsNoConflict() {
        let judgement = rule.judge(inventory(product("drweb")))
        #expect(judgement.findings == [.unapprovedAntivirus: ["drweb"]])
        #expect(!judgement.hasApproved)
    }

    @Test(arguments: [ProductRole.edr, .onDemand, .component, .management])
    func whatIsNoAntivirusMakesNoConflict(role: ProductRole) {
        #expect(rule.judge(inventory(product("kes"), product("beside", role))).findings.isEmpty)
    }

    @Test(arguments: [
        [(FactSource.dpkg, FactWeight.leftover), (.installPath, .leftover)],
        [(.dpkg, .registered)],
        [(.installPath, .installed)],
        [(.dpkg, .installed), (.systemd, .leftover)],
    ])
    func aProductThatIsNotProvenAccusesNobody(facts: [(FactSource, FactWeight)]) {
        let ghost = Product(
            family: "ghost",
            name: "ghost",
            vendor: "v",
            facts: facts.map { Fact(source: $0.0, weight: $0.1, role: .antivirus, value: "ghost") }
        )
        let findings = rule.judge(inventory(product("kes"), ghost)).findings
        #expect(findings[.multipleAntivirus] == nil && findings[.unapprovedAntivirus] == nil)
    }

    @Test func oneRunningFactIsProofAndTwoFromOneSourceAreNot() {
        #expect(product("a", .antivirus, (.process, .running)).grade == .confirmed)
        #expect(product("a", .antivirus, (.installPath, .installed), (.installPath, .installed)).grade == .registered)
        #expect(product("a", .antivirus, (.dpkg, .leftover)).grade == .remnant)
    }

    @Test func aWeakNameCountsOnlyBesideAStrongOne() {
        let weak = Fact(source: .process, weight: .running, role: .antivirus, isWeak: true, value: "wdserver")
        var product = Product(family: "a", name: "a", vendor: "v", facts: [weak])
        #expect(product.grade == .registered)
        product.facts.append(Fact(source: .systemd, weight: .installed, role: .antivirus, isWeak: true, value: "x"))
        #expect(product.grade == .registered)
        product.facts.append(Fact(source: .dpkg, weight: .installed, role: .antivirus, value: "a"))
        #expect(product.grade == .confirmed)
    }

    @Test func aScannerBecomesAnAntivirusOnlyWhileItsOnAccessPartRuns() {
        var clamav = product("clamav", .onDemand)
        #expect(clamav.role == .onDemand)
        #expect(rule.judge(inventory(product("kes"), clamav)).findings.isEmpty)
        clamav.facts.append(Fact(source: .process, weight: .running, role: .antivirus, value: "clamonacc"))
        #expect(rule.judge(inventory(product("kes"), clamav)).findings[.multipleAntivirus] == ["clamav", "kes"])
    }

    @Test func theBuiltInOneCountsOnlyWhileItRuns() {
        let passive = product("defender", .builtIn, (.systemd, .installed), (.dpkg, .installed))
        #expect(rule.judge(inventory(product("kes"), passive)).findings.isEmpty)
        let active = product("defender", .builtIn, (.defender, .running))
        #expect(rule.judge(inventory(product("kes"), active)).findings[.multipleAntivirus] == ["defender", "kes"])
        #expect(rule.judge(inventory(active)).findings.isEmpty)
    }

    @Test func noAntivirusIsSaidOnlyWhereEverythingCouldBeRead() {
        #expect(rule.judge(inventory()).findings == [.noAntivirus: []])
        #expect(rule.judge(inventory(unreadable: .dpkg)).findings.isEmpty)
        #expect(rule.judge(Inventory(products: [], sources: [])).findings.isEmpty)
    }

    // MARK: In the light of what was known

    private func next(
        _ now: Inventory,
        after earlier: Inventory,
        open: [FindingKind: Set<String>]
    ) -> OneAntivirusRule.Judgement {
        rule.judge(now, after: earlier, open: open, hadApproved: rule.judge(earlier).hasApproved).judgement
    }

    @Test func aConflictStaysOpenWhileTheProbeThatSawItFails() {
        let both = inventory(product("kes"), product("drweb"))
        let blind = inventory(unreadable: .dpkg, .systemd)
        let judgement = next(
            blind,
            after: both,
            open: [.multipleAntivirus: ["drweb", "kes"], .unapprovedAntivirus: ["drweb"]]
        )
        #expect(judgement.findings[.multipleAntivirus] == ["drweb", "kes"])
        #expect(judgement.findings[.unapprovedAntivirus] == ["drweb"])
        #expect(judgement.hasApproved)
    }

    @Test func aConflictClosesWhenTheSameProbesNoLongerSeeIt() {
        let both = inventory(product("kes"), product("drweb"))
        let judgement = next(
            inventory(product("kes")),
            after: both,
            open: [.multipleAntivirus: ["drweb", "kes"], .unapprovedAntivirus: ["drweb"]]
        )
        #expect(judgement.findings.isEmpty)
    }

    @Test func whatIsOnlyRememberedNeverOpensAConflict() {
        // The old product was seen by a probe that fails now; the new one is seen now. Nothing proves both at once.
        let before = inventory(product("drweb", .antivirus, (.process, .running)))
        let now = inventory(product("kes"), unreadable: .process)
        let judgement = next(now, after: before, open: [.unapprovedAntivirus: ["drweb"]])
        #expect(judgement.findings[.multipleAntivirus] == nil)
        #expect(judgement.findings[.unapprovedAntivirus] == ["drweb"])
    }

    @Test func aProductLeavesAnOpenFindingByProofOnly() {
        let three = inventory(product("kes"), product("drweb"), product("bkav", .antivirus, (.process, .running)))
        let open: [FindingKind: Set<String>] = [
            .multipleAntivirus: ["bkav", "drweb", "kes"], .unapprovedAntivirus: ["bkav", "drweb"],
        ]
        // The others are still two, so that there is a finding without the one that cannot be seen now.
        let blind = next(inventory(product("kes"), product("drweb"), unreadable: .process), after: three, open: open)
        #expect(blind.findings[.multipleAntivirus] == ["bkav", "drweb", "kes"])
        #expect(blind.findings[.unapprovedAntivirus] == ["bkav", "drweb"])
        let whole = next(inventory(product("kes"), product("drweb")), after: three, open: open)
        #expect(whole.findings[.multipleAntivirus] == ["drweb", "kes"])
        #expect(whole.findings[.unapprovedAntivirus] == ["drweb"])
    }

    @Test func whatIsOnlyRememberedJoinsNoOpenFinding() {
        // Seen by its package once, by its service now: never by both in one inventory.
        let before = inventory(product("drweb"), product("avast", .antivirus, (.dpkg, .installed)))
        let now = inventory(
            product("drweb", .antivirus, (.process, .running)),
            product("avast", .antivirus, (.systemd, .installed)),
            unreadable: .dpkg
        )
        let judgement = next(now, after: before, open: [.unapprovedAntivirus: ["drweb"]])
        #expect(judgement.findings[.unapprovedAntivirus] == ["drweb"])
    }

    @Test func aFailedProbeDoesNotTurnAProtectedDeviceIntoOneWithoutAntivirus() {
        let judgement = next(inventory(unreadable: .dpkg, .systemd), after: inventory(product("kes")), open: [:])
        #expect(judgement.findings.isEmpty && judgement.hasApproved)
    }

    @Test func aProvenAbsenceStaysWhileAProbeFailsAndEndsWithAnAntivirus() {
        let none = inventory()
        #expect(
            next(inventory(unreadable: .dpkg), after: none, open: [.noAntivirus: []]).findings == [.noAntivirus: []]
        )
        #expect(next(inventory(product("kes")), after: none, open: [.noAntivirus: []]).findings.isEmpty)
    }

    @Test func whatWasCarriedIsDroppedOnceItsSourceIsReadAgain() {
        let both = inventory(product("kes"), product("drweb"))
        let blind = inventory(product("kes"), unreadable: .systemd, .dpkg)
        let (_, effective) = rule.judge(
            blind,
            after: both,
            open: [.multipleAntivirus: ["drweb", "kes"]],
            hadApproved: true
        )
        #expect(effective.products.map(\.family).sorted() == ["drweb", "kes"])
        #expect(inventory(product("kes")).carryingForward(effective).products.map(\.family) == ["kes"])
    }

    @Test func aDeviceThatVariesWhatItSaysCannotMakeWhatIsKeptGrow() {
        var kept = inventory(unreadable: .dpkg)
        for round in 0..<200 {
            var varied = product("family-\(round)")
            varied.facts = [Fact(source: .dpkg, weight: .installed, role: .antivirus, value: "a")]
            var same = product("same")
            same.facts = [Fact(source: .dpkg, weight: .installed, role: .antivirus, value: "value \(round)")]
            kept = inventory(varied, same, unreadable: .dpkg).carryingForward(kept)
        }
        #expect(kept.products.count == WireLimits.products)
        #expect(kept.products.first { $0.family == "same" }?.facts.count == WireLimits.factsPerProduct)
        #expect(kept.products.contains { $0.family == "family-199" })
    }

    // MARK: Ghosts, protection, signatures

    @Test func whatOnlyListsNameIsAGhostAndNoConflict() {
        let ghost = product("bkav", .antivirus, (.securityCenter, .registered), (.uninstall, .registered))
        let judgement = rule.judge(inventory(product("kes"), ghost))
        #expect(judgement.findings == [.ghostRegistration: ["bkav"]])
        #expect(Explanation(ghost) == .ghost)
    }

    @Test(arguments: [
        (FactSource.securityCenter, FactWeight.installed), (.installPath, .registered), (.service, .registered),
        (.driver, .running),
    ])
    func whatMoreThanAListNamesIsNoGhost(source: FactSource, weight: FactWeight) {
        let product = product("bkav", .antivirus, (.securityCenter, .registered), (source, weight))
        #expect(rule.judge(inventory(product)).findings[.ghostRegistration] == nil)
    }

    @Test func aGhostIsNotSaidWhereNotEverythingWasRead() {
        let ghost = product("bkav", .antivirus, (.securityCenter, .registered))
        #expect(rule.judge(inventory(ghost, unreadable: .service)).findings[.ghostRegistration] == nil)
        // One that was found stays until it is disproven.
        let (judgement, _) = rule.judge(
            inventory(ghost, unreadable: .service),
            after: inventory(ghost),
            open: [.ghostRegistration: ["bkav"]],
            hadApproved: false
        )
        #expect(judgement.findings[.ghostRegistration] == ["bkav"])
    }

    @Test func aGhostDoesNotProtect() {
        let ghost = product("bkav", .antivirus, (.securityCenter, .registered))
        #expect(rule.judge(inventory(ghost)).findings[.noAntivirus] == [])
    }

    @Test func anUnknownAntivirusIsNeitherAConflictNorNone() {
        let unknown = product("unknown-x-1", .unknown, (.securityCenter, .registered), (.installPath, .installed))
        #expect(rule.judge(inventory(product("kes"), unknown)).findings.isEmpty)
        #expect(rule.judge(inventory(unknown)).findings.isEmpty)
    }

    @Test(arguments: [
        (ProductStatus.Protection.on, false), (.off, true), (.snoozed, true), (.expired, true), (.passive, false),
        (nil, false),
    ])
    func anAntivirusThatSaysItIsOffIsFound(protection: ProductStatus.Protection?, expected: Bool) {
        var product = product("kes")
        product.status = ProductStatus(source: .vendorState, protection: protection)
        #expect((rule.judge(inventory(product)).findings[.protectionOff] == ["kes"]) == expected)
        product.facts = [Fact(source: .securityCenter, weight: .registered, role: .antivirus, value: "kes")]
        #expect(rule.judge(inventory(product)).findings[.protectionOff] == nil, "a ghost protects nothing anyway")
    }

    @Test func outdatedSignaturesAreFound() {
        var product = product("kes")
        product.status = ProductStatus(source: .vendorState, signatures: .outdated)
        #expect(rule.judge(inventory(product)).findings == [.outdatedSignatures: ["kes"]])
        product.status?.signatures = .current
        #expect(rule.judge(inventory(product)).findings.isEmpty)
    }

    @Test func aStatusStaysUntilItsSourceIsReadAgain() {
        var off = product("kes", .antivirus, (.service, .running), (.vendorState, .registered))
        off.status = ProductStatus(source: .vendorState, protection: .off)
        let silent = product("kes", .antivirus, (.service, .running))
        func after(_ now: Inventory) -> [String]? {
            rule.judge(now, after: inventory(off), open: [.protectionOff: ["kes"]], hadApproved: true)
                .judgement.findings[.protectionOff]
        }
        #expect(after(inventory(silent, unreadable: .vendorState)) == ["kes"])
        #expect(after(inventory(silent)) == nil)
    }

    @Test(arguments: [
        (FactSource.defender, FactWeight.running, true), (.service, .running, false), (.defender, .registered, false),
    ])
    func defenderCountsOnlyWhenItSaysThatItProtects(source: FactSource, weight: FactWeight, isConflict: Bool) {
        let defender = product("defender", .builtIn, (.securityCenter, .registered), (source, weight))
        let judgement = rule.judge(inventory(product("kes"), defender))
        #expect((judgement.findings[.multipleAntivirus] == ["defender", "kes"]) == isConflict)
    }

    @Test func everyRoleHasItsPlaceAndEverySourceItsBit() {
        #expect(Set(ProductRole.byPrecedence) == Set(ProductRole.allCases))
        #expect(ProductRole.byPrecedence.count == ProductRole.allCases.count)
        #expect(FactSource.allCases.allSatisfy { (0..<64).contains($0.rawValue) })
    }
}
