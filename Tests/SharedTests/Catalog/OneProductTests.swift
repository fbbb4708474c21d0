import Testing

@testable import Shared

/// What one product of a vendor with several leaves on a device is one product: the names that they share do not make
/// two of it.
@Suite struct OneProductTests {
    private let catalog: Catalog

    init() throws {
        catalog = try Catalog.builtIn(for: [.windows])
    }

    private func fact(_ source: FactSource, _ kind: SignalKind, _ value: String, by publisher: String) -> RawFact {
        RawFact(source: source, kind: kind, weight: .running, value: value, publisher: publisher)
    }

    @Test(arguments: [
        ("AVP.KES.21.19", ["klif.sys", "klflt.sys", "klhk.sys"], "AO Kaspersky Lab", "kaspersky-endpoint-security"),
        ("SepMasterService", ["SymEFA64.sys", "SRTSP64.SYS"], "Symantec Corporation", "symantec-endpoint"),
        (
            "EPSecurityService", ["trufos.sys", "gzflt.sys", "bdprivmon.sys"], "Bitdefender",
            "bitdefender-endpoint-security"
        ),
    ])
    func driversThatAVendorsProductsShareMakeNoSecondOne(
        service: String,
        drivers: [String],
        maker: String,
        family: String
    ) {
        let facts =
            [fact(.service, .service, service, by: maker)]
            + drivers.flatMap { driver in
                [
                    fact(.driver, .driver, driver, by: maker),
                    fact(.minifilter, .minifilter, "\(driver)@320400", by: maker),
                ]
            }
        let products = catalog.products(of: facts, on: .windows)
        #expect(products.filter(\.isConfirmedAntivirus).map(\.family) == [family])
    }
}
