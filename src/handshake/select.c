/*
 * Can a side prove its identity with the certificate it has, and does the client send it when asked?
 * SPDX-License-Identifier: Apache-2.0
 */
#include "handshake/scene.h"

#include <string.h>

static bool
is_set(uint32_t mask, unsigned bit)
{
    return (mask >> bit & 1) != 0;
}

static const struct mtl_cert *
leaf_of(const struct mtl_side *side)
{
    if (side->presents == NULL || side->presents->cert_count == 0)
        return NULL;
    return side->presents->certs[0].cert;
}

bool
mtl_leaf_is_not_for_signing(const struct mtl_cert *leaf)
{
    uint32_t bit = 1U << MTL_EXT_KEY_USAGE;

    return (leaf->present & ~leaf->duplicate & bit) != 0 && (leaf->key_usage & MTL_KU_DIGITAL_SIGNATURE) == 0;
}

bool
mtl_stack_refuses_usage(const struct mtl_stack *stack, enum mtl_role verifier, enum mtl_tls tls,
                        const struct mtl_cert *leaf)
{
    bool is_spared = tls == MTL_TLS13 ? stack->usage_only_in_tls12
                                      : verifier == MTL_CLIENT && is_set(stack->usage_spares, leaf->key.type);

    return stack->usage != NULL && !is_spared && mtl_leaf_is_not_for_signing(leaf);
}

uint8_t
mtl_stack_alone_alert(const struct mtl_stack *stack, enum mtl_tls tls)
{
    if (stack->no_own_certificate_alert[tls] != 0)
        return stack->no_own_certificate_alert[tls];
    return stack->closes_without_own_certificate ? 0 : stack->no_shared_algorithm_alert[tls];
}

/* A malformed extension leaves a certificate without any usage. */
static bool
lacks_digital_signature(const struct mtl_cert *leaf)
{
    return mtl_cert_has_malformed_extension(leaf) || mtl_leaf_is_not_for_signing(leaf);
}

/* As the owner sees it. */
static bool
keeps_from_signing(const struct mtl_stack *stack, const struct mtl_cert *leaf)
{
    if (stack->empty_key_usage_allows_all && leaf->key_usage == 0)
        return false;
    return stack->empty_key_usage_allows_all ? (leaf->key_usage & MTL_KU_DIGITAL_SIGNATURE) == 0
                                             : lacks_digital_signature(leaf);
}

bool
mtl_proof_needs_digital_signature(const struct mtl_stack *verifier, const struct mtl_side *owner)
{
    const struct mtl_cert *leaf = leaf_of(owner);

    return is_set(verifier->proof_needs_digital_signature, leaf->key.type) && keeps_from_signing(verifier, leaf);
}

static bool
curve_fits(const struct mtl_stack_signing *signing, const struct mtl_cert *leaf)
{
    return leaf->key.type != MTL_KEY_EC || is_set(signing->curves, leaf->key.curve);
}

bool
mtl_peer_accepts_key(const struct mtl_side *owner, const struct mtl_side *peer)
{
    enum mtl_key_type type = leaf_of(owner)->key.type; /* an unknown one is found out when the certificate is read */

    return peer->stack->accepted_keys == 0 || type == MTL_KEY_UNKNOWN || is_set(peer->stack->accepted_keys, type);
}

/* Do the groups that the peer offers say what curves it takes? */
static bool
goes_by_group(const struct mtl_side *owner, const struct mtl_side *peer, enum mtl_tls tls)
{
    bool is_named = leaf_of(owner)->key.curve != MTL_CURVE_EXPLICIT; /* others are found out to be one of those */

    return tls == MTL_TLS12 && owner->role == MTL_SERVER && is_named && peer->stack->offered_curves != 0;
}

bool
mtl_peer_accepts_curve(const struct mtl_side *owner, const struct mtl_side *peer, enum mtl_tls tls)
{
    const struct mtl_key_info *key = &leaf_of(owner)->key;
    bool by_group = goes_by_group(owner, peer, tls);
    uint32_t curves = by_group ? peer->stack->offered_curves : peer->stack->accepted_curves;

    return key->type != MTL_KEY_EC || curves == 0 || (by_group && owner->stack->ignores_offered_curves) ||
           is_set(curves, key->curve);
}

