/* The reader: what runs in the process of its own. */
#ifndef KHIEN_HIVE_READER_H
#define KHIEN_HIVE_READER_H

#include <stdint.h>

#include "include/khien_hive.h"
#include "library.h"

/* Opens the hive at `path` and answers on `channel` until the other side closes it. */
void khien_hive_read(
    const struct khien_hivex *library, const char *path, int32_t channel, const struct khien_hive_limits *limits);

/* Called once the hive is open: gives up every right that is no longer needed. */
void khien_hive_drop_rights(void);

#endif
