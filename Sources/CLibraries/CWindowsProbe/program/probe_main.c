/* khien-probe.exe: writes what the probes read as JSON lines, for a file that can be mailed. */
#include "../windows/source.h"

#include <fcntl.h>
#include <io.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../portable/json.h"

enum { EXIT_GOOD = 0, EXIT_ERROR = 1, EXIT_USAGE = 2 };

static const char help[] =
    "khien-probe: lists the antivirus products on this computer, for the people who look after it.\n"
    "\n"
    "It only reads. It changes nothing, installs nothing and sends nothing anywhere. It opens no\n"
    "document and no mail. What it writes is plain text: open it and look before you send it.\n"
    "\n"
    "The easy way: open a command prompt as administrator (it sees more that way) and type\n"
    "    khien-probe --record my-computer.jsonl\n"
    "Then mail the file my-computer.jsonl to whoever asked you for it.\n"
    "\n"
    "The file holds: the name of the computer and its Windows version; the names of installed\n"
    "programs, services, drivers, running programs and named pipes; what Windows and the antivirus say\n"
    "about the protection; names of registry keys below HKEY_LOCAL_MACHINE\\SOFTWARE. Folders in it can\n"
    "hold the name of a user.\n"
    "\n"
    "  --record FILE              write to this file, which must not exist yet; otherwise to the screen\n"
    "  --source NAME...           only these: uninstall service driver minifilter security-center\n"
    "                             defender kaspersky process pipe registry\n"
    "  --file PATH...             also say whether these files exist\n"
    "  --deadline SECONDS         how long to wait for each source (10; at most 3600)\n"
    "  --deadline NAME=SECONDS    the same for one source\n"
    "  --help, --version          this text; the version\n"
    "\n"
    "It ends with 0 when the file was written, 1 when it was not, 2 when it did not understand you.\n";

struct request {
    struct khien_windows_options options;
    uint32_t deadlines[KHIEN_SOURCE_COUNT];
    char *paths[KHIEN_PATHS];
    const wchar_t *file;
};

static int usage(const char *what, const wchar_t *argument) {
    const wchar_t *shown = argument ? argument : L"";
    fprintf(stderr, "khien-probe: %s%s%ls\nkhien-probe --help says more.\n", what, argument ? ": " : "", shown);
    return EXIT_USAGE;
}

/* UTF-8 of an argument; belongs to the caller. */
static char *utf8(const wchar_t *text) {
    int size = WideCharToMultiByte(CP_UTF8, 0, text, -1, NULL, 0, NULL, NULL);
    char *copy = size > 0 ? calloc(1, (size_t)size) : NULL;
    if (copy) WideCharToMultiByte(CP_UTF8, 0, text, -1, copy, size, NULL, NULL);
    return copy;
}

/* The source whose name is the first `length` characters, or -1. */
static int source_number(const wchar_t *name, size_t length) {
    for (uint32_t i = 0; i < KHIEN_SOURCE_FILE; i++) {
        const char *known = khien_windows_source_name(i);
        size_t j = 0;
        while (j < length && known[j] && name[j] == (wchar_t)known[j]) j++;
        if (j == length && known[j] == 0) return (int)i;
    }
    return -1;
}

static bool take_deadline(struct request *request, const wchar_t *text) {
    const wchar_t *equals = wcschr(text, L'=');
    const wchar_t *digits = equals ? equals + 1 : text;
    uint32_t seconds = 0;
    if (!*digits) return false;
    for (; *digits; digits++) {
        if (*digits < L'0' || *digits > L'9') return false;
        seconds = seconds * 10 + (uint32_t)(*digits - L'0');
        if (seconds > 3600) return false;
    }
    if (seconds == 0) return false;
    if (!equals) {
        request->options.deadline_ms = seconds * 1000;
        return true;
    }
    int source = source_number(text, (size_t)(equals - text));
    if (source < 0) return false;
    request->deadlines[source] = seconds * 1000;
    return true;
}

/* Takes the arguments after --source or --file, up to the next option; returns how many, or -1. */
static int take_list(struct request *request, bool sources, int count, wchar_t **arguments) {
    int taken = 0;
    for (; taken < count && wcsncmp(arguments[taken], L"--", 2) != 0; taken++) {
        if (sources) {
            int source = source_number(arguments[taken], wcslen(arguments[taken]));
            if (source < 0) return -1;
            request->options.sources |= 1u << source | 1u << KHIEN_SOURCE_FILE;
        } else {
            char *path = request->options.path_count < KHIEN_PATHS ? utf8(arguments[taken]) : NULL;
            if (!path) return -1;
            request->paths[request->options.path_count++] = path;
        }
    }
    return taken > 0 ? taken : -1;
}

