/*
 * The words in which a log line is explained.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "report/explain.h"

#include <string.h>

static const char *
speaker(const struct mtl_meaning *meaning)
{
    if (meaning->speakers == 1U << MTL_CLIENT)
        return "the client";
    return meaning->speakers == 1U << MTL_SERVER ? "the server" : "this side";
}

static bool
stands_only_for(const struct mtl_meaning *meaning, enum mtl_reason reason)
{
    for (size_t i = 0; i < MTL_REASON_COUNT; i++)
        if (meaning->reasons[i] != (i == (size_t)reason))
            return false;
    return !meaning->any_reason;
}

static const char *
rejection(struct mtl_arena *arena, const struct mtl_meaning *meaning)
{
    if (stands_only_for(meaning, MTL_REASON_NO_CERTIFICATE))
        return "the server rejects the client: it requires a certificate and got none";
    if (meaning->or_the_other)
        return mtl_arena_printf(arena, "%s rejects its peer's certificate, or cannot use its own", speaker(meaning));
    if (meaning->speakers == 1U << MTL_CLIENT)
        return "the client rejects the server's certificate";
    if (meaning->speakers == 1U << MTL_SERVER)
        return "the server rejects the client's certificate";
    return "the side that logs this rejects its peer's certificate";
}

const char *
mtl_saying_text(struct mtl_arena *arena, const struct mtl_meaning *meaning)
{
    switch (meaning->saying) {
    case MTL_SAYS_REJECTS:
        return rejection(arena, meaning);
    case MTL_SAYS_IS_REJECTED:
        if (meaning->alert == 0)
            return "the peer rejected the side that logs this";
        return mtl_arena_printf(arena, "the peer rejected the side that logs this, with the alert %s(%u)",
                                mtl_alert_name(meaning->alert), (unsigned)meaning->alert);
    case MTL_SAYS_OWN_FAULT:
        return mtl_arena_printf(arena, "%s cannot use its own certificate, key or trust store%s", speaker(meaning),
                                meaning->or_the_other ? ", or rejects its peer's certificate" : "");
    case MTL_SAYS_PERHAPS:
        return "the connection failed in a way that can be a rejection, or not";
    case MTL_SAYS_CONNECTED:
        return "the handshake has succeeded as far as this side can tell";
    case MTL_SAYS_ELSEWHERE:
        return "no matter of certificates";
    }
    return "";
}

const char *
mtl_saying_slug(enum mtl_saying saying)
{
    static const char *const slugs[] = {
        [MTL_SAYS_REJECTS] = "rejects", [MTL_SAYS_IS_REJECTED] = "is-rejected", [MTL_SAYS_OWN_FAULT] = "own-fault",
        [MTL_SAYS_PERHAPS] = "perhaps", [MTL_SAYS_CONNECTED] = "connected",     [MTL_SAYS_ELSEWHERE] = "elsewhere",
    };

    return slugs[saying];
}

static const char *
look_at_rejection(const struct mtl_meaning *meaning)
{
    static const struct {
        enum mtl_reason reason;
        const char *look;
    } hints[] = {
        {MTL_REASON_NO_CERTIFICATE,
         "the client's configuration: certificate and key; then whether the server names the "
         "CA that issued it, since some clients send none otherwise"},
        {MTL_REASON_NO_ISSUER, "this side's trust store, and whether the peer sends its intermediates"},
        {MTL_REASON_NO_ISSUER_OF_ANCHOR, "this side's trust store: it needs the root, too"},
        {MTL_REASON_SELF_SIGNED_IN_CHAIN, "this side's trust store: it lacks the root that the peer's chain ends in"},
        {MTL_REASON_SELF_SIGNED_LEAF, "whether the peer presents the certificate it is meant to present"},
        {MTL_REASON_EXPIRED, "the dates of the peer's leaf, of its intermediates, and of the roots and CRLs held here"},
        {MTL_REASON_NOT_YET_VALID, "this side's clock, then the dates of the peer's certificates"},
        {MTL_REASON_PURPOSE, "extendedKeyUsage and keyUsage of the peer's leaf and of every CA above it"},
        {MTL_REASON_NAME_MISMATCH, "the name that the client connects to, and subjectAltName of the server's leaf"},
        {MTL_REASON_SIGNATURE, "two CAs of one name with different keys; a renewed CA whose old leaves are still used"},
        {MTL_REASON_CRL_MISSING, "the CRLs given to this side: one of every CA in the chain"},
        {MTL_REASON_CRL_EXPIRED, "the nextUpdate of the CRLs given to this side"},
        {MTL_REASON_REVOKED, "the CRL that lists it, and when the peer was issued a new certificate"},
        {MTL_REASON_PROOF, "whether the peer's private key belongs to its certificate"},
    };

    for (size_t i = 0; i < sizeof(hints) / sizeof(hints[0]); i++)
        if (meaning->reasons[hints[i].reason])
            return hints[i].look;
    return "the peer's chain against this side's trust store, with mtlslint handshake";
}

const char *
mtl_look_text(const struct mtl_meaning *meaning)
{
    if (meaning->look != NULL)
        return meaning->look;
    switch (meaning->saying) {
    case MTL_SAYS_REJECTS:
        return look_at_rejection(meaning);
    case MTL_SAYS_IS_REJECTED:
        return "the peer's log, what the peer trusts, and whether this side sends its intermediates";
    case MTL_SAYS_OWN_FAULT:
        return "the certificate, key and CA files of the side that logs this, with mtlslint check";
    case MTL_SAYS_PERHAPS:
        return "the peer's log at that time";
    case MTL_SAYS_CONNECTED:
        return "in TLS 1.3 a client says so before the server has judged its certificate: the first read tells";
    case MTL_SAYS_ELSEWHERE:
        break;
    }
    return "the network between the two";
}

const char *
mtl_not_text(const struct mtl_meaning *meaning)
{
    switch (meaning->saying) {
    case MTL_SAYS_REJECTS:
        return "whether the peer accepts this side is another decision, of which this line tells nothing";
    case MTL_SAYS_IS_REJECTED:
        return "this side's own trust store, or the network: the peer has received its messages and refused them";
    case MTL_SAYS_OWN_FAULT:
        return meaning->or_the_other ? NULL : "the peer: it has not judged anything";
    case MTL_SAYS_ELSEWHERE:
        return "a trust problem: no certificate was judged";
    case MTL_SAYS_PERHAPS:
    case MTL_SAYS_CONNECTED:
        break;
    }
    return NULL;
}

const char *
mtl_some_stacks(struct mtl_arena *arena, const bool *stacks, size_t most)
{
    struct mtl_text text = {.arena = arena};
    size_t count = 0;

    for (size_t i = 0; i < mtl_stack_count(); i++) {
        if (!stacks[i])
            continue;
        if (count++ < most)
            mtl_text_printf(&text, "%s%s", text.size == 0 ? "" : ", ", mtl_stack_at(i)->id);
    }
    if (count > most)
        mtl_text_printf(&text, " and %zu more", count - most);
    return text.size == 0 ? NULL : text.text;
}

const bool *
mtl_stacks_by_reason(struct mtl_arena *arena, const struct mtl_meaning *meaning, enum mtl_reason reason)
{
    bool *stacks = mtl_arena_array(arena, mtl_stack_count(), sizeof(*stacks));
    bool reasons[MTL_REASON_COUNT];

    for (size_t i = 0; i < mtl_stack_count(); i++)
        for (int role = MTL_CLIENT; role <= MTL_SERVER; role++)
            /* the peer has the other role */
            if ((meaning->speakers >> (1 - role) & 1U) != 0 &&
                mtl_alert_reasons(mtl_stack_at(i), (enum mtl_role)role, meaning->alert, reasons))
                stacks[i] |= reasons[reason];
    return stacks;
}

