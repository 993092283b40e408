/* Material: what is in a file, told by its content. SPDX-License-Identifier: Apache-2.0 */
#include "store/store.h"

#include "support/world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/pkcs7.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

static int
set_up(void **state)
{
    static const char *const lines[] = {
        "root self-signed subject=CN=R ca",
        "mid issuer=root ca",
        "leaf issuer=mid dns=a.example",
        "crl crl1 issuer=mid revoked=leaf",
        NULL,
    };

    return world_set_up(state, lines);
}

static const char *
pem(struct world *world, const char *items)
{
    struct mtl_slice text = mint_pem(&world->mint, items);

    return mtl_arena_printf(world->arena, "%.*s", (int)text.size, (const char *)text.data);
}

static struct mtl_slice
der(struct world *world, const char *name)
{
    return mint_find(&world->mint, name)->der;
}

static const struct mtl_material *
parse_text(struct world *world, const char *text)
{
    return mtl_material_parse(world->arena, "input", mtl_slice_text(text));
}

static void
assert_only_note(const struct mtl_material *material, enum mtl_note_kind kind, const char *part)
{
    assert_int_equal(material->note_count, 1);
    assert_int_equal(material->notes[0].kind, kind);
    if (strstr(material->notes[0].message, part) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", material->notes[0].message, part);
}

/* ---- PEM and DER ------------------------------------------------------------------------------------------------ */

static void
certificates_keep_their_order_lines_and_ordinals(void **state)
{
    struct world *world = *state;
    const char *leaf = pem(world, "leaf");
    const struct mtl_material *material =
        parse_text(world, mtl_arena_printf(world->arena, "# leaf\n%s%s", leaf, pem(world, "mid crl1")));
    unsigned lines = 0;

    for (const char *at = leaf; *at != '\0'; at++)
        lines += *at == '\n';
    assert_int_equal(material->cert_count, 2);
    assert_int_equal(material->crl_count, 1);
    assert_int_equal(material->note_count, 0);
    assert_true(mtl_slice_equal(material->certs[0].cert->der, der(world, "leaf")));
    assert_true(mtl_slice_equal(material->certs[1].cert->der, der(world, "mid")));
    assert_int_equal(material->certs[0].source.line, 2);
    assert_int_equal(material->certs[0].source.end_line, 1 + lines);
    assert_int_equal(material->certs[1].source.line, 2 + lines);
    assert_int_equal(material->certs[1].source.ordinal, 2);
    assert_int_equal(material->crls[0].source.ordinal, 1);
    assert_string_equal(material->certs[0].source.path, "input");
    assert_string_equal(material->certs[0].source.label, "CERTIFICATE");
    assert_string_equal(material->crls[0].source.label, "X509 CRL");
}

static void
der_is_told_by_its_shape(void **state)
{
    struct world *world = *state;
    const struct mtl_material *cert = mtl_material_parse(world->arena, "input", der(world, "leaf"));
    const struct mtl_material *crl = mtl_material_parse(world->arena, "input", der(world, "crl1"));

    assert_int_equal(cert->cert_count, 1);
    assert_string_equal(cert->certs[0].source.label, "DER");
    assert_int_equal(cert->certs[0].source.line, 1);
    assert_int_equal(crl->crl_count, 1);
    assert_int_equal(cert->note_count + crl->note_count, 0);
}

static void
bytes_after_der_are_noted(void **state)
{
    struct world *world = *state;
    struct mtl_slice leaf = der(world, "leaf");
    uint8_t *longer = mtl_arena_alloc(world->arena, leaf.size + 3);

    memcpy(longer, leaf.data, leaf.size);
    const struct mtl_material *material =
        mtl_material_parse(world->arena, "input", mtl_slice_of(longer, leaf.size + 3));
    assert_int_equal(material->cert_count, 1);
    assert_only_note(material, MTL_NOTE_TRAILING, "3 bytes");
}

static void
every_truncation_of_der_is_a_note_and_nothing_else(void **state)
{
    struct world *world = *state;
    struct mtl_slice leaf = der(world, "leaf");

    for (size_t size = 1; size < leaf.size; size++) {
        const struct mtl_material *material = mtl_material_parse(world->arena, "input", mtl_slice_of(leaf.data, size));
        assert_int_equal(material->cert_count + material->key_count + material->crl_count, 0);
        assert_int_equal(material->note_count, 1);
    }
}

/* ---- what libcrypto finds --------------------------------------------------------------------------------------- */

static STACK_OF(X509_INFO) * libcrypto_reads(const char *text)
{
    FILE *file = fmemopen((void *)(uintptr_t)text, strlen(text), "rb");
    BIO *bio = BIO_new_fp(file, BIO_CLOSE);
    STACK_OF(X509_INFO) *infos = PEM_X509_INFO_read_bio(bio, NULL, NULL, (void *)(uintptr_t) "");

    BIO_free(bio);
    ERR_clear_error();
    return infos;
}

static void
assert_same_objects(const struct mtl_material *material, STACK_OF(X509_INFO) * infos, const char *text)
{
    size_t certs = 0, crls = 0;

    for (int i = 0; i < sk_X509_INFO_num(infos); i++) {
        const X509_INFO *info = sk_X509_INFO_value(infos, i);
        unsigned char *bytes = NULL;
        int size = info->x509 != NULL ? i2d_X509(info->x509, &bytes) : 0;

        crls += info->crl != NULL;
        if (info->x509 == NULL)
            continue;
        if (certs >= material->cert_count ||
            !mtl_slice_equal(material->certs[certs].cert->der, mtl_slice_of(bytes, (size_t)size)))
            fail_msg("certificate %zu differs in\n%s", certs, text);
        OPENSSL_free(bytes);
        certs++;
    }
    assert_int_equal(material->cert_count, certs);
    assert_int_equal(material->crl_count, crls);
}

/* Same certificates and CRLs when libcrypto loads the text, and a refusal when it does not. */
static void
assert_as_libcrypto(struct world *world, const char *text)
{
    const struct mtl_material *material = parse_text(world, text);
    STACK_OF(X509_INFO) *infos = libcrypto_reads(text);

    if ((infos == NULL) != (material->refusal != NULL))
        fail_msg("libcrypto %s, we %s:\n%s", infos == NULL ? "refuses" : "loads",
                 material->refusal != NULL ? material->refusal->message : "do not object", text);
    if (infos != NULL)
        assert_same_objects(material, infos, text);
    sk_X509_INFO_pop_free(infos, X509_INFO_free);
}

/* A copy of text with its first occurrence of one part replaced by another. */
static const char *
replaced(struct world *world, const char *text, const char *part, const char *other)
{
    const char *at = strstr(text, part);

    assert_non_null(at);
    return mtl_arena_printf(world->arena, "%.*s%s%s", (int)(at - text), text, other, at + strlen(part));
}

/* A certificate with three bytes behind it that are no trust settings. */
static const char *
with_tail(struct world *world, const char *label, const char *name)
{
    struct mtl_slice bytes = der(world, name);
    unsigned char *longer = mtl_arena_alloc(world->arena, bytes.size + 3);
    BIO *bio = BIO_new(BIO_s_mem());
    char *text;

    memcpy(longer, bytes.data, bytes.size);
    PEM_write_bio(bio, label, "", longer, (long)bytes.size + 3);
    long size = BIO_get_mem_data(bio, &text);
    const char *copy = mtl_arena_printf(world->arena, "%.*s", (int)size, text);
    BIO_free(bio);
    return copy;
}

/* libssl's way of loading what a side presents. */
static void
assert_as_libssl(struct world *world, const char *text)
{
    char path[] = "/tmp/mtl-test-XXXXXX";
    const struct mtl_material *material = parse_text(world, text);
    SSL_CTX *context = SSL_CTX_new(TLS_method());
    STACK_OF(X509) *others = NULL;
    FILE *file = fdopen(mkstemp(path), "wb");
    size_t sent = material->cert_count > 0 ? 1 : 0;

    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    for (size_t i = 1; i < material->cert_count; i++)
        sent += strcmp(material->certs[i].source.label, "TRUSTED CERTIFICATE") != 0;
    bool is_loaded = SSL_CTX_use_certificate_chain_file(context, path) == 1;
    if (is_loaded != (material->chain_refusal == NULL && sent > 0))
        fail_msg("libssl %s, we %s:\n%s", is_loaded ? "loads" : "refuses",
                 material->chain_refusal != NULL ? material->chain_refusal->message : "do not object", text);
    SSL_CTX_get0_chain_certs(context, &others);
    if (is_loaded)
        assert_int_equal(1 + (others != NULL ? sk_X509_num(others) : 0), sent);
    SSL_CTX_free(context);
    ERR_clear_error();
    remove(path);
}

static void
libcrypto_finds_the_same_in_dirty_files(void **state)
{
    struct world *world = *state;
    const char *leaf = pem(world, "leaf"), *mid = pem(world, "mid"), *crl = pem(world, "crl1");
    const char *key = pem(world, "key:leaf"), *trusted = pem(world, "root+trust=serverAuth+reject=clientAuth");
    const char *texts[] = {
        leaf,
        mtl_arena_printf(world->arena, "%s%s%s%s%s", key, leaf, mid, crl, trusted),
        mtl_arena_printf(world->arena, "\xef\xbb\xbf%s\n\nCA: text\n%s", leaf, mid),
        replaced(world, replaced(world, leaf, "BEGIN CERT", "BEGIN X509 CERT"), "END CERT", "END X509 CERT"),
        replaced(world, leaf, "BEGIN CERT", "BEGIN X509 CERT"),
        replaced(world, leaf, "-----\nMII", "-----\n\nMII"),
        replaced(world, leaf, "-----\nMII", "-----\nComment: x\n\nMII"),
        replaced(world, leaf, "-----\nM", "-----\nN"),
        replaced(world, leaf, "-----\nMI", "-----\nM"),
        replaced(world, leaf, "-----\nMII", "-----\n  MII"),
        replaced(world, crl, "-----\nM", "-----\nN"),
        replaced(world, key, "-----\nM", "-----\nN"),
        replaced(world, trusted, "\n-----END", "AAAA\n-----END"),
        mtl_arena_printf(world->arena, "%s%s%s", leaf, trusted, mid),
        with_tail(world, "TRUSTED CERTIFICATE", "leaf"),
        mtl_arena_printf(world->arena, "%s%s", leaf, with_tail(world, "TRUSTED CERTIFICATE", "mid")),
        mtl_arena_printf(world->arena, "%s%s", trusted, mid),
        mtl_arena_printf(world->arena, "%s%s", with_tail(world, "CERTIFICATE", "leaf"), mid),
        mtl_arena_printf(world->arena, "%s%s", leaf, with_tail(world, "CERTIFICATE", "mid")),
        mtl_arena_printf(world->arena, "%s-----BEGIN NONSENSE-----\nQUJD\n-----END NONSENSE-----\n%s", leaf, mid),
        mtl_arena_printf(world->arena, "%s-----BEGIN NONSENSE-----\nQU#D\n-----END NONSENSE-----\n%s", leaf, mid),
        mtl_arena_printf(world->arena,
                         "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n%s", key),
        mtl_arena_printf(world->arena,
                         "-----BEGIN OPENSSH PRIVATE KEY-----\nQUJD\n-----END OPENSSH PRIVATE KEY-----\n%s", leaf),
        mtl_arena_printf(world->arena,
                         "-----BEGIN ENCRYPTED PRIVATE KEY-----\nQUJD\n-----END ENCRYPTED PRIVATE KEY-----\n%s", leaf),
        replaced(world, mtl_arena_printf(world->arena, "%s%s", leaf, mid), "-----\n-----", "----------"),
        replaced(world, mtl_arena_printf(world->arena, "%s%s", leaf, mid), "-----END CERTIFICATE-----\n", ""),
    };

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        assert_as_libcrypto(world, texts[i]);
        assert_as_libssl(world, texts[i]);
    }
}

