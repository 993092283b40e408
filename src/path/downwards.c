/*
 * The search that verifies what was presented one by one, from the last certificate to the first. Each needs an issuer
 * among the trusted certificates and the CAs verified before it. Whatever fails is fatal, wherever it stands, except
 * that a CA without an issuer is passed over. SPDX-License-Identifier: Apache-2.0
 */
#include "path/judgement.h"

#include <string.h>

#define NONE SIZE_MAX
#define NO_LIMIT 127      /* intermediates below a self-issued CA */
#define ROWS 11           /* of the table of CAs, see find_by_name() */
#define MOST_NAMESAKES 64 /* CAs of one name; nothing is known of more */

/* A CA that may issue: the trusted ones, then those of the chain, as they are verified. */
struct signer {
    const struct mtl_loaded_cert *cert;
    uint8_t id[MTL_SHORT_KEY_ID];
};

struct search {
    struct judgement *judgement;
    struct signer *signers;
    size_t count, trusted_count;
    struct working_path path; /* that of the first failure, or of the leaf */
};

static bool
is_self_issued(const struct mtl_cert *cert)
{
    return mtl_slice_equal(mtl_cert_bytes(cert, cert->issuer), mtl_cert_bytes(cert, cert->subject));
}

/* ---- issuers ---------------------------------------------------------------------------------------------------- */

static void
add_signer(struct search *search, const struct mtl_loaded_cert *cert)
{
    struct signer *signer = &search->signers[search->count++];

    signer->cert = cert;
    mtl_cert_short_key_id(cert->cert, signer->id);
}

/* The first one counts: another one with its key id is not added. */
static size_t
find_by_id(const struct search *search, const uint8_t *id, size_t before)
{
    for (size_t i = 0; i < before; i++)
        if (memcmp(search->signers[i].id, id, MTL_SHORT_KEY_ID) == 0)
            return i;
    return NONE;
}

static bool
bears_name(const struct search *search, size_t signer, const struct mtl_cert *subject)
{
    const struct mtl_cert *cert = search->signers[signer].cert->cert;

    return mtl_slice_equal(mtl_cert_bytes(cert, cert->subject), mtl_cert_bytes(subject, subject->issuer));
}

/* CAs lie in rows by their key ids; the first row that has one of the name decides, and in it the one added last. */
static size_t
find_by_name(const struct search *search, const struct mtl_cert *subject, size_t before)
{
    size_t found = NONE, namesakes = 0;
    uint32_t best = ROWS;

    for (size_t i = 0; i < before && namesakes < MOST_NAMESAKES; i++) {
        const uint8_t *id = search->signers[i].id;
        uint32_t row = ((uint32_t)id[0] << 24 | (uint32_t)id[1] << 16 | (uint32_t)id[2] << 8 | id[3]) % ROWS;

        if (!bears_name(search, i, subject) || find_by_id(search, id, i) != NONE)
            continue;
        namesakes++;
        if (row > best)
            continue;
        best = row;
        found = i;
    }
    if (namesakes == MOST_NAMESAKES)
        search->judgement->verdict->undetermined = "too many trusted certificates bear one name";
    return found;
}

/* Of the signers before that one. With a key id of its issuer, only that issuer will do. */
static size_t
find_issuer(const struct search *search, const struct mtl_cert *subject, size_t before)
{
    bool has_authority = subject->authority_key_id.size > 0;
    uint8_t id[MTL_SHORT_KEY_ID];
    size_t found = NONE;

    if (has_authority) {
        mtl_key_id_shorten(mtl_cert_bytes(subject, subject->authority_key_id), id);
        found = find_by_id(search, id, before);
    }
    if (found == NONE && subject->subject_key_id.size > 0) { /* perhaps it is trusted itself */
        mtl_key_id_shorten(mtl_cert_bytes(subject, subject->subject_key_id), id);
        found = find_by_id(search, id, before);
    }
    if (found != NONE && !bears_name(search, found, subject))
        found = NONE;
    return found == NONE && !has_authority ? find_by_name(search, subject, before) : found;
}