/* ---- for the files given -------------------------------------------------------------------------------------- */

static bool
bears_out(const struct mtl_meaning *meaning, const struct mtl_transcript *transcript)
{
    uint32_t by = 1U << transcript->rejected_by, other = 1U << (1 - transcript->rejected_by);

    if (transcript->outcome == MTL_ESTABLISHED)
        return meaning->saying == MTL_SAYS_CONNECTED;
    if (transcript->outcome != MTL_HANDSHAKE_REJECTED)
        return false;
    switch (meaning->saying) {
    case MTL_SAYS_REJECTS:
    case MTL_SAYS_OWN_FAULT:
        return (meaning->speakers & by) != 0 && (meaning->any_reason || meaning->reasons[transcript->reason]);
    case MTL_SAYS_IS_REJECTED:
        return (meaning->speakers & other) != 0 && (meaning->alert == 0 || meaning->alert == transcript->alert);
    case MTL_SAYS_PERHAPS:
        return transcript->surface != MTL_SURFACE_ALERT;
    case MTL_SAYS_CONNECTED:
        return transcript->moment == MTL_MOMENT_AFTER_HANDSHAKE || transcript->moment == MTL_MOMENT_REQUEST;
    case MTL_SAYS_ELSEWHERE:
        break;
    }
    return false;
}

const char *
mtl_borne_out(struct mtl_arena *arena, const struct mtl_meaning *meaning, const struct mtl_handshake *handshake)
{
    struct mtl_text text = {.arena = arena};

    for (size_t i = 0; i < handshake->count; i++)
        if (bears_out(meaning, handshake->transcripts[i]))
            mtl_text_printf(&text, "%sTLS %s: %s", text.size == 0 ? "" : "; ",
                            mtl_tls_text(handshake->transcripts[i]->tls), handshake->transcripts[i]->headline);
    if (text.size > 0)
        return text.text;
    if (handshake->count == 0)
        return "nothing is predicted for these files";
    return mtl_arena_printf(arena, "none of these: what is predicted is that %s", handshake->transcripts[0]->headline);
}
