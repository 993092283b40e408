/*
 * The prediction in one line of words.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "handshake/scene.h"

#include <string.h>

/* "orders'", "curl's" */
static const char *
possessive(struct mtl_arena *arena, const char *label)
{
    size_t size = strlen(label);

    return mtl_arena_printf(arena, "%s'%s", label, size > 0 && label[size - 1] == 's' ? "" : "s");
}

static bool
trusts_nothing(const struct mtl_side *side)
{
    return side->trusts != NULL && side->trusts->cert_count == 0;
}

const struct mtl_candidate *
mtl_trusted_namesake(const struct mtl_verdict *verdict)
{
    const struct mtl_candidate *found = NULL;

    for (size_t i = 0; verdict != NULL && i < verdict->candidate_count; i++) {
        const struct mtl_candidate *candidate = &verdict->candidates[i];

        if (!candidate->trusted || candidate->refusal == MTL_REFUSED_NOT || candidate->refusal == MTL_REFUSED_NAME)
            continue;
        if (candidate->signature == MTL_SIGNATURE_GOOD)
            return candidate;
        if (found == NULL)
            found = candidate;
    }
    return found;
}

/* Why it is not the issuer all the same. */
static const char *
refused_namesake(struct mtl_arena *arena, const struct mtl_side *verifier, const struct mtl_candidate *namesake)
{
    const char *name = mtl_name_label(arena, mtl_cert_bytes(namesake->cert->cert, namesake->cert->cert->subject));

    if (namesake->signature != MTL_SIGNATURE_GOOD)
        return mtl_arena_printf(arena, "%s trusts a CA of the same name, but with another key", verifier->label);
    if (namesake->refusal == MTL_REFUSED_NOT_SEARCHED)
        return mtl_arena_printf(arena, "%s trusts %s, but does not follow the chain that far", verifier->label, name);
    return mtl_arena_printf(arena, "%s trusts %s, but does not take it for the issuer", verifier->label, name);
}

static const char *
subject_of(struct mtl_arena *arena, const struct mtl_transcript *transcript)
{
    const struct mtl_loaded_cert *blamed = transcript->certificate;

    return blamed == NULL ? "" : mtl_name_label(arena, mtl_cert_bytes(blamed->cert, blamed->cert->subject));
}

static bool
blames_leaf(const struct mtl_transcript *transcript)
{
    return transcript->certificate_index == 0;
}

/* Why it has no trusted issuer, told from what the verifier holds. */
static const char *
no_issuer(struct mtl_arena *arena, const struct mtl_transcript *transcript, const struct mtl_side *verifier)
{
    const struct mtl_candidate *namesake = mtl_trusted_namesake(transcript->verdict[transcript->rejected_by]);

    if (mtl_side_misses_hashes(verifier))
        return mtl_arena_printf(arena, "%s finds no CA in %s: its files are not named after their hashes",
                                verifier->label, verifier->trusts->path);
    if (trusts_nothing(verifier))
        return mtl_arena_printf(arena, "%s trusts no CA at all", verifier->label);
    if (namesake != NULL)
        return refused_namesake(arena, verifier, namesake);
    return mtl_arena_printf(arena, "%s neither trusts nor is sent the issuer of %s", verifier->label,
                            subject_of(arena, transcript));
}

static const char *
purpose(struct mtl_arena *arena, const struct mtl_transcript *transcript)
{
    const char *role = transcript->certificate_owner == MTL_CLIENT ? "a TLS client" : "a TLS server";

    if (blames_leaf(transcript))
        return mtl_arena_printf(arena, "it is not meant for %s", role);
    return mtl_arena_printf(arena, "%s may not issue for %s", subject_of(arena, transcript), role);
}

static const char *
blamed_with(struct mtl_arena *arena, const struct mtl_transcript *transcript, const char *of_leaf, const char *of_other)
{
    if (blames_leaf(transcript))
        return of_leaf;
    return mtl_arena_printf(arena, "%s %s", subject_of(arena, transcript), of_other);
}

static const char *
dated(struct mtl_arena *arena, const struct mtl_transcript *transcript, const char *what, mtl_time date)
{
    char text[MTL_TIME_TEXT_SIZE];
    const char *subject = blames_leaf(transcript) ? "it" : subject_of(arena, transcript);

    mtl_time_text(date, text);
    return mtl_arena_printf(arena, "%s %s %.*s", subject, what, (int)strcspn(text, "T"), text);
}

/* Told from the certificate, where the reason is that something in it does not decode. */
static bool
stumbles_over_key(const struct mtl_transcript *transcript)
{
    const struct mtl_side *by = transcript->rejected_by == MTL_CLIENT ? transcript->client : transcript->server;
    const struct mtl_cert *cert = transcript->certificate == NULL ? NULL : transcript->certificate->cert;
    const struct mtl_reading_oddity *oddity;

    if (cert == NULL || cert->malformed != 0)
        return false;
    if (transcript->reason == MTL_REASON_UNDECODABLE)
        return transcript->local && transcript->broken_block == NULL && !mtl_cert_key_is_usable(cert);
    oddity = transcript->reason == MTL_REASON_MALFORMED ? mtl_reading_find_oddity(&by->stack->reading, cert) : NULL;
    return oddity != NULL && mtl_oddity_is_of_key(oddity->oddity);
}

const char *
mtl_transcript_sentence(const struct mtl_transcript *transcript)
{
    return stumbles_over_key(transcript) ? "its public key (subjectPublicKeyInfo) does not decode"
                                         : mtl_reason_sentence(transcript->reason);
}