/* -1: go on; otherwise the exit status. */
static int parse(struct request *request, int count, wchar_t **arguments) {
    request->options.source_deadlines_ms = request->deadlines;
    request->options.paths = (const char *const *)request->paths;
    for (int i = 1; i < count; i++) {
        const wchar_t *option = arguments[i];
        const wchar_t *value = i + 1 < count ? arguments[i + 1] : NULL;
        if (wcscmp(option, L"--help") == 0 || wcscmp(option, L"/?") == 0) {
            fputs(help, stdout);
            return EXIT_GOOD;
        }
        if (wcscmp(option, L"--version") == 0) {
            printf("khien-probe %s\n", khien_windows_version());
            return EXIT_GOOD;
        }
        if (wcscmp(option, L"--record") == 0) {
            if (!value || !*value || request->file) return usage("--record needs the name of one file", NULL);
            request->file = value;
            i++;
        } else if (wcscmp(option, L"--deadline") == 0) {
            if (!value || !take_deadline(request, value)) return usage("--deadline needs 1 to 3600 seconds", value);
            i++;
        } else if (wcscmp(option, L"--source") == 0 || wcscmp(option, L"--file") == 0) {
            int taken = take_list(request, wcscmp(option, L"--source") == 0, count - i - 1, arguments + i + 1);
            if (taken < 0) return usage("unknown or missing name after", option);
            i += taken;
        } else {
            return usage("unknown option", option);
        }
    }
    return -1;
}

struct output {
    struct khien_json json;
    bool host;
};

static void take_record(void *context, const struct khien_record *record) {
    struct output *output = context;
    if (strcmp(record->kind, "host") == 0) output->host = true;
    khien_json_record(&output->json, record);
}

static int fail(const char *what, const wchar_t *file) {
    fprintf(stderr, "khien-probe: %s %ls (Windows error %lu)\n", what, file, GetLastError());
    return EXIT_ERROR;
}

static bool write_all(HANDLE file, const struct khien_json *json) {
    size_t written = 0;
    while (written < json->length) {
        size_t left = json->length - written;
        DWORD part = left < 1u << 20 ? (DWORD)left : 1u << 20, now = 0;
        if (!WriteFile(file, json->bytes + written, part, &now, NULL) || now == 0) return false;
        written += now;
    }
    return true;
}

/* Under another name first, so that a file of that name is always whole; never over one that is there. */
static int write_file(const wchar_t *file, const struct khien_json *json) {
    enum { units = 1024 };
    wchar_t temporary[units];
    int length = _snwprintf(temporary, units, L"%ls.%lu.part", file, GetCurrentProcessId());
    if (length <= 0 || length >= units) return usage("this name is too long", file);
    HANDLE handle = CreateFileW(temporary, GENERIC_WRITE, 0, NULL, CREATE_NEW, FILE_ATTRIBUTE_NORMAL, NULL);
    if (handle == INVALID_HANDLE_VALUE) return fail("cannot write", temporary);
    bool written = write_all(handle, json) && FlushFileBuffers(handle);
    int status = written ? EXIT_GOOD : fail("cannot write", temporary);
    CloseHandle(handle);
    /* Without MOVEFILE_REPLACE_EXISTING, so a file that appeared meanwhile is left alone too. */
    if (written && !MoveFileExW(temporary, file, MOVEFILE_WRITE_THROUGH)) status = fail("cannot write", file);
    if (status != EXIT_GOOD) DeleteFileW(temporary);
    return status;
}

static int record(struct request *request) {
    if (request->file && GetFileAttributesW(request->file) != INVALID_FILE_ATTRIBUTES) {
        fprintf(stderr, "khien-probe: %ls exists already; give another name\n", request->file);
        return EXIT_ERROR;
    }
    struct output output = {0};
    int32_t result = khien_windows_probe(&request->options, take_record, &output);
    int status = EXIT_ERROR;
    if (result != KHIEN_WINDOWS_OK || !output.host || output.json.failed) {
        fputs("khien-probe: there is not enough memory to look at this computer\n", stderr);
    } else if (request->file) {
        status = write_file(request->file, &output.json);
    } else {
        status = write_all(GetStdHandle(STD_OUTPUT_HANDLE), &output.json) ? EXIT_GOOD : EXIT_ERROR;
    }
    if (status == EXIT_GOOD && request->file) fprintf(stderr, "khien-probe: wrote %ls\n", request->file);
    khien_json_release(&output.json);
    return status;
}

int wmain(int count, wchar_t **arguments) {
    (void)_setmode(_fileno(stdout), _O_BINARY);
    struct request *request = calloc(1, sizeof *request);
    if (!request) return EXIT_ERROR;
    int status = parse(request, count, arguments);
    if (status < 0) status = record(request);
    for (uint32_t i = 0; i < request->options.path_count; i++) free(request->paths[i]);
    free(request);
    fflush(stdout);
    fflush(stderr);
    /* A source that hangs in another's code may keep an orderly end waiting. */
    TerminateProcess(GetCurrentProcess(), (UINT)status);
    return status;
}
