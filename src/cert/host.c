/* Does a certificate name a host? As X509_check_host() and X509_check_ip() decide. SPDX-License-Identifier: Apache-2.0
 */
#include "cert/cert.h"
#include "cert/name.h"

#include <string.h>

/* ---- comparing -------------------------------------------------------------------------------------------------- */

static uint8_t
lower(uint8_t c)
{
    return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
}

/* ASCII letters alike in both cases; NUL is equal to nothing. */
static bool
equal_folded(struct mtl_slice a, struct mtl_slice b)
{
    if (a.size != b.size)
        return false;
    for (size_t i = 0; i < a.size; i++) {
        if (a.data[i] == '\0' || lower(a.data[i]) != lower(b.data[i]))
            return false;
    }
    return true;
}

static struct mtl_slice
first(struct mtl_slice text, size_t size)
{
    return mtl_slice_of(text.data, size);
}

static struct mtl_slice
last(struct mtl_slice text, size_t size)
{
    return mtl_slice_of(text.data + text.size - size, size);
}

/* "xn--", the prefix of an A-label (RFC 5890 2.3.2.1). */
static bool
is_a_label(struct mtl_slice text)
{
    return text.size >= 4 && equal_folded(first(text, 4), mtl_slice_text("xn--"));
}

static bool
is_letter_or_digit(uint8_t c)
{
    return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z');
}

/* ---- wildcards (RFC 6125 6.4.3) --------------------------------------------------------------------------------- */

/* What has been read of the current label of a pattern. */
struct label {
    bool is_empty, ends_in_hyphen, is_idna;
};

/* May this star stand here? It is at the start or the end of the leftmost label, which is no A-label. */
static bool
is_star_allowed(struct mtl_slice pattern, size_t at, const struct label *label, enum mtl_wildcards wildcards)
{
    bool at_end = at == pattern.size - 1 || pattern.data[at + 1] == '.';

    if (label->is_idna)
        return false;
    if (wildcards == MTL_WILDCARD_LEADING)
        return label->is_empty;
    return wildcards == MTL_WILDCARD_PARTIAL ? label->is_empty || at_end : label->is_empty && at_end;
}

/* Reads one character that is not a star into label. False when no DNS name has it there. */
static bool
step(struct mtl_slice pattern, size_t at, struct label *label)
{
    uint8_t c = pattern.data[at];

    if (c == '.') {
        if (label->is_empty || label->ends_in_hyphen)
            return false;
        *label = (struct label){.is_empty = true};
        return true;
    }
    if (c == '-') {
        label->ends_in_hyphen = true;
        return !label->is_empty;
    }
    if (!is_letter_or_digit(c))
        return false;
    label->is_idna = label->is_idna || (label->is_empty && is_a_label(last(pattern, pattern.size - at)));
    label->is_empty = label->ends_in_hyphen = false;
    return true;
}

/* The place of a pattern's only star. False when it has none or is not a DNS name with one: then it is literal. */
static bool
find_star(struct mtl_slice pattern, enum mtl_wildcards wildcards, size_t *star)
{
    struct label label = {.is_empty = true};
    bool found = false;
    size_t dots = 0;

    for (size_t i = 0; i < pattern.size; i++) {
        if (pattern.data[i] == '*') {
            if (found || dots > 0 || !is_star_allowed(pattern, i, &label, wildcards))
                return false;
            found = true;
            *star = i;
            label.is_empty = false;
        } else if (!step(pattern, i, &label)) {
            return false;
        }
        dots += pattern.data[i] == '.';
    }
    /* "*.com" would match too much: two dots at least, says nearly everybody. */
    return found && !label.is_empty && !label.ends_in_hyphen && dots >= (wildcards == MTL_WILDCARD_SHORT ? 1 : 2);
}

static bool
matches_wildcard(struct mtl_slice pattern, size_t star, struct mtl_slice host)
{
    size_t suffix_size = pattern.size - star - 1;

    if (host.size < star + suffix_size || !equal_folded(first(pattern, star), first(host, star)) ||
        !equal_folded(last(pattern, suffix_size), last(host, suffix_size)))
        return false;
    struct mtl_slice matched = mtl_slice_of(host.data + star, host.size - star - suffix_size);
    bool is_whole_label = star == 0 && pattern.data[1] == '.';
    if (is_whole_label ? matched.size == 0 : is_a_label(host))
        return false;
    if (matched.size == 1 && matched.data[0] == '*')
        return true;
    for (size_t i = 0; i < matched.size; i++) {
        if (!is_letter_or_digit(matched.data[i]) && matched.data[i] != '-')
            return false;
    }
    return true;
}

