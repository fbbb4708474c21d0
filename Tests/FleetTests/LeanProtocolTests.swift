import Testing

@testable import Fleet

@Suite struct LeanProtocolTests {
    /// `grpc-status: 0` as plain text, as Huffman code, after other fields, and with the size of the table before it.
    @Test(
        arguments: [
            [0x00, 0x0B] + Array("grpc-status".utf8) + [0x01, 0x30],
            [0x00, 0x88, 0x9A, 0xCA, 0xC8, 0xB2, 0x12, 0x34, 0xDA, 0x8F, 0x81, 0x07],
            [0x20, 0x88, 0x00, 0x88, 0x9A, 0xCA, 0xC8, 0xB2, 0x12, 0x34, 0xDA, 0x8F, 0x81, 0x07],
            [0x40, 0x0B] + Array("grpc-status".utf8) + [0x01, 0x30],
            [0x0F, 0x10, 0x01, 0x41, 0x10, 0x0B] + Array("grpc-status".utf8) + [0x01, 0x30],
        ] as [[UInt8]]
    )
    func aGoodStatusIsFound(block: [UInt8]) {
        #expect(HeaderBlock.saysOK(block[...]))
    }

    @Test(
        arguments: [
            [],
            [0x88],
            [0x00, 0x0B] + Array("grpc-status".utf8) + [0x02, 0x31, 0x34],
            [0x00, 0x0B] + Array("grpc-status".utf8) + [0x00],
            [0x00, 0x0B] + Array("grpc-statut".utf8) + [0x01, 0x30],
            // Two statuses, of which one is not good.
            [0x00, 0x0B] + Array("grpc-status".utf8) + [0x01, 0x30, 0x00, 0x0B] + Array("grpc-status".utf8) + [
                0x01, 0x37,
            ],
            // Cut within a text, within a number, and a number without an end.
            [0x00, 0x0B] + Array("grpc-st".utf8),
            [0x00, 0x7F],
            [0x00, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
        ] as [[UInt8]]
    )
    func anythingElseIsNotAGoodStatus(block: [UInt8]) {
        #expect(!HeaderBlock.saysOK(block[...]))
    }

    @Test func aRequestHoldsTheFieldsOfGRPC() {
        let block = HeaderBlock.request(
            method: "a.B/C",
            authority: "h:1",
            userAgent: String(repeating: "u", count: 200)
        )
        var expected: [UInt8] = [0x83, 0x87, 0x04, 0x06] + Array("/a.B/C".utf8) + [0x01, 0x03] + Array("h:1".utf8)
        expected += [0x0F, 0x10, 0x10] + Array("application/grpc".utf8)
        // 200 is 127 and 73.
        expected += [0x0F, 0x2B, 0x7F, 73] + Array(repeating: UInt8(ascii: "u"), count: 200)
        expected += [0x00, 0x02] + Array("te".utf8) + [0x08] + Array("trailers".utf8)
        #expect(block == expected)
    }

    @Test func aFrameComesBackAsItWasMade() throws {
        let bytes = HTTP2Frame.header(length: 3, type: .ping, flags: 1, stream: 0x7FFF_FFFE) + [7, 8, 9, 10]
        guard case .frame(let frame, let count) = HTTP2Frame.parse(bytes[...]) else {
            Issue.record("no frame")
            return
        }
        #expect(count == 12)
        #expect(frame.kind == .ping)
        #expect(frame.flags == 1)
        #expect(frame.stream == 0x7FFF_FFFE)
        #expect(Array(frame.payload) == [7, 8, 9])
    }

    @Test func aFrameIsWaitedForUntilItIsWhole() {
        let bytes = HTTP2Frame.header(length: 3, type: .data, flags: 0, stream: 1) + [7, 8, 9]
        for count in 0..<bytes.count {
            guard case .incomplete = HTTP2Frame.parse(bytes[..<count]) else {
                Issue.record("\(count) bytes were taken for a frame")
                return
            }
        }
    }

    @Test func aFrameThatIsTooLargeIsRefused() {
        let bytes = HTTP2Frame.header(length: HTTP2Frame.payloadBytes + 1, type: .data, flags: 0, stream: 1)
        guard case .malformed = HTTP2Frame.parse(bytes[...]) else {
            Issue.record("it was not refused")
            return
        }
    }

    @Test func paddingAndPriorityAreTakenAway() {
        func content(_ kind: HTTP2Frame.Kind, _ flags: UInt8, _ payload: [UInt8]) -> [UInt8]? {
            HTTP2Frame.Incoming(kind: kind, flags: flags, stream: 1, payload: payload[...]).content.map { Array($0) }
        }
        #expect(content(.data, 0, [1, 2]) == [1, 2])
        #expect(content(.data, 0x08, [1, 2, 0]) == [2])
        #expect(content(.data, 0x08, [3, 2, 0]) == nil)
        #expect(content(.data, 0x08, []) == nil)
        #expect(content(.headers, 0x28, [1, 0, 0, 0, 0, 0, 9, 0]) == [9])
        #expect(content(.headers, 0x20, [1, 2]) == nil)
    }

    @Test func settingsAndWindowsAreRead() {
        let settings = HTTP2Frame.Incoming(
            kind: .settings,
            flags: 0,
            stream: 0,
            payload: [0, 4, 0, 1, 0, 0, 0, 5, 0, 0, 64, 0, 9]
        )
        #expect(settings.settings.map(\.name) == [4, 5])
        #expect(settings.settings.map(\.value) == [65536, 16384])
        let update = HTTP2Frame.Incoming(kind: .windowUpdate, flags: 0, stream: 0, payload: [0x80, 0, 1, 0])
        #expect(update.increment == 256)
        #expect(HTTP2Frame.Incoming(kind: .windowUpdate, flags: 0, stream: 0, payload: [1]).increment == nil)
    }

    @Test func noBytesMakeTheReadersTrap() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededGenerator(seed: seed)
        let good: [UInt8] = [0x20, 0x88, 0x00, 0x88, 0x9A, 0xCA, 0xC8, 0xB2, 0x12, 0x34, 0xDA, 0x8F, 0x81, 0x07]
        var refused = 0
        for _ in 0..<2000 {
            var block = good
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                block[Int.random(in: block.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            block.removeLast(Int.random(in: 0...3, using: &random))
            if !HeaderBlock.saysOK(block[...]) { refused += 1 }

            var frame = HTTP2Frame.header(
                length: Int.random(in: 0...40, using: &random),
                type: .headers,
                flags: UInt8.random(in: 0...255, using: &random),
                stream: 1
            )
            frame[3] = UInt8.random(in: 0...12, using: &random)
            frame += (0..<40).map { _ in UInt8.random(in: 0...255, using: &random) }
            if case .frame(let incoming, let bytes) = HTTP2Frame.parse(frame[...]) {
                #expect(bytes <= frame.count, "seed \(seed)")
                #expect((incoming.content?.count ?? 0) <= incoming.payload.count, "seed \(seed)")
                #expect(incoming.settings.count <= 6, "seed \(seed)")
            }
        }
        #expect(refused > 0, "seed \(seed)")
    }
}
