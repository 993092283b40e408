/*
 * Fixes for a path that does not reach a trusted certificate: send the missing intermediates, trust the missing root.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "handshake/fix.h"

#include <string.h>

#define MAX_CLIMB 8U
#define MAX_NAMESAKES 64U /* candidates whose key is tried per certificate */

/* What lies between the rejected chain and a root, found among all files. */
struct climb {
    struct mtl_loaded_cert missing[MAX_CLIMB]; /* intermediates, in order */
    size_t missing_count;
    struct mtl_loaded_cert root;
    bool root_is_trusted;
};

static bool
is_about_issuers(enum mtl_reason reason)
{
    return reason == MTL_REASON_NO_ISSUER || reason == MTL_REASON_NO_ISSUER_OF_ANCHOR ||
           reason == MTL_REASON_LEAF_UNVERIFIED || reason == MTL_REASON_SELF_SIGNED_LEAF ||
           reason == MTL_REASON_SELF_SIGNED_IN_CHAIN || reason == MTL_REASON_SIGNATURE;
}

/* Trusted ones are best, then those that are valid now. */
static const struct mtl_loaded_cert *
find_issuer(const struct mtl_fixer *fixer, const struct mtl_cert *cert)
{
    const struct mtl_material *trusts = mtl_fixer_verifier(fixer)->trusts;
    const struct mtl_loaded_cert *candidate, *best = NULL;
    size_t cursor = 0, tried = 0;
    int best_rank = -1;

    while ((candidate = mtl_pool_next(fixer->everything, mtl_cert_bytes(cert, cert->issuer), cert->issuer_hash,
                                      &cursor)) != NULL) {
        int rank;

        if (mtl_cert_may_issue(candidate->cert, cert) != MTL_ISSUER_OK)
            continue;
        if (tried++ == MAX_NAMESAKES)
            break;
        rank = mtl_material_holds(trusts, candidate->cert) * 2 + mtl_fixer_is_valid_now(fixer, candidate->cert);
        if (rank <= best_rank ||
            mtl_crypto_verify(fixer->question->crypto, cert, candidate->cert) != MTL_SIGNATURE_GOOD)
            continue;
        best = candidate;
        best_rank = rank;
    }
    return best;
}

/*
 * Where the chain as presented ends; for a trusted intermediate without its root, that one; for a signature that does
 * not verify, the certificate that bears it, because a namesake was taken for its issuer.
 */
static const struct mtl_loaded_cert *
top_of(const struct mtl_fixer *fixer)
{
    const struct mtl_verdict *verdict = fixer->failed->verdict[fixer->failed->rejected_by];
    const struct mtl_path *path;

    if (verdict == NULL || verdict->path_count == 0)
        return NULL;
    path = &verdict->paths[verdict->decisive];
    if (path->count == 0)
        return NULL;
    if (fixer->failed->reason == MTL_REASON_SIGNATURE)
        return fixer->failed->certificate;
    if (fixer->failed->reason == MTL_REASON_NO_ISSUER_OF_ANCHOR || path->presented_count == 0)
        return path->certs[path->count - 1];
    return path->certs[path->presented_count - 1];
}

/* Up to a self-signed certificate; false if the files do not lead there. */
static bool
climb_from(const struct mtl_fixer *fixer, const struct mtl_loaded_cert *top, struct climb *climb)
{
    const struct mtl_material *trusts = mtl_fixer_verifier(fixer)->trusts;

    for (climb->missing_count = 0; climb->missing_count < MAX_CLIMB;) {
        if (mtl_cert_is_self_signed(top->cert)) {
            climb->root = *top;
            climb->root_is_trusted = mtl_material_holds(trusts, top->cert);
            if (climb->missing_count > 0)
                climb->missing_count--;
            return true;
        }
        top = find_issuer(fixer, top->cert);
        if (top == NULL)
            return false;
        climb->missing[climb->missing_count++] = *top;
    }
    return false;
}

/* "Acme Clients CA 2026, Acme Root" */
static const char *
names_of(struct mtl_arena *arena, const struct mtl_loaded_cert *certs, size_t count)
{
    struct mtl_text text = {.arena = arena};

    for (size_t i = 0; i < count; i++)
        mtl_text_printf(&text, "%s%s", i == 0 ? "" : ", ",
                        mtl_name_label(arena, mtl_cert_bytes(certs[i].cert, certs[i].cert->subject)));
    return text.text;
}

