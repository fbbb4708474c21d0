internal import Shared

/// Whether what a unit starts is there.
struct UnitProgram {
    /// What was found of the programs of one unit.
    enum Answer: Equatable {
        /// This one is there.
        case present(String)
        /// None of them is there.
        case gone
        /// The unit does not name one that could be looked for, or it cannot be seen.
        case unknown
    }

    /// Programs that only start others, so that their being there says nothing about the product.
    private static let starters: Set<String> = [
        "ash", "bash", "busybox", "chroot", "dash", "env", "flock", "ionice", "java", "ksh", "mono", "nice", "node",
        "nohup", "perl", "python", "python2", "python3", "runuser", "setpriv", "setsid", "sh", "start-stop-daemon",
        "stdbuf", "su", "sudo", "taskset", "timeout", "zsh",
    ]
    /// Programs that start something in a file system of its own: its paths are not ours.
    private static let containers: Set<String> = [
        "crun", "docker", "lxc-start", "nerdctl", "podman", "runc", "systemd-nspawn",
    ]
    /// Programs that are on every system.
    private static let helpers: Set<String> = [
        "echo", "false", "insmod", "modprobe", "mount", "sleep", "systemctl", "true",
    ]
    /// Where systemd looks for a program without a folder.
    ///
    /// Source: systemd.exec(5), "ExecSearchPath".
    private static let searchFolders = [
        "/usr/local/sbin/", "/usr/local/bin/", "/usr/sbin/", "/usr/bin/", "/sbin/", "/bin/",
    ]

    let root: RootDirectory

    /// Looks for the programs of a unit.
    func find(in unit: UnitFile) -> Answer {
        var isAnyGone = false
        var isUndecided = false
        for command in unit.commands {
            switch find(command) {
            case .present(let path): return .present(path)
            case .gone: isAnyGone = true
            case .unknown: isUndecided = true
            }
        }
        return isAnyGone && !isUndecided ? .gone : .unknown
    }

    private func find(_ command: [[UInt8]]) -> Answer {
        guard let program = command.first, !program.isEmpty, !Self.isVariable(program) else { return .unknown }
        let name = Self.baseName(program)
        if Self.containers.contains(name) || Self.helpers.contains(name) { return .unknown }
        if !Self.starters.contains(name) {
            guard program.first == UInt8(ascii: "/") else {
                return Self.searchFolders.lazy.map { look(Array($0.utf8) + program) }
                    .first { $0 != .gone } ?? .gone
            }
            return look(program)
        }
        // What is started stands behind: `sh -c "exec /opt/…"`, `env A=b /opt/…`.
        let tokens = command.dropFirst().flatMap { word in word.split { " \t;&|()".utf8.contains($0) } }
        let paths = tokens.filter { token in
            token.first == UInt8(ascii: "/") && !Self.isVariable(Array(token)) && Self.isProduct(Array(token))
        }
        guard let path = paths.first else { return .unknown }
        return look(Array(path))
    }

    private func look(_ path: [UInt8]) -> Answer {
        do throws(FileFailure) {
            let place = try root.place(path)
            return place.isRegular ? .present(WireText.text(path, limit: 256)) : .unknown
        } catch {
            return error.isMissing ? .gone : .unknown
        }
    }

    private static func isProduct(_ path: [UInt8]) -> Bool {
        let name = baseName(path)
        let elsewhere = ["/dev/", "/proc/", "/sys/", "/run/", "/var/run/", "/tmp/", "/etc/", "/var/log/"]
        return !starters.contains(name) && !containers.contains(name) && !helpers.contains(name)
            && !elsewhere.contains { path.starts(with: $0.utf8) }
    }

    private static func isVariable(_ path: [UInt8]) -> Bool {
        path.contains(UInt8(ascii: "$")) || path.contains(UInt8(ascii: "%"))
    }

    private static func baseName(_ path: [UInt8]) -> String {
        String(decoding: path.split(separator: UInt8(ascii: "/")).last ?? [], as: UTF8.self)
    }
}
