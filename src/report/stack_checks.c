/*
 * A stack's page: what its verifier checks in which order, and what it does not check.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "report/stack_page.h"
#include "report/traits.h"

/* ---- what it checks ------------------------------------------------------------------------------------------- */

/* Before the names of the steps; a way of running that has no words yet says nothing. */
static const char *const directions[] = {
    [MTL_LEAF_ONLY] = "of the leaf",
    [MTL_LEAF_TO_ROOT] = "of each certificate, leaf first",
    [MTL_ROOT_TO_LEAF] = "of each certificate, root first",
    [MTL_ISSUED_TO_LEAF] = "of each certificate below the trusted one, root first",
    [MTL_LEAF_TO_ISSUED] = "of each certificate with its issuer, leaf first",
};
static const char *const scopes[] = {
    [MTL_SCOPE_PATH] = NULL,
    [MTL_SCOPE_CANDIDATE] = "of each possible issuer and the certificate below it; one that fails is passed over",
    [MTL_SCOPE_EXTENSION] = "of each issuer and the certificate below it, as it is found",
};

static const char *
subject_of(const struct mtl_phase *phase)
{
    if ((size_t)phase->scope < sizeof(scopes) / sizeof(scopes[0]) && scopes[phase->scope] != NULL)
        return scopes[phase->scope];
    if ((size_t)phase->direction < sizeof(directions) / sizeof(directions[0]))
        return directions[phase->direction];
    return "of each certificate";
}

/* Marks in a list of steps, from MTL_STEP_COUNT + 1 on, say what the steps behind them are about. */
static const char *const marks[] = {
    [MTL_STEP_UNLESS_FAILED - MTL_STEP_COUNT] = "if nothing has failed: ",
    [MTL_STEP_OF_ISSUER - MTL_STEP_COUNT] = "of its issuer: ",
    [MTL_STEP_OF_LEAF - MTL_STEP_COUNT] = "if it is the leaf, again: ",
    [MTL_STEP_OF_SUBJECT - MTL_STEP_COUNT] = "again: ",
    [MTL_STEP_OF_CAS - MTL_STEP_COUNT] = "unless it is the leaf: ",
};

static const char *
steps_text(struct mtl_arena *arena, const enum mtl_step *steps)
{
    struct mtl_text text = {.arena = arena};
    const char *separator = "";

    for (; *steps != MTL_STEP_END; steps++) {
        size_t mark = *steps > MTL_STEP_COUNT ? (size_t)(*steps - MTL_STEP_COUNT) : 0;

        if (mark >= sizeof(marks) / sizeof(marks[0]))
            continue;
        if (mark > 0 && text.size > 0 && separator[0] == ',')
            separator = "; ";
        mtl_text_printf(&text, "%s%s", separator, mark > 0 ? marks[mark] : mtl_step_name(*steps));
        separator = mark > 0 ? "" : ", ";
    }
    return text.size == 0 ? "nothing" : text.text;
}

static void
add_checks(struct mtl_sheet *sheet, const struct mtl_policy *policy)
{
    struct mtl_arena *arena = sheet->page.text.arena;

    mtl_sheet_section(sheet, "What it checks, in this order");
    for (int after = 0; after <= 1; after++)
        for (size_t i = 0; i < policy->phase_count; i++) {
            const struct mtl_phase *phase = &policy->phases[i];

            if (phase->before_building == (after == 1))
                continue;
            mtl_sheet_item(sheet, mtl_arena_printf(arena, "%s%s: %s.",
                                                   phase->before_building ? "before any issuer is looked for, " : "",
                                                   subject_of(phase), steps_text(arena, phase->steps)));
        }
}

/* ---- what it does not check ----------------------------------------------------------------------------------- */

static bool
has_bit(uint32_t mask, unsigned bit)
{
    return (mask >> bit & 1) != 0;
}

static bool
reads_only_some_critical(const struct mtl_stack *stack)
{
    return stack->reading.critical_extensions != 0;
}

/* To others a proxy certificate is one with an unknown critical extension (RFC 3820 3.8). */
static bool
knows_no_proxies(const struct mtl_stack *stack)
{
    return !has_bit(stack->policy.understood_extensions | stack->reading.critical_extensions, MTL_EXT_PROXY_CERT_INFO);
}

static bool
needs_version_3(const struct mtl_stack *stack)
{
    return stack->reading.needs_version_3 ||
           (mtl_policy_runs(&stack->policy, MTL_STEP_IS_CA) && !stack->policy.old_versions_may_issue);
}

static bool
knows_only_named_curves(const struct mtl_stack *stack)
{
    return mtl_stack_reason(stack, MTL_REASON_EXPLICIT_CURVE) != NULL ||
           (stack->policy.verifying_curves != 0 && !has_bit(stack->policy.verifying_curves, MTL_CURVE_EXPLICIT));
}

static bool
asks_key_usage_of_leaf(const struct mtl_stack *stack)
{
    const uint16_t *wanted = stack->policy.key_usage;

    return (mtl_policy_runs(&stack->policy, MTL_STEP_PURPOSE) && (wanted[MTL_CLIENT] | wanted[MTL_SERVER]) != 0) ||
           stack->usage != NULL || stack->proof_needs_digital_signature != 0;
}

static bool
asks_purpose_of_issuers(const struct mtl_stack *stack)
{
    return stack->policy.nested_eku && mtl_policy_runs(&stack->policy, MTL_STEP_PURPOSE);
}

static bool
limits_rsa_keys(const struct mtl_stack *stack)
{
    return stack->policy.rsa_bits[0] != 0;
}

