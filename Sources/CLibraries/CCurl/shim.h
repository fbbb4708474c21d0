#pragma once
#include <curl/curl.h>

// curl_easy_setopt and curl_easy_getinfo are variadic, which Swift cannot call: one function for each kind of argument.

static inline CURLcode khien_curl_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode khien_curl_set_string(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode khien_curl_set_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}

// The bytes are copied.
static inline CURLcode khien_curl_set_blob(CURL *handle, CURLoption option, const void *bytes, size_t count) {
    struct curl_blob blob = {.data = (void *)bytes, .len = count, .flags = CURL_BLOB_COPY};
    return curl_easy_setopt(handle, option, &blob);
}

// For CURLOPT_WRITEFUNCTION and CURLOPT_HEADERFUNCTION.
typedef size_t (*khien_curl_receiver)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode khien_curl_set_receiver(CURL *handle, CURLoption option, khien_curl_receiver receiver) {
    return curl_easy_setopt(handle, option, receiver);
}

// For CURLOPT_SSL_CTX_FUNCTION; tls is an SSL_CTX.
typedef CURLcode (*khien_curl_tls_hook)(CURL *handle, void *tls, void *context);

static inline CURLcode khien_curl_set_tls_hook(CURL *handle, khien_curl_tls_hook hook) {
    return curl_easy_setopt(handle, CURLOPT_SSL_CTX_FUNCTION, hook);
}

// For CURLOPT_XFERINFOFUNCTION; anything but 0 ends the transfer.
typedef int (*khien_curl_progress)(
    void *context, curl_off_t toReceive, curl_off_t received, curl_off_t toSend, curl_off_t sent);

static inline CURLcode khien_curl_set_progress(CURL *handle, khien_curl_progress progress) {
    return curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, progress);
}

static inline CURLcode khien_curl_get_long(CURL *handle, CURLINFO info, long *value) {
    return curl_easy_getinfo(handle, info, value);
}

// The text belongs to the handle; NULL where curl knows none.
static inline CURLcode khien_curl_get_string(CURL *handle, CURLINFO info, const char **value) {
    return curl_easy_getinfo(handle, info, value);
}

static inline CURLcode khien_curl_global_init(void) {
    return curl_global_init(CURL_GLOBAL_DEFAULT);
}
