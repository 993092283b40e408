/* One name of a certificate against the host that is expected: what a star may stand for (RFC 6125 6.4.3).
 * SPDX-License-Identifier: Apache-2.0 */
#include "cert/wildcards.h"

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

size_t
mtl_label_size(struct mtl_slice text)
{
    const uint8_t *dot = memchr(text.data, '.', text.size);

    return dot == NULL ? text.size : (size_t)(dot - text.data);
}

static bool
matches_labels(struct mtl_slice pattern, struct mtl_slice host, enum mtl_wildcards wildcards)
{
    for (bool is_first = true;; is_first = false) {
        size_t ours = mtl_label_size(pattern), theirs = mtl_label_size(host);
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
    size_t label = mtl_label_size(host);

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
    size_t label = mtl_label_size(pattern), second = 0;

    if (!has_visible_labels(pattern))
        return false;
    if (label < pattern.size)
        second = mtl_label_size(last(pattern, pattern.size - label - 1));
    return equal_folded(pattern, host) || (label + 1 + second < pattern.size && !holds_a_label(first(pattern, label)) &&
                                           matches_one_star(pattern, host));
}

/* Letters, digits, "_" and "-", which begins no label; a star may be the whole first one. */
static bool
has_plain_labels(struct mtl_slice name, bool may_hold_star)
{
    bool begins = true;

    if (may_hold_star && name.size > 1 && name.data[0] == '*' && name.data[1] == '.')
        name = last(name, name.size - 2);
    for (size_t i = 0; i < name.size; i++) {
        uint8_t c = name.data[i];

        if (!is_letter_or_digit(c) && c != '_' && (begins || (c != '-' && c != '.')))
            return false;
        begins = c == '.';
    }
    return !begins;
}

/* Stars, and a final dot of the host, mean something only where both are host names; any other two must be equal. */
static bool
matches_hosts(struct mtl_slice pattern, struct mtl_slice host)
{
    struct mtl_slice plain = host;

    if (plain.size > 0 && plain.data[plain.size - 1] == '.')
        plain.size--;
    if (!has_plain_labels(plain, false) || !has_plain_labels(pattern, true))
        return pattern.size > 0 && equal_folded(pattern, host);
    return equal_folded(pattern, plain) || matches_first_label(pattern, plain, false);
}

/* A host ".example.com" asks for any name below example.com: only the end of the pattern is compared. */
static struct mtl_slice
end_below(struct mtl_slice pattern, struct mtl_slice host)
{
    size_t extra = pattern.size > host.size ? pattern.size - host.size : 0;

    return memchr(pattern.data, '\0', extra) == NULL ? last(pattern, pattern.size - extra) : pattern;
}

bool
mtl_has_host_characters(struct mtl_slice name)
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
    size_t ours = mtl_label_size(pattern), theirs = mtl_label_size(host);

    if (ours == pattern.size || theirs == host.size || ours == 0 ||
        memchr(pattern.data, '*', pattern.size) != &pattern.data[ours - 1] ||
        memchr(&pattern.data[ours], '*', pattern.size - ours) != NULL)
        return false;
    size_t second = mtl_label_size(last(pattern, pattern.size - ours - 1)), prefix = ours - 1;
    if (second == 0 || ours + second + 2 >= pattern.size || theirs < prefix || (is_a_label(host) && prefix > 0))
        return false;
    return equal_folded(first(pattern, prefix), first(host, prefix)) &&
           equal_folded(last(pattern, pattern.size - ours), last(host, host.size - theirs));
}

bool
mtl_name_matches(struct mtl_slice pattern, struct mtl_slice host, const struct mtl_name_policy *policy)
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
    if (wildcards == MTL_WILDCARD_OF_HOSTS)
        return matches_hosts(pattern, host);
    if (wildcards == MTL_WILDCARD_ANY_LETTERS || wildcards == MTL_WILDCARD_FIRST_LABEL)
        return equal_folded(pattern, host) || matches_first_label(pattern, host, wildcards == MTL_WILDCARD_ANY_LETTERS);
    if (policy->only_host_characters && !(mtl_has_host_characters(pattern) && mtl_has_host_characters(host)))
        return false;
    if (wildcards == MTL_WILDCARD_FREE || wildcards == MTL_WILDCARD_ANY_LABEL)
        return matches_labels(pattern, host, wildcards);
    if (host.size > 1 && host.data[0] == '.')
        return equal_folded(end_below(pattern, host), host);
    if (find_star(pattern, wildcards, &star))
        return matches_wildcard(pattern, star, host);
    return equal_folded(pattern, host);
}
