/*
 * Certificate policies along a path (RFC 5280 6.1.2 to 6.1.5, RFC 9618).
 *
 * Where the user accepts any policy, nobody asks from which policy of the anchor's domain a valid one was mapped, but
 * only whether one is valid. So of the graph of RFC 9618 one level is kept: a sorted list without parents. Each
 * certificate costs a sort of its own policies and mappings. SPDX-License-Identifier: Apache-2.0
 */
#include "cert/policies.h"
#include "path/judgement.h"

#include <stdlib.h>
#include <string.h>

#define BIT(extension) (1U << (extension))

static const char too_many[] = "a chain has more certificate policies than are compared";
static const char flawed[] = "an extension on certificate policies does not decode, or has a number out of range";

/* Sorted, each once, anyPolicy apart. */
struct policy_set {
    struct mtl_slice *ids;
    size_t count;
    bool has_any;
};

/* What one certificate says. */
struct issued {
    struct policy_set policies;
    struct mtl_policy_mapping *mappings; /* sorted by issuer */
    size_t mapping_count;
    struct mtl_policy_limits limits;
    bool maps_any;
    bool is_qualified; /* a policy other than anyPolicy is */
    bool is_flawed;    /* in a way that leaves no doubt what it says */
    bool is_malformed; /* in another way */
};

/* 6.1.2. The set is what is expected of the next certificate (6.1.3 (d)), and then what is valid there. */
struct processing {
    const struct mtl_policy_rules *rules;
    struct judgement *judgement;
    struct policy_set valid;
    bool all_have_policies; /* so far */
    size_t explicit_policy, mapping, any_policy;
    const char *doubt; /* see struct mtl_policies_finding */
};

/* ---- sets ------------------------------------------------------------------------------------------------------- */

static int
compare_ids(const void *a, const void *b)
{
    return mtl_slice_compare(*(const struct mtl_slice *)a, *(const struct mtl_slice *)b);
}

static int
compare_issuers(const void *a, const void *b)
{
    return mtl_slice_compare(((const struct mtl_policy_mapping *)a)->issuer,
                             ((const struct mtl_policy_mapping *)b)->issuer);
}

/* True if there were no two alike. */
static bool
sort_set(struct policy_set *set)
{
    size_t count = 0;

    if (set->count == 0)
        return true;
    qsort(set->ids, set->count, sizeof(*set->ids), compare_ids);
    for (size_t i = 0; i < set->count; i++) {
        if (count == 0 || !mtl_slice_equal(set->ids[count - 1], set->ids[i]))
            set->ids[count++] = set->ids[i];
    }
    bool is_set = count == set->count;
    set->count = count;
    return is_set;
}

static bool
contains(const struct policy_set *set, struct mtl_slice id)
{
    return set->count > 0 && bsearch(&id, set->ids, set->count, sizeof(id), compare_ids) != NULL;
}

static bool
is_mapped(const struct issued *issued, struct mtl_slice id)
{
    const struct mtl_policy_mapping wanted = {.issuer = id};

    return issued->mapping_count > 0 &&
           bsearch(&wanted, issued->mappings, issued->mapping_count, sizeof(wanted), compare_issuers) != NULL;
}

static bool
is_empty(const struct policy_set *set)
{
    return set->count == 0 && !set->has_any;
}

static struct policy_set
set_of(const struct processing *processing, size_t capacity)
{
    return (struct policy_set){.ids =
                                   mtl_arena_array(processing->judgement->arena, capacity, sizeof(struct mtl_slice))};
}

/* Is it within the limit of one list, and the budget of all? */
static bool
may_hold(struct processing *processing, size_t count)
{
    uint32_t *left = &processing->judgement->left.policies;

    if (count > MTL_MAX_POLICIES || count > *left)
        return false;
    *left -= (uint32_t)count;
    return true;
}

/* ---- one certificate's ------------------------------------------------------------------------------------------ */

/* False if there are too many. */
static bool
read_policies(struct processing *processing, const struct mtl_cert *cert, struct issued *issued)
{
    struct mtl_policy_walk walk = mtl_cert_policies(cert);
    struct mtl_issued_policy policy;
    bool has_any_twice = false;
    size_t count = 0;

    while (mtl_cert_policies_next(&walk, &policy))
        count++;
    if (!may_hold(processing, count))
        return false;
    issued->policies = set_of(processing, count);
    for (walk = mtl_cert_policies(cert); mtl_cert_policies_next(&walk, &policy);) {
        bool is_any = mtl_policy_is_any(policy.id);
        has_any_twice = has_any_twice || (is_any && issued->policies.has_any);
        issued->policies.has_any = issued->policies.has_any || is_any;
        issued->is_qualified = issued->is_qualified || (policy.is_qualified && !is_any);
        if (!is_any)
            issued->policies.ids[issued->policies.count++] = policy.id;
    }
    issued->is_flawed = !sort_set(&issued->policies) || has_any_twice ||
                        (mtl_cert_has(cert, MTL_EXT_CERTIFICATE_POLICIES) && count == 0);
    return true;
}

