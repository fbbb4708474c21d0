internal import CHive

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A process that reads one hive; ended with this object.
final class HiveReader {
    /// Why there is no answer, or not all of it.
    enum Failure: Error, Equatable {
        /// libhivex is not there.
        case noLibrary
        /// What has its name is something else.
        case foreignLibrary
        /// The system, or libhivex while it opened the hive, refused with this `errno`.
        case system(Int32)
        case notOpened(Int32)
        /// The reader was ended by a signal: the hive, or the disk below it, is damaged.
        case crashed(Int32)
        /// It closed the line, or said what nobody understands.
        case confused
        /// The deadline passed.
        case overdue
        /// More than is read.
        case tooLarge
        /// Windows and macOS.
        case unsupported

        /// For people.
        var reason: String {
            switch self {
            case .noLibrary: "libhivex is not installed: apt-get install libhivex0"
            case .foreignLibrary: "libhivex lacks a function: apt-get install --reinstall libhivex0"
            case .system(let code): "no reader for hives: \(FileFailure.system(code).reason)"
            case .notOpened(EINVAL), .notOpened(ENOTSUP): "damaged, or not a registry hive"
            case .notOpened(let code): FileFailure.system(code).reason
            case .crashed(let signal): "damaged: its reader was ended by signal \(signal)"
            case .confused: "damaged: its reader stopped"
            case .overdue: ProbeContext.overdue
            case .tooLarge: "more than the limit"
            case .unsupported: "hives are read on Linux only"
            }
        }
    }

    /// Which keys are asked for.
    struct Question: Equatable {
        /// From the root's child on; the name `*` stands for every child, `*/A/B` for every one but those.
        var path: String
        /// Whether their values are asked for, too.
        var values = true
    }

    /// What a reader said to one question.
    struct Answer: Equatable {
        /// Keys in the hive's order.
        var keys: [HiveKey] = []
        /// Keys and values that libhivex could not read.
        var unreadable = 0
        /// Whether there is more than the limits allow.
        var isCut = false
        /// Why the answer stops before its end.
        var failure: Failure?
    }

    private let channel: Descriptor
    private let process: pid_t
    private let limits: WindowsDiskLimits
    private let chunk: UnsafeMutableRawBufferPointer
    private var buffer: [UInt8] = []
    private var position = 0
    private var received = 0
    /// Its number may be another process's by now.
    private var isReaped = false

    private static let maximumRequestBytes = 16384

    /// Starts a reader of a hive and waits until the hive is open.
    init(file: Descriptor, library: String, limits: WindowsDiskLimits, deadline: Deadline) throws(Failure) {
        var most = khien_hive_limits(
            memory_bytes: limits.readerMemoryBytes,
            answer_bytes: UInt64(clamping: limits.answerBytes),
            cpu_seconds: limits.readerSeconds,
            visited: limits.visitedKeys,
            values: limits.valuesPerKey,
            value_bytes: limits.valueBytes
        )
        var process: pid_t = -1
        var channel: Int32 = -1
        switch khien_hive_start(library, file.raw, &most, &process, &channel) {
        case KHIEN_HIVE_OK: break
        case KHIEN_HIVE_NO_LIBRARY: throw .noLibrary
        case KHIEN_HIVE_FOREIGN_LIBRARY: throw .foreignLibrary
        case KHIEN_HIVE_UNSUPPORTED: throw .unsupported
        default: throw .system(errno)
        }
        self.channel = Descriptor(channel)
        self.process = process
        self.limits = limits
        chunk = .allocate(byteCount: 65536, alignment: 16)
        let frame = try frame(deadline: deadline)
        guard frame.kind == UInt8(ascii: "O"), frame.content.count == 4 else { throw .confused }
        let code = frame.content.number(0)
        guard code == 0 else { throw .notOpened(Int32(truncatingIfNeeded: code)) }
    }

    deinit {
        _ = reap()
        chunk.deallocate()
    }

    /// Asks several questions at once, so that the answers need not wait for each other; after a failure the reader is
    /// of no more use, and the questions after it have no answer.
    func answers(to questions: [Question], deadline: Deadline) -> [Answer] {
        var answers: [Answer] = []
        var answer = Answer()
        do throws(Failure) {
            try send(questions)
            for _ in questions {
                answer = Answer()
                received = 0
                while try take(frame(deadline: deadline), into: &answer) {}
                answers.append(answer)
            }
        } catch {
            answer.failure = error
            answers.append(answer)
        }
        return answers
    }

    // MARK: The line

