/*
 * What becomes of a side's proof that it owns its certificate, and of the messages around it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "handshake/scene.h"

#include <string.h>

struct mtl_proof_fate
mtl_proof_fate(const struct mtl_side *owner, const struct mtl_side *verifier, enum mtl_tls tls)
{
    const struct mtl_stack *stack = verifier->stack;
    struct mtl_proof_fate fate = {.by = verifier->role, .reason = MTL_REASON_NO_SHARED_ALGORITHM};

    if (mtl_side_finds_no_scheme(owner, tls)) {
        fate.by = owner->role;
        fate.alert = owner->stack->unsignable_alert[owner->role][tls];
        return fate;
    }
    if (mtl_server_curve_is_not_offered(owner, verifier, tls)) {
        fate.is_unknown = stack->wrong_group_alert == 0;
        fate.alert = stack->wrong_group_alert;
        return fate;
    }
    if (mtl_proof_needs_digital_signature(stack, owner)) {
        fate.alert = stack->proof_usage_alert;
        return fate;
    }
    fate.reason = mtl_side_key_is_another(owner) ? MTL_REASON_PROOF : MTL_REASON_NONE;
    if (fate.reason == MTL_REASON_NONE)
        return fate;
    if (stack->proof != NULL && !mtl_side_key_is_alike(owner, tls))
        fate.alert = stack->proof->misfit_alert[verifier->role][tls];
    fate.is_unknown = stack->proof == NULL || (!mtl_side_key_is_alike(owner, tls) && fate.alert == 0);
    if (fate.is_unknown || fate.alert != 0)
        return fate;
    fate.alert = stack->proof->alert[verifier->role][tls];
    fate.surface = stack->proof->surface[verifier->role][tls];
    return fate;
}

enum mtl_reason
mtl_size_refusal(const struct mtl_stack *stack, enum mtl_role receiver, struct mtl_chain chain, enum mtl_tls tls)
{
    uint16_t most = stack->most_received[receiver];

    if (stack->largest_certificate_message != 0 &&
        mtl_certificate_message_size(chain, tls) > stack->largest_certificate_message)
        return MTL_REASON_TOO_LARGE;
    return most != 0 && chain.count > most ? MTL_REASON_TOO_MANY : MTL_REASON_NONE;
}

static bool
ends_in_dot(const char *host)
{
    size_t size = strlen(host);

    return size > 0 && host[size - 1] == '.';
}

/* RFC 6066 3: an address is no server_name, and a name ends without a dot. */
uint8_t
mtl_host_alert(const struct mtl_stack *server, const struct mtl_stack *client, const char *host)
{
    uint8_t address[16];
    size_t size;

    if (server->final_dot_alert == 0 && server->odd_host_alert == 0)
        return 0;
    if (host == NULL || (!client->names_as_given && mtl_host_is_address(host, address, &size)))
        return 0;
    if (client->names_as_given && ends_in_dot(host) && server->final_dot_alert != 0)
        return server->final_dot_alert;
    return mtl_host_is_plain(host) ? 0 : server->odd_host_alert;
}

bool
mtl_host_is_in_doubt(const struct mtl_stack *server, const struct mtl_stack *client, const char *host)
{
    return host != NULL && server->final_dot_alert != 0 && ends_in_dot(host) && !client->strips_final_dot &&
           !client->names_as_given;
}

/* "192.0.2.010" is neither an address nor a name: no top-level domain is a number (RFC 1123 2.1). */
static bool
ends_in_number(const char *host)
{
    const char *dot = strrchr(host, '.');
    const char *last = dot == NULL ? host : dot + 1;

    return *last != '\0' && last[strspn(last, "0123456789")] == '\0';
}

bool
mtl_client_refuses_host(const struct mtl_stack *client, const char *host)
{
    return client->client_needs_host && host != NULL && !mtl_host_counts_as_address(host, &client->policy.names) &&
           (!mtl_host_has_labels(host) || strchr(host, '*') != NULL || ends_in_number(host));
}

/* RFC 8446 4.2.4, RFC 5246 7.4.4: each name behind its length */
size_t
mtl_ca_names_size(const struct mtl_side *server)
{
    size_t size = 0;

    for (size_t i = 0; server->trusts != NULL && !server->stack->names_no_cas && i < server->trusts->cert_count; i++) {
        const struct mtl_cert *ca = server->trusts->certs[i].cert;
        size += 2 + mtl_cert_bytes(ca, ca->subject).size;
    }
    return size;
}
