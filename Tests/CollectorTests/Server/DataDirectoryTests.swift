import Foundation
import Testing

@testable import Collector

@Suite struct DataDirectoryTests {
    @Test func `two collectors on one directory refuse each other, until the first has gone`() throws {
        try withTemporaryDirectory { path in
            var first: DataDirectory? = try DataDirectory(locking: path)
            #expect(first?.path == path)
            let error = #expect(throws: CollectorError.self) { try DataDirectory(locking: path) }
            #expect(error?.code == .dataDirectory)
            #expect(error?.message.contains("Another khien-collector") == true)
            first = nil
            #expect(throws: Never.self) { try DataDirectory(locking: path) }
        }
    }

    @Test func `a directory that init did not make is refused with the command that makes one`() throws {
        try withTemporaryDirectory { path in
            let error = #expect(throws: CollectorError.self) { try DataDirectory(path: path) }
            #expect(error?.message.contains("khien-collector init --data \(path)") == true)
            let content = try FileManager.default.contentsOfDirectory(atPath: path)
            #expect(content.isEmpty)
        }
    }
}
