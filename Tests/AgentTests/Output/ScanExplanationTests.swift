import Foundation
import Shared
import Testing

@testable import Agent

@Suite
struct ScanExplanationTests {
    private let rule = OneAntivirusRule(approvedFamilies: ["kes"])

    @Test
    func `A conflict is explained product by product, with what was seen`() {
        let text = explain([
            made("kes", [seen(.dpkg, .installed, "kesl", detail: "12.1"), seen(.systemd, .running, "kesl.service")]),
            made("web", [seen(.process, .running, "drwebd"), seen(.rpm, .registered, "drweb")]),
            made("ghost", [seen(.securityCenter, .registered, "Old Antivirus")]),
        ])
        #expect(text.contains("    Counts: it is proven to be installed.\n"))
        #expect(text.contains("      - The Debian package \"kesl\" is installed (12.1)\n"))
        #expect(text.contains("      - The service \"kesl.service\" is running\n"))
        #expect(text.contains("      - The program \"drwebd\" is running\n"))
        #expect(text.contains("    Does not count: the system still lists it, but its files are gone."))
        #expect(text.contains("multiple-antivirus: KES and WEB are all active here, and only one may be."))
        #expect(text.contains("unapproved-antivirus: WEB is here, and the approved product is kes."))
        #expect(text.contains("ghost-registration: the system still lists GHOST"))
        #expect(text.hasSuffix("    The approved product (kes) is here.\n"))
    }

    @Test
    func `What is said of the protection is told, and what nobody says is told as well`() {
        var product = made("kes", [seen(.process, .running, "kesl")])
        product.status = ProductStatus(
            source: .vendorState,
            protection: .off,
            signatures: .outdated,
            signaturesAt: 1_764_000_000,
            license: .expired,
            server: "ksc.test\u{1B}[2J",
            serverContactAt: 1_764_000_000
        )
        let text = explain([product])
        #expect(
            text.contains("By the product's own word: its protection is OFF; its signatures are OUT OF DATE (of 2025-")
        )
        #expect(text.contains("its license is over; it is managed by ksc.test\\u{1b}[2J, last heard of on 2025-"))
        #expect(text.contains("protection-off: KES is here, and says that it does not protect now."))
        #expect(text.contains("outdated-signatures: KES protects with signatures that are out of date."))
        product.status = ProductStatus(source: .securityCenter)
        #expect(
            explain([product]).contains(
                "By Windows Security Center: nobody says whether it protects; nobody says how old its signatures are."
            )
        )
    }

    @Test
    func `What could not be read, and what is not on this system, are named apart`() {
        let text = explain(
            [],
            sources: [
                SourceStatus(source: .dpkg, state: .complete), SourceStatus(source: .rpm, state: .absent),
                SourceStatus(source: .process, state: .unavailable, reason: "permission denied"),
                SourceStatus(source: .flatpak, state: .partial),
            ]
        )
        #expect(text.contains("Read to the end: the Debian package database.\n"))
        #expect(text.contains("Not on this system: the rpm package database.\n"))
        #expect(text.contains("    the processes, not at all: permission denied\n"))
        #expect(text.contains("    the flatpaks, only in part: no reason was given\n"))
        #expect(text.contains("Nothing is proven to be broken; what could not be read may hide something.\n"))
        #expect(explain([]).contains("no-antivirus: everything could be read, and nothing protects this device."))
    }

    @Test
    func `Every reason, source, weight and state has words of its own`() {
        let reasons = Explanation.allCases.map { $0.sentence.english }
        #expect(Set(reasons).count == reasons.count)
        let nouns = FactSource.allCases.map { $0.noun }
        #expect(Set(nouns).count == nouns.count)
        let things = FactSource.allCases.map { $0.thing }
        #expect(Set(things).count == things.count)
        let facts = FactWeight.allCases.map { seen(.dpkg, $0, "x").sentence { $0 } }
        #expect(Set(facts).count == facts.count)
        let findings = FindingKind.allCases.map { $0.sentence(names: ["A"], approved: "B") }
        #expect(Set(findings).count == findings.count)
        for protection in ProductStatus.Protection.allCases {
            #expect(!ProductStatus(source: .defender, protection: protection).sentence.contains("whether it protects"))
        }
    }

    @Test
    func `A weak sign is called one, and who made something is said`() {
        var weak = seen(.process, .running, "avp")
        weak.isWeak = true
        weak.publisher = "АО «Лаборатория Касперского»"
        let text = explain([made("kes", [weak])])
        #expect(
            text.contains("\"avp\" is running, made by АО «Лаборатория Касперского»; a name that counts only beside")
        )
        #expect(text.contains("Does not count: only names that others use too"))
    }

    @Test
    func `Hostile text cannot reach the terminal`() {
        let hostile = "a\u{1b}[2Jb\nc\u{202e}d\u{9b}e\u{7f}"
        var one = seen(.dpkg, .installed, hostile, detail: hostile)
        one.publisher = hostile
        var product = made(hostile, [one])
        product.version = hostile
        product.vendor = hostile
        let text = explain(
            [product],
            sources: [SourceStatus(source: .dpkg, state: .partial, reason: hostile)],
            rule: OneAntivirusRule(approvedFamilies: [hostile])
        )
        let bad = text.unicodeScalars.filter {
            ($0.value < 0x20 && $0 != "\n") || (0x7f...0x9f).contains($0.value) || $0 == "\u{202e}"
        }
        #expect(bad.isEmpty)
    }

    @Test
    func `Programs get the reason as a word, the status and the kind of each name`() throws {
        var product = made("kes", [seen(.process, .running, "kesl")])
        product.facts[0].kind = .process
        product.status = ProductStatus(source: .vendorState, protection: .on, signaturesAt: 1_764_000_000)
        let text = render(scan([product], complete), as: .json, rule: rule)
        let document = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let first = try #require((document["products"] as? [[String: Any]])?.first)
        #expect(first["explanation"] as? String == "confirmed-antivirus")
        #expect(first["counts"] as? Bool == true)
        let status = try #require(first["status"] as? [String: Any])
        #expect(status["protection"] as? String == "on" && status["signatures"] is NSNull)
        #expect(status["signaturesAt"] as? Int == 1_763_998_200 || status["signaturesAt"] as? Int == 1_764_000_000)
        let fact = try #require((first["facts"] as? [[String: Any]])?.first)
        #expect(fact["kind"] as? String == "process")
    }

    private let complete = [SourceStatus(source: .dpkg, state: .complete)]

    private func explain(
        _ products: [Product],
        sources: [SourceStatus]? = nil,
        rule: OneAntivirusRule? = nil
    ) -> String {
        render(scan(products, sources ?? complete), as: .table, rule: rule ?? self.rule, explains: true)
    }

    private func scan(_ products: [Product], _ sources: [SourceStatus]) -> Scan {
        Scan(
            host: HostDescription(
                name: "pc-1",
                operatingSystem: "OS",
                platform: .linux,
                architecture: "x86_64",
                agentVersion: "0"
            ),
            catalogVersion: 3,
            inventory: Inventory(products: products, sources: sources)
        )
    }

    private func made(_ family: String, _ facts: [Fact]) -> Product {
        Product(family: family, name: family.uppercased(), vendor: "V", facts: facts)
    }

    private func seen(_ source: FactSource, _ weight: FactWeight, _ value: String, detail: String = "") -> Fact {
        Fact(source: source, weight: weight, role: .antivirus, value: value, detail: detail)
    }
}