    private func send(_ questions: [Question]) throws(Failure) {
        var request: [UInt8] = []
        for question in questions {
            let names = question.path.utf8.map { $0 == UInt8(ascii: "\\") ? 0 : $0 }
            let length = names.count + 1
            guard length <= Int(KHIEN_HIVE_REQUEST_BYTES) else { throw .tooLarge }
            request += [UInt8(truncatingIfNeeded: length), UInt8(truncatingIfNeeded: length >> 8)]
            request += [question.values ? 1 : 0] + names
        }
        // A socket has room for more than this, so that it neither blocks nor is cut.
        guard request.count <= Self.maximumRequestBytes else { throw .tooLarge }
        let count = request.withUnsafeBytes { bytes in
            Self.send(channel.raw, bytes.baseAddress, bytes.count)
        }
        guard count == request.count else { throw ended() }
    }

    private static func send(_ channel: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
        #if canImport(Darwin)
        Darwin.send(channel, bytes, count, 0)
        #elseif canImport(Glibc)
        Glibc.send(channel, bytes, count, Int32(MSG_NOSIGNAL))
        #else
        Musl.send(channel, bytes, count, Int32(MSG_NOSIGNAL))
        #endif
    }

    private func frame(deadline: Deadline) throws(Failure) -> (kind: UInt8, content: ArraySlice<UInt8>) {
        let head = try bytes(4, deadline: deadline)
        let length = Int(head.number(0))
        // A value with its name, or a key's names, is the longest.
        guard length >= 1, length <= 65536 else { throw .confused }
        let frame = try bytes(length, deadline: deadline)
        return (frame[frame.startIndex], frame.dropFirst())
    }

    /// The next bytes from the reader.
    private func bytes(_ count: Int, deadline: Deadline) throws(Failure) -> ArraySlice<UInt8> {
        while buffer.count - position < count {
            buffer.removeFirst(position)
            position = 0
            try receive(deadline: deadline)
        }
        defer { position += count }
        return buffer[position..<position + count]
    }

    private func receive(deadline: Deadline) throws(Failure) {
        guard received <= limits.answerBytes + 65536 else { throw .tooLarge }
        while true {
            if deadline.isOver { throw .overdue }
            var ready = pollfd(fd: channel.raw, events: Int16(POLLIN), revents: 0)
            let count = poll(&ready, 1, deadline.remainingMilliseconds)
            if count > 0 { break }
            // Nothing yet, or interrupted: only the deadline's own clock says that it is over.
            guard count == 0 || errno == EINTR else { throw .system(errno) }
        }
        guard let count = try? channel.read(into: chunk) else { throw .confused }
        buffer.append(contentsOf: UnsafeRawBufferPointer(rebasing: chunk[..<count]))
        received += count
        if count == 0 { throw ended() }
    }

    /// Why the reader is gone.
    private func ended() -> Failure {
        let signal = reap() & 0x7f
        // Our own signal reaches one that only closed the line, or used up its time.
        return signal == 0 || signal == SIGKILL ? .confused : .crashed(signal)
    }

    /// Ends the process, which holds nothing that it would have to put in order.
    ///
    /// - Returns: how it ended.
    private func reap() -> Int32 {
        guard !isReaped else { return 0 }
        isReaped = true
        _ = kill(process, SIGKILL)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        return status
    }
}

extension HiveReader {
    /// - Returns: whether there is more.
    private func take(
        _ frame: (kind: UInt8, content: ArraySlice<UInt8>),
        into answer: inout Answer
    ) throws(Failure) -> Bool {
        let content = frame.content
        switch frame.kind {
        case UInt8(ascii: "K"):
            let names = content.isEmpty ? [] : content.split(separator: 0, omittingEmptySubsequences: false)
            answer.keys.append(HiveKey(names: names.map { String(decoding: $0, as: UTF8.self) }))
        case UInt8(ascii: "V"):
            guard let last = answer.keys.indices.last, content.count >= 10 else { throw .confused }
            let nameLength = Int(content.number(8) & 0xffff)
            guard content.count >= 10 + nameLength else { throw .confused }
            let name = content.dropFirst(10).prefix(nameLength)
            answer.keys[last].values.append(
                HiveValue(
                    name: String(decoding: name, as: UTF8.self),
                    type: content.number(0),
                    bytes: Array(content.dropFirst(10 + nameLength)),
                    length: Int(content.number(4))
                )
            )
        case UInt8(ascii: "E"):
            guard content.count == 12 else { throw .confused }
            answer.unreadable = Int(content.number(0))
            answer.isCut = content.number(8) != 0
            return false
        default:
            throw .confused
        }
        return true
    }
}

extension ArraySlice<UInt8> {
    /// The little-endian number of up to four bytes at an offset.
    fileprivate func number(_ offset: Int) -> UInt32 {
        dropFirst(offset).prefix(4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
}
