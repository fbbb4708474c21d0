"""Compares what the probes wrote under wine with what was put there. Python's standard library only.

check_records.py CASE FILE [FILE...]   runs the checks of a case over recordings
check_records.py clean FILE OUT        writes a recording without this device's name and time
"""
import json
import sys

FAILED = []
PASSED = 0


def check(what, good):
    global PASSED
    if good:
        PASSED += 1
    else:
        FAILED.append(what)


def load(path):
    with open(path, "rb") as file:
        data = file.read()
    check(f"{path}: every line ends, with LF alone", data.endswith(b"\n") and b"\r" not in data)
    return [json.loads(line) for line in data.decode("utf-8").splitlines()]


def one(rows, kind, **fields):
    """The only record of a kind with these fields, or {} where there is none or more."""
    found = [row for row in rows if row["kind"] == kind and all(row.get(k, "absent") == v for k, v in fields.items())]
    return found[0] if len(found) == 1 else {}


def has(what, row, expected, absent=()):
    wrong = {key: row.get(key, "absent") for key, value in expected.items() if row.get(key, "absent") != value}
    check(f"{what}: {wrong}; record: {row}", row and not wrong)
    for key in absent:
        check(f"{what}: {key} should be left out; record: {row}", row and key not in row)


def source(rows, name):
    return one(rows, "source", source=name)


KES = "C:\\Program Files (x86)\\Kaspersky Lab\\KES.12.1.0"
SYSTEM = "C:\\windows\\"
ALL = ["uninstall", "service", "driver", "minifilter", "security-center", "defender", "kaspersky", "process", "pipe", "registry"]


def whole(rows):
    check("the first record is the host", rows[0]["kind"] == "host")
    has("host", rows[0], {"build": 18362, "server": False, "architecture": "x86_64", "system": "Microsoft Windows 10"})
    check("the host has a name and a time", rows[0].get("name") and rows[0].get("recorded", 0) > 1_700_000_000)
    names = [row["source"] for row in rows if row["kind"] == "source"]
    check(f"every source says how complete it is, in order: {names}", [name for name in names if name != "file"] == ALL)
    kinds = {"driver": "service"}
    for name in ("uninstall", "minifilter", "kaspersky", "process", "registry"):
        count = sum(row["kind"] == kinds.get(name, name) for row in rows)
        has(f"{name} is complete and counted", source(rows, name), {"state": "complete", "entries": count})
    for name in ("service", "driver"):
        count = sum(row["kind"] == "service" and row["type"] == ("win32" if name == "service" else name) for row in rows)
        has(f"{name} is complete and counted", source(rows, name), {"state": "complete", "entries": count})


def uninstall(rows):
    row = one(rows, "uninstall", key="{2F7C6F19-0A3B-4C5D-9E8F-112233445566}")
    has("an installed program", row, {
        "hive": "HKLM", "view": 64, "name": "Kaspersky Endpoint Security for Windows", "version": "12.1.0.506",
        "publisher": "АО «Лаборатория Касперского»", "date": "20261101", "location": KES + "\\", "location_exists": True,
        "command": "MsiExec.exe /I{2F7C6F19-0A3B-4C5D-9E8F-112233445566}", "msi": True, "component": False,
    }, absent=("program", "program_exists", "icon", "parent"))
    has("a part of a suite, in the other view", one(rows, "uninstall", key="{AE5-32}"), {
        "hive": "HKLM", "view": 32, "name": "AES Encryption Module", "parent": "{2F7C6F19-0A3B-4C5D-9E8F-112233445566}",
        "release": "Update", "component": True, "program": KES + "\\avp.exe", "program_exists": True,
    }, absent=("msi",))
    has("a program that is gone", one(rows, "uninstall", key="Gone"), {
        "view": 32, "location_exists": False, "program": "C:\\Program Files\\Gone\\uninst.exe", "program_exists": False,
        "command": '"%ProgramFiles%\\Gone\\uninst.exe" /S',
    })
    has("a network path is not looked at", one(rows, "uninstall", key="Network"), {"location_exists": None})
    row = one(rows, "uninstall", key="{8B9FA5FF-3E61-4658-B0DA-E6DDB46D6BAD}_is1")
    has("a program of the user", row, {"name": "SMΔRTP", "view": 64})
    check(f"the hive of a user is its SID: {row}", str(row.get("hive")).startswith("S-1-5-21-"))
    has("another user's 32-bit program", one(rows, "uninstall", key="Narrow"), {"hive": "S-1-5-21-1-2-3-1001", "view": 32})
    check("a user's classes are no hive of programs", not any(row.get("key") == "Never" for row in rows))
    check("the system's hive is listed once", not any(row.get("key") == "Never again" for row in rows))


