/* Reading the registry, where names and values may be anything. Windows only. */
#ifndef KHIEN_REGISTRY_H
#define KHIEN_REGISTRY_H

#include "source.h"

/* Text of a value: never with a zero inside, not necessarily with one at the end. */
struct khien_value {
    uint16_t *units; /* belongs to the caller: khien_value_release */
    size_t count;
};

/* Opens for reading in a view (KEY_WOW64_64KEY, KEY_WOW64_32KEY or 0) until RegCloseKey. Returns the system's error. */
uint32_t khien_registry_open(HKEY parent, const wchar_t *path, uint32_t view, HKEY *key);

/* REG_SZ or REG_EXPAND_SZ as written, up to its first zero; an odd last byte is dropped. False for everything else. */
bool khien_registry_text(HKEY key, const wchar_t *name, struct khien_value *value);
void khien_value_release(struct khien_value *value);

/* REG_DWORD or REG_QWORD of the right size. */
bool khien_registry_number(HKEY key, const wchar_t *name, int64_t *number);

/* Puts a value into the draft; nothing where it is not there or has another type. */
void khien_draft_registry_text(struct khien_draft *draft, const char *field, HKEY key, const wchar_t *name);
void khien_draft_registry_flag(struct khien_draft *draft, const char *field, HKEY key, const wchar_t *name);

/* Puts a zero-terminated text into the draft; NULL is unknown. */
void khien_draft_wide(struct khien_draft *draft, const char *field, const wchar_t *text);

#define KHIEN_KEY_NAME 256 /* units of the longest name of a key, with its zero */

/* Called for each subkey. False ends the listing. */
typedef bool (*khien_name_callback)(void *context, const wchar_t *name);
typedef bool (*khien_subkey_callback)(void *context, const wchar_t *name, HKEY key); /* `key` is closed after it */

/*
 * Names the subkeys, at most `limit`. A name with a zero inside is a problem of the source. False when the callback ended
 * it.
 */
bool khien_registry_names(
    struct khien_source *source, HKEY parent, uint32_t limit, khien_name_callback callback, void *context);

/*
 * The same with each subkey opened in a view. One that was deleted meanwhile is skipped; one that cannot be opened is a
 * problem.
 */
bool khien_registry_each(struct khien_source *source, HKEY parent, uint32_t view, uint32_t limit,
    khien_subkey_callback callback, void *context);

#endif