/* Likewise. */
static bool
read_mappings(struct processing *processing, const struct mtl_cert *cert, struct issued *issued)
{
    struct mtl_policy_walk walk = mtl_cert_policy_mappings(cert);
    struct mtl_policy_mapping mapping;
    size_t count = 0;

    while (mtl_cert_policy_mappings_next(&walk, &mapping))
        count++;
    if (!may_hold(processing, count))
        return false;
    issued->mappings = mtl_arena_array(processing->judgement->arena, count, sizeof(mapping));
    for (walk = mtl_cert_policy_mappings(cert); mtl_cert_policy_mappings_next(&walk, &mapping);) {
        issued->maps_any = issued->maps_any || mtl_policy_is_any(mapping.issuer) || mtl_policy_is_any(mapping.subject);
        issued->mappings[issued->mapping_count++] = mapping;
    }
    if (count > 0)
        qsort(issued->mappings, count, sizeof(mapping), compare_issuers);
    issued->is_flawed = issued->is_flawed || (mtl_cert_has(cert, MTL_EXT_POLICY_MAPPINGS) && count == 0);
    return true;
}

/* A leaf has nothing below it to map for. */
static bool
read_issued(struct processing *processing, const struct mtl_cert *cert, bool is_leaf, struct issued *issued)
{
    uint32_t read = BIT(MTL_EXT_CERTIFICATE_POLICIES) | BIT(MTL_EXT_POLICY_CONSTRAINTS) |
                    BIT(MTL_EXT_INHIBIT_ANY_POLICY) | (is_leaf ? 0 : BIT(MTL_EXT_POLICY_MAPPINGS));
    /* certificatePolicies may decode to others: OpenSSL reads qualifiers, too */
    uint32_t absent = processing->judgement->policy->malformed_is_absent ? ~BIT(MTL_EXT_CERTIFICATE_POLICIES) : 0;

    if (!read_policies(processing, cert, issued) || (!is_leaf && !read_mappings(processing, cert, issued)))
        return false;
    issued->limits = mtl_cert_policy_limits(cert);
    issued->is_flawed = issued->is_flawed || issued->limits.is_empty || (cert->malformed & read & absent) != 0;
    issued->is_malformed = (cert->malformed & read & ~absent) != 0 || issued->limits.is_negative;
    if (processing->rules->uncritical_inhibits_not && (cert->critical & BIT(MTL_EXT_INHIBIT_ANY_POLICY)) == 0)
        issued->limits.inhibit_any = -1;
    return true;
}

/* ---- 6.1.3 and 6.1.4 -------------------------------------------------------------------------------------------- */

/* 6.1.3 (d), (e): of what is expected that which is issued, and what a valid anyPolicy lets in. False: too many. */
static bool
narrow(struct processing *processing, const struct issued *issued, bool any_counts)
{
    const struct policy_set *expected = &processing->valid, *policies = &issued->policies;
    bool takes_all = issued->policies.has_any && any_counts;
    struct policy_set valid = set_of(processing, expected->count + policies->count);

    for (size_t i = 0; i < expected->count; i++)
        if (takes_all || contains(policies, expected->ids[i]))
            valid.ids[valid.count++] = expected->ids[i];
    for (size_t i = 0; expected->has_any && i < policies->count; i++)
        valid.ids[valid.count++] = policies->ids[i];
    valid.has_any = takes_all && expected->has_any;
    sort_set(&valid);
    processing->valid = valid;
    return may_hold(processing, valid.count);
}

/* 6.1.4 (b): what is expected of the next certificate. False: too many. */
static bool
map(struct processing *processing, const struct issued *issued)
{
    const struct policy_set *valid = &processing->valid;
    struct policy_set expected = set_of(processing, valid->count + issued->mapping_count);

    for (size_t i = 0; i < valid->count; i++)
        if (!is_mapped(issued, valid->ids[i]))
            expected.ids[expected.count++] = valid->ids[i];
    for (size_t i = 0; processing->mapping > 0 && i < issued->mapping_count; i++)
        if (valid->has_any || contains(valid, issued->mappings[i].issuer))
            expected.ids[expected.count++] = issued->mappings[i].subject;
    expected.has_any = valid->has_any;
    sort_set(&expected);
    processing->valid = expected;
    return may_hold(processing, expected.count);
}