static void
trust_settings_are_those_libcrypto_reads(void **state)
{
    struct world *world = *state;
    const struct mtl_material *material =
        parse_text(world, pem(world, "root+trust=serverAuth+reject=clientAuth root+trust=any root"));

    assert_int_equal(material->cert_count, 3);
    assert_true(material->certs[0].aux.present);
    assert_true(material->certs[0].aux.has_trust);
    assert_int_equal(material->certs[0].aux.trust, MTL_EKU_SERVER_AUTH);
    assert_int_equal(material->certs[0].aux.reject, MTL_EKU_CLIENT_AUTH);
    assert_int_equal(material->certs[1].aux.trust, MTL_EKU_ANY);
    assert_int_equal(material->certs[1].aux.reject, 0);
    assert_false(material->certs[2].aux.present);
}

/* ---- keys ------------------------------------------------------------------------------------------------------- */

static const char *
encrypted_key(struct world *world, bool traditional)
{
    EVP_PKEY *pkey = mint_find(&world->mint, "leaf")->key->pkey;
    BIO *bio = BIO_new(BIO_s_mem());
    char password[] = "secret", *text;

    if (traditional)
        PEM_write_bio_PrivateKey_traditional(bio, pkey, EVP_aes_128_cbc(), (unsigned char *)password, 6, NULL, NULL);
    else
        PEM_write_bio_PKCS8PrivateKey(bio, pkey, EVP_aes_128_cbc(), password, 6, NULL, NULL);
    long size = BIO_get_mem_data(bio, &text);
    const char *copy = mtl_arena_printf(world->arena, "%.*s", (int)size, text);
    BIO_free(bio);
    return copy;
}

