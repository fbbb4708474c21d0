/* Asks twice in one process while Security Center hangs: the second time must not start it again. Prints JSON lines. */
#include <stdio.h>

#include "../../Sources/CLibraries/CWindowsProbe/include/khien_windows.h"
#include "../../Sources/CLibraries/CWindowsProbe/portable/json.h"
#include "../../Sources/CLibraries/CWindowsProbe/windows/source.h"

static DWORD caller;

static void take(void *context, const struct khien_record *record) {
    struct khien_json *json = context;
    khien_json_record(json, record);
    if (GetCurrentThreadId() != caller) puts("{\"kind\":\"wrong thread\"}");
    /* One call at a time. */
    if (khien_windows_probe(NULL, take, context) != KHIEN_WINDOWS_BUSY) puts("{\"kind\":\"not busy\"}");
}

int main(void) {
    uint32_t deadlines[KHIEN_SOURCE_COUNT] = {0};
    deadlines[KHIEN_SOURCE_SECURITY_CENTER] = 1000;
    struct khien_windows_options options = {
        .sources = 1u << KHIEN_SOURCE_SECURITY_CENTER | 1u << KHIEN_SOURCE_UNINSTALL,
        .deadline_ms = 60000,
        .source_deadlines_ms = deadlines,
    };
    caller = GetCurrentThreadId();
    for (int i = 0; i < 2; i++) {
        struct khien_json json = {0};
        int32_t result = khien_windows_probe(&options, take, &json);
        if (result != KHIEN_WINDOWS_OK || json.failed) return 1;
        printf("%.*s{\"kind\":\"end\"}\n", (int)json.length, json.bytes);
        khien_json_release(&json);
        /* Were it started anew, this would be the time to wait for it. */
        deadlines[KHIEN_SOURCE_SECURITY_CENTER] = 3600000;
    }
    struct khien_json json = {0};
    options.sources = 1u << KHIEN_SOURCE_UNINSTALL;
    options.entry_limit = 2;
    if (khien_windows_probe(&options, take, &json) != KHIEN_WINDOWS_OK) return 1;
    printf("%.*s{\"kind\":\"end\"}\n", (int)json.length, json.bytes);
    khien_json_release(&json);
    /* However far it comes in this time, it must not call a part the whole. */
    json = (struct khien_json){0};
    options.entry_limit = 0;
    options.deadline_ms = 1;
    if (khien_windows_probe(&options, take, &json) != KHIEN_WINDOWS_OK) return 1;
    printf("%.*s{\"kind\":\"end\"}\n", (int)json.length, json.bytes);
    khien_json_release(&json);
    options.path_count = 1;
    if (khien_windows_probe(&options, take, NULL) != KHIEN_WINDOWS_ARGUMENT) return 1;
    if (khien_windows_probe(&options, NULL, NULL) != KHIEN_WINDOWS_ARGUMENT) return 1;
    fflush(stdout);
    TerminateProcess(GetCurrentProcess(), 0);
    return 0;
}
