/*
 * When a pair that works now breaks: a declared handshake, or a bundle and its trust store.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/lint.h"

/* The bundle judged at that moment. */
static const struct mtl_verdict *
judge_at(const struct mtl_lint *lint, const struct mtl_subject *subject, mtl_time at)
{
    struct mtl_lint then = *lint;
    struct mtl_subject trial = *subject;

    then.now = at;
    mtl_subject_judge(&then, &trial);
    return trial.verdict;
}

static bool
is_rejected(const struct mtl_verdict *verdict)
{
    return verdict->undetermined == NULL && !verdict->accepted;
}

static bool
break_of_pair(const struct mtl_lint *lint, const struct mtl_subject *subject, mtl_time until, struct mtl_broken *out)
{
    struct mtl_dates dates = mtl_dates_of(lint->arena, &subject->material, 1, &subject->trust, 1, lint->now, until);

    if (subject->verdict->undetermined != NULL || !subject->verdict->accepted)
        return false;
    for (size_t i = 0; i < dates.count; i++) {
        for (mtl_time at = dates.items[i].at; at <= dates.items[i].at + 1; at++) {
            const struct mtl_verdict *verdict = at > lint->now ? judge_at(lint, subject, at) : subject->verdict;

            if (!is_rejected(verdict))
                continue;
            *out = (struct mtl_broken){.at = at, .date = dates.items[i], .reason = verdict->failure.reason};
            return true;
        }
    }
    return false;
}

static bool
break_of_connection(const struct mtl_lint *lint, const struct mtl_subject *subject, mtl_time until,
                    struct mtl_broken *out)
{
    const struct mtl_connection *connection = subject->connection;
    struct mtl_first_break found;

    if (subject->endings->versions == 0 ||
        !mtl_handshake_first_break(lint->arena, connection->question, subject->endings->matrix,
                                   subject->endings->versions, until, &found))
        return false;
    *out = (struct mtl_broken){
        .at = found.at, .date = found.date, .reason = found.transcript->reason, .transcript = found.transcript};
    return true;
}

bool
mtl_rule_first_break(const struct mtl_lint *lint, const struct mtl_subject *subject, mtl_time until,
                     struct mtl_broken *out)
{
    return subject->scope == MTL_SCOPE_HANDSHAKE ? break_of_connection(lint, subject, until, out)
                                                 : break_of_pair(lint, subject, until, out);
}

/* As mtl_rule_expires_soon() has it: what lives shorter than the horizon is renewed by a machine. */
bool
mtl_rule_is_due(const struct mtl_lint *lint, const struct mtl_date *date)
{
    mtl_time begin = date->cert != NULL ? date->cert->cert->not_before : date->crl->crl->this_update;
    mtl_time lifetime = date->at - begin;

    return lifetime > lint->horizon || date->at - lint->now < lifetime / 3;
}