static void
encrypted_keys_are_reported_and_not_asked_for(void **state)
{
    struct world *world = *state;

    for (int traditional = 0; traditional < 2; traditional++) {
        const struct mtl_material *material = parse_text(world, encrypted_key(world, traditional != 0));
        assert_int_equal(material->key_count, 1);
        assert_true(material->keys[0].key->encrypted);
        assert_null(material->keys[0].key->spki.data);
        assert_only_note(material, MTL_NOTE_ENCRYPTED_KEY, "encrypted");
        assert_null(material->refusal);
    }
}

static void
plain_key_matches_its_certificate(void **state)
{
    struct world *world = *state;
    const struct mtl_material *material = parse_text(world, pem(world, "key:leaf leaf mid"));

    assert_int_equal(material->key_count, 1);
    assert_int_equal(material->note_count, 0);
    assert_true(mtl_private_key_matches(material->keys[0].key, material->certs[0].cert));
    assert_false(mtl_private_key_matches(material->keys[0].key, material->certs[1].cert));
}

/* ---- other formats ---------------------------------------------------------------------------------------------- */

static X509 *
decoded(struct world *world, const char *name)
{
    struct mtl_slice bytes = der(world, name);
    const unsigned char *at = bytes.data;

    return d2i_X509(NULL, &at, (long)bytes.size);
}