/* Stars stand for any characters of one label. Bounded: every star is tried at each place once at most. */
static bool
matches_freely(struct mtl_slice pattern, struct mtl_slice label)
{
    size_t p = 0, l = 0, star = SIZE_MAX, resume = 0;

    while (l < label.size) {
        if (p < pattern.size && pattern.data[p] == '*') {
            star = p++;
            resume = l;
        } else if (p < pattern.size && lower(pattern.data[p]) == lower(label.data[l])) {
            p++;
            l++;
        } else if (star != SIZE_MAX) {
            p = star + 1;
            l = ++resume;
        } else {
            return false;
        }
    }
    while (p < pattern.size && pattern.data[p] == '*')
        p++;
    return p == pattern.size;
}

static size_t
label_size(struct mtl_slice text)
{
    const uint8_t *dot = memchr(text.data, '.', text.size);

    return dot == NULL ? text.size : (size_t)(dot - text.data);
}

static bool
matches_labels(struct mtl_slice pattern, struct mtl_slice host, enum mtl_wildcards wildcards)
{
    for (bool is_first = true;; is_first = false) {
        size_t ours = label_size(pattern), theirs = label_size(host);
        bool is_last = ours == pattern.size,
             may_be_star = !is_last && (is_first || wildcards == MTL_WILDCARD_ANY_LABEL);
        struct mtl_slice label = first(pattern, ours);

        if (may_be_star ? !matches_freely(label, first(host, theirs)) : !equal_folded(label, first(host, theirs)))
            return false;
        if (is_last || theirs == host.size)
            return is_last && theirs == host.size;
        pattern = last(pattern, pattern.size - ours - 1);
        host = last(host, host.size - theirs - 1);
    }
}

/* One star in the first label; what is around it must be there, and the other labels be the same. */
static bool
matches_one_star(struct mtl_slice pattern, struct mtl_slice host)
{
    const uint8_t *pattern_dot = memchr(pattern.data, '.', pattern.size);
    const uint8_t *host_dot = memchr(host.data, '.', host.size);

    if (pattern_dot == NULL || host_dot == NULL)
        return false;
    size_t label = (size_t)(pattern_dot - pattern.data), host_label = (size_t)(host_dot - host.data);
    const uint8_t *star = memchr(pattern.data, '*', label);
    if (star == NULL || host_label + 1 < label)
        return false;
    size_t before = (size_t)(star - pattern.data), after = label - before - 1;
    return memchr(star + 1, '*', after) == NULL &&
           equal_folded(last(pattern, pattern.size - label), last(host, host.size - host_label)) &&
           equal_folded(first(pattern, before), first(host, before)) &&
           equal_folded(mtl_slice_of(star + 1, after), mtl_slice_of(host_dot - after, after));
}

/* "*." stands for the first label, if at least one more follows in the pattern, or two. */
static bool
matches_first_label(struct mtl_slice pattern, struct mtl_slice host, bool needs_two)
{
    size_t label = label_size(host);

    return pattern.size > 2 && pattern.data[0] == '*' && pattern.data[1] == '.' && label > 0 &&
           !(needs_two && memchr(pattern.data + 2, '.', pattern.size - 2) == NULL) &&
           equal_folded(last(pattern, pattern.size - 1), last(host, host.size - label));
}

static bool
holds_a_label(struct mtl_slice label)
{
    for (size_t i = 0; i < label.size; i++) {
        if (is_a_label(last(label, label.size - i)))
            return true;
    }
    return false;
}

static bool
has_visible_labels(struct mtl_slice name)
{
    bool is_empty = true;

    for (size_t i = 0; i < name.size; i++) {
        if (name.data[i] < 0x21 || name.data[i] > 0x7F || (is_empty && name.data[i] == '.'))
            return false;
        is_empty = name.data[i] == '.';
    }
    return !is_empty;
}

/* checkServerIdentity() of Node's lib/tls.js. */
static bool
matches_inside(struct mtl_slice pattern, struct mtl_slice host)
{
    size_t label = label_size(pattern), second = 0;

    if (!has_visible_labels(pattern))
        return false;
    if (label < pattern.size)
        second = label_size(last(pattern, pattern.size - label - 1));
    return equal_folded(pattern, host) || (label + 1 + second < pattern.size && !holds_a_label(first(pattern, label)) &&
                                           matches_one_star(pattern, host));
}

/* A host ".example.com" asks for any name below example.com: only the end of the pattern is compared. */
static struct mtl_slice
end_below(struct mtl_slice pattern, struct mtl_slice host)
{
    size_t extra = pattern.size > host.size ? pattern.size - host.size : 0;

    return memchr(pattern.data, '\0', extra) == NULL ? last(pattern, pattern.size - extra) : pattern;
}

static bool
has_host_characters(struct mtl_slice name)
{
    for (size_t i = 0; i < name.size; i++) {
        if (!is_letter_or_digit(name.data[i]) && name.data[i] != '-' && name.data[i] != '.' && name.data[i] != '*')
            return false;
    }
    return true;
}

