/* Tests of the probes' portable part, built natively with sanitizers. Prints its seed; KHIEN_SEED repeats a run. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../../Sources/CLibraries/CWindowsProbe/portable/dates.h"
#include "../../Sources/CLibraries/CWindowsProbe/portable/json.h"
#include "../../Sources/CLibraries/CWindowsProbe/portable/path.h"
#include "../../Sources/CLibraries/CWindowsProbe/portable/record.h"
#include "../../Sources/CLibraries/CWindowsProbe/portable/text.h"

static int passed, failed;

static void check(bool good, const char *what) {
    if (good) {
        passed++;
    } else {
        failed++;
        printf("FAILED: %s\n", what);
    }
}

/* ASCII to UTF-16; `~` stands for an unpaired surrogate. */
static size_t wide(const char *text, uint16_t *units) {
    size_t count = 0;
    for (; text[count]; count++) units[count] = text[count] == '~' ? 0xD83D : (uint8_t)text[count];
    return count;
}

static uint64_t seed;
static uint32_t random_number(uint32_t below) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(seed >> 33) % below;
}

/* Written apart from the code that is tested: RFC 3629's table. */
static bool is_utf8(const char *text, size_t length) {
    const unsigned char *bytes = (const unsigned char *)text, *end = bytes + length;
    while (bytes < end) {
        unsigned more = *bytes < 0x80 ? 0 : *bytes < 0xC2 ? 9 : *bytes < 0xE0 ? 1 : *bytes < 0xF0 ? 2 : *bytes < 0xF5 ? 3 : 9;
        unsigned scalar = more == 0 ? *bytes : *bytes & (0x3Fu >> more);
        if (more == 9 || (size_t)(end - bytes) <= more) return false;
        for (unsigned i = 1; i <= more; i++) {
            if (bytes[i] >> 6 != 2) return false;
            scalar = scalar << 6 | (bytes[i] & 0x3F);
        }
        if ((more == 2 && scalar < 0x800) || (more == 3 && scalar < 0x10000) || scalar > 0x10FFFF) return false;
        if (scalar >= 0xD800 && scalar <= 0xDFFF) return false;
        bytes += more + 1;
    }
    return true;
}

