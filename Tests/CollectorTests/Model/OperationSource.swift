/// Random steps: mostly such as make sense now, some that have to be refused.
struct OperationSource {
    /// Numbers of things that may ever be.
    private static let units = 12
    private static let devices = 30
    private static let terms = 6

    var random: SplitMix64

    init(seed: UInt64) {
        random = SplitMix64(state: seed)
    }

    mutating func next(_ province: Province) -> Step {
        var step = Step(operation(province))
        step.seconds = chance(20) ? 0 : 1
        if chance(12) { step.cut = chance(50) ? number(0...8) : number(0...60) }
        if chance(5) { step.isStale = true }
        return step
    }

    private mutating func operation(_ province: Province) -> Operation {
        switch number(0..<100) {
        case 0..<40: .report(device: chance(8) ? stranded(province) : device(province), products: products())
        case 40..<46: .heartbeat(device: device(province))
        case 46..<51: .enroll(device: newDevice(province), unit: unit(province))
        case 51..<57: calendar()
        case 57..<75: seats(province)
        case 75..<80: .move(device: chance(10) ? stranded(province) : device(province), unit: unit(province))
        case 80..<90: service(province)
        case 90..<93: units(province)
        default: finding(province)
        }
    }

    private mutating func calendar() -> Operation {
        .days(chance(70) ? 1 : number(0...40), upkeep: !chance(15))
    }

    private mutating func seats(_ province: Province) -> Operation {
        let term = number(1...province.terms.count)
        switch number(0..<18) {
        case 0..<7: return .allocate(term: term, unit: unit(province), seats: number(0...6))
        case 7..<9:
            return .importAllocations(
                term: term,
                firstUnit: unit(province),
                seats: (0..<number(1...3)).map { _ in number(0...4) }
            )
        case 9..<12: return .ask(unit: unit(province), seats: number(1...4), term: term)
        case 12..<15:
            return .approve(
                request: request(province),
                seats: chance(40) ? number(1...4) : 0,
                from: chance(50) ? unit(province) : nil
            )
        case 15: return chance(50) ? .refuse(request: request(province)) : .withdraw(request: request(province))
        default: return province.terms.count < Self.terms && chance(50) ? newTerm(province) : .heartbeat(device: 0)
        }
    }

    private mutating func newTerm(_ province: Province) -> Operation {
        let isRenewal = chance(50)
        return .addTerm(
            product: chance(60) ? 0 : 1,
            seats: number(1...14),
            startsIn: chance(30) ? 0 : number(-10...40),
            days: number(1...200),
            silence: number(3...60),
            renews: isRenewal ? number(1...province.terms.count) : 0,
            copies: isRenewal && chance(70)
        )
    }

    private mutating func service(_ province: Province) -> Operation {
        switch number(0..<20) {
        case 0..<6: .retire(device: device(province))
        case 6..<11: .restore(device: absent(province, life: 1))
        case 11..<15: .merge(device: device(province), into: device(province))
        case 15..<19: .unmerge(device: absent(province, life: 2))
        default: .revoke(device: device(province))
        }
    }

    private mutating func units(_ province: Province) -> Operation {
        switch number(0..<10) {
        case 0..<4: return .addUnit(number(0..<Self.units))
        case 4..<6:
            return .mergeUnits((0..<number(1...2)).map { _ in unit(province) }, into: unit(province))
        case 6..<9:
            let from = unit(province)
            let there = province.devices.keys.sorted().filter { province.devices[$0]?.unit == from }
            return .split(
                unit: from,
                new: number(0..<Self.units),
                seats: number(0...3),
                devices: there.filter { _ in chance(40) }
            )
        default: return .close(unit: chance(70) ? deserted(province) : unit(province))
        }
    }

    /// A unit with devices of which none is in service.
    private mutating func deserted(_ province: Province) -> Int {
        let inService = Set(province.devices.values.filter { $0.life == 0 }.map(\.unit))
        let others = Set(province.devices.values.map(\.unit)).subtracting(inService)
        return others.filter { province.isOpen($0) }.sorted().randomElement(using: &random) ?? unit(province)
    }

    /// A device of a unit that was closed, else one that is out of service.
    private mutating func stranded(_ province: Province) -> Int {
        let there = province.devices.keys.sorted().filter { id in
            province.devices[id].map { $0.life < 3 && !province.isOpen($0.unit) } ?? false
        }
        return there.randomElement(using: &random) ?? absent(province, life: number(1...2))
    }

    private mutating func finding(_ province: Province) -> Operation {
        let open = province.devices.sorted { $0.key < $1.key }
            .flatMap { id, device in device.findings.keys.sorted().map { (id, $0) } }
        guard let (device, kind) = open.randomElement(using: &random) else { return .heartbeat(device: 0) }
        return switch number(0..<7) {
        case 0..<4: .waive(device: device, kind: kind, days: chance(10) ? 0 : number(1...20))
        case 4..<6: .unwaive(device: device, kind: kind)
        default: .setSeverity(kind: [1, 2, 3, 7, 8][number(0..<5)], severity: number(1...3))
        }
    }

    // MARK: Numbers

    private mutating func number(_ range: Range<Int>) -> Int { Int.random(in: range, using: &random) }

    private mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

    private mutating func chance(_ percent: Int) -> Bool { number(0..<100) < percent }

    private mutating func products() -> Int { chance(60) ? 1 : number(0...7) }

    private mutating func device(_ province: Province) -> Int {
        let present = province.devices.keys.sorted().filter { province.devices[$0]?.life == 0 }
        return chance(95) ? present.randomElement(using: &random) ?? 0 : number(0..<Self.devices)
    }

    private mutating func newDevice(_ province: Province) -> Int {
        let present = province.devices.values.filter { $0.life == 0 }.count
        return present < 12 ? min(province.devices.count, Self.devices - 1) : number(0..<max(1, province.devices.count))
    }

    private mutating func absent(_ province: Province, life: Int) -> Int {
        let gone = province.devices.keys.sorted().filter { province.devices[$0]?.life == life }
        return gone.randomElement(using: &random) ?? number(0..<Self.devices)
    }

    private mutating func unit(_ province: Province) -> Int {
        let open = province.units.keys.sorted().filter { province.isOpen($0) }
        return chance(95) ? open.randomElement(using: &random) ?? 0 : number(0..<Self.units)
    }

    private mutating func request(_ province: Province) -> Int {
        let pending = province.requests.indices.map { $0 + 1 }.filter { province.isPending($0) }
        return chance(90) ? pending.randomElement(using: &random) ?? 1 : number(1...max(1, province.requests.count))
    }
}
