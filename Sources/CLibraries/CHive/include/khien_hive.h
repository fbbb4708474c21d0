/*
 * Reads Windows registry hives through libhivex, in a process of its own: a hive comes from a disk that nobody vouches for,
 * the library maps it into memory (a bad sector ends the reader by a signal), and a damaged one can make it run astray.
 *
 * libhivex is looked for at run time only. Reading only: the library is never asked to write, nor to guess in a damaged hive.
 */
#ifndef KHIEN_HIVE_H
#define KHIEN_HIVE_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define KHIEN_HIVE_OK 0
#define KHIEN_HIVE_NO_LIBRARY 1      /* there is no library of that name */
#define KHIEN_HIVE_FOREIGN_LIBRARY 2 /* the library lacks a function of libhivex */
#define KHIEN_HIVE_SYSTEM 3          /* the system refused; errno says why */
#define KHIEN_HIVE_UNSUPPORTED 4     /* this system is not Linux */

/* How much one reader may use. */
struct khien_hive_limits {
    uint64_t memory_bytes; /* beyond what the calling process has; the hive itself needs its size */
    uint64_t answer_bytes; /* of one answer */
    uint32_t cpu_seconds;  /* of the whole reader */
    uint32_t visited;      /* keys looked at for one answer */
    uint32_t values;       /* of one key */
    uint32_t value_bytes;  /* of one value that are sent; the rest is cut off */
};

/*
 * Starts a reader for the hive that the descriptor `file` is open on. It answers on `*channel`, a stream socket that the caller
 * closes; the caller ends `*process` with SIGKILL when it is done, or tired of waiting, and waits for it.
 *
 * The reader sends frames: length of the rest (4 bytes, little endian as everything), kind (1 byte), content.
 *   O  once, first: 4 bytes errno of opening the hive, 0 when it is open. After another number nothing follows.
 *   K  a key: its names from the root's child on, UTF-8, with a zero byte between them.
 *   V  a value of the last key: type (4 bytes), length in the hive (4), length of the name (2), name in UTF-8, data (may be cut).
 *   E  end of the answer: places that could not be read (4), errno of the first of them (4), 1 when a limit was reached (4).
 *
 * The caller asks: length of the rest (2 bytes), 1 for keys with values or 0 for keys alone (1 byte), then the names of a path
 * with a zero byte between them. Case does not matter. The name `*` stands for every child; `*` with names after it, each after a
 * slash, for every child but those. An empty path is the root. The answer has every key that the path leads to.
 */
int32_t khien_hive_start(
    const char *library, int32_t file, const struct khien_hive_limits *limits, int32_t *process, int32_t *channel);

/* Longest request in bytes, without its length. */
#define KHIEN_HIVE_REQUEST_BYTES 1024
/* Most names in a path. */
#define KHIEN_HIVE_DEPTH 16
/* Longest name of a key or value in UTF-8 (255 units in Windows; values may have 16,383, and such are left out). */
#define KHIEN_HIVE_NAME_BYTES 1024
/* Values longer than this are named but their data is not sent. */
#define KHIEN_HIVE_DATA_BYTES (1u << 20)

#ifdef __cplusplus
}
#endif

#endif