static void test_utf16(void) {
    static const struct { uint16_t units[6]; size_t count, capacity; const char *text; bool cut; } rows[] = {
        {{'a', 0x111, 0x1EA1, 0xD83D, 0xDE00}, 5, 64, "a\xC4\x91\xE1\xBA\xA1\xF0\x9F\x98\x80", false},
        {{0xD800, 'b'}, 2, 64, "\xEF\xBF\xBD" "b", false},
        {{'a', 0xDC00}, 2, 64, "a\xEF\xBF\xBD", false},
        {{'a', 0xD83D}, 2, 64, "a\xEF\xBF\xBD", false},
        {{0xD83D, 0xD83D, 0xDE00}, 3, 64, "\xEF\xBF\xBD\xF0\x9F\x98\x80", false},
        {{'a', 0x1EA1}, 2, 3, "a", true},
        {{0xD83D, 0xDE00}, 2, 3, "", true},
        {{'a', 'b'}, 2, 2, "ab", false},
        {{0}, 0, 0, "", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char out[64];
        bool cut = !rows[i].cut;
        size_t length = khien_utf8_from_utf16(rows[i].units, rows[i].count, out, rows[i].capacity, &cut);
        check(length == strlen(rows[i].text) && memcmp(out, rows[i].text, length) == 0 && cut == rows[i].cut,
            "UTF-16 becomes UTF-8, unpaired surrogates U+FFFD, and a cut is between characters");
    }
}

static void test_utf8(void) {
    static const struct { const char *text; size_t size; const char *what; } rows[] = {
        {"a", 1, "one byte"}, {"\xC4\x91", 2, "two bytes"}, {"\xE1\xBA\xA1", 3, "three bytes"}, {"\xF0\x9F\x98\x80", 4, "four bytes"},
        {"\xC0\x80", 0, "two bytes where one would do"}, {"\xE0\x80\x80", 0, "three bytes where one would do"},
        {"\xF0\x80\x80\x80", 0, "four bytes where one would do"}, {"\xED\xA0\x80", 0, "a surrogate"},
        {"\xF4\x90\x80\x80", 0, "beyond Unicode"}, {"\xE1\xBA", 0, "a character that is cut off"}, {"\x80", 0, "a middle"},
        {"\xC4" "a", 0, "a beginning alone"}, {"", 0, "nothing"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        check(khien_utf8_character(rows[i].text, strlen(rows[i].text)) == rows[i].size, rows[i].what);
    }
    check(khien_utf8_character("\xE1\xBA\xA1", 2) == 0, "a character that goes on beyond the end");
    struct khien_field field = {.key = "name", .type = KHIEN_FIELD_TEXT, .text = "a\xED\xA0\x80\xFF", .text_length = 5};
    struct khien_record record = {.kind = "pipe", .fields = &field, .field_count = 1};
    struct khien_json json = {0};
    khien_json_record(&json, &record);
    check(is_utf8(json.bytes, json.length) && json.length == 39, "bytes that are no UTF-8 become U+FFFD in JSON");
    khien_json_release(&json);
}

/* A device with these files. */
static const char *const there[] = {
    "C:\\Program Files\\Anti Virus\\av service.exe", "C:\\Windows\\system32\\drivers\\klif.sys",
    "C:\\Windows\\System32\\svchost.exe", "C:\\Program Files\\Bare\\tool.exe",
};
static int asked;
static int32_t is_file(void *context, const uint16_t *path, size_t length) {
    (void)context;
    asked++;
    for (size_t i = 0; i < sizeof there / sizeof *there; i++) {
        if (khien_utf16_equals(path, length, there[i])) return 1;
    }
    return length > 0 && path[0] == 'N' ? -1 : 0;
}
static size_t variable(void *context, const uint16_t *name, size_t length, uint16_t *value, size_t capacity) {
    (void)context;
    const char *found = khien_utf16_equals(name, length, "ProgramFiles") ? "C:\\Program Files"
        : khien_utf16_equals(name, length, "Loop")                       ? "%Loop%"
                                                                          : "";
    if (strlen(found) > capacity) return 0;
    return wide(found, value);
}
static uint16_t root[16];
static struct khien_path_system device(void) {
    return (struct khien_path_system){.is_file = is_file, .variable = variable, .root = root, .root_length = wide("C:\\Windows", root)};
}

static void test_paths(void) {
    static const struct { const char *raw, *file, *what; } rows[] = {
        {"\"C:\\A B\\x.exe\" -k \"y\"", "C:\\A B\\x.exe", "quotes end the path"},
        {"\"C:\\A B\\x.exe", "C:\\A B\\x.exe", "a quote that is never closed"},
        {"C:\\Program Files\\Anti Virus\\av service.exe -run x", "C:\\Program Files\\Anti Virus\\av service.exe",
            "without quotes the file that is there ends the path"},
        {"C:\\Program Files\\Bare\\tool /service", "C:\\Program Files\\Bare\\tool.exe", "a program named without its extension"},
        {"C:\\Gone Away\\av.exe -run x.exe", "C:\\Gone Away\\av.exe", "a file that is not there ends with its extension"},
        {"\"C:\\A.exe B\\x.sys\" z", "C:\\A.exe B\\x.sys", "quotes hold spaces together"},
        {"N:\\x y\\z.exe arg", "N:\\x y\\z.exe", "not knowing is not being there"},
        {"C:\\Gone\\folder\\thing arg", "C:\\Gone\\folder\\thing arg", "nothing tells where it ends"},
        {"\\SystemRoot\\system32\\drivers\\klif.sys", "C:\\Windows\\system32\\drivers\\klif.sys", "the kernel's Windows folder"},
        {"\\??\\C:\\x\\y.sys", "C:\\x\\y.sys", "the kernel's drive letters"},
        {"\\\\?\\C:\\x\\y.sys", "C:\\x\\y.sys", "a long path"},
        {"\\??\\UNC\\server\\share\\y.exe", "\\\\server\\share\\y.exe", "the kernel's network paths"},
        {"system32\\DRIVERS\\klif.sys", "C:\\Windows\\system32\\DRIVERS\\klif.sys", "relative to the Windows folder"},
        {"svchost.exe -k netsvcs", "C:\\Windows\\System32\\svchost.exe", "a bare name is in System32"},
        {"%SystemRoot%\\System32\\svchost.exe -k x", "C:\\Windows\\System32\\svchost.exe", "SystemRoot as a variable"},
        {"%windir%\\a.exe", "C:\\Windows\\a.exe", "windir as a variable"},
        {"\"%ProgramFiles%\\A\\b.exe\" /s", "C:\\Program Files\\A\\b.exe", "a variable inside quotes"},
        {"C:\\%Nothing%\\b.exe", "C:\\%Nothing%\\b.exe", "a variable that is not there stays"},
        {"C:\\50% off\\b.exe", "C:\\50% off\\b.exe", "a lone percent sign"},
        {"C:\\%Loop%\\b.exe", "C:\\%Loop%\\b.exe", "a variable is replaced once"},
        {"windowsdefender://", "windowsdefender://", "an address is no path"},
        {"  C:\\x\\y.exe\t", "C:\\x\\y.exe", "spaces around"},
        {"\"\"", NULL, "nothing between quotes"},
        {"   ", NULL, "spaces only"},
        {"", NULL, "nothing"},
    };
    struct khien_path_system system = device();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint16_t units[128];
        struct khien_path path;
        bool found = khien_resolve_command(units, wide(rows[i].raw, units), &system, &path);
        bool good = rows[i].file ? found && khien_utf16_equals(path.units, path.length, rows[i].file) : !found;
        check(good, rows[i].what);
    }
    uint16_t spaces[KHIEN_PATH_UNITS];
    struct khien_path path;
    for (size_t i = 0; i < KHIEN_PATH_UNITS; i++) spaces[i] = i < 3 ? (uint16_t)"C:\\"[i] : i % 2 ? 'a' : ' ';
    asked = 0;
    (void)khien_resolve_command(spaces, KHIEN_PATH_UNITS, &system, &path);
    check(asked > 0 && asked <= 2 * (int)KHIEN_PATH_CANDIDATES, "a path of a thousand spaces asks for few files");
}

static void test_icons(void) {
    static const struct { const char *raw, *file; } rows[] = {
        {"C:\\A\\x.exe,0", "C:\\A\\x.exe"}, {"\"C:\\A B\\x.exe\",-101", "C:\\A B\\x.exe"}, {"C:\\A B\\x.ico", "C:\\A B\\x.ico"},
        {"C:\\A\\v1,2\\x.exe", "C:\\A\\v1,2\\x.exe"}, {"%ProgramFiles%\\x.exe,12", "C:\\Program Files\\x.exe"}, {",0", NULL},
        {"C:\\A\\x2", "C:\\A\\x2"}, {"C:\\A\\x,", "C:\\A\\x,"},
    };
    struct khien_path_system system = device();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint16_t units[128];
        struct khien_path path;
        bool found = khien_resolve_icon(units, wide(rows[i].raw, units), &system, &path);
        check(rows[i].file ? found && khien_utf16_equals(path.units, path.length, rows[i].file) : !found, rows[i].raw);
    }
    struct khien_path path;
    path.length = wide("C:\\Windows\\System32\\MsiExec.exe", path.units);
    check(khien_is_installer(&path), "MsiExec says nothing about the product");
    path.length = wide("C:\\Windows\\notmsiexec.exe", path.units);
    check(!khien_is_installer(&path), "another program does");
}

