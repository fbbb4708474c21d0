#include "library.h"

#ifdef __linux__

#include <dlfcn.h>

#include "include/khien_hive.h"

int32_t khien_hivex_load(const char *name, struct khien_hivex *library) {
    void *handle = dlopen(name, RTLD_NOW | RTLD_LOCAL);
    if (!handle) return KHIEN_HIVE_NO_LIBRARY;
    const struct {
        const char *name;
        void *pointer;
    } functions[] = {
        {"hivex_open", &library->open},
        {"hivex_root", &library->root},
        {"hivex_node_name", &library->node_name},
        {"hivex_node_children", &library->node_children},
        {"hivex_node_values", &library->node_values},
        {"hivex_value_key", &library->value_key},
        {"hivex_value_type", &library->value_type},
        {"hivex_value_value", &library->value_value},
    };
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        void *function = dlsym(handle, functions[i].name);
        if (!function) {
            dlclose(handle);
            return KHIEN_HIVE_FOREIGN_LIBRARY;
        }
        /* POSIX has functions and objects share one kind of pointer; ISO C has no cast for it. */
        *(void **)functions[i].pointer = function;
    }
    return KHIEN_HIVE_OK;
}

#endif
