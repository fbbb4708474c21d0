internal import Agent
internal import Signatures

/// An enrolled identity as one text: a few named lines, then key, certificate and authority in PEM.
enum IdentityFile {
    private static let title = "khien-fleet identity 1"

    static func encode(_ identity: DeviceIdentity) throws -> [UInt8] {
        var text = "\(title)\nhost \(identity.host)\nport \(identity.reportingPort)\nunit \(identity.unitCode)\n"
        text += "unit-name \(identity.unitName)\n"
        return try Array(text.utf8) + identity.key.pem() + identity.certificate.pem() + identity.authority.pem()
    }

    /// - Throws: `FleetError` of code `state`.
    static func decode(_ bytes: [UInt8]) throws(FleetError) -> DeviceIdentity {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw damaged("it is not text") }
        var values: [Substring: Substring] = [:]
        var blocks: [String] = []
        for (index, line) in text.split(separator: "\n").enumerated() {
            if index == 0 {
                guard line == title else { throw damaged("it does not begin with '\(title)'") }
            } else if line.hasPrefix("-----BEGIN") {
                guard blocks.count < 3 else { throw damaged("it has too many parts") }
                blocks.append(line + "\n")
            } else if let last = blocks.indices.last {
                blocks[last] += line + "\n"
            } else {
                let parts = line.split(separator: " ", maxSplits: 1)
                values[parts[0]] = parts.count == 2 ? parts[1] : ""
            }
        }
        guard blocks.count == 3, let host = values["host"], let port = values["port"].flatMap({ UInt16($0) }), port > 0,
            let unit = values["unit"], let unitName = values["unit-name"]
        else { throw damaged("a part is missing") }
        do {
            let identity = DeviceIdentity(
                key: try SigningKey(pem: Array(blocks[0].utf8)),
                certificate: try Certificate(pem: Array(blocks[1].utf8)),
                authority: try Certificate(pem: Array(blocks[2].utf8)),
                host: String(host),
                reportingPort: port,
                unitCode: String(unit),
                unitName: String(unitName)
            )
            guard identity.certificate.subjectPublicKeyInfo == identity.key.publicKeyDER else {
                throw damaged("its certificate is not for its key")
            }
            return identity
        } catch let error as FleetError {
            throw error
        } catch {
            throw FleetError(.state, "A kept identity is damaged: \(error)", cause: error)
        }
    }

    private static func damaged(_ what: String) -> FleetError {
        FleetError(
            .state,
            "A kept identity is damaged: \(what). Remove the --state directory; the devices enroll anew."
        )
    }
}
