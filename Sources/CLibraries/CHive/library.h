/* What is used of libhivex. Source: hivex(3), whose interface has not changed since version 1.3. */
#ifndef KHIEN_HIVE_LIBRARY_H
#define KHIEN_HIVE_LIBRARY_H

#include <stddef.h>
#include <stdint.h>

/* Handles of the library. Nodes and values are numbers, 0 is none. Lists end with 0 and are freed, as texts are, by free(). */
struct hive_h;

struct khien_hivex {
    struct hive_h *(*open)(const char *path, int flags);
    size_t (*root)(struct hive_h *);
    char *(*node_name)(struct hive_h *, size_t node);
    size_t *(*node_children)(struct hive_h *, size_t node);
    size_t *(*node_values)(struct hive_h *, size_t node);
    char *(*value_key)(struct hive_h *, size_t value);
    int (*value_type)(struct hive_h *, size_t value, uint32_t *type, size_t *length);
    char *(*value_value)(struct hive_h *, size_t value, uint32_t *type, size_t *length);
};

/* KHIEN_HIVE_OK, or why there is no library. It stays loaded. */
int32_t khien_hivex_load(const char *name, struct khien_hivex *library);

#endif