static bool
is_usable_anchor(const struct judgement *judgement, const struct mtl_loaded_cert *anchor)
{
    return mtl_cert_is_valid_at(judgement->policy, anchor->cert, judgement->question->now);
}

static void
add_anchors(struct search *search, size_t presented)
{
    const struct mtl_pool *anchors = search->judgement->question->store->anchors;
    size_t count = mtl_pool_count(anchors);

    search->signers = mtl_arena_array(search->judgement->arena, count + presented, sizeof(*search->signers));
    for (size_t i = 0; i < count; i++)
        if (is_usable_anchor(search->judgement, mtl_pool_at(anchors, i)))
            add_signer(search, mtl_pool_at(anchors, i));
    search->trusted_count = search->count;
}

/* ---- path length ------------------------------------------------------------------------------------------------ */

/* How many CAs may follow below one whose issuer lets that many follow. */
static int32_t
limit_below(const struct mtl_cert *cert, int32_t above)
{
    int32_t left = above > 0 ? above - 1 : 0;

    if (!cert->is_ca)
        return cert->path_length >= 0 ? cert->path_length : 0;
    return cert->path_length >= 0 && cert->path_length < above ? cert->path_length : left;
}

/* A self-issued CA starts anew, whatever it says itself; a trusted one that is neither lets nobody follow. */
static int32_t
limit_of(const struct search *search, size_t signer)
{
    size_t chain[NO_LIMIT];
    size_t count = 0, at = signer;

    while (at != NONE && count < NO_LIMIT && !is_self_issued(search->signers[at].cert->cert)) {
        chain[count++] = at;
        at = find_issuer(search, search->signers[at].cert->cert, at);
    }
    int32_t limit = at != NONE && is_self_issued(search->signers[at].cert->cert) ? NO_LIMIT : -1;
    while (count > 0) {
        const struct mtl_cert *cert = search->signers[chain[--count]].cert->cert;

        limit = limit < 0 ? 0 : limit_below(cert, limit);
    }
    return limit;
}

/* ---- judging ---------------------------------------------------------------------------------------------------- */

/* The chain as sent up to that certificate, then its issuers up to a trusted one. */
static struct working_path
make_path(const struct search *search, size_t place, size_t issuer)
{
    const struct mtl_chain *presented = &search->judgement->question->presented;
    struct working_path path = {.presented_count = place + 1};

    for (size_t i = 0; i <= place; i++)
        mtl_path_push(search->judgement, &path, &presented->certs[i]);
    for (size_t at = issuer; at != NONE;) {
        const struct mtl_loaded_cert *cert = search->signers[at].cert;

        mtl_path_push(search->judgement, &path, cert);
        path.anchored = at < search->trusted_count;
        path.presented_count += !path.anchored;
        at = path.anchored ? NONE : find_issuer(search, cert->cert, at);
    }
    return path;
}

/* Notes the first failure on a path; the path of the first of all is kept. */
static void
note(struct search *search, const struct working_path *path)
{
    struct mtl_failure first = path->failures[0];

    if (search->path.failure_count == 0) {
        search->path = *path;
        mtl_path_forget_failures(&search->path);
    }
    mtl_path_fail(search->judgement, &search->path, &first);
}

/* A critical extension that is not known is a failure among the steps. */
static enum mtl_reason
cannot_read(const struct search *search, const struct mtl_cert *cert)
{
    const struct mtl_question *question = search->judgement->question;
    enum mtl_reason reason = mtl_reading_refusal(question->reading, cert, false);
    const struct mtl_reading_oddity *oddity = mtl_reading_find_oddity(question->reading, cert);

    if (oddity != NULL && oddity->doubt != NULL)
        search->judgement->verdict->undetermined = oddity->doubt;
    return reason == MTL_REASON_CRITICAL_EXTENSION ? MTL_REASON_NONE : reason;
}

