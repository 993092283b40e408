/* The entries of a CRL (RFC 5280 5.3): read, sorted, looked up. SPDX-License-Identifier: Apache-2.0 */
#include "cert/crl_entries.h"

#include "cert/extensions.h"

#include <stdlib.h>

#define REMOVE_FROM_CRL 8 /* CRLReason, 5.3.1 */

static const struct mtl_slice oid_reason = {(const uint8_t[]){0x55, 0x1d, 0x15}, 3};             /* 2.5.29.21 */
static const struct mtl_slice oid_certificate_issuer = {(const uint8_t[]){0x55, 0x1d, 0x1d}, 3}; /* 2.5.29.29 */

/* ---- extensions of one entry ------------------------------------------------------------------------------------ */

struct entry_extensions {
    struct mtl_slice issuer, reason; /* values; absent if not there */
    bool issuer_twice, reason_twice;
    bool has_unknown_critical; /* OpenSSL knows none but certificateIssuer */
};

static bool
read_extensions(struct mtl_der *entry, struct entry_extensions *extensions)
{
    struct mtl_der list;
    struct mtl_extension_item item;

    *extensions = (struct entry_extensions){0};
    if (mtl_der_is_done(entry))
        return true;
    if (!mtl_der_enter_list(entry, MTL_DER_SEQUENCE, &list))
        return false;
    while (!mtl_der_is_done(&list)) {
        if (!mtl_der_extension(&list, &item))
            return false;
        bool is_issuer = mtl_slice_equal(item.oid, oid_certificate_issuer);
        bool is_reason = mtl_slice_equal(item.oid, oid_reason);
        extensions->issuer_twice |= is_issuer && extensions->issuer.data != NULL;
        extensions->reason_twice |= is_reason && extensions->reason.data != NULL;
        extensions->has_unknown_critical |= item.critical != 0 && !is_issuer;
        if (is_issuer)
            extensions->issuer = item.value;
        if (is_reason)
            extensions->reason = item.value;
    }
    return true;
}

static bool
is_general_names(struct mtl_slice value)
{
    struct mtl_der_notes notes = {.relaxed = true};
    struct mtl_der der = mtl_der_reader(value, &notes);

    return mtl_syntax_general_names(&der, MTL_DER_SEQUENCE, NULL);
}

static bool
read_reason(struct mtl_slice value, int *reason)
{
    struct mtl_der_notes notes = {.relaxed = true};
    struct mtl_der der = mtl_der_reader(value, &notes);
    struct mtl_slice number;

    if (!mtl_der_integer(&der, MTL_DER_ENUMERATED, &number))
        return false;
    *reason = (int)mtl_der_small(number, INT32_MAX);
    return true;
}

/*
 * crl_set_issuers(): an issuer stays in force until the next one. At the first extension that does not decode OpenSSL
 * stops looking: from there on entries count as if they had no extensions. False then.
 */
static bool
apply_extensions(struct mtl_crl *crl, const struct entry_extensions *extensions, struct mtl_slice *issuer,
                 struct mtl_crl_entry *entry)
{
    if (extensions->issuer_twice || (extensions->issuer.data != NULL && !is_general_names(extensions->issuer)))
        return false;
    if (extensions->issuer.data != NULL)
        *issuer = extensions->issuer;
    entry->issuer = *issuer;
    if (extensions->reason_twice ||
        (extensions->reason.data != NULL && !read_reason(extensions->reason, &entry->reason)))
        return false;
    crl->has_unknown_critical |= extensions->has_unknown_critical;
    return true;
}

/* ---- the list --------------------------------------------------------------------------------------------------- */

/* By serial; equal ones in the order of the list. */
static int
compare_entries(const void *a, const void *b)
{
    const struct mtl_crl_entry *first = a, *second = b;
    int order = mtl_slice_compare(first->serial, second->serial);

    if (order != 0)
        return order;
    return (first->serial.data > second->serial.data) - (first->serial.data < second->serial.data);
}

static bool
count_items(struct mtl_der list, size_t *count)
{
    struct mtl_der_item item;

    for (*count = 0; !mtl_der_is_done(&list); (*count)++) {
        if (!mtl_der_next(&list, &item))
            return false;
    }
    return true;
}

static bool
read_entry(struct mtl_der *list, struct mtl_crl_entry *entry, struct entry_extensions *extensions)
{
    struct mtl_der inner;

    *entry = (struct mtl_crl_entry){.reason = -1};
    return mtl_der_enter(list, MTL_DER_SEQUENCE, &inner) && mtl_der_integer(&inner, MTL_DER_INTEGER, &entry->serial) &&
           mtl_der_time(&inner, &entry->date) && read_extensions(&inner, extensions) && mtl_der_leave(&inner);
}

bool
mtl_crl_read_entries(struct mtl_crl *crl, struct mtl_arena *arena, struct mtl_der *list)
{
    struct entry_extensions extensions;
    struct mtl_slice issuer = {0};
    size_t count;

    if (!count_items(*list, &count))
        return false;
    struct mtl_crl_entry *entries = mtl_arena_array(arena, count, sizeof(*entries));
    for (size_t i = 0; i < count; i++) {
        if (!read_entry(list, &entries[i], &extensions))
            return false;
        if (!crl->malformed_entry)
            crl->malformed_entry = !apply_extensions(crl, &extensions, &issuer, &entries[i]);
    }
    if (count > 0)
        qsort(entries, count, sizeof(*entries), compare_entries);
    crl->entries = entries;
    crl->revoked_count = (uint32_t)count;
    return true;
}

/* ---- looking up ------------------------------------------------------------------------------------------------- */

/* Is an entry with this certificateIssuer about certificates of that issuer? (crl_revoked_issuer_match()) */
static bool
is_about_issuer(const struct mtl_crl *crl, const struct mtl_crl_entry *entry, struct mtl_slice issuer)
{
    struct mtl_general_names names = {.rest = entry->issuer};
    struct mtl_general_name name;

    if (names.rest.data == NULL)
        return mtl_name_equal(issuer, mtl_crl_bytes(crl, crl->issuer));
    while (mtl_general_names_next(&names, &name)) {
        if (name.type == MTL_GN_DIRECTORY && mtl_name_equal(issuer, name.value))
            return true;
    }
    return false;
}

/* The first entry whose serial is not below this one. */
static size_t
lower_bound(const struct mtl_crl *crl, struct mtl_slice serial)
{
    size_t low = 0, high = crl->revoked_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (mtl_slice_compare(crl->entries[middle].serial, serial) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool
mtl_crl_revokes(const struct mtl_crl *crl, const struct mtl_cert *cert, struct mtl_revocation *revocation)
{
    struct mtl_slice serial = mtl_cert_bytes(cert, cert->serial), issuer = mtl_cert_bytes(cert, cert->issuer);

    for (size_t i = lower_bound(crl, serial); i < crl->revoked_count; i++) {
        const struct mtl_crl_entry *entry = &crl->entries[i];
        if (!mtl_slice_equal(entry->serial, serial))
            return false;
        if (!is_about_issuer(crl, entry, issuer))
            continue;
        if (revocation != NULL)
            *revocation = (struct mtl_revocation){.date = entry->date, .reason = entry->reason};
        return entry->reason != REMOVE_FROM_CRL;
    }
    return false;
}

bool
mtl_crl_lists(const struct mtl_crl *crl, struct mtl_slice serial)
{
    size_t at = lower_bound(crl, serial);

    return at < crl->revoked_count && mtl_slice_equal(crl->entries[at].serial, serial);
}