/* The file to write: what the owner presents, then what is missing. */
static const char *
send_command(struct mtl_fixer *fixer, const struct mtl_material *extended, const char **out)
{
    *out = mtl_path_beside(fixer->arena, extended->certs[0].source.path, "complete");
    return mtl_join_command(fixer, extended->certs, extended->cert_count, *out);
}

static const char *
trust_command(struct mtl_fixer *fixer, const struct mtl_material *extended, const char **out)
{
    const struct mtl_loaded_cert *root = &extended->certs[extended->cert_count - 1];
    const char *suffix = mtl_path_stem(fixer->arena, root->source.path);

    if (extended->is_directory) {
        *out = mtl_arena_printf(fixer->arena, "%s/%s-new.pem", extended->path, suffix);
        return mtl_join_command(fixer, root, 1, *out);
    }
    suffix = mtl_arena_printf(fixer->arena, "and-%s", suffix);
    *out = mtl_path_beside(fixer->arena, extended->path, suffix);
    return mtl_join_command(fixer, extended->certs, extended->cert_count, *out);
}

static void
offer_sending(struct mtl_fixer *fixer, const struct climb *climb)
{
    const struct mtl_side *owner = mtl_fixer_owner(fixer);
    struct mtl_handshake_question altered = *fixer->question;
    const struct mtl_material *extended =
        mtl_fixer_extended(fixer, owner->presents, climb->missing, climb->missing_count);
    const char *out, *command = send_command(fixer, extended, &out);
    struct mtl_fix fix = {
        .summary = mtl_arena_printf(fixer->arena, "let %s send %s too%s%s", owner->label,
                                    names_of(fixer->arena, climb->missing, climb->missing_count),
                                    command == NULL ? "" : ", by presenting ", command == NULL ? "" : out),
        .commands = mtl_commands(fixer->arena, command, NULL, NULL),
    };

    altered.sides[owner->role].presents = extended;
    mtl_fixer_offer(fixer, &altered, fix);
}

static void
offer_trusting(struct mtl_fixer *fixer, const struct climb *climb)
{
    const struct mtl_side *owner = mtl_fixer_owner(fixer), *verifier = mtl_fixer_verifier(fixer);
    struct mtl_handshake_question altered = *fixer->question;
    const struct mtl_material *trusts = mtl_fixer_extended(fixer, verifier->trusts, &climb->root, 1);
    const char *out, *trust = trust_command(fixer, trusts, &out), *sent_out = NULL, *send = NULL;
    const char *root = names_of(fixer->arena, &climb->root, 1), *also = "";
    bool from_peer = mtl_material_holds(owner->presents, climb->root.cert);

    altered.sides[verifier->role].trusts = trusts;
    if (climb->missing_count > 0) {
        altered.sides[owner->role].presents =
            mtl_fixer_extended(fixer, owner->presents, climb->missing, climb->missing_count);
        send = send_command(fixer, altered.sides[owner->role].presents, &sent_out);
        also = mtl_arena_printf(fixer->arena, ", and let %s send %s", owner->label,
                                names_of(fixer->arena, climb->missing, climb->missing_count));
    }
    mtl_fixer_offer(fixer, &altered,
                    (struct mtl_fix){
                        .summary = mtl_arena_printf(fixer->arena, "let %s trust %s (%s:%u) too%s%s", verifier->label,
                                                    root, climb->root.source.path, climb->root.source.line, also,
                                                    from_peer ? ", once its fingerprint is confirmed by its CA" : ""),
                        .commands = mtl_commands(fixer->arena, trust,
                                                 trusts->is_hashed ? mtl_hash_command(fixer, verifier) : NULL, send),
                        .widens_trust = true,
                    });
}

/* Narrower than trusting both, once nobody is left under the old one. */
static void
offer_trusting_instead(struct mtl_fixer *fixer, const struct climb *climb)
{
    const struct mtl_side *verifier = mtl_fixer_verifier(fixer);
    struct mtl_handshake_question altered = *fixer->question;

    if (climb->missing_count > 0 || verifier->trusts->is_directory || verifier->trusts->cert_count == 0 ||
        strcmp(climb->root.source.path, verifier->trusts->path) == 0 ||
        strcmp(climb->root.source.path, mtl_fixer_owner(fixer)->presents->path) == 0)
        return;
    altered.sides[verifier->role].trusts = mtl_fixer_material(fixer, NULL, &climb->root, 1);
    mtl_fixer_offer(
        fixer, &altered,
        (struct mtl_fix){
            .summary = mtl_arena_printf(fixer->arena, "let %s trust %s instead of %s, once no peer needs that any more",
                                        verifier->label, climb->root.source.path, verifier->trusts->path),
            .widens_trust = true,
        });
}