static bool
any_mapping_fails(const struct processing *processing)
{
    switch (processing->rules->any_mapping) {
    case MTL_ANY_MAPPING_FAILS_WHILE_VALID:
        return !is_empty(&processing->valid);
    case MTL_ANY_MAPPING_FAILS_IF_MAPPED:
        return processing->all_have_policies && processing->mapping > 0;
    default:
        return true;
    }
}

static void
lower(size_t *counter, int32_t limit)
{
    if (limit >= 0 && (size_t)limit < *counter)
        *counter = (size_t)limit;
}

/* 6.1.4 (h) to (j), for an issuer. */
static void
count_down(struct processing *processing, const struct issued *issued, bool self_issued)
{
    size_t *const counters[] = {&processing->explicit_policy, &processing->mapping, &processing->any_policy};

    for (size_t i = 0; !self_issued && i < sizeof(counters) / sizeof(counters[0]); i++)
        *counters[i] -= *counters[i] > 0;
    lower(&processing->explicit_policy, issued->limits.require_explicit);
    lower(&processing->mapping, issued->limits.inhibit_mapping);
    lower(&processing->any_policy, issued->limits.inhibit_any);
}

/* 6.1.5 (a), (b), for the leaf. */
static void
wrap_up(struct processing *processing, const struct issued *issued, bool self_issued)
{
    if (!(self_issued && processing->rules->self_issued_leaf_is_free))
        processing->explicit_policy -= processing->explicit_policy > 0;
    if (issued->limits.require_explicit == 0)
        processing->explicit_policy = 0;
}

static enum mtl_reason
doubt(struct processing *processing, const char *why)
{
    processing->doubt = why;
    return MTL_REASON_NONE;
}

/* 6.1.3 (f): a policy is demanded, and none is valid. */
static bool
is_missing(const struct processing *processing)
{
    return processing->explicit_policy == 0 && is_empty(&processing->valid);
}

/* What is left of 6.1.3, and 6.1.4, for an issuer. */
static enum mtl_reason
prepare(struct processing *processing, const struct issued *issued, bool self_issued)
{
    if (is_missing(processing))
        return MTL_REASON_POLICY_MISSING;
    if (issued->maps_any && any_mapping_fails(processing))
        return MTL_REASON_POLICY_ANY_MAPPED;
    if (!map(processing, issued))
        return doubt(processing, too_many);
    if (processing->rules->demands_once_mapped && is_missing(processing))
        return MTL_REASON_POLICY_MISSING;
    count_down(processing, issued, self_issued);
    return MTL_REASON_NONE;
}

/* What fails at one certificate. */
static enum mtl_reason
process(struct processing *processing, const struct mtl_cert *cert, bool self_issued, bool is_leaf)
{
    const struct mtl_policy_rules *rules = processing->rules;
    bool is_critical = (cert->critical & BIT(MTL_EXT_CERTIFICATE_POLICIES)) != 0;
    struct issued issued = {0};

    if (!read_issued(processing, cert, is_leaf, &issued))
        return doubt(processing, too_many);
    if (rules->flaws_fail && (issued.is_flawed || issued.is_malformed))
        return MTL_REASON_POLICY_FLAWED;
    if (issued.is_malformed || (!rules->flaws_fail && issued.limits.is_large))
        return doubt(processing, flawed);
    if (rules->qualified_critical_fail && is_critical && issued.is_qualified && !is_empty(&processing->valid))
        return MTL_REASON_POLICY_QUALIFIED;
    if (!narrow(processing, &issued, processing->any_policy > 0 || (!is_leaf && self_issued)))
        return doubt(processing, too_many);
    processing->all_have_policies = processing->all_have_policies && !is_empty(&issued.policies);
    if (!is_leaf)
        return prepare(processing, &issued, self_issued);
    wrap_up(processing, &issued, self_issued);
    return is_missing(processing) ? MTL_REASON_POLICY_MISSING : MTL_REASON_NONE;
}

/* ---- a path ----------------------------------------------------------------------------------------------------- */

