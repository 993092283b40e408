/*
 * The ground everything stands on: memory, byte slices, text, errors, time.
 *
 * Memory: one session owns one arena; what it hands out lives until the session ends and is never freed alone.
 * Exhausted memory ends the process with a message: every size is limited before it is allocated (see MTL_MAX_*),
 * and half a judgement is worse than none.
 */
#ifndef MTL_BASE_BASE_H
#define MTL_BASE_BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- bytes ---------------------------------------------------------------------------------------------------- */

/* Bytes somebody else owns. An absent slice has data == NULL; an empty one has size == 0. */
struct mtl_slice {
    const uint8_t *data;
    size_t size;
};

/* A part of a larger object: offset and size in bytes. Absent when size == 0 and offset == 0. */
struct mtl_range {
    uint32_t offset;
    uint32_t size;
};

struct mtl_slice mtl_slice_of(const void *data, size_t size);
struct mtl_slice mtl_slice_text(const char *text);
bool mtl_slice_equal(struct mtl_slice a, struct mtl_slice b);
/* Total order: by content, then by length; for sorting and binary search. */
int mtl_slice_compare(struct mtl_slice a, struct mtl_slice b);
/* FNV-1a, 64 bits; stable over runs and machines. Not for untrusted hash tables without a bound on the chain. */
uint64_t mtl_slice_hash(struct mtl_slice bytes);

/* ---- arena ---------------------------------------------------------------------------------------------------- */

struct mtl_arena;

struct mtl_arena *mtl_arena_new(void);
void mtl_arena_free(struct mtl_arena *arena); /* NULL is fine */
/* What other handed out lives as long as arena from now on; other itself is gone. */
void mtl_arena_adopt(struct mtl_arena *arena, struct mtl_arena *other);
/*
 * Takes back all that was handed out since the mark, which was the last one taken and must be of this arena. Nothing
 * may have been adopted in between.
 */
struct mtl_arena_mark {
    size_t chunk_count, used, handed_out;
};
struct mtl_arena_mark mtl_arena_mark(const struct mtl_arena *arena);
void mtl_arena_rewind(struct mtl_arena *arena, struct mtl_arena_mark mark);
/* Zeroed, aligned for any type. Never NULL. size may be 0. */
void *mtl_arena_alloc(struct mtl_arena *arena, size_t size);
/* Like calloc: count * size with overflow checked. */
void *mtl_arena_array(struct mtl_arena *arena, size_t count, size_t size);
struct mtl_slice mtl_arena_copy(struct mtl_arena *arena, struct mtl_slice bytes);
char *mtl_arena_strdup(struct mtl_arena *arena, const char *text);
char *mtl_arena_printf(struct mtl_arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Bytes handed out so far; for memory tests. */
size_t mtl_arena_used(const struct mtl_arena *arena);

/*
 * Room for one more item in a growing array: returns items, or a larger copy of it when count == *capacity
 * (*capacity doubles). items may be NULL with *capacity == 0. The old block stays in the arena.
 */
void *mtl_arena_grow(struct mtl_arena *arena, void *items, size_t count, size_t *capacity, size_t item_size);

/* ---- text ----------------------------------------------------------------------------------------------------- */

/* A growing, NUL-terminated string in an arena. Start from {.arena = a}; .text is "" once anything was added. */
struct mtl_text {
    struct mtl_arena *arena;
    char *text;
    size_t size; /* without the NUL */
    size_t capacity;
};

void mtl_text_add(struct mtl_text *text, const char *addition);
void mtl_text_bytes(struct mtl_text *text, struct mtl_slice bytes);
void mtl_text_printf(struct mtl_text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* "9f:2c:41" in lower case; at most max bytes are shown (0: all), then "..." follows. */
void mtl_text_hex(struct mtl_text *text, struct mtl_slice bytes, size_t max);
/*
 * Untrusted text made safe to print: valid UTF-8 printable characters stay, control, bidi and invalid bytes, and a "#"
 * after a "#", with which orders to CI systems begin, become \xNN or \u{NNNN}; at most max bytes of output (0: no
 * limit), then "..." follows. Returns text owned by the arena.
 */
char *mtl_text_safe(struct mtl_arena *arena, struct mtl_slice bytes, size_t max);
/*
 * The path as one word of a POSIX shell, quoted if need be, never taken for an option. NULL if it is empty or holds
 * what mtl_text_safe() would escape: such a path cannot be shown as it is.
 */
const char *mtl_text_shell_word(struct mtl_arena *arena, const char *path);
/* With _ for each space. */
const char *mtl_text_underscored(struct mtl_arena *arena, const char *text);
/* The candidate nearest to word by edit distance, or NULL when none is near; for "did you mean". */
const char *mtl_text_nearest(const char *word, const char *const *candidates, size_t count);

/*
 * Does the whole path, parts with slashes between, match the pattern of gitignore(5)? "*", "?" and "[a-z]" stay within
 * a part, "**" stands for any number of parts; as the last one, for at least one. Classes ("[:alpha:]") are not known.
 */
bool mtl_pattern_matches(const char *pattern, const char *path);
/*
 * Would a line of .gitignore leave the file out, as itself or with a directory above it? Without "!" and comments.
 * Longer ones than MTL_MAX_PATTERN bytes never do.
 */
bool mtl_pattern_covers(const char *pattern, const char *path);
#define MTL_MAX_PATTERN 4096U

/* ---- errors --------------------------------------------------------------------------------------------------- */

/* Why something could not be done. path and line say where (path empty or line 0: nowhere in particular). */
struct mtl_error {
    char path[512];
    unsigned line;
    char message[512]; /* one sentence, plain: "holds no certificate" */
    char hint[256];    /* what to do; may be empty */
};

/* Sets all of error (which may be NULL) and returns false, so that callers can `return mtl_error_set(...)`. */
bool mtl_error_set(struct mtl_error *error, const char *path, unsigned line, const char *hint, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* ---- time ----------------------------------------------------------------------------------------------------- */

/* Seconds since 1970-01-01T00:00:00Z, proleptic Gregorian, no leap seconds. Covers years 0 to 9999. */
typedef int64_t mtl_time;

/* False when the date does not exist (month 13, February 30, second 60). */
bool mtl_time_from_civil(int year, int month, int day, int hour, int minute, int second, mtl_time *time);
/*
 * "2026-11-23", "2026-11-23T10:55Z", "2026-11-23T10:55:01Z", "2026-11-23 10:55:01", and all that RFC 3339 allows but
 * leap seconds: fractions of a second, which are cut off, and "+02:00" instead of Z. Or an offset from now: "+30d",
 * "-2h", "+15m", "+1w", "+10s", "+1y" (365 days). UTC unless it says otherwise.
 */
bool mtl_time_parse(const char *text, mtl_time now, mtl_time *time, struct mtl_error *error);
/* "2026-11-23T10:55:01Z" */
#define MTL_TIME_TEXT_SIZE 32
const char *mtl_time_text(mtl_time time, char text[static MTL_TIME_TEXT_SIZE]);

#endif