/* One star, the last of the first of three labels; an A-label needs one that stands for all of it. */
static bool
matches_trailing(struct mtl_slice pattern, struct mtl_slice host)
{
    size_t ours = label_size(pattern), theirs = label_size(host);

    if (ours == pattern.size || theirs == host.size || ours == 0 ||
        memchr(pattern.data, '*', pattern.size) != &pattern.data[ours - 1] ||
        memchr(&pattern.data[ours], '*', pattern.size - ours) != NULL)
        return false;
    size_t second = label_size(last(pattern, pattern.size - ours - 1)), prefix = ours - 1;
    if (second == 0 || ours + second + 2 >= pattern.size || theirs < prefix || (is_a_label(host) && prefix > 0))
        return false;
    return equal_folded(first(pattern, prefix), first(host, prefix)) &&
           equal_folded(last(pattern, pattern.size - ours), last(host, host.size - theirs));
}

static bool
matches(struct mtl_slice pattern, struct mtl_slice host, const struct mtl_name_policy *policy)
{
    enum mtl_wildcards wildcards = policy->wildcards;
    size_t star = 0;

    if (policy->names_may_end_in_dot && pattern.size > 0 && pattern.data[pattern.size - 1] == '.')
        pattern.size--;
    if (pattern.size == 0)
        return false;
    if (wildcards == MTL_WILDCARD_TRAILING)
        return equal_folded(pattern, host) || matches_trailing(pattern, host);
    if (wildcards == MTL_WILDCARD_ONE_STAR)
        return equal_folded(pattern, host) || matches_one_star(pattern, host);
    if (wildcards == MTL_WILDCARD_INSIDE)
        return matches_inside(pattern, host);
    if (wildcards == MTL_WILDCARD_ANY_LETTERS || wildcards == MTL_WILDCARD_FIRST_LABEL)
        return equal_folded(pattern, host) || matches_first_label(pattern, host, wildcards == MTL_WILDCARD_ANY_LETTERS);
    if (policy->only_host_characters && !(has_host_characters(pattern) && has_host_characters(host)))
        return false;
    if (wildcards == MTL_WILDCARD_FREE || wildcards == MTL_WILDCARD_ANY_LABEL)
        return matches_labels(pattern, host, wildcards);
    if (host.size > 1 && host.data[0] == '.')
        return equal_folded(end_below(pattern, host), host);
    if (find_star(pattern, wildcards, &star))
        return matches_wildcard(pattern, star, host);
    return equal_folded(pattern, host);
}

/* ---- names of a certificate ------------------------------------------------------------------------------------- */

/* Of length 0 as OpenSSL keeps it. */
static bool
is_empty(const struct mtl_der_item *value)
{
    return value->tag == MTL_DER_BIT_STRING ? value->content.size < 2
                                            : value->content.size == 0 && value->tag != MTL_DER_SEQUENCE;
}

/* 1: matches, 0: does not, -1: is no text, and OpenSSL looks no further. */
static int
common_name_matches(const struct mtl_der_item *value, struct mtl_slice host, const struct mtl_name_policy *policy)
{
    size_t size;
    int result = -1;

    if (is_empty(value))
        return 0;
    struct mtl_arena *arena = mtl_arena_new();
    uint8_t *text = mtl_arena_alloc(arena, 2 * value->content.size);
    if (mtl_string_to_utf8(value, text, &size))
        result = matches(mtl_slice_of(text, size), host, policy);
    mtl_arena_free(arena);
    return result;
}

static bool
subject_names_host(const struct mtl_cert *cert, struct mtl_slice host, const struct mtl_name_policy *policy)
{
    int result = 0;
    struct mtl_attributes walk;
    struct mtl_attribute attribute;

    mtl_attributes_start(&walk, mtl_cert_bytes(cert, cert->subject));
    while (mtl_attributes_next(&walk, &attribute)) {
        if (!mtl_slice_equal(attribute.type, mtl_oid_common_name))
            continue;
        result = common_name_matches(&attribute.value, host, policy);
        if ((result != 0 && !policy->only_last_common_name) || policy->only_first_common_name)
            break;
    }
    return result > 0;
}

static bool
has_one_common_name(const struct mtl_cert *cert)
{
    struct mtl_attributes walk;
    struct mtl_attribute attribute;
    size_t count = 0;

    mtl_attributes_start(&walk, mtl_cert_bytes(cert, cert->subject));
    while (mtl_attributes_next(&walk, &attribute))
        count += mtl_slice_equal(attribute.type, mtl_oid_common_name);
    return count == 1;
}

static bool
serves(const struct mtl_cert *cert)
{
    return !mtl_cert_has(cert, MTL_EXT_EXTENDED_KEY_USAGE) ||
           (cert->extended_key_usage & (MTL_EKU_SERVER_AUTH | MTL_EKU_ANY)) != 0;
}

