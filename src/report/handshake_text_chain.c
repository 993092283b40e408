/*
 * The rejected certificate, the chain that was tried, and why each issuer considered was refused.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "report/handshake_text.h"
#include "report/show.h"

#define MAX_CANDIDATES 6U
#define MAX_TRUSTED 4U

static const struct mtl_side *
side_of(const struct mtl_transcript *transcript, enum mtl_role role)
{
    return role == MTL_CLIENT ? transcript->client : transcript->server;
}

static void
add_rejected(struct mtl_page *page, const struct mtl_transcript *transcript)
{
    struct mtl_arena *arena = page->text.arena;
    const struct mtl_loaded_cert *rejected = transcript->certificate;
    const struct mtl_cert *cert = rejected->cert;
    const char *position = "not among those sent";

    if (transcript->certificate_index >= 0)
        position = mtl_arena_printf(arena, "certificate %d of %zu sent by %s", transcript->certificate_index + 1,
                                    transcript->sent[transcript->certificate_owner].count,
                                    side_of(transcript, transcript->certificate_owner)->label);
    mtl_page_field_verbatim(page, "rejected",
                            mtl_arena_printf(arena, "%s  (%s)", mtl_place_text(arena, &rejected->source), position));
    mtl_page_field(page, "", MTL_INK_PLAIN, mtl_arena_printf(arena, "subject %s", mtl_subject_text(arena, cert)));
    mtl_page_field(page, "", MTL_INK_PLAIN, mtl_arena_printf(arena, "issuer  %s", mtl_issuer_text(arena, cert)));
    mtl_page_field(
        page, "", MTL_INK_PLAIN,
        mtl_arena_printf(arena, "valid   %s, %s", mtl_validity_text(arena, cert), mtl_key_text(arena, &cert->key)));
}

static bool
is_about_name_constraints(enum mtl_reason reason)
{
    return reason >= MTL_REASON_CONSTRAINT_PERMITTED && reason <= MTL_REASON_CONSTRAINT_READ_OTHERWISE;
}

/* What the certificate, or the CRL, says about that for which it is rejected. */
static void
add_statement(struct mtl_page *page, const struct mtl_transcript *transcript, const char *server_name)
{
    struct mtl_arena *arena = page->text.arena;
    const struct mtl_verdict *verdict = transcript->verdict[transcript->rejected_by];
    const struct mtl_cert *cert = transcript->certificate->cert;
    enum mtl_reason reason = transcript->reason;

    if (mtl_reason_is_name(reason))
        mtl_page_field(page, "", MTL_INK_RED,
                       mtl_arena_printf(arena, "names   %s; expected: %s", mtl_host_names_text(arena, cert),
                                        mtl_text_safe(arena, mtl_slice_text(server_name), 0)));
    if (reason == MTL_REASON_PURPOSE || reason == MTL_REASON_KEY_USAGE || reason == MTL_REASON_NO_CERT_SIGN ||
        reason == MTL_REASON_ANCHOR_NO_CERT_SIGN ||
        (reason == MTL_REASON_NO_SHARED_ALGORITHM && mtl_cert_has(cert, MTL_EXT_KEY_USAGE)))
        mtl_page_field(page, "", MTL_INK_RED, mtl_arena_printf(arena, "for     %s", mtl_usage_text(arena, cert)));
    if (verdict == NULL || verdict->accepted)
        return;
    if (is_about_name_constraints(reason) && verdict->failure.name.value.size > 0)
        mtl_page_field(page, "", MTL_INK_RED,
                       mtl_arena_printf(arena, "name    %s %s", mtl_general_name_kind(verdict->failure.name.type),
                                        mtl_general_name_text(arena, &verdict->failure.name)));
    if (verdict->failure.crl != NULL)
        mtl_page_field(page, "", MTL_INK_RED,
                       mtl_arena_printf(arena, "CRL     %s, %s", mtl_place_text(arena, &verdict->failure.crl->source),
                                        mtl_crl_validity_text(arena, verdict->failure.crl->crl)));
}

