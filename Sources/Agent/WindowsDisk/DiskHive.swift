#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A hive of a disk: the file, whether it is current, and the process that reads it.
final class DiskHive {
    /// For people: `SOFTWARE`, or whose hive it is.
    let name: String
    /// Why it cannot be read at all.
    private(set) var failure: String?
    /// There is no such hive.
    private(set) var isMissing = false
    /// What keeps it from being current.
    private(set) var dirtiness: String?
    /// The last moment at which Windows is known to have written it, seconds since 1970.
    private(set) var written: Int64?

    private var file: Descriptor?
    private var reader: HiveReader?
    private var starts = 0
    private let library: String
    private let limits: WindowsDiskLimits

    /// Finds a hive and its logs, and reads its header.
    init(_ name: String, at path: [String], in files: DiskFiles, library: String, limits: WindowsDiskLimits) {
        self.name = name
        self.library = library
        self.limits = limits
        do throws(FileFailure) {
            let (file, status) = try files.open(path)
            guard status.st_size <= limits.hiveBytes else { throw .tooLarge }
            guard let header = HiveHeader(file) else {
                failure = HiveReader.Failure.notOpened(EINVAL).reason
                return
            }
            self.file = file
            dirtiness = header.dirtiness ?? Self.newerLog(than: header, path, files, limits)
            #if canImport(Darwin)
            let changed = Int64(status.st_mtimespec.tv_sec)
            #else
            let changed = Int64(status.st_mtim.tv_sec)
            #endif
            written = max(header.written ?? changed, changed)
        } catch {
            isMissing = error.isMissing
            failure = error.reason
        }
    }

    /// Asks for the keys of one path.
    func keys(_ path: String, values: Bool = true, for source: inout DiskSource) -> [HiveKey] {
        keys([HiveReader.Question(path: path, values: values)], for: &source).first ?? []
    }

    /// Asks for the keys of several paths at once; what stands in the way of a whole answer is told to the source.
    func keys(_ questions: [HiveReader.Question], for source: inout DiskSource) -> [[HiveKey]] {
        var keys = [[HiveKey]](repeating: [], count: questions.count)
        guard failure == nil else { return keys }
        do throws(HiveReader.Failure) {
            let reader = try running(deadline: source.deadline)
            for (index, answer) in reader.answers(to: questions, deadline: source.deadline).enumerated() {
                keys[index] = answer.keys
                if answer.unreadable > 0 { source.trouble("\(name): \(answer.unreadable) keys or values are damaged") }
                if answer.isCut { source.trouble("\(name): more than the limit") }
                guard let failure = answer.failure else { continue }
                self.reader = nil
                source.trouble("\(name): \(failure.reason)")
            }
        } catch {
            source.trouble("\(name): \(error.reason)")
        }
        return keys
    }

    /// Whether libhivex reads it; starts the reader.
    func opens(deadline: Deadline) -> Bool {
        guard failure == nil else { return false }
        do throws(HiveReader.Failure) {
            _ = try running(deadline: deadline)
        } catch {
            if failure == nil { failure = error.reason }
        }
        return failure == nil
    }

    private func running(deadline: Deadline) throws(HiveReader.Failure) -> HiveReader {
        if let reader { return reader }
        guard let file else { throw .confused }
        // A hive that ends its reader again and again must not keep the scan busy.
        guard starts < limits.readersPerHive else { throw .confused }
        starts += 1
        let reader = try HiveReader(file: file, library: library, limits: limits, deadline: deadline)
        self.reader = reader
        return reader
    }

    private static func newerLog(
        than header: HiveHeader,
        _ path: [String],
        _ files: DiskFiles,
        _ limits: WindowsDiskLimits
    ) -> String? {
        guard let name = path.last else { return nil }
        for ending in [".LOG1", ".LOG2", ".LOG"] {
            guard let log = try? files.open(path.dropLast() + [name + ending]).file else { continue }
            if header.isOlder(than: log, entries: limits.logEntries) {
                return "dirty: \(name)\(ending) has newer changes"
            }
        }
        return nil
    }
}