static bool
names_address(const struct mtl_cert *cert, struct mtl_slice address)
{
    struct mtl_general_names names = mtl_cert_alt_names(cert);
    struct mtl_general_name name;

    while (mtl_general_names_next(&names, &name)) {
        if (name.type == MTL_GN_IP && mtl_slice_equal(name.value, address))
            return true;
    }
    return false;
}

/* May the common name stand in for the alternative names? */
static bool
may_stand_in(const struct mtl_cert *cert, const struct mtl_name_policy *policy, bool is_address)
{
    bool is_spoilt = policy->odd_addresses_spoil_names && mtl_cert_has_odd_address(cert);
    uint32_t types = is_spoilt ? 0 : mtl_cert_alt_name_types(cert);

    switch (policy->common_name) {
    case MTL_CN_NEVER:
        return false;
    case MTL_CN_IF_NO_DNS_SAN:
        return (types & 1U << MTL_GN_DNS) == 0;
    case MTL_CN_IF_NONE_OF_KIND:
        return (types & 1U << (is_address ? MTL_GN_IP : MTL_GN_DNS)) == 0;
    case MTL_CN_IF_NO_HOST_SAN:
        return (types & (1U << MTL_GN_DNS | 1U << MTL_GN_IP | 1U << MTL_GN_URI)) == 0 && serves(cert) &&
               has_one_common_name(cert);
    case MTL_CN_IF_NO_DNS_OR_ADDRESS:
        return (types & (1U << MTL_GN_DNS | 1U << MTL_GN_IP)) == 0;
    case MTL_CN_IF_NO_DNS_URI_OR_ADDRESS:
        return (types & (1U << MTL_GN_DNS | 1U << MTL_GN_IP | 1U << MTL_GN_URI)) == 0;
    case MTL_CN_ALWAYS:
        return true;
    case MTL_CN_IF_NO_SAN:
        break;
    }
    return (types & 1U << MTL_GN_DNS) == 0 && !mtl_cert_has(cert, MTL_EXT_SUBJECT_ALT_NAME);
}

bool
mtl_cert_common_name_counts(const struct mtl_cert *cert, const char *host, const struct mtl_name_policy *policy)
{
    uint8_t address[16];
    size_t size;

    bool is_address = !policy->addresses_are_texts && mtl_host_is_address(host, address, &size);

    if (is_address && policy->addresses_may_be_common)
        return true;
    if (is_address && policy->common_name != MTL_CN_IF_NO_DNS_OR_ADDRESS &&
        policy->common_name != MTL_CN_IF_NONE_OF_KIND)
        return false;
    return may_stand_in(cert, policy, is_address);
}

bool
mtl_host_is_plain(const char *host)
{
    return strchr(host, '*') == NULL && has_host_characters(mtl_slice_text(host));
}

bool
mtl_host_has_labels(const char *host)
{
    struct mtl_slice rest = mtl_slice_text(host);

    do {
        size_t size = label_size(rest);
        bool is_last = size == rest.size;

        if (size == 0 || size > 63 || rest.data[0] == '-' || rest.data[size - 1] == '-')
            return false;
        rest = last(rest, rest.size - size - (is_last ? 0 : 1));
    } while (rest.size > 0);
    return true;
}

bool
mtl_cert_names_host(const struct mtl_cert *cert, const char *host, const struct mtl_name_policy *policy)
{
    bool is_spoilt = policy->odd_addresses_spoil_names && mtl_cert_has_odd_address(cert);
    const struct mtl_general_names none = {.started = true};
    struct mtl_general_names names = is_spoilt ? none : mtl_cert_alt_names(cert);
    struct mtl_slice wanted = mtl_slice_text(host);
    struct mtl_general_name name;
    uint8_t address[16];
    size_t size;
    bool is_literal = mtl_host_is_address(host, address, &size);
    bool is_address = !policy->addresses_are_texts && is_literal;

    if (is_literal && size == sizeof address && policy->no_ipv6_addresses)
        return false;
    if (!is_address && policy->only_host_characters && !mtl_host_has_labels(host))
        return false;
    if ((is_address || (is_literal && policy->addresses_count_too)) && !is_spoilt &&
        names_address(cert, mtl_slice_of(address, size)))
        return true;
    if (policy->final_dot_is_ignored && wanted.size > 1 && host[wanted.size - 1] == '.')
        wanted.size--;
    while (mtl_general_names_next(&names, &name)) {
        bool is_text = name.type == MTL_GN_DNS || (name.type == MTL_GN_URI && policy->uris_are_names);

        if (is_text && (!is_address || policy->addresses_may_be_texts) && matches(name.value, wanted, policy))
            return true;
    }
    return mtl_cert_common_name_counts(cert, host, policy) && subject_names_host(cert, wanted, policy);
}
