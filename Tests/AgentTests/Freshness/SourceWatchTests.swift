import Foundation
import Testing

@testable import Agent

@Suite
struct SourceWatchTests {
    private let folder: TemporaryFolder
    private let watch: SourceWatch

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("status", Array("one".utf8))
        mkdir("\(folder.path)/units", 0o755)
        try folder.write("outside", [1])
        watch = SourceWatch(
            root: folder.path,
            paths: ["/status", "/units", "/opt/product"],
            others: ["\(folder.path)/outside"]
        )
    }

    @Test
    func `Two looks at the same thing are equal, also after it was read`() throws {
        let before = watch.look()
        _ = try folder.read("status")
        _ = try folder.names(in: "units")
        #expect(watch.look() == before)
        #expect(before.firstDifference(from: before) == nil)
    }

    @Test(arguments: ["write", "rewrite", "replace", "remove", "unit", "appear", "mode", "link", "pipe", "outside"])
    func `Every way of changing something is seen`(way: String) throws {
        let before = watch.look()
        let path = "\(folder.path)/status"
        var changed = path
        switch way {
        case "write":
            let file = open(path, O_WRONLY | O_APPEND)
            #expect(write(file, "x", 1) == 1)
            close(file)
        case "rewrite":
            // The same file, size and time: only the system's own note of the change is left.
            var status = stat()
            stat(path, &status)
            var times = [status.st_atim, status.st_mtim]
            untilTimePassed(path) {
                let file = open(path, O_WRONLY)
                write(file, "two", 3)
                close(file)
                utimensat(AT_FDCWD, path, &times, 0)
            }
        case "replace":
            // The same size, and the time of the old one.
            var status = stat()
            stat(path, &status)
            try folder.write("new", Array("two".utf8))
            var times = [status.st_atim, status.st_mtim]
            utimensat(AT_FDCWD, "\(folder.path)/new", &times, 0)
            rename("\(folder.path)/new", path)
        case "remove": unlink(path)
        case "unit":
            untilTimePassed("\(folder.path)/units") { try? folder.write("units/a.service", []) }
            changed = "\(folder.path)/units"
        case "appear":
            mkdir("\(folder.path)/opt", 0o755)
            mkdir("\(folder.path)/opt/product", 0o755)
            changed = "\(folder.path)/opt/product"
        case "mode": chmod(path, 0o644)
        case "link":
            unlink(path)
            try folder.link("status", to: "outside")
        case "pipe":
            unlink(path)
            mkfifo(path, 0o600)
        default:
            try folder.write("outside", [1, 2])
            changed = "\(folder.path)/outside"
        }
        let after = watch.look()
        #expect(after != before)
        #expect(after.firstDifference(from: before) == changed)
        #expect(after.differs(from: before, at: changed))
        #expect(!after.differs(from: before, at: "\(folder.path)/nowhere"))
        #expect(watch.look() == after)
    }

    /// Does something again until the file system, whose clock ticks every few milliseconds, has noted another time.
    private func untilTimePassed(_ path: String, _ action: () -> Void) {
        func changed() -> [Int] {
            var status = stat()
            stat(path, &status)
            return [status.st_ctim.tv_sec, status.st_ctim.tv_nsec]
        }
        let before = changed()
        for _ in 0..<1_000_000 {
            action()
            if changed() != before { return }
        }
    }

    @Test
    func `A link in a circle and a path that is too long are only what they are`() throws {
        try folder.link("circle", to: "circle")
        let long = "/" + String(repeating: "x", count: 5000)
        let watch = SourceWatch(root: folder.path, paths: ["/circle", long])
        #expect(watch.look().stamps.map(\.failure) == [ELOOP, ENAMETOOLONG])
    }

    @Test
    func `Fingerprints of other paths are different, and nothing is said of where`() {
        let other = SourceWatch(root: folder.path, paths: ["/status"])
        #expect(other.look() != watch.look())
        #expect(other.look().firstDifference(from: watch.look()) == nil)
    }

    @Test
    func `No more paths are looked at than the limit`() {
        let watch = SourceWatch(root: "/", paths: (0...AgentLimits.watchedPaths).map { "/none/\($0)" })
        #expect(watch.look().stamps.count == AgentLimits.watchedPaths)
    }
}
