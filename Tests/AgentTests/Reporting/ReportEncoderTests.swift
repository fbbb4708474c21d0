import CAgentMessages
import CProtobufC
import Shared
import Signatures
import Testing

@testable import Agent

@Suite
struct ReportEncoderTests {
    @Test
    func `The same facts in any order give the same bytes`() {
        let scan = Scan.test()
        var shuffled = scan
        shuffled.inventory.products[0].facts.reverse()
        shuffled.inventory.products.append(product("aaa", facts: 1))
        shuffled.inventory.sources.append(SourceStatus(source: .rpm, state: .absent))
        var sorted = scan
        sorted.inventory.products.insert(product("aaa", facts: 1), at: 0)
        sorted.inventory.sources.insert(SourceStatus(source: .rpm, state: .absent), at: 0)
        #expect(ReportEncoder.encode(shuffled) == ReportEncoder.encode(sorted))
        #expect(ReportEncoder.encode(shuffled).digest != ReportEncoder.encode(scan).digest)
        #expect(ReportEncoder.encode(scan).truncated == 0)
    }

    @Test
    func `A fact that was seen twice is told once`() throws {
        var scan = Scan.test()
        let once = ReportEncoder.encode(scan)
        scan.inventory.products[0].facts += scan.inventory.products[0].facts
        #expect(ReportEncoder.encode(scan) == once)
    }

    @Test
    func `What is encoded is what was found`() throws {
        let inventory = try decoded(ReportEncoder.encode(.test()))
        defer { khien__v1__inventory__free_unpacked(inventory, nil) }
        #expect(inventory.pointee.catalog_version == 1)
        #expect(inventory.pointee.n_sources == 1)
        #expect(inventory.pointee.sources?[0]?.pointee.entries == 600)
        let host = try #require(inventory.pointee.host).pointee
        #expect(String(cString: host.name) == "pc-1")
        #expect(host.platform.rawValue == 1)
        let product = try #require(inventory.pointee.products?[0]).pointee
        #expect(String(cString: product.version) == "12.1")
        #expect(product.n_facts == 2)
        // Canonical order: what runs before what is installed.
        let fact = try #require(product.facts?[0]).pointee
        #expect(String(cString: fact.value) == "kesl.service")
        #expect(fact.weight.rawValue == UInt32(FactWeight.running.rawValue))
        #expect(fact.source.rawValue == UInt32(FactSource.systemd.rawValue))
    }

    @Test
    func `Every text is cut to its limit between characters, and that is counted`() throws {
        let long = String(repeating: "ậ", count: 400)
        var scan = Scan.test(host: long)
        scan.host.operatingSystem = long
        scan.host.architecture = long
        scan.host.agentVersion = long
        scan.inventory.sources = [SourceStatus(source: .dpkg, state: .partial, reason: long, entries: -1)]
        scan.inventory.products = [
            Product(
                family: long,
                name: long,
                vendor: long,
                version: long,
                facts: [Fact(source: .dpkg, weight: .installed, role: .antivirus, value: long, detail: long)]
            )
        ]
        let encoded = ReportEncoder.encode(scan)
        #expect(encoded.truncated == 11)
        let inventory = try decoded(encoded)
        defer { khien__v1__inventory__free_unpacked(inventory, nil) }
        let host = try #require(inventory.pointee.host).pointee
        // Three bytes for each character.
        #expect(String(cString: host.name) == String(repeating: "ậ", count: 85))
        #expect(String(cString: host.operating_system) == String(repeating: "ậ", count: 42))
        #expect(String(cString: host.architecture) == String(repeating: "ậ", count: 10))
        let source = try #require(inventory.pointee.sources?[0]).pointee
        #expect(String(cString: source.reason) == String(repeating: "ậ", count: 85))
        #expect(source.entries == 0)
        let product = try #require(inventory.pointee.products?[0]).pointee
        #expect(String(cString: product.family).utf8.count == 63)
        #expect(String(cString: product.name).utf8.count == 126)
    }

    @Test
    func `A NUL in a text hides nothing behind it`() throws {
        let inventory = try decoded(ReportEncoder.encode(.test(host: "a\0b")))
        defer { khien__v1__inventory__free_unpacked(inventory, nil) }
        #expect(String(cString: try #require(inventory.pointee.host).pointee.name) == "a b")
    }