static PKCS7 *
bundle(struct world *world)
{
    PKCS7 *p7 = PKCS7_new();
    struct mtl_slice bytes = der(world, "crl1");
    const unsigned char *at = bytes.data;
    X509 *leaf = decoded(world, "leaf"), *mid = decoded(world, "mid");
    X509_CRL *crl = d2i_X509_CRL(NULL, &at, (long)bytes.size);

    PKCS7_set_type(p7, NID_pkcs7_signed);
    PKCS7_content_new(p7, NID_pkcs7_data);
    PKCS7_add_certificate(p7, leaf);
    PKCS7_add_certificate(p7, mid);
    PKCS7_add_crl(p7, crl);
    X509_free(leaf);
    X509_free(mid);
    X509_CRL_free(crl);
    return p7;
}

static void
assert_bundle(struct world *world, const struct mtl_material *material, unsigned line)
{
    assert_int_equal(material->cert_count, 2);
    assert_int_equal(material->crl_count, 1);
    assert_int_equal(material->note_count, 0);
    assert_true(mtl_slice_equal(material->certs[0].cert->der, der(world, "leaf")));
    assert_true(mtl_slice_equal(material->certs[1].cert->der, der(world, "mid")));
    assert_int_equal(material->certs[1].source.line, line);
    assert_string_equal(material->certs[1].source.label, "PKCS7");
}

static void
pkcs7_gives_its_certificates_and_crls(void **state)
{
    struct world *world = *state;
    PKCS7 *p7 = bundle(world);
    unsigned char *bytes = NULL;
    int size = i2d_PKCS7(p7, &bytes);
    BIO *bio = BIO_new(BIO_s_mem());
    char *text;

    assert_bundle(world, mtl_material_parse(world->arena, "input", mtl_slice_of(bytes, (size_t)size)), 1);
    BIO_puts(bio, "text\n");
    PEM_write_bio_PKCS7(bio, p7);
    long length = BIO_get_mem_data(bio, &text);
    assert_bundle(world, mtl_material_parse(world->arena, "input", mtl_slice_of(text, (size_t)length)), 2);
    BIO_free(bio);
    OPENSSL_free(bytes);
    PKCS7_free(p7);
}