static enum mtl_reason
find_fault(const struct search *search, size_t place, size_t issuer)
{
    const struct mtl_cert *cert = search->judgement->question->presented.certs[place].cert;
    enum mtl_reason reason = place == 0 ? MTL_REASON_NONE : cannot_read(search, cert);

    if (reason != MTL_REASON_NONE)
        return reason;
    if (issuer == NONE)
        return place == 0 && is_self_issued(cert) ? MTL_REASON_SELF_SIGNED_LEAF : MTL_REASON_NO_ISSUER;
    if (cert->is_ca && !is_self_issued(cert) && limit_of(search, issuer) == 0)
        return MTL_REASON_PATH_LENGTH;
    return MTL_REASON_NONE;
}

/* A CA that was sent must say that it may sign certificates, unless one with its key is there already. */
static bool
is_admitted(const struct search *search, const struct mtl_cert *cert)
{
    uint8_t id[MTL_SHORT_KEY_ID];

    mtl_cert_short_key_id(cert, id);
    return is_self_issued(cert) || (cert->key_usage & MTL_KU_KEY_CERT_SIGN) != 0 ||
           (cert->authority_key_id.size > 0 && find_by_id(search, id, search->count) != NONE);
}

/* False: it failed. */
static bool
verify(struct search *search, size_t place)
{
    const struct mtl_loaded_cert *loaded = &search->judgement->question->presented.certs[place];
    size_t issuer = find_issuer(search, loaded->cert, search->count);
    enum mtl_reason fault = find_fault(search, place, issuer);
    struct working_path path = make_path(search, place, issuer);

    if (place > 0 && fault == MTL_REASON_NO_ISSUER && loaded->cert->is_ca)
        return true;
    if (fault != MTL_REASON_NONE)
        mtl_path_fail(search->judgement, &path, &(struct mtl_failure){.reason = fault, .depth = place});
    else
        mtl_path_run_at(search->judgement, &path, place);
    if (place == 0 && path.failure_count == 0)
        mtl_path_run_found(search->judgement, &path);
    if (place > 0 && path.failure_count == 0 && loaded->cert->is_ca) {
        if (is_admitted(search, loaded->cert))
            add_signer(search, loaded);
        else
            mtl_path_fail(search->judgement, &path,
                          &(struct mtl_failure){.reason = MTL_REASON_NO_CERT_SIGN, .depth = place});
    }
    if (path.failure_count > 0)
        note(search, &path);
    else if (place == 0 && search->path.failure_count == 0)
        search->path = path;
    return path.failure_count == 0;
}

/* A leaf that is trusted itself: nothing sent is verified. */
static void
judge_pinned(struct search *search, const struct mtl_loaded_cert *pinned)
{
    search->path = (struct working_path){.anchored = true};
    mtl_path_push(search->judgement, &search->path, pinned);
    mtl_path_run_found(search->judgement, &search->path);
}

/* A second failure in a row, just above the leaf, is the end. */
static void
judge_chain(struct search *search, size_t count)
{
    size_t failures = 0;

    for (size_t place = count - 1; place > 0; place--)
        if (!verify(search, place) && ++failures > 1 && place == 1)
            return;
    verify(search, 0);
}

void
mtl_path_search_downwards(struct judgement *judgement)
{
    const struct mtl_chain *presented = &judgement->question->presented;
    const struct mtl_loaded_cert *pinned = mtl_trusted_twin(judgement, presented->certs[0].cert);
    size_t most = (size_t)judgement->policy->default_depth + 1;
    size_t count = presented->count < most ? presented->count : most;
    struct mtl_verdict *verdict = judgement->verdict;
    struct search search = {.judgement = judgement};

    if (pinned != NULL && is_usable_anchor(judgement, pinned)) {
        judge_pinned(&search, pinned);
    } else {
        add_anchors(&search, count);
        judge_chain(&search, count);
    }
    verdict->decisive = mtl_path_keep(judgement, &search.path);
    verdict->accepted = search.path.failure_count == 0;
    if (verdict->accepted && count < presented->count)
        verdict->undetermined = "more certificates were sent than the verifier looks at";
}
