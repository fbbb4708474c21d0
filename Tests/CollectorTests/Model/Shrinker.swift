/// Makes a failing sequence short: by leaving out parts, then steps, then what happens around a step.
///
/// Source: Zeller and Hildebrandt, "Simplifying and Isolating Failure-Inducing Input" (2002).
struct Shrinker {
    /// Replays at most; each begins with a new database.
    var attempts = 400
    /// Whether a sequence still fails.
    let fails: ([Step]) async throws -> Bool

    init(fails: @escaping ([Step]) async throws -> Bool) {
        self.fails = fails
    }

    mutating func shrink(_ steps: [Step]) async throws -> [Step] {
        var steps = steps
        var size = max(1, steps.count / 2)
        while attempts > 0 {
            let count = steps.count
            steps = try await withoutParts(of: size, steps)
            if size > 1 {
                size /= 2
            } else if steps.count == count {
                break
            }
        }
        return try await withoutDetails(steps)
    }

    /// From the end: the last steps lean on the earlier ones.
    private mutating func withoutParts(of size: Int, _ steps: [Step]) async throws -> [Step] {
        var steps = steps
        var end = steps.count
        while end > 0 {
            let start = max(0, end - size)
            var shorter = steps
            shorter.removeSubrange(start..<end)
            if try await stillFails(shorter) { steps = shorter }
            end = start
        }
        return steps
    }

    private mutating func withoutDetails(_ steps: [Step]) async throws -> [Step] {
        var steps = steps
        for index in steps.indices {
            let plain = [
                Step(steps[index].operation),
                Step(steps[index].operation, cut: steps[index].cut, isStale: steps[index].isStale),
            ]
            for simpler in plain where simpler != steps[index] {
                var simplified = steps
                simplified[index] = simpler
                if try await stillFails(simplified) {
                    steps = simplified
                    break
                }
            }
        }
        return steps
    }

    private mutating func stillFails(_ steps: [Step]) async throws -> Bool {
        guard attempts > 0, !steps.isEmpty else { return false }
        attempts -= 1
        return try await fails(steps)
    }
}
