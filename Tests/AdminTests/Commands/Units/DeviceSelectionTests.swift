import Foundation
import Messages
import Shared
import SwiftProtobuf
import Testing

@testable import Admin

@Suite struct DeviceSelectionTests {
    @Test(
        "devices are read from a file as people and spreadsheets write them",
        arguments: [
            "abcd\nef01-2\n", "\u{FEFF}abcd\r\nef01-2\r\n", "# máy của xã\n\n  abcd\t\n\tef01-2", "abcd\u{2028}ef01-2",
        ]
    )
    func file(text: String) async throws {
        let folder = try TemporaryFolder()
        try folder.write("devices.txt", text)
        #expect(try DeviceSelection.ids(inFile: folder.path + "/devices.txt") == ["abcd", "ef01-2"])
        try await TestCollector.serving { collector in
            let run = try await collector.khien(
                [
                    "unit", "split", "lak", "--code", "b", "--name", "n", "--group", "other", "--seats", "1",
                    "--document",
                    "1", "--devices", folder.path + "/devices.txt",
                ]
            )
            #expect(run.status == .done, "\(run.errors)")
            #expect(collector.service.calls.first?.contains(#""deviceIds":["abcd","ef01-2"]"#) == true)
        }
    }

    @Test(
        "a file that names no devices is refused by its name",
        arguments: [
            ("", "names no device"), ("# nothing\n", "names no device"), ("abc\n", "no device's id"),
            ("abcd\nabcd\n", "named twice"), ("máy-1234\n", "no device's id"),
        ]
    )
    func refused(text: String, words: String) throws {
        let folder = try TemporaryFolder()
        try folder.write("devices.txt", text)
        let error = #expect(throws: AdminError.self) {
            _ = try DeviceSelection.ids(inFile: folder.path + "/devices.txt")
        }
        #expect(error?.code == .localFile)
        #expect(error?.message.contains("devices.txt") == true)
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }

    @Test("as many devices as go along at once fit into a message by their whole ids")
    func limit() throws {
        let ids = (0...AdminLimits.splitDevices).map { number in
            let digits = String(number, radix: 16)
            return String(repeating: "0", count: 32 - digits.count) + digits
        }
        #expect(DeviceSelection.problem(ids) == Phrases.tooManyDevices(AdminLimits.splitDevices))
        #expect(DeviceSelection.problem(Array(ids.dropLast())) == nil)
        let request = Khien_V1_SplitUnitRequest.with {
            $0.deviceIds = Array(ids.dropLast())
            $0.name = String(repeating: "n", count: AdminLimits.unitNameBytes)
            $0.decision.reason = String(repeating: "r", count: AdminLimits.decisionTextBytes)
        }
        #expect(try request.serializedData().count < WireLimits.messageBytes)
    }

    @Test("a file that is not there is named, and nobody is asked")
    func missing() async throws {
        try await TestCollector.serving { collector in
            let run = try await collector.khien(
                [
                    "unit", "split", "lak", "--code", "b", "--name", "n", "--group", "other", "--seats", "1",
                    "--document",
                    "1", "--devices", "/none/devices.txt",
                ]
            )
            #expect(run.status == .usage && run.errors.contains("/none/devices.txt"))
            #expect(collector.service.calls == [])
        }
    }
}