static const char *
cause(struct mtl_arena *arena, const struct mtl_transcript *transcript, const struct mtl_side *verifier)
{
    switch (transcript->reason) {
    case MTL_REASON_NO_ISSUER:
    case MTL_REASON_LEAF_UNVERIFIED:
        return no_issuer(arena, transcript, verifier);
    case MTL_REASON_NO_ISSUER_OF_ANCHOR:
        return mtl_arena_printf(arena, "%s trusts %s, but not the root above it", verifier->label,
                                subject_of(arena, transcript));
    case MTL_REASON_SELF_SIGNED_LEAF:
        return "it is self-signed and not trusted itself";
    case MTL_REASON_SELF_SIGNED_IN_CHAIN:
        return mtl_arena_printf(arena, "its chain ends in %s, which is not trusted", subject_of(arena, transcript));
    case MTL_REASON_EXPIRED:
        return dated(arena, transcript, "expired on", transcript->certificate->cert->not_after);
    case MTL_REASON_NOT_YET_VALID:
        return dated(arena, transcript, "is valid only from", transcript->certificate->cert->not_before);
    case MTL_REASON_REVOKED:
        return blamed_with(arena, transcript, "it has been revoked", "has been revoked");
    case MTL_REASON_PURPOSE:
    case MTL_REASON_KEY_USAGE:
        return purpose(arena, transcript);
    case MTL_REASON_TOO_MANY:
        return mtl_arena_printf(arena, "%s looks at no chain of %zu certificates", verifier->label,
                                transcript->sent[transcript->certificate_owner].count);
    case MTL_REASON_TOO_LARGE:
        return mtl_arena_printf(arena, "the %zu certificates sent with it are too large a message",
                                transcript->sent[transcript->certificate_owner].count);
    case MTL_REASON_DEPTH:
        return "its chain is longer than the verify depth allows";
    case MTL_REASON_NAME_MISMATCH:
    case MTL_REASON_ADDRESS_MISMATCH:
    case MTL_REASON_COMMON_NAME_MISMATCH:
        return mtl_arena_printf(arena, "it does not bear the name %s expects", verifier->label);
    default:
        return mtl_transcript_sentence(transcript);
    }
}

/* Why a program refuses its own files. */
static const char *
local_cause(const struct mtl_transcript *transcript)
{
    if (stumbles_over_key(transcript))
        return "the public key of its certificate (subjectPublicKeyInfo) does not decode";
    switch (transcript->reason) {
    case MTL_REASON_NO_CERTIFICATE:
        return "it has no certificate";
    case MTL_REASON_KEY_MISMATCH:
        return "the private key does not belong to its certificate";
    case MTL_REASON_UNDECODABLE:
        return "one of its files holds a broken block";
    case MTL_REASON_MALFORMED:
        return "an extension of its certificate does not decode";
    case MTL_REASON_NO_SHARED_ALGORITHM:
        return "the key of its certificate cannot sign";
    case MTL_REASON_LEAF_KEY_WEAK:
        return "the key of its certificate is too weak";
    case MTL_REASON_ISSUER_KEY_WEAK:
        return "the key of a CA in its chain is too weak";
    case MTL_REASON_WEAK_DIGEST:
        return "a certificate of its chain is signed with a digest that is too weak";
    default:
        return mtl_reason_sentence(transcript->reason);
    }
}

static const char *
rejected(struct mtl_arena *arena, const struct mtl_transcript *transcript)
{
    const struct mtl_side *by = transcript->rejected_by == MTL_CLIENT ? transcript->client : transcript->server;
    const struct mtl_side *peer = transcript->rejected_by == MTL_CLIENT ? transcript->server : transcript->client;

    if (transcript->local)
        return mtl_arena_printf(arena, "%s will not start: %s", by->label, local_cause(transcript));
    if (transcript->reason == MTL_REASON_NO_CERTIFICATE && transcript->rejected_by == MTL_SERVER)
        return transcript->sent[MTL_SERVER].count == 0
                   ? mtl_arena_printf(arena, "%s has no certificate, so no handshake is possible", by->label)
                   : mtl_arena_printf(arena, "%s will reject %s: it requires a client certificate and gets none",
                                      by->label, peer->label);
    if (transcript->certificate_owner == transcript->rejected_by)
        return mtl_arena_printf(arena, "%s cannot use its own certificate: %s", by->label,
                                mtl_transcript_sentence(transcript));
    if (transcript->by_default && peer->role == MTL_SERVER)
        return mtl_arena_printf(arena, "%s will reject %s default certificate, since %s: %s", by->label,
                                possessive(arena, peer->label),
                                transcript->to_address ? "an IP address is no server_name" : "it sends no server_name",
                                cause(arena, transcript, by));
    return mtl_arena_printf(arena, "%s will reject %s %s certificate: %s", by->label, possessive(arena, peer->label),
                            peer->role == MTL_CLIENT ? "client" : "server", cause(arena, transcript, by));
}

void
mtl_transcript_write_headline(struct mtl_arena *arena, struct mtl_transcript *transcript)
{
    const struct mtl_side *client = transcript->client, *server = transcript->server;

    switch (transcript->outcome) {
    case MTL_ESTABLISHED:
        transcript->headline =
            mtl_arena_printf(arena, "%s and %s will establish %s", client->label, server->label,
                             transcript->client_sends == 1 ? "a mutually authenticated connection" : "a connection");
        return;
    case MTL_UNDETERMINED:
        transcript->headline =
            mtl_arena_printf(arena, "it cannot be told whether %s and %s will connect", client->label, server->label);
        return;
    case MTL_HANDSHAKE_REJECTED:
        transcript->headline = rejected(arena, transcript);
        return;
    }
}