/* " its key id 9f:2c:..., named 3b:e8:...; the signature does not verify" */
static const char *
explain(struct mtl_arena *arena, const struct mtl_candidate *candidate, const struct mtl_cert *subject)
{
    struct mtl_text text = {.arena = arena};
    const struct mtl_cert *cert = candidate->cert->cert;

    mtl_text_add(&text, mtl_refusal_sentence(candidate->refusal));
    if (candidate->refusal == MTL_REFUSED_KEY_ID)
        mtl_text_printf(&text, " (%s, not %s)", mtl_key_id_text(arena, mtl_cert_bytes(cert, cert->subject_key_id)),
                        mtl_key_id_text(arena, mtl_cert_bytes(subject, subject->authority_key_id)));
    if (candidate->signature == MTL_SIGNATURE_BAD)
        mtl_text_add(&text, ", and its key did not make the signature");
    if (candidate->signature == MTL_SIGNATURE_GOOD)
        mtl_text_add(&text, ", though its key made the signature");
    return text.text;
}

static bool
is_refused_namesake(const struct mtl_candidate *candidate)
{
    return candidate->refusal != MTL_REFUSED_NOT && candidate->refusal != MTL_REFUSED_NAME &&
           candidate->refusal != MTL_REFUSED_ALREADY_IN_PATH;
}

static void
add_candidates(struct mtl_page *page, const struct mtl_verdict *verdict, const struct mtl_path *path, size_t depth)
{
    struct mtl_arena *arena = page->text.arena;
    const char *label = "refused issuers";
    size_t shown = 0, refused = 0;

    for (size_t i = 0; i < verdict->candidate_count; i++) {
        const struct mtl_candidate *candidate = &verdict->candidates[i];

        if (!is_refused_namesake(candidate) || candidate->subject_depth != depth)
            continue;
        if (refused++ >= MAX_CANDIDATES)
            continue;
        mtl_page_field(page, label, MTL_INK_PLAIN,
                       mtl_arena_printf(arena, "%s (%s, %s): %s", mtl_subject_label(arena, candidate->cert->cert),
                                        mtl_place_text(arena, &candidate->cert->source),
                                        candidate->trusted ? "trusted" : "sent",
                                        explain(arena, candidate, path->certs[depth]->cert)));
        label = "";
        shown++;
    }
    if (refused > shown)
        mtl_page_field(page, "", MTL_INK_DIM, mtl_arena_printf(arena, "and %zu more", refused - shown));
}

/* What the verifier trusts instead, when nothing in its store bears the wanted name. */
static void
add_trusted(struct mtl_page *page, const struct mtl_transcript *transcript)
{
    const struct mtl_side *verifier = side_of(transcript, transcript->rejected_by);
    struct mtl_arena *arena = page->text.arena;
    const struct mtl_material *trusts = verifier->trusts;
    const char *label = mtl_arena_printf(arena, "%s trusts", verifier->label);

    if (mtl_text_columns(label) + 3 > MTL_FIELD_COLUMN)
        label = "trusted instead";
    if (trusts->is_directory && !trusts->is_hashed && verifier->stack->reads_only_hashed_directories) {
        mtl_page_field(page, label, MTL_INK_PLAIN, "nothing: no file of the directory is named after its hash");
        return;
    }
    if (transcript->reason == MTL_REASON_NOTHING_TRUSTED) {
        mtl_page_field(page, label, MTL_INK_PLAIN, "nothing: no certificate in the key store is a trusted entry");
        return;
    }
    if (trusts->cert_count == 0)
        mtl_page_field(page, label, MTL_INK_PLAIN, "nothing: the trust store is empty");
    for (size_t i = 0; i < trusts->cert_count && i < MAX_TRUSTED; i++) {
        const struct mtl_loaded_cert *anchor = &trusts->certs[i];

        mtl_page_field(
            page, i == 0 ? label : "", MTL_INK_PLAIN,
            mtl_arena_printf(arena, "%s (%s, key id %s)", mtl_subject_text(arena, anchor->cert),
                             mtl_place_text(arena, &anchor->source),
                             mtl_key_id_text(arena, mtl_cert_bytes(anchor->cert, anchor->cert->subject_key_id))));
    }
    if (trusts->cert_count > MAX_TRUSTED)
        mtl_page_field(page, "", MTL_INK_DIM,
                       mtl_arena_printf(arena, "and %zu more, none of that name", trusts->cert_count - MAX_TRUSTED));
}

