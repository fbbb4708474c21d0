#define _GNU_SOURCE
#include "reader.h"

#ifdef __linux__

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

struct reader {
    const struct khien_hivex *library;
    const struct khien_hive_limits *limits;
    struct hive_h *hive;
    int32_t channel;
    bool with_values;
    size_t depth; /* names asked for */
    const char *asked[KHIEN_HIVE_DEPTH];
    const char *found[KHIEN_HIVE_DEPTH];
    uint32_t visited, unreadable, limited;
    int32_t first_error;
    uint64_t sent; /* bytes of this answer */
    size_t buffered;
    bool broken; /* nobody listens any longer */
    uint8_t buffer[65536];
};

/* Sending */

static void flush(struct reader *reader) {
    size_t done = 0;
    while (done < reader->buffered && !reader->broken) {
        ssize_t count = send(reader->channel, reader->buffer + done, reader->buffered - done, MSG_NOSIGNAL);
        if (count > 0) {
            done += (size_t)count;
        } else if (count == 0 || errno != EINTR) {
            reader->broken = true;
        }
    }
    reader->buffered = 0;
}

static void put(struct reader *reader, const void *bytes, size_t count) {
    const uint8_t *from = bytes;
    while (count > 0 && !reader->broken) {
        if (reader->buffered == sizeof reader->buffer) flush(reader);
        size_t room = sizeof reader->buffer - reader->buffered;
        size_t part = count < room ? count : room;
        memcpy(reader->buffer + reader->buffered, from, part);
        reader->buffered += part;
        from += part;
        count -= part;
    }
}

static void put_number(struct reader *reader, uint64_t number, size_t bytes) {
    uint8_t little[8];
    for (size_t i = 0; i < bytes; i++) little[i] = (uint8_t)(number >> (8 * i));
    put(reader, little, bytes);
}

static void put_frame(struct reader *reader, char kind, size_t content) {
    reader->sent += 5 + content;
    put_number(reader, 1 + content, 4);
    put_number(reader, (uint8_t)kind, 1);
}

/* Walking */

static void note_unreadable(struct reader *reader) {
    if (reader->unreadable < UINT32_MAX) reader->unreadable++;
    if (reader->first_error == 0) reader->first_error = errno != 0 ? errno : EIO;
}

static bool is_full(struct reader *reader) {
    if (reader->sent >= reader->limits->answer_bytes) reader->limited = 1;
    return reader->limited != 0 || reader->broken;
}

static void send_value(struct reader *reader, size_t value) {
    uint32_t type = 0;
    size_t length = 0;
    errno = 0;
    char *name = reader->library->value_key(reader->hive, value);
    if (!name || reader->library->value_type(reader->hive, value, &type, &length) != 0) {
        note_unreadable(reader);
        free(name);
        return;
    }
    size_t name_length = strlen(name);
    char *data = NULL;
    bool readable = length <= KHIEN_HIVE_DATA_BYTES;
    if (readable && length > 0) {
        size_t wanted = length;
        errno = 0;
        data = reader->library->value_value(reader->hive, value, &type, &length);
        readable = data != NULL && length <= wanted;
    }
    if (name_length > KHIEN_HIVE_NAME_BYTES || !readable) {
        note_unreadable(reader);
    } else {
        size_t cut = length < reader->limits->value_bytes ? length : reader->limits->value_bytes;
        put_frame(reader, 'V', 10 + name_length + cut);
        put_number(reader, type, 4);
        put_number(reader, length, 4);
        put_number(reader, name_length, 2);
        put(reader, name, name_length);
        if (cut > 0) put(reader, data, cut);
    }
    free(data);
    free(name);
}

static void send_key(struct reader *reader, size_t node) {
    size_t length = reader->depth > 0 ? reader->depth - 1 : 0;
    for (size_t i = 0; i < reader->depth; i++) length += strlen(reader->found[i]);
    put_frame(reader, 'K', length);
    for (size_t i = 0; i < reader->depth; i++) {
        if (i > 0) put(reader, "", 1);
        put(reader, reader->found[i], strlen(reader->found[i]));
    }
    if (!reader->with_values) return;
    errno = 0;
    size_t *values = reader->library->node_values(reader->hive, node);
    if (!values) {
        note_unreadable(reader);
        return;
    }
    for (size_t i = 0; values[i] != 0 && !is_full(reader); i++) {
        if (i >= reader->limits->values) {
            reader->limited = 1;
            break;
        }
        send_value(reader, values[i]);
    }
    free(values);
}

