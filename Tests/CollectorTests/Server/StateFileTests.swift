import Foundation
import Testing

@testable import Collector

@Suite struct StateFileTests {
    @Test func `a file that is there is never overwritten by create`() throws {
        try withTemporaryDirectory { directory in
            try StateFile.create(directory + "/a", [1], mode: 0o600)
            #expect(throws: CollectorError.self) { try StateFile.create(directory + "/a", [2], mode: 0o600) }
            #expect(try StateFile.read(directory + "/a") == [1])
        }
    }

    @Test func `create follows no link`() throws {
        try withTemporaryDirectory { directory in
            try FileManager.default.createSymbolicLink(atPath: directory + "/a", withDestinationPath: directory + "/b")
            #expect(throws: CollectorError.self) { try StateFile.create(directory + "/a", [1], mode: 0o600) }
            #expect(!StateFile.exists(directory + "/b"))
        }
    }

    @Test func `replace puts the new content in place with its mode and leaves nothing beside it`() throws {
        try withTemporaryDirectory { directory in
            try StateFile.create(directory + "/a", [1], mode: 0o644)
            try StateFile.create(directory + "/a.new", [9], mode: 0o644)
            try StateFile.replace(directory + "/a", [2, 3], mode: 0o600)
            #expect(try StateFile.read(directory + "/a") == [2, 3])
            #expect(try fileMode(directory + "/a") == 0o600)
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["a"])
        }
    }

    @Test func `a file over the limit is refused, one at the limit is read`() throws {
        try withTemporaryDirectory { directory in
            try StateFile.create(directory + "/a", [UInt8](repeating: 7, count: 100), mode: 0o600)
            #expect(try StateFile.read(directory + "/a", limit: 100).count == 100)
            #expect(throws: CollectorError.self) { try StateFile.read(directory + "/a", limit: 99) }
        }
    }

    @Test func `a missing file is named`() {
        let error = #expect(throws: CollectorError.self) { try StateFile.read("/nonexistent/khien") }
        #expect(error?.message.contains("/nonexistent/khien") == true)
    }
}
