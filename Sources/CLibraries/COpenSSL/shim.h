#pragma once
#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

// What Swift cannot import: variadic functions and function-like macros.

// A new P-256 key, or NULL.
static inline EVP_PKEY *khien_generate_p256(void) {
    return EVP_PKEY_Q_keygen(NULL, NULL, "EC", "P-256");
}

// The bytes that a memory BIO holds; they live as long as the BIO is not written to.
static inline long khien_bio_memory(BIO *bio, char **bytes) {
    return BIO_get_mem_data(bio, bytes);
}

// The number of certificates in a stack; 0 for NULL.
static inline int khien_x509_count(STACK_OF(X509) *stack) {
    return stack == NULL ? 0 : sk_X509_num(stack);
}

// The certificate at an index, borrowed.
static inline X509 *khien_x509_at(STACK_OF(X509) *stack, int index) {
    return sk_X509_value(stack, index);
}

// Nothing below TLS 1.3.
static inline int khien_require_tls13(SSL_CTX *context) {
    return SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION);
}