/* Can anything fail? Of most chains the extensions that are there tell. */
static bool
matters(const struct mtl_policy_rules *rules, const struct mtl_loaded_cert *const *certs, size_t count)
{
    uint32_t telling = BIT(MTL_EXT_POLICY_CONSTRAINTS) | BIT(MTL_EXT_POLICY_MAPPINGS);

    if (rules->flaws_fail)
        telling |= BIT(MTL_EXT_CERTIFICATE_POLICIES) | BIT(MTL_EXT_INHIBIT_ANY_POLICY);
    for (size_t i = 0; i < count; i++) {
        const struct mtl_cert *cert = certs[i]->cert;
        if ((cert->present & telling) != 0 ||
            (rules->qualified_critical_fail && (cert->critical & BIT(MTL_EXT_CERTIFICATE_POLICIES)) != 0))
            return true;
    }
    return rules->demands_policy;
}

static bool
is_self_issued(const struct mtl_policy *policy, const struct mtl_cert *cert)
{
    if (!policy->names_are_compared_as_bytes)
        return cert->self_issued;
    return mtl_slice_equal(mtl_cert_bytes(cert, cert->subject), mtl_cert_bytes(cert, cert->issuer));
}

struct mtl_policies_finding
mtl_path_judge_policies(struct judgement *judgement, const struct mtl_loaded_cert *const *certs, size_t count)
{
    const struct mtl_policy_rules *rules = &judgement->policy->policies;
    size_t issued = count - 1; /* all but the anchor */
    struct processing processing = {
        .rules = rules,
        .judgement = judgement,
        .valid = {.has_any = true},
        .all_have_policies = true,
        .explicit_policy = rules->demands_policy ? 0 : count,
        .mapping = rules->allows_no_map ? 0 : count,
        .any_policy = rules->allows_no_any ? 0 : count,
    };
    struct mtl_policies_finding finding = {.reason = MTL_REASON_NONE};

    if (!matters(rules, certs, issued))
        return finding;
    struct mtl_arena_mark mark = mtl_arena_mark(judgement->arena);
    while (issued-- > 0 && finding.reason == MTL_REASON_NONE && processing.doubt == NULL) {
        finding.depth = issued;
        finding.reason = process(&processing, certs[issued]->cert,
                                 is_self_issued(judgement->policy, certs[issued]->cert), issued == 0);
    }
    mtl_arena_rewind(judgement->arena, mark);
    finding.doubt = processing.doubt;
    if (rules->blames_leaf)
        finding.depth = 0;
    return finding;
}

void
mtl_step_policies(struct judgement *judgement, struct working_path *path, size_t depth)
{
    struct mtl_policies_finding finding;

    if (!path->anchored)
        return;
    finding = mtl_path_judge_policies(judgement, path->certs, path->count);
    if (finding.reason != MTL_REASON_NONE && finding.depth == depth)
        mtl_path_fail(judgement, path,
                      &(struct mtl_failure){.reason = finding.reason, .step = MTL_STEP_POLICIES, .depth = depth});
}

/* ---- a verifier that takes extKeyUsage for policies ---------------------------------------------------------------
 */

/* Does it, at that depth, demand a policy of the certificate at lowest? */
static bool
demands_below(const struct mtl_cert *cert, size_t depth, size_t lowest)
{
    int32_t require = mtl_cert_policy_limits(cert).require_explicit;

    return require >= 0 && (size_t)require < depth - lowest;
}

/* Self-issued certificates count, too. */
void
mtl_step_demanded_eku(struct judgement *judgement, struct working_path *path, size_t depth)
{
    const uint32_t numbers =
        BIT(MTL_EXT_POLICY_CONSTRAINTS) | BIT(MTL_EXT_POLICY_MAPPINGS) | BIT(MTL_EXT_INHIBIT_ANY_POLICY);
    const struct mtl_cert *cert = path->certs[depth]->cert;
    enum mtl_reason reason = (cert->malformed & numbers) != 0 ? MTL_REASON_POLICY_FLAWED : MTL_REASON_NONE;

    for (size_t above = depth + 1; reason == MTL_REASON_NONE && above < path->count; above++)
        if (!mtl_cert_has(cert, MTL_EXT_EXTENDED_KEY_USAGE) && demands_below(path->certs[above]->cert, above, depth))
            reason = MTL_REASON_PURPOSE;
    if (reason != MTL_REASON_NONE)
        mtl_path_fail(judgement, path,
                      &(struct mtl_failure){.reason = reason, .step = MTL_STEP_DEMANDED_EKU, .depth = depth});
}