/* Away with what does not belong there, namesakes above all: these certificates, then their issuers. */
static void
offer_sending_only(struct mtl_fixer *fixer, const struct climb *climb, const struct mtl_loaded_cert *const *kept,
                   size_t kept_count)
{
    const struct mtl_side *owner = mtl_fixer_owner(fixer);
    size_t count = kept_count + climb->missing_count;
    struct mtl_loaded_cert *certs = mtl_arena_array(fixer->arena, count, sizeof(*certs));
    struct mtl_handshake_question altered = *fixer->question;
    const char *out, *command;

    for (size_t i = 0; i < count; i++)
        certs[i] = i < kept_count ? *kept[i] : climb->missing[i - kept_count];
    altered.sides[owner->role].presents = mtl_fixer_material(fixer, owner->presents, certs, count);
    out = mtl_path_beside(fixer->arena, owner->presents->path, "clean");
    command = mtl_join_command(fixer, certs, count, out);
    mtl_fixer_offer(fixer, &altered,
                    (struct mtl_fix){
                        .summary = mtl_arena_printf(fixer->arena, "let %s send %s and nothing else", owner->label,
                                                    names_of(fixer->arena, certs, count)),
                        .commands = mtl_commands(fixer->arena, command, NULL, NULL),
                    });
}

/* Of two trusted namesakes the first is taken: put the right one first. */
static void
offer_preferring(struct mtl_fixer *fixer, const struct climb *climb)
{
    const struct mtl_side *verifier = mtl_fixer_verifier(fixer);
    const struct mtl_material *trusts = verifier->trusts;
    struct mtl_loaded_cert *certs = mtl_arena_array(fixer->arena, trusts->cert_count, sizeof(*certs));
    struct mtl_handshake_question altered = *fixer->question;
    const char *out = mtl_path_beside(fixer->arena, trusts->path, "ordered"), *command = NULL;
    size_t count = 0;

    certs[count++] = climb->root;
    for (size_t i = 0; i < trusts->cert_count; i++)
        if (!mtl_cert_same(trusts->certs[i].cert, climb->root.cert) && count < trusts->cert_count)
            certs[count++] = trusts->certs[i];
    altered.sides[verifier->role].trusts = mtl_fixer_material(fixer, trusts, certs, count);
    if (!trusts->is_directory)
        command = mtl_join_command(fixer, certs, count, out);
    mtl_fixer_offer(
        fixer, &altered,
        (struct mtl_fix){
            .summary = mtl_arena_printf(fixer->arena, "put %s (%s:%u) before its namesake in what %s trusts",
                                        names_of(fixer->arena, &climb->root, 1), climb->root.source.path,
                                        climb->root.source.line, verifier->label),
            .commands = mtl_commands(fixer->arena, command, NULL, NULL),
        });
}

/* A namesake was taken for the issuer: by the sender's fault or by the order of the trust store. */
static void
fix_signature(struct mtl_fixer *fixer, const struct climb *climb)
{
    const struct mtl_verdict *verdict = fixer->failed->verdict[fixer->failed->rejected_by];
    const struct mtl_path *path = &verdict->paths[verdict->decisive];

    if (verdict->failure.depth < path->count)
        offer_sending_only(fixer, climb, path->certs, verdict->failure.depth + 1);
    offer_preferring(fixer, climb);
}

void
mtl_fix_issuers(struct mtl_fixer *fixer)
{
    const struct mtl_loaded_cert *top = top_of(fixer);
    struct climb climb = {0};

    if (!is_about_issuers(fixer->failed->reason) || top == NULL || !climb_from(fixer, top, &climb))
        return;
    if (climb.root_is_trusted) {
        if (climb.missing_count > 0)
            offer_sending(fixer, &climb);
        if (fixer->failed->reason == MTL_REASON_SIGNATURE)
            fix_signature(fixer, &climb);
        return;
    }
    offer_trusting(fixer, &climb);
    offer_trusting_instead(fixer, &climb);
}

void
mtl_fix_size(struct mtl_fixer *fixer)
{
    const struct mtl_loaded_cert *leaf = fixer->failed->sent[fixer->failed->certificate_owner].certs;
    struct climb climb = {0};

    if (fixer->failed->reason == MTL_REASON_TOO_LARGE && climb_from(fixer, leaf, &climb))
        offer_sending_only(fixer, &climb, &leaf, 1);
}
