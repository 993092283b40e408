/*
 * Traits of stacks in words. Internal to src/report.
 *
 * Every field of struct mtl_policy, struct mtl_stack and the structs in them has a line in traits.c,
 * traits_of_names.c or traits_of_endpoints.c: a sentence for what it says, or MTL_TRAIT_ELSEWHERE where a page shows it
 * another way. A new field without a line fails tests/house/traits_have_words.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef MTL_REPORT_TRAITS_H
#define MTL_REPORT_TRAITS_H

#include "report/sheet.h"
#include "stack/stack.h"

enum mtl_trait_kind {
    MTL_TRAIT_KIND_FLAG,      /* set or not */
    MTL_TRAIT_KIND_NUMBER,    /* {} is the number */
    MTL_TRAIT_KIND_MASK,      /* {} is a list of the names of its bits */
    MTL_TRAIT_KIND_CHOICE,    /* names holds a sentence per value */
    MTL_TRAIT_KIND_POINTER,   /* there or not */
    MTL_TRAIT_KIND_TEXT,      /* {} is the text; NULL: nothing is said */
    MTL_TRAIT_KIND_ELSEWHERE, /* no sentence */
};
struct mtl_trait {
    const char *field;
    size_t offset, size; /* in its struct */
    enum mtl_trait_kind kind;
    const char *set, *unset; /* sentences for a value other than 0, and for 0; NULL: nothing is said */
    const char *const *names;
    size_t name_count;
};
struct mtl_trait_list {
    const char *title;
    size_t base; /* of the struct in struct mtl_stack */
    const struct mtl_trait *traits;
    size_t count;
};

#define MTL_TRAIT_AT(type, field) #field, offsetof(struct type, field), sizeof(((struct type *)0)->field)
#define MTL_TRAIT_FLAG(type, field, set, unset)                                                                        \
    {                                                                                                                  \
        MTL_TRAIT_AT(type, field), MTL_TRAIT_KIND_FLAG, set, unset, NULL, 0                                            \
    }
#define MTL_TRAIT_NUMBER(type, field, set, unset)                                                                      \
    {                                                                                                                  \
        MTL_TRAIT_AT(type, field), MTL_TRAIT_KIND_NUMBER, set, unset, NULL, 0                                          \
    }
#define MTL_TRAIT_MASK(type, field, names, set, unset)                                                                 \
    {                                                                                                                  \
        MTL_TRAIT_AT(type, field), MTL_TRAIT_KIND_MASK, set, unset, names, sizeof(names) / sizeof((names)[0])          \
    }
#define MTL_TRAIT_CHOICE(type, field, sentences)                                                                       \
    {                                                                                                                  \
        MTL_TRAIT_AT(type, field), MTL_TRAIT_KIND_CHOICE, NULL, NULL, sentences,                                       \
            sizeof(sentences) / sizeof((sentences)[0])                                                                 \
    }
#define MTL_TRAIT_POINTER(type, field, set, unset)                                                                     \
    {                                                                                                                  \
        MTL_TRAIT_AT(type, field), MTL_TRAIT_KIND_POINTER, set, unset, NULL, 0                                         \
    }
#define MTL_TRAIT_TEXT(type, field, set)                                                                               \
    {                                                                                                                  \
        MTL_TRAIT_AT(type, field), MTL_TRAIT_KIND_TEXT, set, NULL, NULL, 0                                             \
    }
#define MTL_TRAIT_ELSEWHERE(type, field)                                                                               \
    {                                                                                                                  \
        MTL_TRAIT_AT(type, field), MTL_TRAIT_KIND_ELSEWHERE, NULL, NULL, NULL, 0                                       \
    }

/* Names of bits. */
extern const char *const mtl_key_usage_names[9];
extern const char *const mtl_key_names[9], *const mtl_curve_names[12], *const mtl_digest_names[14];

/* How it searches, what it asks of certificates, names, constraints, certificate policies; and as an endpoint: files,
 * keys, peers. */
extern const struct mtl_trait_list mtl_policy_traits, mtl_name_traits, mtl_constraint_traits,
    mtl_certificate_policy_traits, mtl_reading_traits, mtl_endpoint_traits;

/* A section with one item per sentence; nothing if there is none. */
void mtl_sheet_traits(struct mtl_sheet *sheet, const struct mtl_stack *stack, const struct mtl_trait_list *list);
/* "RSA, EC" */
const char *mtl_mask_text(struct mtl_arena *arena, uint32_t mask, const char *const *names, size_t count);

#endif