def traps(rows):
    has("control characters in name and value", one(rows, "uninstall", key='Trap line\nbreak "quoted" \x01 bell\x07'),
        {"name": 'line\nbreak "quoted" back\\slash tab\t bell\x07 \x7f'})
    has("unpaired surrogates", one(rows, "uninstall", key="Trap \ufffdx"), {"name": "a\ufffdb\ufffdc😀\ufffd"})
    has("values of the wrong type are not known", one(rows, "uninstall", key="Trap types"), {},
        absent=("name", "version", "publisher", "date", "component", "msi"))
    has("no zero, an odd byte, nothing, a zero inside", one(rows, "uninstall", key="Trap ends"),
        {"name": "NoZero", "publisher": "Od", "version": "", "date": "Seen"})
    row = one(rows, "uninstall", key="Trap sizes")
    has("a huge value is not read, a long one is cut", row, {"version": "9", "publisher": "ạ" * 341, "cut": True}, absent=("name",))
    has("a key without values", one(rows, "uninstall", key="Trap empty"), {"hive": "HKLM", "view": 64}, absent=("name", "cut"))


def services(rows):
    has("a service, its path without quotes and with spaces", one(rows, "service", name="AVP.KES.21.13"), {
        "display": "Kaspersky Endpoint Security Service", "type": "win32", "state": "stopped", "start": 2,
        "path": KES + "\\avp.exe -r", "file": KES + "\\avp.exe", "file_exists": True, "protected": 3,
    }, absent=("publisher",))
    has("a service whose file is gone", one(rows, "service", name="klnagent"), {
        "path": '"C:\\Program Files (x86)\\Kaspersky Lab\\NetworkAgent\\klnagent.exe" -s "x y"', "start": 3,
        "file": "C:\\Program Files (x86)\\Kaspersky Lab\\NetworkAgent\\klnagent.exe", "file_exists": False,
    }, absent=("protected",))
    has("a service with a variable", one(rows, "service", name="SentinelAgent"), {
        "start": 4, "display": 'Line\nbreak "agent"', "file": "C:\\Program Files\\Sentinel One\\agent.exe", "file_exists": False,
    })
    has("a running service and whose it is", one(rows, "service", name="KhienTestRunning"), {
        "state": "running", "file": "C:\\Khien Test\\running service.exe", "publisher": "An ninh Việt", "file_exists": True,
    })
    has("a driver, relative path, and whose it is", one(rows, "service", name="klif"), {
        "type": "driver", "state": "stopped", "start": 1, "path": "system32\\DRIVERS\\klif.sys",
        "file": SYSTEM + "system32\\DRIVERS\\klif.sys", "file_exists": True, "publisher": "An ninh Việt",
    })
    has("a driver, kernel's path", one(rows, "service", name="newflt"), {
        "type": "driver", "path": "\\SystemRoot\\system32\\drivers\\newflt.sys", "file": SYSTEM + "system32\\drivers\\newflt.sys",
    })
    has("a driver without altitude is not opened", one(rows, "service", name="plaindrv"), {"type": "driver", "file_exists": True}, absent=("publisher",))


