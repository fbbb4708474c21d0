import Messages
import Shared
import SwiftProtobuf
import Testing

@testable import Admin

@Suite struct EvidenceTests {
    private static func fact(
        _ source: Khien_V1_Source,
        _ weight: Khien_V1_Weight,
        _ role: Khien_V1_Role = .antivirus,
        weak: Bool = false
    ) -> Khien_V1_Fact {
        .with {
            $0.source = source
            $0.weight = weight
            $0.role = role
            $0.weak = weak
        }
    }

    private static func product(
        _ role: Khien_V1_Role,
        _ grade: Khien_V1_Grade,
        _ facts: [Khien_V1_Fact],
        _ protection: Khien_V1_Protection = .unspecified
    ) -> Khien_V1_AssessedProduct {
        .with {
            if protection != .unspecified {
                $0.status.source = .vendorState
                $0.status.protection = protection
            }
            $0.role = role
            $0.grade = grade
            $0.facts = facts
        }
    }

    private static let conclusions: [(Khien_V1_AssessedProduct, String)] = [
        (product(.antivirus, .confirmed, [fact(.process, .running)]), "Counts: it is proven"),
        (
            product(
                .antivirus,
                .confirmed,
                [fact(.dpkg, .installed, .onDemand), fact(.systemd, .installed, .antivirus)]
            ),
            "Counts: it is proven to be installed"
        ),
        (
            product(
                .antivirus,
                .confirmed,
                [fact(.dpkg, .installed, .onDemand), fact(.systemd, .registered, .antivirus)]
            ),
            "Does not count: it is named, but not proven to be installed"
        ),
        (product(.antivirus, .registered, [fact(.dpkg, .installed)]), "Does not count: it is named"),
        (
            product(.antivirus, .registered, [fact(.securityCenter, .registered)]),
            "Does not count: the system still lists"
        ),
        (product(.antivirus, .registered, [fact(.service, .running, weak: true)]), "Does not count: only names"),
        (product(.unknown, .registered, [fact(.minifilter, .registered, .unknown)]), "not in the catalog"),
        (
            product(.antivirus, .confirmed, [fact(.process, .running)], .passive),
            "Makes no conflict: it is installed, and says itself that it stands aside"
        ),
        (product(.antivirus, .remnant, [fact(.dpkg, .leftover)]), "Does not count: left-overs"),
        (product(.builtIn, .confirmed, [fact(.defender, .running, .builtIn)]), "Counts: it came with"),
        (product(.builtIn, .confirmed, [fact(.dpkg, .installed, .builtIn)]), "Does not count: it came with"),
        (product(.edr, .confirmed, [fact(.process, .running, .edr)]), "Does not count: a sensor"),
        (product(.onDemand, .confirmed, [fact(.dpkg, .installed, .onDemand)]), "Does not count: it scans only"),
        (product(.component, .confirmed, [fact(.dpkg, .installed, .component)]), "Does not count: a part"),
        (product(.management, .confirmed, [fact(.dpkg, .installed, .management)]), "Does not count: it connects"),
        (product(.UNRECOGNIZED(99), .confirmed, []), "does not know the product's role"),
    ]

    @Test("a product says whether it counts, and why", arguments: conclusions)
    func conclusion(product: Khien_V1_AssessedProduct, text: String) {
        #expect(Evidence(product).conclusion.phrase.english.contains(text))
    }

    private static let worths: [(facts: [Khien_V1_Fact], text: String)] = [
        ([fact(.process, .running)], "runs: proves it alone"),
        ([fact(.dpkg, .installed)], "counts half: needs a second source"),
        ([fact(.dpkg, .installed), fact(.systemd, .installed)], "counts: a second source agrees"),
        ([fact(.dpkg, .installed), fact(.dpkg, .installed)], "counts half: needs a second source"),
        ([fact(.dpkg, .registered)], "only listed: proves nothing"),
        ([fact(.dpkg, .leftover)], "left over: proves nothing"),
        ([fact(.process, .running, weak: true)], "a generic or unconfirmed name: counts only beside another one"),
        (
            [fact(.process, .running, weak: true), fact(.dpkg, .installed)],
            "runs under a generic name: proves it with the installed one"
        ),
        ([fact(.process, .running, .onDemand)], "runs: proves it alone, as on-demand"),
        ([fact(.process, .UNRECOGNIZED(9))], "unknown to this program"),
    ]

    @Test("programs read the same words in every language", arguments: Language.allCases)
    func codes(language: Language) {
        Language.$current.withValue(language) {
            let product = Self.product(.antivirus, .confirmed, [Self.fact(.dpkg, .installed)])
            #expect(Cell.word(Evidence(product).conclusion).json == .string("unproven-antivirus"))
            #expect(Cell.word(Evidence(product).worth(of: product.facts[0])).csv == "half")
        }
    }

    @Test("a fact says what it is worth", arguments: worths)
    func worth(facts: [Khien_V1_Fact], text: String) throws {
        let first = try #require(facts.first)
        #expect(Evidence(Self.product(.antivirus, .confirmed, facts)).worth(of: first).phrase.english == text)
    }
}
