/*
 * A bundle held to RFC 5280, with a full search over all paths: what is wrong with it whoever the peer is.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/lint.h"

static const struct mtl_store *
trusted(const struct mtl_lint *lint, const struct mtl_subject *subject)
{
    const struct mtl_material *trusts = mtl_subject_trusts(lint, subject);

    if (trusts != NULL)
        return mtl_store_new(lint->arena, &trusts, 1);
    return mtl_store_of(lint->arena, mtl_rule_top_of_chain(lint, subject), 1, NULL, 0);
}

static const struct mtl_verdict *
judge(const struct mtl_lint *lint, const struct mtl_subject *subject)
{
    struct mtl_question question = {
        .policy = &mtl_policy_rfc5280,
        .presented = {subject->material->certs, subject->material->cert_count},
        .store = trusted(lint, subject),
        .subject = subject->role,
        .depth = -1,
        .now = lint->now,
        .budget = mtl_default_budget,
        .crypto = lint->crypto,
    };

    return mtl_path_judge(lint->arena, &question);
}

static bool
is_among(const enum mtl_reason *reasons, enum mtl_reason reason)
{
    while (*reasons != MTL_REASON_NONE && *reasons != reason)
        reasons++;
    return *reasons != MTL_REASON_NONE;
}

const struct mtl_failure *
mtl_rule_failure(const struct mtl_lint *lint, const struct mtl_subject *subject, const enum mtl_reason *reasons,
                 const struct mtl_loaded_cert **blamed)
{
    const struct mtl_verdict *verdict;
    const struct mtl_path *path;

    if (subject->survey == NULL || subject->leaf != 0)
        return NULL;
    if (subject->survey->verdict == NULL)
        subject->survey->verdict = judge(lint, subject);
    verdict = subject->survey->verdict;
    if (verdict->accepted || verdict->path_count == 0)
        return NULL;
    path = &verdict->paths[verdict->decisive];
    for (size_t i = 0; i < path->failure_count; i++) {
        if (!is_among(reasons, path->failures[i].reason))
            continue;
        *blamed = path->certs[path->failures[i].depth];
        return &path->failures[i];
    }
    return NULL;
}