bool
mtl_server_curve_is_not_offered(const struct mtl_side *server, const struct mtl_side *client, enum mtl_tls tls)
{
    const struct mtl_key_info *key = &leaf_of(server)->key;

    return key->type == MTL_KEY_EC && goes_by_group(server, client, tls) &&
           !is_set(client->stack->offered_curves, key->curve);
}

bool
mtl_side_misnames_curve(const struct mtl_side *side, enum mtl_tls tls)
{
    const struct mtl_cert *leaf = leaf_of(side);

    return tls == MTL_TLS13 && leaf != NULL && leaf->key.type == MTL_KEY_EC &&
           is_set(side->stack->misnamed_curves, leaf->key.curve);
}

bool
mtl_server_needs_scheme(const struct mtl_side *server, enum mtl_tls tls)
{
    const struct mtl_cert *leaf = leaf_of(server);

    return tls == MTL_TLS13 && leaf->key.type == MTL_KEY_EC && is_set(server->stack->scheme_curves, leaf->key.curve);
}

bool
mtl_side_finds_no_scheme(const struct mtl_side *side, enum mtl_tls tls)
{
    return (side->stack->unsignable_alert[side->role][tls] != 0 || side->stack->unsignable_closes[side->role][tls]) &&
           (side->stack->keys_without_scheme != 0 ? is_set(side->stack->keys_without_scheme, leaf_of(side)->key.type)
                                                  : !curve_fits(&side->stack->signing[side->role][tls], leaf_of(side)));
}

bool
mtl_server_can_prove(const struct mtl_side *server, const struct mtl_side *client, enum mtl_tls tls)
{
    const struct mtl_stack_signing *signing = &server->stack->signing[MTL_SERVER][tls];
    uint32_t more_curves = signing->curves_if_offered & client->stack->offered_curves;
    const struct mtl_cert *leaf = leaf_of(server);

    if (leaf == NULL || !is_set(signing->keys, leaf->key.type) ||
        (server->stack->own_needs_eku && mtl_cert_has(leaf, MTL_EXT_EXTENDED_KEY_USAGE) &&
         (leaf->extended_key_usage & server->stack->policy.eku[MTL_SERVER]) == 0))
        return false;
    if (!curve_fits(signing, leaf) && !is_set(more_curves, leaf->key.curve) && !mtl_side_finds_no_scheme(server, tls))
        return false;
    return !is_set(signing->need_digital_signature, leaf->key.type) || !keeps_from_signing(server->stack, leaf);
}

bool
mtl_server_leaf_cannot_sign(const struct mtl_side *server, enum mtl_tls tls)
{
    const struct mtl_stack_signing *signing = &server->stack->signing[MTL_SERVER][tls];
    const struct mtl_cert *leaf = leaf_of(server);

    return is_set(signing->peer_needs_digital_signature, leaf->key.type) && lacks_digital_signature(leaf);
}

static bool
is_named(const struct mtl_cert *cert, const struct mtl_cert *authority, bool as_bytes)
{
    struct mtl_slice issuer = mtl_cert_bytes(cert, cert->issuer);
    struct mtl_slice name = mtl_cert_bytes(authority, authority->subject);

    if (cert->issuer_hash != authority->subject_hash)
        return false;
    return as_bytes ? mtl_slice_equal(issuer, name) : mtl_name_equal(issuer, name);
}

/* The same in print, whatever the types of the strings. */
static bool
is_named_in_print(struct mtl_arena *arena, const struct mtl_cert *cert, const struct mtl_cert *authority)
{
    return cert->issuer_hash == authority->subject_hash &&
           strcmp(mtl_name_text(arena, mtl_cert_bytes(cert, cert->issuer)),
                  mtl_name_text(arena, mtl_cert_bytes(authority, authority->subject))) == 0;
}

/* The first one of the bundle that may have issued it; NULL if there is none, or it is self-signed. */
static const struct mtl_cert *
find_own_issuer(const struct mtl_material *presents, const struct mtl_cert *cert)
{
    if (mtl_cert_is_self_signed(cert) || mtl_cert_has_malformed_extension(cert))
        return NULL;
    for (size_t i = 1; i < presents->cert_count; i++) {
        const struct mtl_cert *issuer = presents->certs[i].cert;

        if (issuer != cert && !mtl_cert_has_malformed_extension(issuer) &&
            mtl_cert_may_issue(issuer, cert) == MTL_ISSUER_OK)
            return issuer;
    }
    return NULL;
}

