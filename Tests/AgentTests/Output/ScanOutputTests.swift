import Foundation
import Shared
import Testing

@testable import Agent

@Suite struct ScanOutputTests {
    private let rule = OneAntivirusRule(approvedFamilies: ["kes"])

    private func product(_ family: String, _ name: String) -> Product {
        Product(
            family: family,
            name: name,
            vendor: "V",
            version: "1.2",
            facts: [
                Fact(source: .dpkg, weight: .installed, role: .antivirus, value: family),
                Fact(source: .systemd, weight: .running, role: .antivirus, isWeak: true, value: "u", detail: "active"),
            ]
        )
    }

    private func scan(
        _ products: [Product],
        name: String = "pc-1",
        state: SourceStatus.State = .complete,
        reason: String = ""
    ) -> Scan {
        Scan(
            host: HostDescription(
                name: name,
                operatingSystem: "OS",
                platform: .linux,
                architecture: "x86_64",
                agentVersion: "0"
            ),
            catalogVersion: 3,
            inventory: Inventory(
                products: products,
                sources: [SourceStatus(source: .dpkg, state: state, reason: reason, entries: 9)]
            )
        )
    }

    private func json(_ scan: Scan) throws -> [String: Any] {
        let text = render(scan, as: .json, rule: rule)
        return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    @Test func theTableShowsProductsFactsAndFindings() {
        let text = render(scan([product("kes", "Endpoint Security"), product("web", "Web")]), as: .table, rule: rule)
        #expect(text.contains("Endpoint Security  1.2      antivirus  confirmed\n"))
        #expect(text.contains("    running    systemd  u (weak)  active\n"))
        #expect(text.contains("multiple-antivirus: Endpoint Security, Web\n"))
        #expect(text.contains("unapproved-antivirus: Web\n"))
        #expect(!text.contains("Not read to the end"))
    }

    @Test func theTableSaysWhatWasNotReadAndWhatThatMeans() {
        let text = render(scan([], state: .partial, reason: "damaged"), as: .table, rule: rule)
        #expect(text.contains("    dpkg  partial  damaged\n"))
        #expect(text.hasSuffix("Findings: none proven; what could not be read may hide some\n"))
        #expect(render(scan([]), as: .table, rule: rule).contains("no-antivirus"))
        #expect(render(scan([product("kes", "K")]), as: .table, rule: rule).hasSuffix("Findings: none\n"))
    }

    @Test func hostileTextCannotReachTheTerminal() {
        let hostile = "a\u{1b}[2Jb\nc\u{202e}d\u{9b}e\u{7f}"
        for format in ScanFormat.allCases {
            let text = render(
                scan([product("kes", hostile)], name: hostile, state: .partial, reason: hostile),
                as: format,
                rule: rule
            )
            let bad = text.unicodeScalars.filter {
                ($0.value < 0x20 && $0 != "\n") || (0x7f...0x9f).contains($0.value) || $0 == "\u{202e}"
            }
            #expect(bad.isEmpty, "\(format)")
        }
    }

    @Test(arguments: ["plain", "quote \" and \\", "\n\r\t\0\u{1b}", "tiếng Việt", "😀\u{e0001}\u{202e}", "", "\u{2028}"])
    func jsonBringsEveryTextBackAsItWas(text: String) throws {
        let document = try json(scan([product("kes", text)], name: text))
        #expect((document["host"] as? [String: Any])?["name"] as? String == text)
        let products = try #require(document["products"] as? [[String: Any]])
        #expect(products.first?["name"] as? String == text)
    }

    @Test func jsonHoldsTheWholeScan() throws {
        let document = try json(scan([product("kes", "K"), product("web", "W")], state: .partial, reason: "r"))
        #expect(document["catalogVersion"] as? Int == 3)
        let sources = try #require(document["sources"] as? [[String: Any]])
        #expect(sources.first?["state"] as? String == "partial" && sources.first?["entries"] as? Int == 9)
        let findings = try #require(document["findings"] as? [[String: Any]])
        #expect(findings.map { $0["kind"] as? String } == ["multiple-antivirus", "unapproved-antivirus"])
        #expect(findings.first?["families"] as? [String] == ["kes", "web"])
        let facts = try #require((document["products"] as? [[String: Any]])?.first?["facts"] as? [[String: Any]])
        #expect(facts.map { $0["weak"] as? Bool } == [false, true])
        #expect(facts.map { $0["weight"] as? String } == ["installed", "running"])
    }

    @Test func aProductWithoutVersionHasNullThere() throws {
        var product = product("kes", "K")
        product.version = nil
        let products = try #require(try json(scan([product]))["products"] as? [[String: Any]])
        #expect(products.first?["version"] is NSNull)
    }
}
