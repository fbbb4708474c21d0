import Shared

/// The devices that an officer names, one by one or in a file.
enum DeviceSelection {
    /// Reads a file of one id on each line; empty lines and those that begin with # say nothing.
    ///
    /// - Throws: `AdminError` (`localFile`) naming the file and what is wrong.
    static func ids(inFile file: String) throws(AdminError) -> [String] {
        var bytes: [UInt8]
        do {
            bytes = try LocalFile.read(file, limit: AdminLimits.deviceFileBytes)
        } catch {
            throw AdminError(.localFile, Phrases.unreadableFile(file, error.reason))
        }
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        if bytes.starts(with: mark) { bytes.removeFirst(mark.count) }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw AdminError(.localFile, Phrases.notText(file))
        }
        let ids = text.split(whereSeparator: \.isNewline)
            .map { line in
                String(line.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
            }
            .filter { !$0.isEmpty && !$0.hasPrefix("#") }
        guard !ids.isEmpty else { throw AdminError(.localFile, Phrases.emptyDeviceFile(file)) }
        if let problem = problem(ids) {
            throw AdminError(.localFile, Phrases.unreadableFile(file, problem.description))
        }
        return ids
    }

    /// What is wrong with a list of ids, if anything.
    static func problem(_ ids: [String]) -> Phrase? {
        guard ids.count <= AdminLimits.splitDevices else { return Phrases.tooManyDevices(AdminLimits.splitDevices) }
        var seen: Set<String> = []
        for id in ids {
            guard id.utf8.count >= AdminLimits.deviceIDCharacters, id.utf8.allSatisfy(isPart) else {
                return Phrases.shortDeviceID(String(id.prefix(64)), bytes: AdminLimits.deviceIDCharacters)
            }
            guard seen.insert(id).inserted else { return Phrases.repeatedDevice(id) }
        }
        return nil
    }

    private static func isPart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
        default: false
        }
    }
}
