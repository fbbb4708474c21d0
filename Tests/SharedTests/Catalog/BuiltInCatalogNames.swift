import Testing

@testable import Shared

/// A name, and what the catalog has to make of it.
struct CatalogCase: Sendable, CustomTestStringConvertible {
    let platform: HostDescription.Platform
    let kind: SignalKind
    let name: String
    /// `family role strength`, for each family that claims the name; `look-alike`; `nothing`.
    let expected: [String]

    var testDescription: String { "\(kind.word) \(name)" }

    /// Lines of `kind | name | what is expected, separated by commas`; `a+b role strength` stands for two families.
    static func table(_ platform: HostDescription.Platform, _ text: String) -> [CatalogCase] {
        text.split(separator: "\n").map { line in
            let fields = line.split(separator: " | ").map(String.init)
            guard fields.count == 3, let kind = SignalKind(word: fields[0]) else { fatalError("not a case: \(line)") }
            let expected = fields[2].split(separator: ", ").flatMap { claim in
                let words = claim.split(separator: " ")
                return words[0].split(separator: "+").map { ([$0] + words.dropFirst()).joined(separator: " ") }
            }
            return CatalogCase(platform: platform, kind: kind, name: fields[1], expected: expected.sorted())
        }
    }
}

/// Traps of Windows: what shares a name, carries a version, or only looks like an antivirus.
let windowsCases = #"""
    service | AVP.KES.21.19 | kaspersky-endpoint-security antivirus strong
    service | avp.kes.12.99 | kaspersky-endpoint-security antivirus strong
    service | avpsus.KES.21.19 | kaspersky-endpoint-security antivirus strong
    service | AVP21.3 | kaspersky-endpoint-security+kaspersky-home+kaspersky-small-office-security antivirus weak
    service | AVP18.0.0 | kaspersky-endpoint-security+kaspersky-home+kaspersky-small-office-security antivirus weak
    service | KSDE1.0.0 | look-alike
    service | KSDE5.9 | look-alike
    service | KLIF | kaspersky-endpoint-security+kaspersky-home+kaspersky-small-office-security antivirus weak
    service | KAVFS | kaspersky-endpoint-security antivirus strong
    service | klnagent | kaspersky-network-agent management strong
    driver | klif.sys | kaspersky-endpoint-security+kaspersky-home+kaspersky-small-office-security antivirus weak
    minifilter | KLIF.SYS@320400 | kaspersky-endpoint-security+kaspersky-home+kaspersky-small-office-security antivirus weak
    process | avp.exe | kaspersky-endpoint-security+kaspersky-home+kaspersky-small-office-security antivirus weak
    uninstall_name | Kaspersky Endpoint Security for Windows | kaspersky-endpoint-security antivirus strong
    uninstall_name | Kaspersky Endpoint Security 11 for Windows | kaspersky-endpoint-security antivirus weak
    uninstall_name | AES Encryption Module | kaspersky-endpoint-security component weak
    uninstall_name | Kaspersky Security Center Network Agent | kaspersky-network-agent management strong
    uninstall_name | Kaspersky Security Center 14 Administration Console | nothing
    uninstall_name | Kaspersky Password Manager 23 | look-alike
    uninstall_name | Kaspersky Internet Security | kaspersky-home antivirus unconfirmed
    path | C:\Program Files (x86)\Kaspersky Lab\KES.12.1.0 | kaspersky-endpoint-security antivirus strong
    path | d:\program files (x86)\kaspersky lab\kaspersky endpoint security for windows\avp.exe | kaspersky-endpoint-security antivirus strong
    uninstall_name | Sentinel Runtime | look-alike
    uninstall_name | Sentinel System Driver Installer 7.5.8 | look-alike
    uninstall_name | Sentinel Protection Installer 7.7.1 | look-alike
    uninstall_name | Sentinel Agent | sentinelone edr weak
    uninstall_name | Sentinel | nothing
    service | SentinelAgent | sentinelone edr strong
    service | LogProcessorService | sentinelone edr weak
    driver | cbfilter20.sys | cmc-antivirus antivirus weak
    minifilter | cbfilter20.sys@321120.5 | cmc-antivirus antivirus strong
    minifilter | cbfilter20.sys@360000 | nothing
    process | cmccore.exe | cmc-antivirus antivirus strong
    process | SMΔRTP.exe | smadav antivirus strong
    process | smδrtp.EXE | smadav antivirus strong
    process | SMRTP.exe | nothing
    uninstall_key | {8B9FA5FF-3E61-4658-B0DA-E6DDB46D6BAD}_is1 | smadav antivirus strong
    path | C:\Program Files (x86)\SMADAV\SmadHook32c.dll | smadav antivirus strong
    process | sfc.exe | look-alike
    path | C:\Windows\System32\sfc.exe | look-alike
    path | C:\Program Files\Cisco\AMP\8.1.7\sfc.exe | cisco-secure-endpoint edr unconfirmed
    process | vpnagent.exe | look-alike
    uninstall_name | Cisco Secure Client - AnyConnect VPN | look-alike
    uninstall_name | Cisco Secure Endpoint | cisco-secure-endpoint edr unconfirmed
    uninstall_name | FortiClient VPN | look-alike
    uninstall_name | FortiClient VPN 7.2.4.0972 | look-alike
    uninstall_name | FortiClient | forticlient component unconfirmed
    service | FA_Scheduler | forticlient component strong
    process | FortiScand.exe | forticlient antivirus strong
    uninstall_name | WebAdvisor by McAfee | look-alike
    uninstall_name | McAfee WebAdvisor | look-alike
    uninstall_name | True Key | look-alike
    uninstall_name | McAfee FileInsight | look-alike
    uninstall_name | FileInsight | look-alike
    uninstall_name | McAfee Security Scan Plus | mcafee-security-scan on-demand strong
    uninstall_name | McAfee Agent | trellix-agent management strong
    uninstall_name | McAfee Endpoint Security Firewall | trellix-endpoint-security component strong
    uninstall_name | McAfee Endpoint Security Threat Prevention | trellix-endpoint-security antivirus strong
    service | mfevtp | mcafee-home+trellix-endpoint-security component weak
    service | mfetp | trellix-endpoint-security antivirus strong
    uninstall_name | Security Update for Microsoft Windows (KB5005565) | look-alike
    uninstall_name | Avast Secure Browser | look-alike
    uninstall_name | Avast SecureLine VPN | look-alike
    uninstall_name | AVG TuneUp | look-alike
    uninstall_name | Avira Phantom VPN | look-alike
    uninstall_name | Avira Fallback Updater | look-alike
    uninstall_name | Avira | avira-antivirus component unconfirmed
    service | Avira.ServiceHost | avira-antivirus component strong
    uninstall_name | VIP Access | look-alike
    uninstall_name | Symantec Endpoint Protection Manager | look-alike
    uninstall_name | Symantec Endpoint Protection | symantec-endpoint antivirus strong
    minifilter | SRTSP.sys@329000 | norton-360+symantec-endpoint antivirus weak
    minifilter | SRTSP.sys@328950 | norton-360 antivirus strong
    driver | SRTSP64.sys | norton-360+symantec-endpoint antivirus weak
    process | ccSvcHst.exe | norton-360+symantec-endpoint antivirus weak
    uninstall_name | Norton Security Scan | norton-security-scan on-demand strong
    uninstall_name | Sophos SSL VPN Client 2.1 | look-alike
    uninstall_name | Sophos Connect | look-alike
    uninstall_name | Sophos AutoUpdate | sophos-endpoint component strong
    service | hmpalertsvc | sophos-endpoint antivirus weak, hitmanpro on-demand weak
    driver | hmpalert.sys | sophos-endpoint antivirus weak, hitmanpro on-demand weak
    uninstall_name | Malwarebytes version 4.6.8.311 | malwarebytes-endpoint on-demand strong
    uninstall_name | Malwarebytes Privacy | look-alike
    service | MBAMService | malwarebytes-endpoint on-demand strong
    minifilter | mbam.sys@328800 | malwarebytes-endpoint antivirus strong
    uninstall_name | ThreatDown Endpoint Agent | malwarebytes-endpoint antivirus strong
    uninstall_name | Cortex XDR 8.3.0.12345 | cortex-xdr edr strong
    process | PanGPS.exe | look-alike
    service | vsmon | zonealarm antivirus weak, check-point-harmony edr weak
    process | vsmon.exe | zonealarm antivirus weak
    uninstall_name | ZoneAlarm Free Firewall | look-alike
    process | AVK.exe | gdata-antivirus antivirus weak
    process | clamd.exe | nothing
    process | clamscan.exe | clamav on-demand strong
    process | kxetray.exe | kingsoft-antivirus antivirus weak
    process | coreServiceShell.exe | trend-apex-one+trend-deep-security+trend-home antivirus weak
    process | fshoster32.exe | fsecure-home+withsecure-endpoint antivirus weak
    driver | trufos.sys | bitdefender-endpoint-security+bitdefender-home antivirus weak
    minifilter | trufos.sys@320770 | bitdefender-endpoint-security+bitdefender-home antivirus weak
    service | EPSecurityService | bitdefender-endpoint-security antivirus strong
    driver | sysdiag.sys | huorong-internet-security antivirus weak
    minifilter | sysdiag.sys@324600 | huorong-internet-security antivirus strong
    minifilter | sysdiag.sys@368330 | nothing
    minifilter | cssdlp.sys@388850 | look-alike
    minifilter | cssdlp.sys@388851 | quick-heal component strong
    minifilter | easyanticheat.sys@327530 | look-alike
    minifilter | vsepflt.sys@328200 | look-alike
    driver | vsepflt.sys | look-alike
    minifilter | mshield.sys@323850.5 | look-alike
    minifilter | BkavAutoFlt.sys@327542 | bkav-antivirus antivirus strong
    minifilter | AhkAMFlt.sys@327700 | nothing
    minifilter | ElasticEndpoint.sys@260350.5 | elastic-defend edr strong
    service | WazuhSvc | look-alike
    process | TaniumClient.exe | look-alike
    service | ThreatLockerService | look-alike
    process | GameMon.des | look-alike
    uninstall_name | eset | nothing
    uninstall_name | ESET Remote Administrator Agent | eset-management-agent management strong
    uninstall_key | {5849e802-bf8b-4ae5-997e-d4cacbdc5fe7} | eset-endpoint-security antivirus strong
    service | AcronisActiveProtectionService | acronis-cyber-protect edr strong
    service | ds_agent | trend-deep-security edr strong
    service | Amsp | trend-apex-one+trend-deep-security+trend-home antivirus weak
    service | ofcservice | trend-apex-one management strong
    security_center | Windows Defender | microsoft-defender built-in strong
    security_center | Microsoft Defender Antivirus | microsoft-defender built-in unconfirmed
    security_center | dnot.sh | nothing
    driver | WdFilter.sys | microsoft-defender built-in strong
    minifilter | WdFilter.sys@328010 | microsoft-defender built-in strong
    service | WinDefend | microsoft-defender built-in strong
    service | Sense | microsoft-defender-endpoint edr weak
    minifilter | mssecflt.sys@385600 | microsoft-defender-endpoint edr weak
    uninstall_name | aJiant | viettel-ajiant edr unconfirmed
    uninstall_name | HitmanPro 3.8 | hitmanpro on-demand unconfirmed
    service | EsgShKernel | spyhunter on-demand strong
    uninstall_name | 火绒安全软件 | huorong-internet-security antivirus unconfirmed
    registry | HKLM\SOFTWARE\WOW6432Node\KasperskyLab\protected | kaspersky-endpoint-security+kaspersky-home+kaspersky-small-office-security antivirus weak
    """#

/// Traps of macOS.
let macCases = #"""
    bundle_id | com.bitdefender.EndpointSecurityforMac | bitdefender-endpoint-security antivirus strong
    system_extension | com.crowdstrike.falcon.Agent | crowdstrike-falcon edr strong
    system_extension | com.microsoft.wdav.epsext | microsoft-defender-endpoint antivirus strong
    system_extension | com.symantec.mes.systemextension | norton-360+symantec-endpoint antivirus weak
    system_extension | com.paloaltonetworks.GlobalProtect.client.extension | look-alike
    system_extension | com.paloaltonetworks.cortex.agent.extension | cortex-xdr edr strong
    system_extension | com.sophos.something | sophos-endpoint antivirus unconfirmed
    launchd | com.eset.remoteadministrator.agent | eset-management-agent management strong
    launchd | com.eset.endpoint.daemon | eset-endpoint-security antivirus strong
    path | /Applications/Cisco Secure Client.app | look-alike
    path | /Applications/Malwarebytes.app | malwarebytes-endpoint on-demand strong
    process | xprotectd | apple-xprotect built-in strong
    team_id | UBF8T346G9 | microsoft-defender-endpoint antivirus weak
    """#

/// Traps of Linux.
let linuxCases = #"""
    deb | kesl | kaspersky-endpoint-security antivirus strong
    deb | klnagent64 | kaspersky-network-agent management strong
    process | klnagent | kaspersky-network-agent management strong
    process | clamd | clamav on-demand strong
    process | clamonacc | clamav antivirus strong
    rpm | clamd | clamav on-demand unconfirmed
    rpm | clamav-update | clamav component unconfirmed
    process | ds_am | trend-deep-security antivirus strong
    unit | ds_agent.service | trend-deep-security edr strong
    unit | cbdaemon.service | carbon-black-cloud+carbon-black-edr edr weak
    unit | wazuh-agent.service | look-alike
    process | wazuh-agentd | look-alike
    process | wdserver | kaspersky-anti-virus antivirus weak
    unit | sisamdagent.service | symantec-endpoint antivirus strong
    deb | KESL | nothing
    deb | osquery | nothing
    deb | falco | nothing
    """#

/// What the first catalog knew of Linux, none of which may get lost: family, kind, role, strength, names.
let firstLinuxSignals = #"""
    avast-business data_path antivirus strong /etc/avast
    avast-business path antivirus strong /usr/bin/avast
    avira-antivirus path antivirus strong /opt/avira
    avira-antivirus process antivirus strong avqmd
    bitdefender-endpoint-security path antivirus strong /opt/bitdefender-security-tools
    bitdefender-endpoint-security path antivirus strong /opt/bitdefender-security-tools/bin/bduitool
    bitdefender-endpoint-security process antivirus strong bdagentd bdsecd epagd
    bitdefender-endpoint-security unit antivirus strong bdsec.service
    bitdefender-scanner path on-demand strong /opt/BitDefender-scanner
    carbon-black-cloud path edr strong /opt/carbonblack/psc/bin/repcli
    carbon-black-cloud unit edr strong cbagentd.service
    carbon-black-cloud unit edr weak cbdaemon.service
    carbon-black-edr unit edr weak cbdaemon.service
    cisco-secure-endpoint path edr strong /opt/cisco/amp/bin/ampcli
    clamav deb component strong clamav-base clamav-freshclam
    clamav deb on-demand strong clamav clamav-daemon
    clamav process antivirus strong clamonacc
    clamav process component strong freshclam
    clamav process on-demand strong clamd
    clamav unit component strong clamav-freshclam.service
    clamav unit on-demand strong clamav-daemon.service clamd.service clamd@scan.service
    clamav unit_running antivirus strong clamav-clamonacc.service
    comodo-antivirus path antivirus strong /opt/COMODO/cmdscan
    comodo-antivirus path antivirus weak /opt/COMODO
    cortex-xdr data_path edr strong /etc/panw
    cortex-xdr path edr strong /opt/traps/bin/cytool
    cortex-xdr unit edr strong traps_pmd.service
    crowdstrike-falcon deb edr strong falcon-sensor
    crowdstrike-falcon kernel_module edr strong falcon_lsm_serviceable
    crowdstrike-falcon path edr strong /opt/CrowdStrike/falconctl
    crowdstrike-falcon rpm edr strong falcon-sensor
    crowdstrike-falcon unit edr strong falcon-sensor.service
    cylance-protect unit antivirus strong cylancesvc.service
    drweb-antivirus path antivirus strong /opt/drweb.com/bin/drweb-ctl
    drweb-antivirus unit antivirus strong drweb-configd.service
    elastic-defend path component strong /opt/Elastic/Agent
    elastic-defend path edr strong /opt/Elastic/Endpoint
    elastic-defend unit component strong elastic-agent.service
    eset-endpoint-security path antivirus strong /opt/eset/eea/bin/upd /opt/eset/eea/sbin/lic /opt/eset/efs
    eset-endpoint-security path antivirus strong /opt/eset/efs/sbin/cls/cls
    eset-endpoint-security process antivirus strong esets_daemon oaeventd
    eset-endpoint-security unit antivirus strong eea.service
    eset-management-agent path management strong /opt/eset/RemoteAdministrator/Agent
    eset-management-agent unit management strong eraagent.service
    kaspersky-anti-virus process antivirus weak wdserver
    kaspersky-embedded-systems data_path antivirus strong /var/opt/kaspersky/kess
    kaspersky-endpoint-security data_path antivirus strong /var/opt/kaspersky/kesl
    kaspersky-endpoint-security data_path antivirus strong /var/opt/kaspersky/kesl/private/storage/events.db
    kaspersky-endpoint-security deb antivirus strong kesl
    kaspersky-endpoint-security path antivirus strong /opt/kaspersky/kesl
    kaspersky-endpoint-security path antivirus strong /opt/kaspersky/kesl/bin/kesl-control
    kaspersky-endpoint-security rpm antivirus strong kesl
    kaspersky-endpoint-security unit antivirus strong kesl-supervisor.service kesl.service
    kaspersky-network-agent deb management strong klnagent klnagent64
    kaspersky-network-agent path management strong /opt/kaspersky/klnagent64
    kaspersky-network-agent process management strong klnagent
    kaspersky-network-agent rpm management strong klnagent klnagent64
    kaspersky-network-agent unit management strong klnagent64.service
    malwarebytes-endpoint data_path antivirus strong /var/lib/mblinux /var/lib/mblinux/quarantine
    microsoft-defender-endpoint data_path antivirus strong /etc/opt/microsoft/mdatp
    microsoft-defender-endpoint deb antivirus strong mdatp
    microsoft-defender-endpoint path antivirus strong /opt/microsoft/mdatp
    microsoft-defender-endpoint process antivirus strong wdavdaemon
    microsoft-defender-endpoint rpm antivirus strong mdatp
    microsoft-defender-endpoint unit antivirus strong mdatp.service
    sentinelone deb edr strong sentinelagent
    sentinelone path edr strong /opt/sentinelone/bin/sentinelctl
    sentinelone process edr strong s1-agent
    sentinelone rpm edr strong SentinelAgent
    sentinelone unit edr strong sentinelone.service
    sophos-endpoint data_path antivirus strong /etc/sophos-av
    sophos-endpoint path antivirus strong /opt/sophos-av /opt/sophos-spl
    sophos-endpoint process antivirus strong savscand
    sophos-endpoint unit antivirus strong sophos-spl.service
    symantec-endpoint data_path antivirus strong /etc/symantec
    symantec-endpoint deb antivirus strong sdcss-agent sdcss-sepagent
    symantec-endpoint deb component strong sdcss sdcss-caf sdcss-kmod sdcss-scripts
    symantec-endpoint kernel_module antivirus strong sisap sisevt
    symantec-endpoint kernel_module component strong sisfim sisips
    symantec-endpoint path antivirus strong /opt/Symantec/symantec_antivirus
    symantec-endpoint path component strong /usr/lib/symantec/installagent.sh
    symantec-endpoint path antivirus weak /opt/Symantec
    symantec-endpoint process antivirus strong rtvscand symcfgd
    symantec-endpoint process antivirus weak smcd
    symantec-endpoint rpm antivirus strong sdcss-agent sdcss-sepagent
    symantec-endpoint rpm component strong SYMCsdcss sdcss sdcss-caf sdcss-kmod sdcss-scripts
    symantec-endpoint unit antivirus strong sisamdagent.service
    symantec-endpoint unit component strong cafagent.service sisidsagent.service sisipsagent.service
    symantec-endpoint unit component strong sisipsutil.service
    synology-antivirus process antivirus strong synoavd
    trellix-agent path management weak /opt/McAfee /opt/isec
    trellix-agent process management weak cma cmdagent
    trend-deep-security path edr strong /opt/ds_agent
    trend-deep-security process antivirus strong ds_am
    trend-deep-security unit edr strong ds_agent.service
    trend-serverprotect path antivirus strong /opt/TrendMicro/SProtectLinux
    withsecure-endpoint path antivirus strong /opt/f-secure/fsav
    withsecure-endpoint path antivirus weak /opt/f-secure
    """#
