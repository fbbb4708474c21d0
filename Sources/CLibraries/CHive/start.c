#define _GNU_SOURCE
#include "include/khien_hive.h"

#ifdef __linux__

#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "library.h"
#include "reader.h"

#define NOBODY 65534
#define CHANNEL 3
#define HIVE 4

/*
 * The reader is a copy of one thread of this process: a lock that another thread holds at that moment stays locked in it.
 * malloc, stdio and the loader take care of theirs. What iconv, by which libhivex reads names, loads on its first use is
 * loaded before the copy is made; and one thread at a time loads and copies, so that no other is loading at that moment.
 */
static pthread_mutex_t starting = PTHREAD_MUTEX_INITIALIZER;

static void load_conversions(void) {
    static bool loaded;
    if (loaded) return;
    loaded = true;
    /* Kept open, so that they stay loaded. */
    (void)iconv_open("UTF-8", "UTF-16LE");
    (void)iconv_open("UTF-8", "LATIN1");
}

static void set_limit(int resource, rlim_t limit) {
    struct rlimit limits = {limit, limit}, now;
    if (getrlimit((__rlimit_resource_t)resource, &now) == 0 && now.rlim_max < limit) limits.rlim_cur = limits.rlim_max = now.rlim_max;
    (void)setrlimit((__rlimit_resource_t)resource, &limits);
}

/* Bytes of address space in use, or 0 when that cannot be told. */
static uint64_t address_space(void) {
    char text[64] = "";
    unsigned long long pages = 0;
    int file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    if (file < 0) return 0;
    ssize_t count = read(file, text, sizeof text - 1);
    close(file);
    if (count <= 0 || sscanf(text, "%llu", &pages) != 1) return 0;
    return pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

static void close_from(unsigned first) {
    if (syscall(SYS_close_range, first, ~0u, 0) == 0) return;
    for (unsigned file = first; file < 65536; file++) close((int)file);
}

static void confine(const struct khien_hive_limits *limits) {
    uint64_t used = address_space();
    if (used > 0) set_limit(RLIMIT_AS, used + limits->memory_bytes);
    set_limit(RLIMIT_CPU, limits->cpu_seconds);
    set_limit(RLIMIT_CORE, 0);
    set_limit(RLIMIT_FSIZE, 0);
    (void)prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

void khien_hive_drop_rights(void) {
    set_limit(RLIMIT_NOFILE, 0);
    if (geteuid() != 0) return;
    /* The system's own calls: those of the C library want to tell threads that are not here. */
    (void)syscall(SYS_setgroups, 0, NULL);
    (void)syscall(SYS_setresgid, NOBODY, NOBODY, NOBODY);
    (void)syscall(SYS_setresuid, NOBODY, NOBODY, NOBODY);
}

static _Noreturn void become_reader(
    const struct khien_hivex *library, int file, int channel, const struct khien_hive_limits *limits) {
    sigset_t none;
    for (int number = 1; number < NSIG; number++) (void)signal(number, SIG_DFL);
    sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);

    /* Out of the way of the numbers that they get. */
    int own_channel = fcntl(channel, F_DUPFD, 16), own_file = fcntl(file, F_DUPFD, 16);
    int nowhere = open("/dev/null", O_RDWR);
    for (int number = 0; number < 3; number++) (void)dup2(nowhere, number);
    if (own_channel < 0 || own_file < 0 || dup2(own_channel, CHANNEL) < 0 || dup2(own_file, HIVE) < 0) _exit(1);
    close_from(HIVE + 1);
    confine(limits);
    khien_hive_read(library, "/proc/self/fd/4", CHANNEL, limits);
    _exit(0);
}

static int32_t start(
    const char *library, int32_t file, const struct khien_hive_limits *limits, int32_t *process, int32_t *channel) {
    struct khien_hivex functions;
    memset(&functions, 0, sizeof functions);
    int32_t result = khien_hivex_load(library, &functions);
    if (result != KHIEN_HIVE_OK) return result;
    load_conversions();

    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return KHIEN_HIVE_SYSTEM;
    pid_t child = fork();
    if (child == 0) become_reader(&functions, file, ends[1], limits);
    int error = errno;
    close(ends[1]);
    if (child < 0) {
        close(ends[0]);
        errno = error;
        return KHIEN_HIVE_SYSTEM;
    }
    *process = child;
    *channel = ends[0];
    return KHIEN_HIVE_OK;
}

int32_t khien_hive_start(
    const char *library, int32_t file, const struct khien_hive_limits *limits, int32_t *process, int32_t *channel) {
    *process = *channel = -1;
    (void)pthread_mutex_lock(&starting);
    int32_t result = start(library, file, limits, process, channel);
    int error = errno;
    (void)pthread_mutex_unlock(&starting);
    errno = error;
    return result;
}

#else

int32_t khien_hive_start(
    const char *library, int32_t file, const struct khien_hive_limits *limits, int32_t *process, int32_t *channel) {
    (void)library;
    (void)file;
    (void)limits;
    *process = *channel = -1;
    return KHIEN_HIVE_UNSUPPORTED;
}

#endif