/* The same for the part of the bundle that links up. */
static bool
is_linked_to_server_names(const struct mtl_material *presents, const struct mtl_material *trusts, bool as_bytes)
{
    const struct mtl_cert *cert = presents->certs[0].cert;

    for (size_t n = 0; cert != NULL && n < presents->cert_count; n++) {
        for (size_t j = 0; j < trusts->cert_count; j++)
            if (is_named(cert, trusts->certs[j].cert, as_bytes))
                return true;
        cert = find_own_issuer(presents, cert);
    }
    return false;
}

/* The first ones of its own chain, in which it looks for the names. */
static bool
reads_own(const struct mtl_stack *stack, struct mtl_chain chain, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (mtl_reading_refusal(&stack->reading, chain.certs[i].cert, false) != MTL_REASON_NONE)
            return false;
    return true;
}

/* RFC 8446 4.2.4, RFC 5246 7.4.4: the names the server would send are the subjects of its trust store. */
static bool
is_under_server_names(struct mtl_arena *arena, const struct mtl_handshake_question *question, struct mtl_chain sent)
{
    const struct mtl_material *presents = question->sides[MTL_CLIENT].presents;
    const struct mtl_material *trusts = question->sides[MTL_SERVER].trusts;
    const struct mtl_stack *stack = question->sides[MTL_CLIENT].stack;
    struct mtl_chain chain = {.certs = presents->certs, .count = presents->cert_count};
    bool as_bytes = stack->policy.names_are_compared_as_bytes;

    if (question->sides[MTL_SERVER].stack->names_no_cas || trusts == NULL || trusts->cert_count == 0)
        return true;
    if (stack->links_own_chain)
        return is_linked_to_server_names(presents, trusts, as_bytes);
    if (stack->builds_own_chain)
        chain = sent;
    if (stack->sorts_own_chain)
        chain = mtl_chain_sort(arena, &stack->policy, chain);
    for (size_t i = 0; i < chain.count; i++)
        for (size_t j = 0; j < trusts->cert_count; j++)
            if (is_named(chain.certs[i].cert, trusts->certs[j].cert, as_bytes) ||
                (stack->ca_names_are_texts && is_named_in_print(arena, chain.certs[i].cert, trusts->certs[j].cert)))
                return reads_own(stack, chain, i + 1);
    return false;
}

bool
mtl_client_curve_refused(const struct mtl_handshake_question *question, enum mtl_tls tls)
{
    const struct mtl_side *client = &question->sides[MTL_CLIENT];

    const struct mtl_key_info *key = &leaf_of(client)->key;
    uint32_t curves = question->sides[MTL_SERVER].stack->proof_curves;

    if (curves != 0 && key->type == MTL_KEY_EC && (curves >> key->curve & 1) == 0)
        return true;
    return !curve_fits(&client->stack->signing[MTL_CLIENT][tls], leaf_of(client));
}

/* Too weak or malformed for the client's own library, which the client finds out when it is asked for it. */
static bool
is_unfit(const struct mtl_side *client)
{
    struct mtl_chain leaf = {.certs = client->presents->certs, .count = 1};
    const struct mtl_loaded_cert *blamed;

    return client->stack->client_withholds_unfit_leaf && (mtl_cert_has_malformed_extension(leaf.certs[0].cert) ||
                                                          mtl_own_weakness(client, leaf, &blamed) != MTL_REASON_NONE);
}

static bool
leaf_is_kept_from_signing(const struct mtl_side *client, enum mtl_tls tls)
{
    const struct mtl_cert *leaf = leaf_of(client);

    return is_set(client->stack->signing[MTL_CLIENT][tls].need_digital_signature, leaf->key.type) &&
           keeps_from_signing(client->stack, leaf);
}

bool
mtl_client_needs_other_certificate(const struct mtl_side *client, enum mtl_tls tls)
{
    return client->stack->needs_usable_certificate[tls] && leaf_of(client) != NULL &&
           leaf_is_kept_from_signing(client, tls);
}