    @Test
    func `More products and facts than allowed are left out and counted, and a product without facts goes unsaid`()
        throws
    {
        var scan = Scan.test()
        scan.inventory.products = (0..<70).map { product("family-\(100 + $0)", facts: 1) }
        scan.inventory.products[0].facts = facts(200)
        scan.inventory.products.append(product("nothing", facts: 0))
        let encoded = ReportEncoder.encode(scan)
        #expect(encoded.truncated == 6 + 136)
        let inventory = try decoded(encoded)
        defer { khien__v1__inventory__free_unpacked(inventory, nil) }
        #expect(inventory.pointee.n_products == 64)
        #expect(inventory.pointee.products?[0]?.pointee.n_facts == 64)
    }

    @Test
    func `The largest inventory stays below the limit of a report`() throws {
        let long = String(repeating: "x", count: 300)
        var scan = Scan.test(host: long)
        scan.inventory.products = (0..<64).map { number in
            var product = product("family-\(number)", facts: 0)
            product.facts = (0..<64).map {
                Fact(source: .dpkg, weight: .installed, role: .antivirus, value: "\($0)" + long, detail: long)
            }
            return product
        }
        let encoded = ReportEncoder.encode(scan)
        #expect(encoded.bytes.count <= WireLimits.inventoryBytes)
        #expect(encoded.truncated > 64 * 32)
        let report = try ReportEncoder.signedReport(
            encoded,
            isWhole: true,
            epoch: UInt64(Int64.max),
            sequence: UInt64(Int64.max),
            observedAtMilliseconds: Int64.max,
            key: SigningKey.generate()
        )
        #expect(report.count <= WireLimits.reportBytes)
    }

    @Test
    func `One process outweighs two hundred files when not all facts can go`() {
        let running = Fact(source: .process, weight: .running, role: .antivirus, isWeak: true, value: "zzz")
        let chosen = FactSelection.strongest(facts(200) + [running], limit: 2)
        #expect(chosen.count == 2)
        #expect(chosen.contains(running))
    }

    @Test
    func `A report holds its numbers, and its signature is over the encoding that says what it is`() throws {
        let key = try SigningKey.generate()
        let inventory = ReportEncoder.encode(.test())
        for isWhole in [true, false] {
            let bytes = try ReportEncoder.signedReport(
                inventory,
                isWhole: isWhole,
                epoch: 5,
                sequence: 6,
                observedAtMilliseconds: 7,
                key: key
            )
            let signed = try #require(khien__v1__signed_report__unpack(nil, bytes.count, bytes))
            defer { khien__v1__signed_report__free_unpacked(signed, nil) }
            let payload = EnrollmentClient.array(signed.pointee.payload)
            let signature = EnrollmentClient.array(signed.pointee.signature)
            let verifier = try VerifyingKey(subjectPublicKeyInfo: key.publicKeyDER)
            let text = "DSSEv1 31 application/vnd.khien.report.v1 \(payload.count) "
            #expect(verifier.isValid(signature: signature, for: Array(text.utf8) + payload))
            #expect(!verifier.isValid(signature: signature, for: payload))

            let report = try #require(khien__v1__report__unpack(nil, payload.count, payload))
            defer { khien__v1__report__free_unpacked(report, nil) }
            #expect(String(cString: report.pointee.device_id) == deviceID(ofPublicKey: key.publicKeyDER))
            #expect(report.pointee.epoch == 5)
            #expect(report.pointee.sequence == 6)
            #expect(report.pointee.observed_at_ms == 7)
            #expect(EnrollmentClient.array(report.pointee.inventory_digest) == inventory.digest)
            #expect(EnrollmentClient.array(report.pointee.inventory) == (isWhole ? inventory.bytes : []))
        }
    }

    private func product(_ family: String, facts count: Int) -> Product {
        Product(family: family, name: family, vendor: "V", facts: facts(count))
    }

    private func facts(_ count: Int) -> [Fact] {
        (0..<count).map { Fact(source: .installPath, weight: .installed, role: .antivirus, value: "/opt/\($0)") }
    }

    private func decoded(_ inventory: EncodedInventory) throws -> UnsafeMutablePointer<Khien__V1__Inventory> {
        try #require(khien__v1__inventory__unpack(nil, inventory.bytes.count, inventory.bytes))
    }
}
