internal import Foundation
internal import Messages
internal import SwiftProtobuf

/// The descriptors of our proto files, found by file name and by symbol.
struct DescriptorIndex: Sendable {
    private struct File {
        let bytes: Data
        let dependencies: [String]
    }

    private var files: [String: File] = [:]
    private var symbols: [String: String] = [:]

    /// The files of `Proto/`, as the generated code carries them.
    /// - Throws: `CollectorError` (`internal`) when the generated code is damaged.
    static func generated() throws(CollectorError) -> DescriptorIndex {
        guard let bytes = Data(base64Encoded: "\(descriptorSetBase64)", options: .ignoreUnknownCharacters) else {
            throw CollectorError(.internal, "The descriptors in this program are damaged. Build it anew.")
        }
        do {
            return try DescriptorIndex(Google_Protobuf_FileDescriptorSet(serializedBytes: bytes))
        } catch {
            throw CollectorError(.internal, "The descriptors in this program are damaged. Build it anew.", cause: error)
        }
    }

    init(_ set: Google_Protobuf_FileDescriptorSet) throws {
        for file in set.file {
            files[file.name] = File(bytes: try file.serializedBytes(), dependencies: file.dependency)
            let scope = file.package.isEmpty ? "" : file.package + "."
            for message in file.messageType { add(message, in: scope, of: file.name) }
            for type in file.enumType { add(type, in: scope, of: file.name) }
            for service in file.service {
                symbols[scope + service.name] = file.name
                for method in service.method { symbols["\(scope)\(service.name).\(method.name)"] = file.name }
            }
        }
    }

    private mutating func add(_ message: Google_Protobuf_DescriptorProto, in scope: String, of file: String) {
        symbols[scope + message.name] = file
        let inner = scope + message.name + "."
        for field in message.field { symbols[inner + field.name] = file }
        for nested in message.nestedType { add(nested, in: inner, of: file) }
        for type in message.enumType { add(type, in: inner, of: file) }
    }

    private mutating func add(_ type: Google_Protobuf_EnumDescriptorProto, in scope: String, of file: String) {
        symbols[scope + type.name] = file
        // The values of an enumeration live beside it, not in it.
        for value in type.value { symbols[scope + value.name] = file }
    }

    /// The name of the file that declares a symbol, by its full name without a leading dot.
    func file(declaring symbol: String) -> String? { symbols[symbol] }

    /// A file and what it imports, imports of imports included; `nil` when there is no such file.
    ///
    /// Those that were sent already are left out; the file itself always comes, and comes first.
    func fileWithImports(_ name: String, sent: inout Set<String>) -> [Data]? {
        guard files[name] != nil else { return nil }
        var found: [Data] = []
        var waiting = [name]
        while let next = waiting.popLast() {
            guard let file = files[next] else { continue }
            let isNew = sent.insert(next).inserted
            guard isNew || found.isEmpty else { continue }
            found.append(file.bytes)
            waiting.append(contentsOf: file.dependencies.reversed().filter { !sent.contains($0) })
        }
        return found
    }
}