static bool
asks_cert_sign(const struct mtl_stack *stack)
{
    const struct mtl_policy *policy = &stack->policy;
    bool has_flag_alone = policy->ca_flag_is_enough || policy->only_basic_constraints_tell;

    return policy->issuers_need_cert_sign || (mtl_policy_runs(policy, MTL_STEP_IS_CA) && !has_flag_alone);
}

static bool
refuses_what_does_not_decode(const struct mtl_stack *stack)
{
    return (stack->reading.malformed_extensions | stack->policy.decoded_of_leaf) != 0 ||
           stack->reading.oddity_count != 0;
}

static bool
takes_some_keys_of_leaves(const struct mtl_stack *stack)
{
    return stack->accepted_keys != 0;
}

static bool
verifies_with_some_keys(const struct mtl_stack *stack)
{
    return (stack->policy.verifying_keys | stack->policy.signature_keys) != 0;
}

static bool
asks_anchor(const struct mtl_stack *stack)
{
    return !stack->policy.anchors_are_keys && stack->policy.search != MTL_SEARCH_DOWNWARDS &&
           mtl_policy_runs(&stack->policy, MTL_STEP_IS_CA);
}

static bool
asks_no_names(const struct mtl_stack *stack)
{
    return !mtl_stack_plays(stack, MTL_CLIENT);
}

/* A check is made by any one of its steps, or in another way. */
static const struct {
    const char *what;
    enum mtl_step steps[5]; /* ends with MTL_STEP_END */
    bool (*otherwise)(const struct mtl_stack *stack);
} checks[] = {
    {"strength of the leaf's key", {MTL_STEP_LEAF_KEY_STRENGTH}, limits_rsa_keys},
    {"strength of issuers' keys", {MTL_STEP_ISSUER_KEY_STRENGTH}, limits_rsa_keys},
    {"strength of signatures", {MTL_STEP_DIGEST_STRENGTH, MTL_STEP_OWN_DIGEST}, NULL},
    {"kind of the leaf's key", {MTL_STEP_LEAF_KEY_SUPPORTED}, takes_some_keys_of_leaves},
    {"kind of issuers' keys", {MTL_STEP_ISSUER_KEY_SUPPORTED}, verifies_with_some_keys},
    {"curves that are spelled out", {MTL_STEP_EXPLICIT_CURVE}, knows_only_named_curves},
    {"decoding of extensions", {MTL_STEP_DECODABLE_EXTENSIONS}, refuses_what_does_not_decode},
    {"critical extensions", {MTL_STEP_CRITICAL_EXTENSIONS}, reads_only_some_critical},
    {"proxy certificates", {MTL_STEP_PROXY}, knows_no_proxies},
    {"key usage of the leaf", {MTL_STEP_LEAF_KEY_USAGE}, asks_key_usage_of_leaf},
    {"extended key usage of the leaf", {MTL_STEP_PURPOSE, MTL_STEP_LEAF_EKU, MTL_STEP_LEAF_TYPE}, NULL},
    {"extended key usage of issuers", {MTL_STEP_ISSUER_EKU, MTL_STEP_CA_TYPE}, asks_purpose_of_issuers},
    {"whether the leaf is a CA", {MTL_STEP_NO_CA_AS_LEAF}, NULL},
    {"CA flag of issuers", {MTL_STEP_IS_CA, MTL_STEP_CA_TYPE}, NULL},
    {"CA flag of the trusted certificate", {MTL_STEP_ANCHOR, MTL_STEP_DENIES_CA}, asks_anchor},
    {"version of issuers", {MTL_STEP_VERSION, MTL_STEP_CA_TYPE}, needs_version_3},
    {"keyCertSign of issuers",
     {MTL_STEP_KEY_CERT_SIGN, MTL_STEP_OWN_CERT_SIGN, MTL_STEP_UNTRUSTED_CERT_SIGN},
     asks_cert_sign},
    {"path length", {MTL_STEP_PATH_LENGTH, MTL_STEP_DEPTH_BELOW}, NULL},
    {"name constraints",
     {MTL_STEP_NAME_CONSTRAINTS, MTL_STEP_OWN_CONSTRAINTS, MTL_STEP_CONSTRAINTS_BELOW, MTL_STEP_CONSTRAINTS_ABOVE},
     NULL},
    {"server name", {MTL_STEP_IDENTITY}, asks_no_names},
    {"revocation", {MTL_STEP_REVOCATION}, NULL},
    {"notBefore", {MTL_STEP_NOT_BEFORE}, NULL},
    {"notAfter", {MTL_STEP_NOT_AFTER}, NULL},
    {"signatures", {MTL_STEP_SIGNATURE}, NULL},
};

static void
add_unchecked(struct mtl_sheet *sheet, const struct mtl_stack *stack)
{
    mtl_sheet_section(sheet, stack->evidence == MTL_EVIDENCE_ASSUMED ? "What its documents leave open"
                                                                     : "What it does not check");
    for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++) {
        bool is_made = checks[i].otherwise != NULL && checks[i].otherwise(stack);

        for (const enum mtl_step *step = checks[i].steps; *step != MTL_STEP_END; step++)
            is_made = is_made || mtl_policy_runs(&stack->policy, *step);
        if (!is_made)
            mtl_sheet_item(sheet, checks[i].what);
    }
}

void
mtl_sheet_checks(struct mtl_sheet *sheet, const struct mtl_stack *stack)
{
    add_checks(sheet, &stack->policy);
    add_unchecked(sheet, stack);
}
