/* Patterns for paths, as .gitignore has them. SPDX-License-Identifier: Apache-2.0 */
#include "base/base.h"

#include <string.h>

/* A part of a path or pattern between slashes. */
struct part {
    const char *text;
    size_t size;
};

static struct part
part_at(const char *text)
{
    return (struct part){.text = text, .size = strcspn(text, "/")};
}

/* What stands behind the part; NULL at the end. */
static const char *
behind(struct part part)
{
    return part.text[part.size] == '/' ? part.text + part.size + 1 : NULL;
}

/* Reads "[a-z]" at *at, which moves behind it. A set that does not end matches nothing. */
static bool
set_has(struct part pattern, size_t *at, char letter)
{
    size_t i = *at + 1;
    bool negated = i < pattern.size && (pattern.text[i] == '!' || pattern.text[i] == '^');
    bool found = false;

    i += negated;
    for (size_t first = i; i < pattern.size && (pattern.text[i] != ']' || i == first); i++) {
        unsigned char low, high;

        i += pattern.text[i] == '\\' && i + 1 < pattern.size;
        low = high = (unsigned char)pattern.text[i];
        if (i + 2 < pattern.size && pattern.text[i + 1] == '-' && pattern.text[i + 2] != ']') {
            i += 2;
            i += pattern.text[i] == '\\' && i + 1 < pattern.size;
            high = (unsigned char)pattern.text[i];
        }
        found |= (unsigned char)letter >= low && (unsigned char)letter <= high;
    }
    *at = i + 1;
    return i < pattern.size && found != negated;
}

/* One sign of the pattern that is no star; *at moves behind it. */
static bool
sign_matches(struct part pattern, size_t *at, char letter)
{
    char sign = pattern.text[*at];

    if (sign == '[')
        return set_has(pattern, at, letter);
    if (sign == '\\' && *at + 1 < pattern.size)
        sign = pattern.text[++*at];
    else if (sign == '?')
        sign = letter;
    ++*at;
    return sign == letter;
}

/* Only the last star is ever taken back: so the cost is the product of the sizes at most. */
static bool
part_matches(struct part pattern, struct part name)
{
    size_t at = 0, star = SIZE_MAX, resume = 0;

    for (size_t i = 0; i < name.size;) {
        size_t next = at;

        if (at < pattern.size && pattern.text[at] == '*') {
            star = ++at;
            resume = i;
        } else if (at < pattern.size && sign_matches(pattern, &next, name.text[i])) {
            at = next;
            i++;
        } else if (star != SIZE_MAX) {
            at = star;
            i = ++resume;
        } else {
            return false;
        }
    }
    while (at < pattern.size && pattern.text[at] == '*')
        at++;
    return at == pattern.size;
}

static bool
is_any_depth(struct part pattern)
{
    return pattern.size == 2 && memcmp(pattern.text, "**", 2) == 0;
}

bool
mtl_pattern_matches(const char *pattern, const char *path)
{
    const char *at = pattern, *rest = path, *star = NULL, *resume = NULL;

    while (rest != NULL) {
        struct part name = part_at(rest);

        if (at != NULL && is_any_depth(part_at(at))) {
            at = star = behind(part_at(at));
            resume = rest;
            if (at == NULL)
                return true;
        } else if (at != NULL && part_matches(part_at(at), name)) {
            at = behind(part_at(at));
            rest = behind(name);
        } else if (star != NULL && resume != NULL) {
            at = star;
            rest = resume = behind(part_at(resume));
        } else {
            return false;
        }
    }
    return at == NULL;
}

bool
mtl_pattern_covers(const char *pattern, const char *path)
{
    bool is_anchored = strcspn(pattern, "/") + 1 < strlen(pattern);
    bool only_directory = pattern[0] != '\0' && pattern[strlen(pattern) - 1] == '/';
    char wanted[MTL_MAX_PATTERN], part[MTL_MAX_PATTERN];

    if (strlen(pattern) >= sizeof(wanted) || strlen(path) >= sizeof(part))
        return false;
    memcpy(wanted, pattern, strlen(pattern) + 1);
    wanted[strlen(wanted) - only_directory] = '\0';
    /* The path itself, then the directories above it. */
    memcpy(part, path, strlen(path) + 1);
    for (bool is_path = true;; is_path = false) {
        char *slash = strrchr(part, '/');
        const char *tried = is_anchored || slash == NULL ? part : slash + 1;

        if ((!is_path || !only_directory) && mtl_pattern_matches(wanted + (wanted[0] == '/'), tried))
            return true;
        if (slash == NULL)
            return false;
        *slash = '\0';
    }
}
