import Foundation
import Messages
import SwiftProtobuf
import Testing

@testable import Admin

@Suite struct DeviceDocumentTests {
    static let answer = Khien_V1_GetDeviceResponse.with { answer in
        answer.device = .with {
            $0.id = "0123456789abcdef0123456789abcdef"
            $0.hostName = "ke-toan\u{202E}01"
            $0.unitCode = "SYT"
            $0.unitName = "Sở Y tế"
            $0.platform = .linux
            $0.operatingSystem = "Debian GNU/Linux 12"
            $0.agentVersion = "0.1.0"
            $0.standing = .inViolation
            $0.findings = [.multipleAntivirus]
            $0.seat = .held
            $0.enrolledAtMs = 1_763_800_000_000
        }
        answer.products = [
            .with {
                $0.family = "kaspersky-endpoint-security"
                $0.name = "Kaspersky Endpoint Security"
                $0.vendor = "Kaspersky"
                $0.version = "12.1"
                $0.role = .antivirus
                $0.grade = .confirmed
                $0.approved = true
                $0.status.protection = .on
                $0.status.license = .expired
                $0.facts = [
                    .with {
                        $0.kind = .process
                        $0.source = .process
                        $0.weight = .running
                        $0.role = .antivirus
                        $0.value = "kesl"
                        $0.detail = "/opt/kaspersky/kesl"
                    }
                ]
            },
            .with {
                $0.family = "clamav"
                $0.role = .onDemand
                $0.grade = .registered
                $0.facts = [
                    .with {
                        $0.source = .dpkg
                        $0.weight = .installed
                        $0.role = .onDemand
                        $0.value = "=clamav"
                    }
                ]
            },
        ]
        answer.findings = [
            .with {
                $0.kind = .multipleAntivirus
                $0.openedAtMs = 1_763_885_100_000
                $0.products = ["A", "B"]
                $0.id = 8
                $0.state = .waived
                $0.severity = .critical
                $0.deadlineMs = 1_763_885_100_000
                $0.waivedUntil = "2025-12-31"
            },
            .with {
                $0.kind = .noAntivirus
                $0.openedAtMs = 1_763_800_000_000
                $0.closedAtMs = 1_763_885_100_000
            },
        ]
        answer.sources = [
            .with {
                $0.source = .dpkg
                $0.state = .complete
                $0.entries = 600
            },
            .with {
                $0.source = .rpm
                $0.state = .absent
            },
            .with {
                $0.source = .systemd
                $0.state = .partial
                $0.reason = "Over its deadline."
                $0.entries = 12
            },
        ]
        answer.mergedIds = ["fedcba98"]
        answer.seatEvents = [
            .with {
                $0.atMs = 1_763_885_100_000
                $0.event = "moved"
                $0.unitCode = "SYT"
                $0.termID = 2
            },
            .with {
                $0.atMs = 1_763_800_000_000
                $0.event = "taken"
                $0.unitCode = "STP"
                $0.termID = 2
            },
            .with {
                $0.atMs = 1_763_800_000_000
                $0.event = "lent"
            },
        ]
        answer.events = [
            .with {
                $0.atMs = 1_763_885_100_000
                $0.actor = "officer:hoa"
                $0.action = "device-moved"
                $0.detail = "STP to SYT: a"
            }
        ]
        answer.epoch = 1_763_800_000_000
        answer.sequence = 7
        answer.certificateExpiresAtMs = 1_766_400_000_000
    }

    private func render(_ format: OutputFormat) throws -> String {
        let sink = MemorySink()
        let renderer = Renderer(format: format, output: sink, zone: .universal)
        try renderer.show(DeviceDocument(Self.answer).document)
        return sink.text
    }

    private static let sections = #"""
        Device
          Id                 0123456789abcdef0123456789abcdef
          Host               ke-toan\u{202E}01
          Platform           linux
          Operating system   Debian GNU/Linux 12
          Agent              0.1.0
          Standing           in-violation
          Enrolled           2025-11-22 08:26
          Last report        -
          Certificate until  2025-12-22 10:40
          Epoch              1763800000000
          Sequence           7
          Merged records     fedcba98

        Unit and seat
          Unit              SYT
          Name of the unit  Sở Y tế
          Seat              held
          Since             -

        Product: Kaspersky Endpoint Security
          Family      kaspersky-endpoint-security
          Name        Kaspersky Endpoint Security
          Vendor      Kaspersky
          Version     12.1
          Role        antivirus
          Grade       confirmed
          Approved    yes
          Conclusion  Counts: it is proven to be installed.
          Protection  on
          License     expired