static void test_dates(void) {
    static const struct { const char *text; int64_t seconds; bool kaspersky; } rows[] = {
        {"23-11-2026 06-05-04", 1795413904, true}, {"29-02-2024 00-00-00", 1709164800, true},
        {"29-02-2026 00-00-00", 0, true}, {"31-04-2026 00-00-00", 0, true}, {"11/23/2026 06:05:04", 0, true},
        {"23-11-2026 24-00-00", 0, true}, {"01-01-1970 00-00-00", 0, true}, {"00-00-0000 00-00-00", 0, true},
        {"23-11-2026 06-05-0", 0, true}, {"23-11-2026 06-05-0x", 0, true}, {"", 0, true},
        {"23/11/2026 06-05-04", 0, true}, {"2:-11-2026 06-05-04", 0, true},
        {"20261123060504.000000+000", 1795413904, false}, {"20261123130504.123456+420", 1795413904, false},
        {"20261123010504.000000-300", 1795413904, false}, {"2026112306****.******+***", 0, false},
        {"20261323060504.000000+000", 0, false}, {"20261123060504.000000", 0, false}, {"", 0, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint16_t units[32];
        int64_t seconds = -1;
        size_t count = wide(rows[i].text, units);
        bool known = rows[i].kaspersky ? khien_kaspersky_date(units, count, &seconds) : khien_cim_date(units, count, &seconds);
        check(rows[i].seconds ? known && seconds == rows[i].seconds : !known, rows[i].text);
    }
}

static void append_json(void *context, const struct khien_record *record) { khien_json_record(context, record); }

static void test_records(void) {
    struct khien_draft *draft = malloc(sizeof *draft);
    struct khien_buffer buffer = {.entry_limit = 2, .byte_limit = 1 << 16};
    struct khien_json json = {0};
    static const uint16_t name[] = {'l', '\n', '"', '\\', 0x01, 0x7F, 0xD800, 0x1EA1};
    khien_draft_begin(draft, "uninstall");
    khien_draft_utf16(draft, "name", name, 8);
    khien_draft_text(draft, "bad", "a\xFF\xC0\xAF" "b");
    khien_draft_text(draft, "none", NULL);
    khien_draft_utf16(draft, "empty", name, 0);
    khien_draft_number(draft, "low", INT64_MIN);
    khien_draft_truth(draft, "yes", 1);
    khien_draft_truth(draft, "no", 0);
    khien_draft_truth(draft, "maybe", -1);
    check(khien_buffer_add(&buffer, draft), "a record is taken");
    check(khien_buffer_add(&buffer, draft) && !khien_buffer_add(&buffer, draft) && buffer.reached == KHIEN_LIMIT_ENTRIES,
        "records beyond the limit are refused, and the limit is known");
    buffer.record_count = 1;
    khien_buffer_deliver(&buffer, append_json, &json);
    const char *expected = "{\"kind\":\"uninstall\",\"name\":\"l\\n\\\"\\\\\\u0001\\u007f\xEF\xBF\xBD\xE1\xBA\xA1\",\"bad\":\"a"
                           "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD" "b\",\"none\":null,\"empty\":\"\",\"low\":-9223372036854775808,"
                           "\"yes\":true,\"no\":false,\"maybe\":null}\n";
    check(json.length == strlen(expected) && memcmp(json.bytes, expected, json.length) == 0, "a record is one line of JSON");
    khien_buffer_release(&buffer);
    khien_json_release(&json);

    uint16_t long_text[KHIEN_TEXT_BYTES];
    for (size_t i = 0; i < KHIEN_TEXT_BYTES; i++) long_text[i] = 0x1EA1;
    buffer = (struct khien_buffer){.entry_limit = 100, .byte_limit = 4000};
    khien_draft_begin(draft, "pipe");
    khien_draft_utf16(draft, "name", long_text, KHIEN_TEXT_BYTES);
    check(khien_buffer_add(&buffer, draft), "a long text is taken");
    khien_buffer_deliver(&buffer, append_json, &json);
    check(json.length > 12 && memcmp(json.bytes + json.length - 12, "\"cut\":true}\n", 12) == 0
            && draft->fields[0].text_length == 1023 && is_utf8(json.bytes, json.length),
        "a long text is cut at a character, and the record says so");
    while (khien_buffer_add(&buffer, draft)) {}
    check(buffer.reached == KHIEN_LIMIT_BYTES && buffer.record_count == 3, "records take at most the bytes that they may");
    khien_buffer_release(&buffer);
    khien_json_release(&json);
    char long_bytes[3 * KHIEN_TEXT_BYTES];
    memset(long_bytes, 0xFF, sizeof long_bytes - 1);
    long_bytes[sizeof long_bytes - 1] = 0;
    khien_draft_begin(draft, "pipe");
    khien_draft_text(draft, "name", long_bytes);
    check(draft->cut && draft->fields[0].text_length == 1023, "a long text of other bytes is cut too");
    khien_draft_begin(draft, "pipe");
    for (size_t i = 0; i < 2 * KHIEN_FIELD_COUNT; i++) khien_draft_text(draft, "name", "x");
    check(draft->count == KHIEN_FIELD_COUNT, "fields beyond the limit are left out");
    free(draft);
}

/* Something like a path, damaged. */
static size_t damaged(uint16_t *units, size_t capacity) {
    static const char *const samples[] = {
        "\"C:\\Program Files\\Anti Virus\\av service.exe\" -k \"y z\"", "%SystemRoot%\\system32\\svchost.exe -k %Loop%",
        "\\SystemRoot\\system32\\drivers\\klif.sys", "\\??\\UNC\\server\\share\\x y.exe,-12", "23-11-2026 06-05-04",
        "20261123060504.000000+420", "~C:\\~x~y.sys", "windowsdefender://", "",
    };
    size_t count = wide(samples[random_number(sizeof samples / sizeof *samples)], units);
    for (uint32_t changes = random_number(8); changes > 0; changes--) {
        static const uint16_t odd[] = {0, ' ', '"', '%', '\\', '/', ':', ',', '-', '?', 0xD800, 0xDC00, 0xFFFF, '9', '.', 0x7F};
        uint16_t unit = random_number(3) ? odd[random_number(16)] : (uint16_t)random_number(65536);
        uint32_t kind = random_number(4);
        size_t at = count ? random_number((uint32_t)count) : 0;
        if (kind == 0 && count > 0) units[at] = unit;
        if (kind == 1 && count > 0) count = at;
        if (kind == 2 && count < capacity) units[count++] = unit;
        if (kind == 3) {
            size_t more = random_number((uint32_t)(capacity - count) + 1);
            for (size_t i = 0; i < more; i++, count++) units[count] = count ? units[i % count] : unit;
        }
    }
    return count;
}

static void mutate(void) {
    static uint16_t most[2 * KHIEN_PATH_UNITS];
    struct khien_draft *draft = malloc(sizeof *draft);
    struct khien_path_system system = device();
    bool paths = true, lines = true, dates = true;
    for (int round = 0; round < 6000; round++) {
        size_t count = damaged(most, random_number(8) ? 200 : 2 * KHIEN_PATH_UNITS);
        /* In memory of exactly its size, so that the sanitizer sees every step beyond. */
        uint16_t *units = malloc(count * sizeof *units + 1);
        memcpy(units, most, count * sizeof *units);
        struct khien_path path;
        int64_t seconds = 0;
        if (khien_resolve_command(units, count, &system, &path)) paths &= path.length > 0 && path.length <= KHIEN_PATH_UNITS;
        if (khien_resolve_icon(units, count, &system, &path)) paths &= path.length > 0 && path.length <= KHIEN_PATH_UNITS;
        if (khien_kaspersky_date(units, count, &seconds)) dates &= seconds > 0;
        if (khien_cim_date(units, count, &seconds)) dates &= seconds > 0;
        struct khien_buffer buffer = {.entry_limit = 4, .byte_limit = random_number(4000)};
        struct khien_json json = {0};
        char bytes[64];
        for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (char)random_number(256);
        bytes[random_number(63)] = 0;
        bytes[63] = 0;
        khien_draft_begin(draft, "pipe");
        khien_draft_utf16(draft, "name", units, count);
        khien_draft_text(draft, "path", bytes);
        while (khien_buffer_add(&buffer, draft)) {}
        khien_buffer_deliver(&buffer, append_json, &json);
        size_t ends = 0;
        for (size_t i = 0; i < json.length; i++) {
            ends += json.bytes[i] == '\n';
            lines &= (unsigned char)json.bytes[i] >= 0x20 || json.bytes[i] == '\n';
        }
        lines &= ends == buffer.record_count && is_utf8(json.bytes, json.length);
        khien_json_release(&json);
        khien_buffer_release(&buffer);
        free(units);
    }
    check(paths, "damaged paths stay within their limits");
    check(dates, "damaged dates are unknown or after 1970");
    check(lines, "damaged text stays one line of UTF-8 a record");
    free(draft);
}

int main(void) {
    const char *given = getenv("KHIEN_SEED");
    seed = given ? strtoull(given, NULL, 10) : (uint64_t)time(NULL);
    printf("portable tests: KHIEN_SEED=%llu\n", (unsigned long long)seed);
    test_utf16();
    test_utf8();
    test_paths();
    test_icons();
    test_dates();
    test_records();
    mutate();
    printf("portable tests: %d passed, %d failed\n", passed, failed);
    return failed > 0;
}