static bool
has_refused_namesake(const struct mtl_verdict *verdict, size_t depth)
{
    for (size_t i = 0; i < verdict->candidate_count; i++)
        if (is_refused_namesake(&verdict->candidates[i]) && verdict->candidates[i].subject_depth == depth)
            return true;
    return false;
}

static void
add_path(struct mtl_page *page, const struct mtl_path *path, const char *label)
{
    struct mtl_arena *arena = page->text.arena;

    for (size_t i = 0; i < path->count; i++) {
        const struct mtl_loaded_cert *cert = path->certs[i];

        mtl_page_field(page, i == 0 ? label : "", MTL_INK_PLAIN,
                       mtl_arena_printf(arena, "%zu  %s  (%s%s)", i, mtl_subject_label(arena, cert->cert),
                                        mtl_place_text(arena, &cert->source),
                                        i >= path->presented_count ? ", trusted" : ""));
    }
}

static void
add_missing(struct mtl_page *page, const struct mtl_path *path)
{
    struct mtl_arena *arena = page->text.arena;
    const struct mtl_cert *top = path->certs[path->count - 1]->cert;

    if (path->anchored || mtl_cert_is_self_signed(top))
        return;
    mtl_page_field(page, "", MTL_INK_RED,
                   mtl_arena_printf(arena, "%zu  missing: %s, key id %s", path->count, mtl_issuer_text(arena, top),
                                    mtl_key_id_text(arena, mtl_cert_bytes(top, top->authority_key_id))));
}

void
mtl_page_certificate(struct mtl_page *page, const struct mtl_transcript *transcript, const char *server_name)
{
    const struct mtl_verdict *verdict = transcript->verdict[transcript->rejected_by];
    const struct mtl_path *path;
    size_t depth; /* whose issuer is the question */

    if (transcript->certificate != NULL) {
        add_rejected(page, transcript);
        add_statement(page, transcript, server_name);
    }
    if (verdict == NULL || verdict->accepted || verdict->path_count == 0 ||
        verdict->paths[verdict->decisive].count == 0)
        return;
    path = &verdict->paths[verdict->decisive];
    add_path(page, path, "chain tried");
    add_missing(page, path);
    depth = transcript->reason == MTL_REASON_SIGNATURE ? verdict->failure.depth : path->count - 1;
    if ((!path->anchored || transcript->reason == MTL_REASON_SIGNATURE) && has_refused_namesake(verdict, depth))
        add_candidates(page, verdict, path, depth);
    else if (!path->anchored)
        add_trusted(page, transcript);
}

/* "orders <- Acme Clients CA 2026 <- Acme Clients Root" */
static const char *
chain_text(const struct mtl_page *page, const struct mtl_path *path)
{
    struct mtl_text text = {.arena = page->text.arena};

    for (size_t i = 0; i < path->count; i++)
        mtl_text_printf(&text, "%s%s",
                        i == 0          ? ""
                        : page->unicode ? " ← "
                                        : " <- ",
                        mtl_subject_label(page->text.arena, path->certs[i]->cert));
    return text.text;
}

void
mtl_page_accepted_chains(struct mtl_page *page, const struct mtl_transcript *transcript)
{
    struct mtl_arena *arena = page->text.arena;

    for (size_t role = 0; role < 2; role++) {
        const struct mtl_verdict *verdict = transcript->verdict[role];
        const struct mtl_path *path;

        if (verdict == NULL || !verdict->accepted)
            continue;
        path = &verdict->paths[verdict->decisive];
        mtl_page_field(page, mtl_arena_printf(arena, "%s", side_of(transcript, (enum mtl_role)role)->label),
                       MTL_INK_PLAIN,
                       mtl_arena_printf(arena, "accepts %s, trusting %s", chain_text(page, path),
                                        mtl_place_text(arena, &path->certs[path->count - 1]->source)));
    }
}