          Source   Weight   Role       Value  Detail               Worth
          -------  -------  ---------  -----  -------------------  ---------------------
          process  running  antivirus  kesl   /opt/kaspersky/kesl  runs: proves it alone

        Product: clamav
          Family      clamav
          Name        -
          Vendor      -
          Version     -
          Role        on-demand
          Grade       registered
          Approved    no
          Conclusion  Does not count: it scans only when asked.

          Source  Weight     Role       Value    Detail  Worth
          ------  ---------  ---------  -------  ------  ----------------------------------
          dpkg    installed  on-demand  =clamav  -       counts half: needs a second source

        Findings
          Finding             State   Opened            Closed            Products  Number  Severity  Deadline          Waived until
          ------------------  ------  ----------------  ----------------  --------  ------  --------  ----------------  ------------
          multiple-antivirus  waived  2025-11-23 08:05  -                 A, B           8  critical  2025-11-23 08:05  2025-12-31
          no-antivirus        closed  2025-11-22 08:26  2025-11-23 08:05  -              -  -         -                 -

        What happened to its seat
          Time              Event  Unit  Term
          ----------------  -----  ----  ----
          2025-11-23 08:05  moved  SYT      2
          2025-11-22 08:26  taken  STP      2
          2025-11-22 08:26  lent   -        -

        What was done to it
          Time              By           Action        Detail
          ----------------  -----------  ------------  -------------
          2025-11-23 08:05  officer:hoa  device-moved  STP to SYT: a

        Sources that could not be read to their end
          Source   State    Entries  Reason
          -------  -------  -------  ------------------
          systemd  partial       12  Over its deadline.

        """#

    @Test("people get sections")
    func table() throws {
        #expect(try render(.table) == Self.sections)
    }

    @Test("programs get one object with everything in it")
    func json() throws {
        let object = try #require(try JSONSerialization.jsonObject(with: Data(render(.json).utf8)) as? [String: Any])
        #expect(object["host_name"] as? String == "ke-toan\u{202E}01")
        #expect(object["last_report_at"] is NSNull)
        #expect(object["seat_since"] is NSNull)
        let products = try #require(object["products"] as? [[String: Any]])
        #expect(products.map { $0["family"] as? String } == ["kaspersky-endpoint-security", "clamav"])
        #expect(products.map { $0["approved"] as? Bool } == [true, false])
        let facts = try #require(products[0]["facts"] as? [[String: Any]])
        #expect(facts.map { $0["worth"] as? String } == ["runs"])
        #expect(products.map { $0["conclusion"] as? String } == ["confirmed-antivirus", "on-demand"])
        #expect(facts.map { $0["kind"] as? String } == ["process"])
        #expect(products.map { $0["protection"] as? String } == ["on", nil])
        #expect(products[0]["signatures_at"] is NSNull)
        #expect((object["findings"] as? [Any])?.count == 2)
        #expect((object["sources"] as? [Any])?.count == 3)
        let seatEvents = object["seat_events"] as? [[String: Any]]
        #expect(seatEvents?.map { $0["event"] as? String } == ["moved", "taken", "lent"])
        #expect((object["events"] as? [[String: Any]])?.map { $0["action"] as? String } == ["device-moved"])
        #expect(object["merged_ids"] as? [String] == ["fedcba98"])
        #expect(object["merged_into"] is NSNull)
    }

    @Test("spreadsheets get the facts")
    func csv() throws {
        #expect(
            try render(.csv) == """
                device_id,family,product,version,grade,product_role,approved,source,weight,role,weak,value,detail,worth,\
                kind,publisher
                0123456789abcdef0123456789abcdef,kaspersky-endpoint-security,Kaspersky Endpoint Security,12.1,confirmed,\
                antivirus,true,process,running,antivirus,false,kesl,/opt/kaspersky/kesl,runs,process,
                0123456789abcdef0123456789abcdef,clamav,,,registered,on-demand,false,dpkg,installed,on-demand,false,\
                '=clamav,,half,,

                """
        )
    }

    @Test("a device of which nothing is known is shown too")
    func empty() throws {
        let sink = MemorySink()
        let renderer = Renderer(format: .table, output: sink, zone: .universal)
        try renderer.show(DeviceDocument(Khien_V1_GetDeviceResponse()).document)
        #expect(sink.text.contains("No antivirus product"))
        #expect(sink.text.contains("None, now or before."))
        #expect(!sink.text.contains("Sources that could not"))
    }
}
