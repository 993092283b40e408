/*
 * What becomes of a side's proof that it owns its certificate, and of the messages around it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "handshake/scene.h"

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
    if (mtl_proof_needs_digital_signature(stack, owner)) {
        fate.alert = stack->proof_usage_alert;
        return fate;
    }
    fate.reason = mtl_side_key_is_another(owner) ? MTL_REASON_PROOF : MTL_REASON_NONE;
    if (fate.reason == MTL_REASON_NONE)
        return fate;
    fate.is_unknown = stack->proof == NULL || !mtl_side_key_is_alike(owner);
    if (fate.is_unknown)
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

/* RFC 6066 3: an address is no server_name. */
bool
mtl_server_refuses_host(const struct mtl_stack *stack, const char *host)
{
    uint8_t address[16];
    size_t size;

    return stack->odd_host_alert != 0 && host != NULL && !mtl_host_is_address(host, address, &size) &&
           !mtl_host_is_plain(host);
}