/* Would the client itself refuse such a leaf, whoever issued it? */
static bool
is_faulty(struct mtl_arena *arena, const struct mtl_handshake_question *question, struct mtl_chain sent)
{
    struct mtl_question asked = {
        .policy = &question->sides[MTL_CLIENT].stack->policy,
        .presented = sent,
        .subject = MTL_CLIENT,
        .now = question->now,
        .budget = mtl_default_budget,
        .crypto = question->crypto,
    };

    return !mtl_leaf_is_fit(arena, &asked);
}

bool
mtl_client_trips_over_usage(const struct mtl_side *client, enum mtl_tls tls)
{
    return client->stack->own_usage_alert[tls] != 0 && keeps_from_signing(client->stack, leaf_of(client));
}

enum mtl_answer
mtl_client_answers(struct mtl_arena *arena, const struct mtl_handshake_question *question, struct mtl_chain sent,
                   enum mtl_tls tls)
{
    const struct mtl_side *client = &question->sides[MTL_CLIENT], *server = &question->sides[MTL_SERVER];
    const struct mtl_stack_signing *signing = &client->stack->signing[MTL_CLIENT][tls];
    const struct mtl_cert *leaf = leaf_of(client);

    if (leaf == NULL)
        return MTL_ANSWER_NO_CERTIFICATE;
    if (is_unfit(client))
        return MTL_ANSWER_UNFIT;
    if (!is_set(signing->keys, leaf->key.type) || !mtl_peer_accepts_key(client, server) ||
        (tls == MTL_TLS13 && !mtl_side_finds_no_scheme(client, tls) &&
         !(curve_fits(signing, leaf) && mtl_peer_accepts_curve(client, server, tls))))
        return MTL_ANSWER_NO_ALGORITHM;
    if (leaf_is_kept_from_signing(client, tls))
        return MTL_ANSWER_NOT_FOR_SIGNING;
    if (client->stack->client_judges_own_leaf && is_faulty(arena, question, sent))
        return MTL_ANSWER_FAULTY;
    if (client->stack->heeds_ca_names && !is_under_server_names(arena, question, sent))
        return MTL_ANSWER_OTHER_CA;
    return MTL_ANSWER_CHAIN;
}

const char *
mtl_answer_text(struct mtl_arena *arena, const struct mtl_handshake_question *question, enum mtl_tls tls,
                enum mtl_answer answer)
{
    const struct mtl_side *client = &question->sides[MTL_CLIENT], *server = &question->sides[MTL_SERVER];

    switch (answer) {
    case MTL_ANSWER_NOT_REACHED:
        break;
    case MTL_ANSWER_NOT_ASKED:
        return mtl_arena_printf(arena, "%s does not ask for one", server->label);
    case MTL_ANSWER_NO_CERTIFICATE:
        return mtl_arena_printf(arena,
                                client->presents == NULL ? "%s has no certificate to send"
                                                         : "%s goes on without its certificate, which does not load",
                                client->label);
    case MTL_ANSWER_UNFIT:
        return mtl_arena_printf(arena, "%s withholds it: its own library does not take it", client->label);
    case MTL_ANSWER_NO_ALGORITHM:
        return mtl_arena_printf(arena, "%s withholds it: no signature algorithm of TLS %s goes with its key (%s)",
                                client->label, mtl_tls_text(tls), mtl_key_text(arena, &leaf_of(client)->key));
    case MTL_ANSWER_NOT_FOR_SIGNING:
        return mtl_arena_printf(arena, "%s withholds it: its keyUsage does not allow signatures", client->label);
    case MTL_ANSWER_FAULTY:
        return mtl_arena_printf(arena, "%s withholds it: it is out of date or not for clients", client->label);
    case MTL_ANSWER_OTHER_CA:
        return mtl_arena_printf(arena, "%s withholds it: no CA that %s names in its request issued it", client->label,
                                server->label);
    case MTL_ANSWER_WEAK_CHAIN:
        return "its own chain is too weak to be sent";
    case MTL_ANSWER_CHAIN:
        return mtl_arena_printf(arena, "%s asks for one", server->label);
    }
    return "the handshake does not get that far";
}