def minifilters(rows, loaded):
    has("a filter", one(rows, "minifilter", service="klif"), {
        "instance": "klif Instance", "altitude": "320400", "file": "klif.sys", "file_exists": True, "publisher": "An ninh Việt",
        "loaded": False,
    })
    has("a filter below Parameters", one(rows, "minifilter", service="newflt"), {
        "instance": 'new "one"', "altitude": "321120.5", "file": "newflt.sys", "loaded": loaded,
    })
    has("a filter that is only in the registry", one(rows, "minifilter", service="ghostflt"), {
        "altitude": "328010", "file": "ghostflt.sys", "file_exists": False, "loaded": None,
    })
    check("an altitude that is no text is no altitude", not any(row.get("service") == "oddflt" for row in rows))


def kaspersky(rows):
    path = "34\\1103\\1.0.0.0"
    has("Kaspersky runs", one(rows, "kaspersky", component=path, view=32), {
        "engine_running": True, "state": 7, "bases_at": 1795413904, "last_connection": 1795417200, "server": "ksc.example.vn",
        "product": "Network Agent", "product_version": "15.1.0.20748",
    }, absent=("bases_text",))
    has("Kaspersky is off, its date in a form that nobody documents", one(rows, "kaspersky", component=path, view=64), {
        "engine_running": False, "bases_at": None, "bases_text": "11/23/2026 06:05:04", "last_connection": None,
    }, absent=("state", "server"))
    has("Kaspersky starts", one(rows, "kaspersky", component="35\\1200"), {"engine_running": None, "state": 3}, absent=("bases_at",))
    has("numbers that are none", one(rows, "kaspersky", component="36\\1\\2"), {"engine_running": None}, absent=("state",))


def plain(path):
    rows = load(path)
    whole(rows)
    uninstall(rows)
    traps(rows)
    services(rows)
    minifilters(rows, loaded=False)
    kaspersky(rows)
    has("no Security Center", source(rows, "security-center"), {"state": "absent", "entries": 0})
    has("no Defender", source(rows, "defender"), {"state": "absent", "entries": 0})
    has("what cannot be listed is unavailable, with its error", source(rows, "pipe"), {"state": "unavailable", "entries": 0})
    check("a running program", one(rows, "process", path="C:\\Khien Test\\running service.exe").get("count") == 1)
    paths = [row["path"].lower() for row in rows if row["kind"] == "process"]
    check(f"a program that runs several times is listed once: {paths}", len(paths) == len(set(paths)))
    for view in (64, 32):
        for key in ("KasperskyLab", "KasperskyLab\\Components"):
            check(f"key {key} in view {view}", one(rows, "registry", key="HKLM\\SOFTWARE\\" + key, view=view))
    check("keys of one view", one(rows, "registry", key="HKLM\\SOFTWARE\\KasperskyLab\\protected").get("view") == 64)
    keys = [row["key"] for row in rows if row["kind"] == "registry"]
    check("file types and the other view are not listed as vendors",
          not any(key.startswith(("HKLM\\SOFTWARE\\Classes\\", "HKLM\\SOFTWARE\\WOW6432Node\\")) for key in keys))
    check("files that were asked for", one(rows, "file", path=KES + "\\avp.exe").get("exists") is True
          and one(rows, "file", path="C:\\Việt\\không.exe").get("exists") is False
          and one(rows, "file", path="\\\\server\\x").get("exists", 0) is None)


def filters(path):
    rows = load(path)
    check("only the source that was asked for", [row["source"] for row in rows if row["kind"] == "source"] == ["minifilter"])
    minifilters(rows, loaded=True)


