/*
 * Is a corrected bundle right, and better than the original? Told by the rules and by every stack.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/mend.h"

#include <string.h>

struct findings {
    const struct mtl_finding *const *items;
    size_t count;
};

/* ---- by the rules --------------------------------------------------------------------------------------------- */

/* All that there is to say about one bundle of lint's files. */
static struct findings
lint_bundle(const struct mtl_mending *mending, const struct mtl_lint *lint, const char *path)
{
    const struct mtl_input *file = mtl_rule_file(lint, path);
    struct mtl_report *report = mtl_report_new(lint);
    struct mtl_subject subject = {.scope = MTL_SCOPE_FILE, .material = file->material, .use = file->use};
    struct findings findings;

    mtl_report_run(report, &subject, NULL);
    subject = mtl_subject_of_bundle(lint, mending->request, mtl_keyring_new(lint), file);
    mtl_report_run_bundle(report, lint, subject, mending->trust);
    subject.scope = MTL_SCOPE_CERT;
    for (size_t i = 0; i < file->material->cert_count; i++) {
        subject.cert = &file->material->certs[i];
        mtl_report_run(report, &subject, NULL);
    }
    findings.items = mtl_report_findings(report, &findings.count);
    return findings;
}

static bool
holds(const struct findings *findings, const struct mtl_finding *wanted)
{
    for (size_t i = 0; i < findings->count; i++) {
        const struct mtl_finding *finding = findings->items[i];

        if (finding->rule == wanted->rule &&
            (finding->cert == wanted->cert ||
             (finding->cert != NULL && wanted->cert != NULL && mtl_cert_same(finding->cert, wanted->cert))))
            return true;
    }
    return false;
}

static bool
is_of(const struct mtl_finding *finding, const char *family)
{
    return strncmp(finding->rule->code, family, strlen(family)) == 0;
}

/* What another choice and order of certificates can change: the chain, the verdict, the dates of issuers. */
static bool
is_about_chain(const struct mtl_finding *finding)
{
    return is_of(finding, "MTL1") || is_of(finding, "MTL5") || (is_of(finding, "MTL6") && finding->cert != NULL);
}

static void
tell_gone(struct mtl_mending *mending, const struct findings *before, const struct findings *after)
{
    const struct mtl_finding **gone = mtl_arena_array(mending->lint.arena, before->count, sizeof(*gone));
    size_t count = 0;

    mending->out->was_clean = true;
    for (size_t i = 0; i < before->count; i++) {
        if (!is_about_chain(before->items[i]))
            continue;
        mending->out->was_clean = false;
        if (!holds(after, before->items[i]))
            gone[count++] = before->items[i];
    }
    mending->out->gone = gone;
    mending->out->gone_count = count;
}

/* Somebody decided to live with it: a comment in the original hides it. */
static bool
is_suppressed(const struct mtl_mending *mending, struct mtl_suppressions *list, const struct findings *before,
              const struct mtl_finding *finding)
{
    for (size_t i = 0; i < before->count; i++) {
        const struct findings one = {&before->items[i], 1};

        if (holds(&one, finding) && mtl_suppressions_find(&mending->lint, list, before->items[i]) != NULL)
            return true;
    }
    return false;
}

static void
tell_left(struct mtl_mending *mending, const struct findings *before, const struct findings *after)
{
    const struct mtl_finding **left = mtl_arena_array(mending->lint.arena, after->count, sizeof(*left));
    struct mtl_suppressions list = mtl_suppressions_read(&mending->lint, mending->request);
    size_t count = 0;

    for (size_t i = 0; i < after->count; i++) {
        if (after->items[i]->severity != MTL_INFO && !is_suppressed(mending, &list, before, after->items[i]))
            left[count++] = after->items[i];
    }
    mending->out->left = left;
    mending->out->left_count = count;
}

static bool
leaves_errors(const struct mtl_mended *mended)
{
    for (size_t i = 0; i < mended->left_count; i++) {
        if (mended->left[i]->severity == MTL_ERROR)
            return true;
    }
    return false;
}

/* Something is said about the result's chain that is not said of the original's. */
static bool
adds_defects(const struct mtl_mended *mended, const struct findings *before)
{
    for (size_t i = 0; i < mended->left_count; i++) {
        bool is_old = false;

        for (size_t j = 0; j < before->count; j++)
            is_old |= before->items[j]->rule == mended->left[i]->rule;
        if (!is_old && is_of(mended->left[i], "MTL1"))
            return true;
    }
    return false;
}

/* ---- by the stacks -------------------------------------------------------------------------------------------- */

bool
mtl_mended_assumes_root(const struct mtl_mended *mended)
{
    return mended->failure == MTL_MEND_DONE && mended->top != NULL && mended->reception_count == 0;
}

size_t
mtl_receptions_accepted(const struct mtl_reception *receptions, size_t count)
{
    size_t accepted = 0;

    for (size_t i = 0; i < count; i++)
        accepted += receptions[i].outcome == MTL_ESTABLISHED;
    return accepted;
}

