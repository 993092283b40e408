/*
 * Which stacks reject a certificate for one defect of its own: those that say so of its bundle, or else those whose
 * decoder refuses it.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "handshake/survey.h"
#include "lint/lint.h"

#include <string.h>

struct inquiry {
    const struct mtl_lint *lint;
    const struct mtl_subject *subject;
    const struct mtl_defect *defect;
    const struct mtl_stack **stacks; /* that are hit */
    size_t count, asked;
    const char *quote; /* what one of them says; NULL: nothing is known */
};

static bool
is_reason(const struct mtl_defect *defect, enum mtl_reason reason)
{
    for (size_t i = 0; i < MTL_MAX_DEFECT && defect->reasons[i] != MTL_REASON_NONE; i++)
        if (defect->reasons[i] == reason)
            return true;
    return false;
}

static bool
is_oddity(const struct mtl_defect *defect, const struct mtl_reading_oddity *found)
{
    for (size_t i = 0; found != NULL && i < MTL_MAX_DEFECT && defect->oddities[i] != MTL_ODD_NOTHING; i++)
        if (defect->oddities[i] == found->oddity)
            return true;
    return false;
}

/* Why the stack refuses to decode the certificate, if it is for this defect; otherwise MTL_REASON_NONE. */
static enum mtl_reason
refusal(const struct inquiry *inquiry, const struct mtl_stack *stack)
{
    const struct mtl_cert *cert = inquiry->subject->cert->cert;
    const struct mtl_reading *reading = &stack->reading;
    enum mtl_reason reason = mtl_reading_refusal(reading, cert, inquiry->subject->use == MTL_USE_STORE);

    if (reason == MTL_REASON_MALFORMED && is_oddity(inquiry->defect, mtl_reading_find_oddity(reading, cert)))
        return reason;
    return is_reason(inquiry->defect, reason) ? reason : MTL_REASON_NONE;
}

/* What its decoder makes of the defect is not known. */
static bool
is_doubted(const struct inquiry *inquiry, const struct mtl_stack *stack)
{
    const struct mtl_reading_oddity *oddity = mtl_reading_find_oddity(&stack->reading, inquiry->subject->cert->cert);

    return is_oddity(inquiry->defect, oddity) && oddity->doubt != NULL;
}

/* What the stack says of it; NULL if that is not known. */
static const char *
words_of(const struct inquiry *inquiry, const struct mtl_stack *stack, enum mtl_reason reason)
{
    const struct mtl_reading_oddity *oddity = mtl_reading_find_oddity(&stack->reading, inquiry->subject->cert->cert);
    const struct mtl_stack_reason *row = mtl_stack_reason(stack, reason);

    if (is_oddity(inquiry->defect, oddity) && oddity->text != NULL)
        return oddity->text;
    if (row == NULL)
        return NULL;
    return row->native_text != NULL ? row->native_text : row->native_name;
}

static void
add_hit(struct inquiry *inquiry, const struct mtl_stack *stack, enum mtl_reason reason)
{
    const char *words = words_of(inquiry, stack, reason);
    size_t size = words == NULL ? 0 : strlen(words);

    inquiry->stacks[inquiry->count++] = stack;
    while (size > 0 && strchr(": .", words[size - 1]) != NULL)
        size--;
    if (size > 0 && (inquiry->quote == NULL || stack == inquiry->lint->stack))
        inquiry->quote =
            mtl_arena_printf(inquiry->lint->arena, "%s rejects it: \"%.*s\".", stack->title, (int)size, words);
}

/* A reader that hides why it gave up is taken at the word of its decoder. */
static bool
is_rejected(const struct inquiry *inquiry, const struct mtl_reception *reception)
{
    if (reception->outcome != MTL_HANDSHAKE_REJECTED || reception->certificate == NULL ||
        !mtl_cert_same(reception->certificate->cert, inquiry->subject->cert->cert))
        return false;
    return is_reason(inquiry->defect, reception->reason) || refusal(inquiry, reception->stack) != MTL_REASON_NONE;
}

static void
ask_peers(struct inquiry *inquiry, const struct mtl_reception *receptions, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        inquiry->asked += receptions[i].outcome != MTL_UNDETERMINED;
        if (is_rejected(inquiry, &receptions[i]))
            add_hit(inquiry, receptions[i].stack, receptions[i].reason);
    }
}

static void
ask_decoders(struct inquiry *inquiry)
{
    const struct mtl_stack *stack;
    size_t cursor = 0;

    inquiry->asked = 0;
    while ((stack = mtl_stack_next_surveyed(&cursor)) != NULL) {
        enum mtl_reason reason = refusal(inquiry, stack);

        inquiry->asked += !is_doubted(inquiry, stack);
        if (reason != MTL_REASON_NONE)
            add_hit(inquiry, stack, reason);
    }
}

static void
ask(struct inquiry *inquiry)
{
    const struct mtl_reception *receptions = NULL;
    size_t count = 0;

    inquiry->stacks = mtl_arena_array(inquiry->lint->arena, mtl_stack_count(), sizeof(*inquiry->stacks));
    if (inquiry->subject->use == MTL_USE_BUNDLE)
        receptions = mtl_survey_receptions(inquiry->lint, inquiry->subject, &count);
    ask_peers(inquiry, receptions, count);
    /* Peers that reject the bundle for something else first, or never look at this certificate, have not answered. */
    if (inquiry->count == 0)
        ask_decoders(inquiry);
}

enum mtl_reach
mtl_report_defect(const struct mtl_lint *lint, struct mtl_report *report, const struct mtl_subject *subject,
                  const struct mtl_defect *defect)
{
    struct inquiry inquiry = {.lint = lint, .subject = subject, .defect = defect};
    struct mtl_hits hits;
    enum mtl_reach reach;

    ask(&inquiry);
    hits = (struct mtl_hits){.stacks = inquiry.stacks, .count = inquiry.count, .asked = inquiry.asked};
    reach = mtl_hits_reach(lint, &hits);
    mtl_report_grade(report, hits);
    if (reach == MTL_REACH_MOST && subject->use == MTL_USE_STORE)
        mtl_report_severity(report, MTL_WARNING);
    if (inquiry.quote != NULL)
        mtl_report_why(report, "%s", inquiry.quote);
    return reach;
}