static struct mtl_slice
key_store(struct world *world, const char *password, int key_cipher, int cert_cipher, int rounds)
{
    X509 *leaf = decoded(world, "leaf"), *mid = decoded(world, "mid");
    STACK_OF(X509) *above = sk_X509_new_null();
    unsigned char *bytes = NULL;

    sk_X509_push(above, mid);
    PKCS12 *p12 = PKCS12_create(password, "name", mint_find(&world->mint, "leaf")->key->pkey, leaf, above, key_cipher,
                                cert_cipher, rounds, rounds, 0);
    int size = i2d_PKCS12(p12, &bytes);
    struct mtl_slice copy = mtl_arena_copy(world->arena, mtl_slice_of(bytes, (size_t)size));
    OPENSSL_free(bytes);
    PKCS12_free(p12);
    sk_X509_pop_free(above, X509_free);
    X509_free(leaf);
    return copy;
}

static void
pkcs12_gives_key_and_chain(void **state)
{
    struct world *world = *state;
    static const char *const known[] = {"", "changeit"};

    for (size_t i = 0; i < 2; i++) {
        const struct mtl_material *material =
            mtl_material_parse(world->arena, "a.p12", key_store(world, known[i], 0, 0, 0));

        assert_int_equal(material->note_count, 0);
        assert_int_equal(material->cert_count, 2);
        assert_true(mtl_slice_equal(material->certs[0].cert->der, der(world, "leaf")));
        assert_true(mtl_slice_equal(material->certs[1].cert->der, der(world, "mid")));
        assert_int_equal(material->certs[0].entry, MTL_ENTRY_KEY);
        assert_int_equal(material->certs[1].entry, MTL_ENTRY_CHAIN);
        assert_string_equal(material->certs[1].source.label, "PKCS12");
        assert_int_equal(material->key_count, 1);
        assert_false(material->keys[0].is_locked);
        assert_true(mtl_private_key_matches(material->keys[0].key, material->certs[0].cert));
    }
}

static void
pkcs12_that_does_not_open_says_why(void **state)
{
    struct world *world = *state;
    const struct {
        struct mtl_slice bytes;
        enum mtl_note_kind kind;
        const char *says;
    } stores[] = {
        {key_store(world, "secret", 0, 0, 0), MTL_NOTE_LOCKED,
         "is a PKCS#12 file that does not open: it has a password of its own; write its password into a file"},
        {key_store(world, "changeit", 0, 0, (int)MTL_MAX_KEY_STORE_ROUNDS / 2), MTL_NOTE_UNSUPPORTED,
         "it takes more than 4000000 rounds of key derivation"},
        {mtl_slice_of("\x30\x80\x02\x01\x03\x30\x80", 7), MTL_NOTE_UNDECODABLE, "does not decode"},
    };

    for (size_t i = 0; i < sizeof stores / sizeof stores[0]; i++) {
        const struct mtl_material *material = mtl_material_parse(world->arena, "a.p12", stores[i].bytes);

        assert_int_equal(material->cert_count + material->key_count, 0);
        assert_only_note(material, stores[i].kind, stores[i].says);
    }
}

static void
add_number(struct mtl_text *text, size_t number)
{
    const uint8_t octets[] = {0, 0, (uint8_t)(number >> 8), (uint8_t)number};

    mtl_text_bytes(text, mtl_slice_of(octets, sizeof octets));
}

static void
add_jks_entry(struct mtl_text *text, size_t tag, struct mtl_slice cert)
{
    add_number(text, tag);
    mtl_text_bytes(text, mtl_slice_of("\0\5alias12345678", 15));
    if (tag == 1)
        mtl_text_bytes(text, mtl_slice_of("\0\0\0\1k\0\0\0\1", 9));
    mtl_text_bytes(text, mtl_slice_of("\0\5X.509", 7));
    add_number(text, cert.size);
    mtl_text_bytes(text, cert);
}

static void
jks_gives_certificates_without_a_password(void **state)
{
    struct world *world = *state;
    struct mtl_slice leaf = der(world, "leaf"), mid = der(world, "mid");
    struct mtl_text text = {.arena = world->arena};

    /* version 2, two entries: a trusted certificate, then a key of one octet with a chain of one */
    mtl_text_bytes(&text, mtl_slice_of("\xfe\xed\xfe\xed\0\0\0\2\0\0\0\2", 12));
    add_jks_entry(&text, 2, mid);
    add_jks_entry(&text, 1, leaf);
    mtl_text_bytes(&text, mtl_slice_of("a digest of 20 bytes", 20));
    const struct mtl_material *material = mtl_material_parse(world->arena, "a.jks", mtl_slice_of(text.text, text.size));
    assert_int_equal(material->note_count, 0);
    assert_int_equal(material->cert_count, 2);
    assert_true(mtl_slice_equal(material->certs[0].cert->der, leaf));
    assert_int_equal(material->certs[0].entry, MTL_ENTRY_KEY);
    assert_int_equal(material->certs[1].entry, MTL_ENTRY_TRUSTED);
    assert_int_equal(material->key_count, 1);
    assert_true(material->keys[0].key->encrypted);
    for (size_t size = 12; size < text.size; size++)
        assert_only_note(mtl_material_parse(world->arena, "a.jks", mtl_slice_of(text.text, size)), MTL_NOTE_UNDECODABLE,
                         "is a Java key store that does not decode");
}