const struct mtl_reception *
mtl_reception_of(const struct mtl_reception *receptions, size_t count, const struct mtl_stack *stack)
{
    for (size_t i = 0; i < count; i++) {
        if (receptions[i].stack == stack)
            return &receptions[i];
    }
    return NULL;
}

/* Does some stack accept the chain of one, and not that of the other? */
static bool
is_lost(const struct mtl_reception *from, const struct mtl_reception *to, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (from[i].outcome == MTL_ESTABLISHED && to[i].outcome != MTL_ESTABLISHED)
            return true;
    }
    return false;
}

static void
ask_stacks(struct mtl_mending *mending)
{
    const struct mtl_material *original = mending->bundle.material, *result = mending->out->result;
    struct mtl_mended *out = mending->out;

    out->before =
        mtl_mending_show(mending, (struct mtl_chain){original->certs, original->cert_count}, &out->reception_count);
    out->after =
        mtl_mending_show(mending, (struct mtl_chain){result->certs, result->cert_count}, &out->reception_count);
}

/* ---- what stands in the way ----------------------------------------------------------------------------------- */

static bool
is_about_trust(enum mtl_reason reason)
{
    return reason == MTL_REASON_NO_ISSUER || reason == MTL_REASON_NO_ISSUER_OF_ANCHOR ||
           reason == MTL_REASON_LEAF_UNVERIFIED || reason == MTL_REASON_SELF_SIGNED_LEAF ||
           reason == MTL_REASON_SELF_SIGNED_IN_CHAIN;
}

/* A root above the leaf, in some file, that the trust store lacks. */
static const struct mtl_loaded_cert *
find_untrusted(const struct mtl_mending *mending)
{
    struct mtl_climb *climb = mtl_arena_alloc(mending->lint.arena, sizeof(*climb));

    mtl_subject_climb(&mending->lint, &mending->bundle, climb);
    for (size_t i = 0; i < climb->count; i++) {
        bool is_trusted = false;

        if (!mtl_cert_is_self_signed(climb->certs[i].cert))
            continue;
        for (size_t j = 0; j < mending->trust->cert_count; j++)
            is_trusted |= mtl_cert_same(mending->trust->certs[j].cert, climb->certs[i].cert);
        if (!is_trusted)
            return &climb->certs[i];
    }
    return NULL;
}

/* With a trust store given, its stack is to accept the result. */
static enum mtl_mend_failure
tell_rejection(struct mtl_mending *mending, const struct mtl_reception *reception)
{
    struct mtl_mended *out = mending->out;

    if (reception->outcome == MTL_ESTABLISHED)
        return MTL_MEND_DONE;
    if (reception->outcome != MTL_HANDSHAKE_REJECTED || !is_about_trust(reception->reason))
        return MTL_MEND_REJECTED;
    out->untrusted = find_untrusted(mending);
    if (out->untrusted != NULL)
        return MTL_MEND_WIDER_TRUST;
    return out->top != NULL ? MTL_MEND_MISSING_ISSUER : MTL_MEND_REJECTED;
}

/* Of several leaves, the result holds the one that is meant. */
static bool
tells_leaf(const struct mtl_mending *mending)
{
    return mending->bundle.key_is_named && mtl_subject_leaf_count(&mending->bundle) > 1;
}

static enum mtl_mend_failure
tell_failure(struct mtl_mending *mending, const struct findings *before)
{
    struct mtl_mended *out = mending->out;
    const struct mtl_reception *judge = mtl_reception_of(out->after, out->reception_count, out->stack);
    enum mtl_mend_failure failure =
        mending->trust != NULL && judge != NULL ? tell_rejection(mending, judge) : MTL_MEND_DONE;
    bool is_accepted = mending->trust != NULL && judge != NULL && failure == MTL_MEND_DONE;

    if (failure != MTL_MEND_DONE)
        return failure;
    if (!is_accepted && mtl_plan_gap(&mending->lint, &mending->bundle, &mending->plan) != NULL)
        return MTL_MEND_MISSING_ISSUER;
    if (leaves_errors(out))
        return MTL_MEND_ERRORS;
    if (is_lost(out->before, out->after, out->reception_count) || adds_defects(out, before))
        return MTL_MEND_NOT_BETTER;
    if (!out->is_needless && !tells_leaf(mending) && out->gone_count == 0 &&
        !is_lost(out->after, out->before, out->reception_count))
        return MTL_MEND_NOT_BETTER;
    return MTL_MEND_DONE;
}

void
mtl_mending_prove(struct mtl_mending *mending)
{
    struct mtl_mended *out = mending->out;
    const struct findings before = lint_bundle(mending, &mending->lint, out->original->path);
    const struct findings after = lint_bundle(mending, &mending->after, out->result->path);

    tell_gone(mending, &before, &after);
    tell_left(mending, &before, &after);
    ask_stacks(mending);
    out->top = mtl_plan_top(&mending->lint, &mending->plan);
    out->failure = tell_failure(mending, &before);
}
