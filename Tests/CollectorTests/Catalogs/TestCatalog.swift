import Foundation
import Shared

/// The text of a small catalog: the approved product, and what a test adds.
struct TestCatalog {
    var version: Int
    private var rows: [String] = []

    init(version: Int) {
        self.version = version
    }

    var text: Data {
        let approved = TestCollector.approved
        return Data(
            """
            version\t\(version)
            source\ts\thttps://example.org
            family\t\(approved)\tantivirus\tKaspersky\tKaspersky Endpoint Security
            signal\t\(approved)\tlinux\tdeb\tantivirus\tstrong\ts\tkesl
            signal\t\(approved)\tlinux\tunit\tantivirus\tstrong\ts\tkesl.service

            """.utf8
        ) + Data(rows.map { $0 + "\n" }.joined().utf8)
    }

    /// With a family whose signs are a package and a unit of these names.
    func knowing(
        _ family: String,
        as names: String...,
        role: ProductRole = .antivirus,
        strength: String = "strong"
    ) -> TestCatalog {
        var catalog = self
        catalog.rows.append("family\t\(family)\t\(role.word)\tVendor\tName of \(family)")
        for name in names {
            for (kind, value) in [("deb", name), ("unit", "\(name).service")] {
                catalog.rows.append("signal\t\(family)\tlinux\t\(kind)\t\(role.word)\t\(strength)\ts\t\(value)")
            }
        }
        return catalog
    }

    /// With one more row.
    func with(_ fields: String...) -> TestCatalog {
        var catalog = self
        catalog.rows.append(fields.joined(separator: "\t"))
        return catalog
    }
}

extension Product {
    /// Proven by its package and its unit, each with its kind of name.
    static func seen(_ family: String, as name: String, role: ProductRole = .antivirus, weak: Bool = false) -> Product {
        Product(
            family: family,
            name: "Name of \(family)",
            vendor: "Vendor",
            facts: [
                Fact(source: .dpkg, kind: .deb, weight: .installed, role: role, isWeak: weak, value: name),
                Fact(
                    source: .systemd,
                    kind: .unit,
                    weight: .installed,
                    role: role,
                    isWeak: weak,
                    value: "\(name).service"
                ),
            ]
        )
    }

    /// The approved product as a probe sees it.
    static let approvedSeen = seen(TestCollector.approved, as: "kesl")
}