def wmi(path):
    rows = load(path)
    center = [row for row in rows if row["kind"] == "security-center"]
    check(f"one failing row costs no other: {len(center)}", len(center) == 5)
    has("Security Center is partial", source(rows, "security-center"), {"state": "partial", "entries": 5})
    check("why", "0x80041001" in source(rows, "security-center").get("reason", ""))
    has("Defender's row", one(rows, "security-center", guid="{D68DDC3A-831F-4fae-9E44-DA132C1ACF46}"), {
        "name": "Windows Defender", "state": 397568, "timestamp": "Thu, 10 Mar 2022 16:37:21 GMT", "product": "windowsdefender://",
        "product_exists": None, "reporting": "C:\\Program Files\\Windows Defender\\MsMpeng.exe", "reporting_exists": False,
    })
    has("Kaspersky's row", one(rows, "security-center", guid="{4F76F112-43EB-40E8-11D8-F7BD1853EA23}"), {
        "name": "Kaspersky Endpoint Security", "state": 266240, "timestamp": None, "product": KES + "\\wmi64.exe",
        "product_exists": False, "reporting": KES + "\\avp.exe", "reporting_exists": True,
    })
    has("a row whose name fails", one(rows, "security-center", guid="{00000000-0000-0000-0000-000000000003}"),
        {"name": None, "state": 0x54000}, absent=("product", "reporting"))
    has("a row of other types", one(rows, "security-center", guid="{00000000-0000-0000-0000-000000000004}"), {"name": None, "state": None})
    has("a row of the hostile", one(rows, "security-center", guid="{00000000-0000-0000-0000-000000000005}"),
        {"name": 'Line\nbreak "dnot.sh"', "state": 0x80041000})
    has("Defender itself", one(rows, "defender"), {
        "mode": "Passive Mode", "real_time": False, "service_enabled": True, "tamper_protected": None, "signatures_at": 1795413904,
        "signature_version": "1.421.350.0", "engine_version": "1.1.24090.11", "platform_version": None, "passive_policy": True,
    })
    has("Defender is complete, though it lacks a property", source(rows, "defender"), {"state": "complete", "entries": 1})


def hang(path, same):
    rows, other = load(path), load(same)
    has("Security Center hangs", source(rows, "security-center"),
        {"state": "unavailable", "entries": 0, "reason": "the deadline passed"})
    for name in ALL:
        if name != "security-center":
            check(f"{name} is as complete as without the hanging", source(rows, name).get("state") == source(other, name).get("state"))
        if name not in ("security-center", "process"):
            check(f"{name} has as many entries", source(rows, name).get("entries") == source(other, name).get("entries"))


def some(path):
    rows = load(path)
    has("what was read before it hung is kept", source(rows, "security-center"), {"state": "partial", "entries": 1})
    check("the row", one(rows, "security-center").get("name") == "Windows Defender")


def twice(path):
    calls, rows = [], []
    for row in load(path):
        if row["kind"] == "end":
            calls.append(rows)
            rows = []
        else:
            rows.append(row)
    check("four calls", len(calls) == 4)
    first, second, third, short = calls
    has("first call", source(first, "security-center"), {"state": "unavailable", "reason": "the deadline passed"})
    has("second call", source(second, "security-center"), {"state": "unavailable", "entries": 0})
    check("the second call says since when it waits", source(second, "security-center").get("reason", "").startswith("still waiting since 20"))
    for rows in (first, second):
        has("the other source", source(rows, "uninstall"), {"state": "complete", "entries": 12})
    has("a limit of two entries", source(third, "uninstall"), {"state": "partial", "entries": 2, "reason": "more entries than the limit"})
    row = source(short, "uninstall")
    check(f"a part is never called complete: {row}", row.get("state") in ("partial", "unavailable")
          or (row.get("state") == "complete" and row.get("entries") == 12))
    check("records come on the caller's thread, one call at a time",
          not any(row["kind"] in ("wrong thread", "not busy") for call in calls for row in call))


def clean(path, out):
    with open(path, encoding="utf-8") as file, open(out, "w", encoding="utf-8", newline="\n") as written:
        for line in file:
            row = json.loads(line)
            if row["kind"] == "host":
                row["name"], row["recorded"] = "test-device", 1795500000
            written.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")


def main():
    case, *files = sys.argv[1:]
    if case == "clean":
        clean(*files)
        return
    {"plain": plain, "filters": filters, "wmi": wmi, "hang": hang, "some": some, "twice": twice}[case](*files)
    for what in FAILED:
        print(f"FAILED: {what}")
    print(f"{case}: {PASSED} passed, {len(FAILED)} failed")
    sys.exit(1 if FAILED else 0)


main()