/* Whether `name` is among the names, each after a slash, that follow the star. */
static bool is_excluded(const char *excluded, const char *name) {
    size_t length = strlen(name);
    while (*excluded == '/') {
        size_t end = strcspn(++excluded, "/");
        if (end == length && strncasecmp(excluded, name, length) == 0) return true;
        excluded += end;
    }
    return false;
}

/* Goes as deep as the path that was asked for, and no deeper, whatever the hive says about its keys' children. */
static void walk(struct reader *reader, size_t node, size_t depth) {
    if (depth == reader->depth) {
        send_key(reader, node);
        return;
    }
    errno = 0;
    size_t *children = reader->library->node_children(reader->hive, node);
    if (!children) {
        note_unreadable(reader);
        return;
    }
    const char *asked = reader->asked[depth];
    bool every = asked[0] == '*' && (asked[1] == 0 || asked[1] == '/');
    for (size_t i = 0; children[i] != 0 && !is_full(reader); i++) {
        if (++reader->visited > reader->limits->visited) {
            reader->limited = 1;
            break;
        }
        errno = 0;
        char *name = reader->library->node_name(reader->hive, children[i]);
        if (!name || strlen(name) > KHIEN_HIVE_NAME_BYTES) {
            note_unreadable(reader);
        } else if (every ? !is_excluded(asked + 1, name) : strcasecmp(asked, name) == 0) {
            reader->found[depth] = name;
            walk(reader, children[i], depth + 1);
            if (!every) {
                free(name);
                break;
            }
        }
        free(name);
    }
    free(children);
}

/* Answering */

static bool receive(struct reader *reader, void *bytes, size_t count) {
    uint8_t *to = bytes;
    while (count > 0) {
        ssize_t got = recv(reader->channel, to, count, 0);
        if (got > 0) {
            to += got;
            count -= (size_t)got;
        } else if (got == 0 || errno != EINTR) {
            return false;
        }
    }
    return true;
}

/* Splits the path that was asked for; false when it has too many names. */
static bool split(struct reader *reader, char *path, size_t length) {
    reader->depth = 0;
    for (size_t at = 0; at < length; at += strlen(path + at) + 1) {
        if (reader->depth == KHIEN_HIVE_DEPTH) return false;
        reader->asked[reader->depth++] = path + at;
    }
    return true;
}

static bool answer(struct reader *reader) {
    uint8_t head[3];
    char path[KHIEN_HIVE_REQUEST_BYTES + 1];
    if (!receive(reader, head, sizeof head)) return false;
    size_t length = (size_t)head[0] | (size_t)head[1] << 8;
    if (length < 1 || length > KHIEN_HIVE_REQUEST_BYTES) return false;
    length -= 1;
    if (!receive(reader, path, length)) return false;
    path[length] = 0;
    if (!split(reader, path, length)) return false;

    reader->with_values = head[2] != 0;
    reader->visited = reader->unreadable = reader->limited = 0;
    reader->first_error = 0;
    reader->sent = 0;
    errno = 0;
    size_t root = reader->library->root(reader->hive);
    if (root != 0) {
        walk(reader, root, 0);
    } else {
        note_unreadable(reader);
    }
    put_frame(reader, 'E', 12);
    put_number(reader, reader->unreadable, 4);
    put_number(reader, (uint32_t)reader->first_error, 4);
    put_number(reader, reader->limited, 4);
    flush(reader);
    return !reader->broken;
}

void khien_hive_read(
    const struct khien_hivex *library, const char *path, int32_t channel, const struct khien_hive_limits *limits) {
    /* Not allocated: there may be no memory left to say that there is none. Written in the reader's own process only. */
    static struct reader only;
    struct reader *reader = &only;
    reader->library = library;
    reader->limits = limits;
    reader->channel = channel;
    errno = 0;
    /* No flags: HIVEX_OPEN_UNSAFE would guess where a damaged hive goes on, and a guess is no evidence. */
    reader->hive = library->open(path, 0);
    int32_t error = reader->hive ? 0 : errno != 0 ? errno : EIO;
    khien_hive_drop_rights();
    put_frame(reader, 'O', 4);
    put_number(reader, (uint32_t)error, 4);
    flush(reader);
    while (reader->hive && !reader->broken && answer(reader)) {}
}

#endif