static void
foreign_formats_are_named(void **state)
{
    struct world *world = *state;
    static const struct {
        const char *bytes;
        size_t size;
        const char *says;
    } files[] = {
        {"\x99\x01\x0d\x04\x5e", 5, "is an OpenPGP key"},
        {"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA x@y\n", 41, "is an SSH public key"},
        {"\xff\xfe-\0-\0-\0", 8, "is UTF-16 text"},
        {"MIIBIjANBgkqhkiG9w0BAQ\n", 23, "base64 without BEGIN and END lines"},
    };

    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        assert_only_note(mtl_material_parse(world->arena, "f", mtl_slice_of(files[i].bytes, files[i].size)),
                         MTL_NOTE_UNSUPPORTED, files[i].says);
}

static void
certificate_request_is_not_taken_for_a_certificate(void **state)
{
    struct world *world = *state;
    X509_REQ *request = X509_REQ_new();
    unsigned char *bytes = NULL;

    X509_REQ_set_pubkey(request, mint_find(&world->mint, "leaf")->key->pkey);
    X509_REQ_sign(request, mint_find(&world->mint, "leaf")->key->pkey, EVP_sha256());
    int size = i2d_X509_REQ(request, &bytes);
    assert_only_note(mtl_material_parse(world->arena, "f", mtl_slice_of(bytes, (size_t)size)), MTL_NOTE_UNSUPPORTED,
                     "a certificate request");
    OPENSSL_free(bytes);
    X509_REQ_free(request);
}

static void
text_without_armour_is_ignored_with_a_note(void **state)
{
    assert_only_note(parse_text(*state, "0 s:CN=leaf\n"), MTL_NOTE_IGNORED, "neither PEM nor DER");
}

/* As an ELF file and an archive have it: a test's certificate, or the words alone. */
static void
binary_files_that_hold_armour_are_no_pem(void **state)
{
    struct world *world = *state;
    const char *block = pem(world, "leaf");
    const char *const ways[] = {"-----BEGIN CERTIFICATE-----", "x\n-----BEGIN ", block};

    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        size_t size = strlen(ways[i]);
        uint8_t *bytes = mtl_arena_alloc(world->arena, 6 + size);

        memcpy(bytes,
               "\x7f"
               "ELF\0\n",
               6);
        memcpy(bytes + 6, ways[i], size);
        assert_only_note(mtl_material_parse(world->arena, "f", mtl_slice_of(bytes, 6 + size)), MTL_NOTE_IGNORED,
                         "neither PEM nor DER");
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(certificates_keep_their_order_lines_and_ordinals),
        cmocka_unit_test(der_is_told_by_its_shape),
        cmocka_unit_test(bytes_after_der_are_noted),
        cmocka_unit_test(every_truncation_of_der_is_a_note_and_nothing_else),
        cmocka_unit_test(libcrypto_finds_the_same_in_dirty_files),
        cmocka_unit_test(trust_settings_are_those_libcrypto_reads),
        cmocka_unit_test(encrypted_keys_are_reported_and_not_asked_for),
        cmocka_unit_test(plain_key_matches_its_certificate),
        cmocka_unit_test(pkcs7_gives_its_certificates_and_crls),
        cmocka_unit_test(pkcs12_gives_key_and_chain),
        cmocka_unit_test(pkcs12_that_does_not_open_says_why),
        cmocka_unit_test(jks_gives_certificates_without_a_password),
        cmocka_unit_test(foreign_formats_are_named),
        cmocka_unit_test(certificate_request_is_not_taken_for_a_certificate),
        cmocka_unit_test(text_without_armour_is_ignored_with_a_note),
        cmocka_unit_test(binary_files_that_hold_armour_are_no_pem),
    };

    return cmocka_run_group_tests(tests, set_up, world_tear_down);
}
