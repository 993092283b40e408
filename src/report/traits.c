/*
 * What the traits of a policy mean, a sentence each; and how sentences become items of a page.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "report/traits.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

/* ---- names of bits -------------------------------------------------------------------------------------------- */

const char *const mtl_key_names[9] = {
    "keys of other kinds", "RSA", "RSA-PSS", "EC", "Ed25519", "Ed448", "DSA", "X25519", "X448"};
const char *const mtl_curve_names[12] = {"no curve",        "P-224",     "P-256",           "P-384",
                                         "P-521",           "secp256k1", "brainpoolP256r1", "brainpoolP384r1",
                                         "brainpoolP512r1", "P-192",     "other curves",    "curves spelled out"};
const char *const mtl_digest_names[14] = {"none of its own (EdDSA)",
                                          "MD2",
                                          "MD4",
                                          "MD5",
                                          "SHA-1",
                                          "SHA-224",
                                          "SHA-256",
                                          "SHA-384",
                                          "SHA-512",
                                          "SHA-512/256",
                                          "SHA3-224",
                                          "SHA3-256",
                                          "SHA3-384",
                                          "SHA3-512"};
static const char *const eku_names[] = {"serverAuth",   "clientAuth",  "codeSigning",         "emailProtection",
                                        "timeStamping", "OCSPSigning", "anyExtendedKeyUsage", "Microsoft SGC",
                                        "Netscape SGC", "others"};
const char *const mtl_key_usage_names[9] = {"digitalSignature", "nonRepudiation", "keyEncipherment",
                                            "dataEncipherment", "keyAgreement",   "keyCertSign",
                                            "cRLSign",          "encipherOnly",   "decipherOnly"};
static const char *const ns_names[] = {"SSL client", "SSL server", "S/MIME",    "object signing",
                                       "reserved",   "SSL CA",     "S/MIME CA", "object signing CA"};

/* ---- the sentences -------------------------------------------------------------------------------------------- */

static const char *const searches[] = {
    [MTL_SEARCH_FIRST_ISSUER] = "It takes one issuer for each certificate and does not come back to try another.",
    [MTL_SEARCH_BACKTRACK] = "It tries every issuer until a whole chain holds.",
    [MTL_SEARCH_ONWARDS] =
        ("It takes one CA for each certificate, a trusted one whose key fits or else one that was sent "
         "behind it, and does not come back to try another."),
    [MTL_SEARCH_SORTED] = "It puts the chain that was sent in order, cuts it where it is trusted, and tries no other.",
    [MTL_SEARCH_AS_SENT] =
        "It takes the chain in the order sent, up to where it is trusted; only if that leads nowhere it searches.",
    [MTL_SEARCH_BEST_ISSUER] =
        "It takes the best issuer of all that are at hand, sent or trusted, and does not come back to try another.",
    [MTL_SEARCH_DOWNWARDS] =
        "It verifies every certificate sent, from the last to the first; one that fails is fatal even if not needed.",
};
static const char *const revocation_scopes[] = {
    [MTL_REVOCATION_LEAF] = "Given CRLs, it checks the leaf against them.",
    [MTL_REVOCATION_CHAIN] = "Given CRLs, it checks the whole chain and needs one of every issuer.",
};
static const struct mtl_trait policy_traits[] = {
    MTL_TRAIT_CHOICE(mtl_policy, search, searches),
    MTL_TRAIT_FLAG(mtl_policy, judges_while_building, "It judges the leaf alone first, and each issuer as it is found.",
                   "It builds the chain first and then judges it."),
    MTL_TRAIT_FLAG(mtl_policy, names_are_compared_as_bytes, "Issuer and subject names must be equal octet for octet.",
                   "Issuer and subject names are compared without regard to case, spaces and string type."),
    MTL_TRAIT_FLAG(mtl_policy, names_are_compared_as_text,
                   "Among the certificates that were sent, issuer and subject names must be the same characters, in "
                   "whatever string types; in the trust store, octet for octet.",
                   NULL),
    MTL_TRAIT_FLAG(mtl_policy, takes_delta_crls, "A delta CRL alone is taken for a full one.", NULL),
    MTL_TRAIT_FLAG(mtl_policy, crls_need_self_signed_anchor,
                   "With CRLs only a self-signed certificate in the trust store ends a chain.", NULL),
    MTL_TRAIT_FLAG(
        mtl_policy, odd_strings_in_names_count,
        "Yet values that are neither PrintableString nor UTF8String, and those of attributes without a keyword "
        "in RFC 2253, are compared as octets.",
        NULL),
    MTL_TRAIT_FLAG(mtl_policy, spaces_in_names_count, "Yet a space more in a name makes it another one.", NULL),
    MTL_TRAIT_FLAG(mtl_policy, anchor_must_be_self_signed,
                   "Only a self-signed certificate in the trust store ends a chain: an intermediate there needs its "
                   "root.",
                   "Any certificate in the trust store ends a chain, an intermediate too."),
    MTL_TRAIT_FLAG(mtl_policy, key_ids_are_binding,
                   "An authorityKeyIdentifier that differs excludes an issuer of the right name.",
                   "Key identifiers exclude no issuer."),
    MTL_TRAIT_FLAG(mtl_policy, malformed_never_issue, "A malformed extension excludes an issuer.", NULL),
    MTL_TRAIT_FLAG(mtl_policy, issuers_need_cert_sign, "A keyUsage without keyCertSign excludes an issuer.", NULL),
    MTL_TRAIT_FLAG(mtl_policy, any_key_may_issue, "An issuer is taken though its key cannot have made the signature.",
                   NULL),
    MTL_TRAIT_FLAG(mtl_policy, issuers_in_order, "The first issuer that fits is taken, whatever its dates.", NULL),
    MTL_TRAIT_FLAG(mtl_policy, last_stale_issuer, "Of issuers none of which is valid now, the last one is taken.",
                   NULL),
    MTL_TRAIT_FLAG(mtl_policy, honours_aux_trust, "The trust settings of TRUSTED CERTIFICATE blocks count.", NULL),
    MTL_TRAIT_FLAG(
        mtl_policy, aux_trust_is_all,
        "With such settings a root is trusted only for the purposes that they name, and must allow them itself.", NULL),
    MTL_TRAIT_FLAG(mtl_policy, climbs_whole_store,
                   "Within the trust store it climbs up to a self-signed root, whatever it trusts on the way.", NULL),
    MTL_TRAIT_FLAG(mtl_policy, anchors_are_dated,
                   "Dates count of every certificate in the chain, the last one included.", NULL),
    MTL_TRAIT_FLAG(mtl_policy, depth_is_no_reason,
                   "A chain that is too long fails as one whose next issuer is not found.", NULL),
    MTL_TRAIT_FLAG(mtl_policy, only_key_ids_bind,
                   "Neither an authority's serial number nor the kind of a key excludes an issuer.", NULL),
    MTL_TRAIT_FLAG(mtl_policy, empty_key_ids_bind_nobody, "An empty authorityKeyIdentifier excludes no issuer.", NULL),
    MTL_TRAIT_NUMBER(mtl_policy, default_depth,
                     "Where no depth is given, a chain may have this many intermediates: {}.", NULL),
    MTL_TRAIT_FLAG(mtl_policy, depth_is_judged,
                   "The depth that is given limits a chain when it has been built, not while it is.", NULL),
    MTL_TRAIT_NUMBER(mtl_policy, judged_depth, "By default that depth allows this many intermediates: {}.",
                     "By default that depth allows no intermediate."),
    MTL_TRAIT_FLAG(mtl_policy, last_failure_decides,
                   "It goes on after a failure, and reports the last one that it meets.", NULL),
    MTL_TRAIT_FLAG(mtl_policy, issuers_need_only_the_name,
                   "Any certificate of the right name is taken for the issuer, whatever its key.", NULL),
    MTL_TRAIT_FLAG(mtl_policy, anchors_do_not_constrain,
                   "Path length and name constraints of a trusted certificate do not count.", NULL),
    MTL_TRAIT_MASK(mtl_policy, decoded_of_leaf, mtl_extension_names,
                   "Fails a leaf in which one of these does not decode when it is looked at: {}.", NULL),
    MTL_TRAIT_FLAG(mtl_policy, malformed_is_absent,
                   "Constraints on names or policies and mappings that do not decode say nothing.", NULL),
    MTL_TRAIT_FLAG(mtl_policy, path_length_blames_below,
                   "A path that is too long fails at the issuer that is one too many.", NULL),
    MTL_TRAIT_FLAG(mtl_policy, tells_purposes_apart,
                   "keyUsage, extKeyUsage and nsCertType of a leaf fail with messages of their own.", NULL),
    MTL_TRAIT_FLAG(mtl_policy, anchors_are_keys,
                   "Of a trusted certificate only name, key and name constraints count: its dates, usages and "
                   "signature are not looked at, and a leaf is never its own anchor.",
                   NULL),
    MTL_TRAIT_POINTER(mtl_policy, specificity, "Of several failures it reports the most specific one.", NULL),
    MTL_TRAIT_NUMBER(mtl_policy, early_seconds, "A certificate is valid already {} seconds before its notBefore.",
                     NULL),
    MTL_TRAIT_FLAG(mtl_policy, expires_at_not_after, "The second of notAfter is already too late.",
                   "The second of notAfter is still in time."),
    MTL_TRAIT_FLAG(mtl_policy, leaf_expires_at_not_after, "For the leaf the second of notAfter is already too late.",
                   NULL),
    MTL_TRAIT_MASK(mtl_policy, understood_extensions, mtl_extension_names, "Critical extensions that it knows: {}.",
                   "It knows no critical extension."),
    MTL_TRAIT_FLAG(
        mtl_policy, only_clear_cas,
        "What only keyUsage, its version or nsCertType show to be a CA is rejected, even as a leaf or an anchor.",
        NULL),
    MTL_TRAIT_FLAG(mtl_policy, purpose_needs_ca, "An issuer that is no CA has the wrong purpose, too.", NULL),
    MTL_TRAIT_FLAG(mtl_policy, old_versions_may_issue,
                   "Certificates of version 1 and 2 need no basicConstraints to issue, unless the version itself is "
                   "checked.",
                   NULL),
    MTL_TRAIT_FLAG(mtl_policy, ca_flag_is_enough, "basicConstraints alone say who is a CA, whatever keyUsage says.",
                   NULL),
    MTL_TRAIT_MASK(mtl_policy, decodable_extensions, mtl_extension_names,
                   "Where extensions must decode, these must: {}.", NULL),
    MTL_TRAIT_MASK(mtl_policy, der_extensions, mtl_extension_names, "These must even be DER: {}.", NULL),
    MTL_TRAIT_NUMBER(mtl_policy, path_length_bits, "A path length of more than {} bits does not decode.", NULL),
    MTL_TRAIT_FLAG(mtl_policy, search_wants_valid_anchors,
                   "When it searches, it finds no anchor that is not valid now, but for the leaf's issuer.", NULL),
    MTL_TRAIT_FLAG(mtl_policy, circles_have_same_alt_names,
                   "A path may hold the same name and key twice with other alternative names.", NULL),
    MTL_TRAIT_FLAG(mtl_policy, tells_crl_keys_apart,
                   "A CRL signed with another kind of key than its issuer's fails in its own way.", NULL),
    MTL_TRAIT_FLAG(mtl_policy, path_length_needs_ca,
                   "A path length in a certificate that is no CA counts as malformed.", NULL),
    MTL_TRAIT_FLAG(mtl_policy, empty_key_usage_decodes,
                   "A keyUsage without any bit is well-formed, and allows nothing.", NULL),
    MTL_TRAIT_FLAG(mtl_policy, ca_by_key_usage_alone,
                   "A root may lack basicConstraints: version 1, keyCertSign or nsCertType make it a CA.", NULL),
    MTL_TRAIT_FLAG(mtl_policy, old_self_issued_below_anchors_issue,
                   "A self-issued certificate of version 1 or 2 that an anchor issued is a CA.", NULL),
    MTL_TRAIT_FLAG(mtl_policy, knows_crl_numbers, "A critical cRLNumber is understood.", NULL),
    MTL_TRAIT_FLAG(mtl_policy, version_1_roots_issue, "A self-signed certificate of version 1 is a CA.", NULL),
    MTL_TRAIT_FLAG(mtl_policy, only_basic_constraints_tell,
                   "Only basicConstraints tell who is a CA; a root of version 1 or a self-signed one may lack them.",
                   NULL),
    MTL_TRAIT_FLAG(mtl_policy, self_issued_are_exempt_from_path_length,
                   "Self-issued certificates do not count for path lengths.",
                   "Self-issued certificates count for path lengths."),
    MTL_TRAIT_FLAG(mtl_policy, self_issued_set_no_path_length,
                   "The path length in a self-issued certificate, such as a root, does not count.", NULL),
    MTL_TRAIT_FLAG(mtl_policy, empty_usages_ask_for_nothing,
                   "An extKeyUsage without a purpose, and an issuer's keyUsage without a bit, count as absent.", NULL),
    MTL_TRAIT_FLAG(mtl_policy, nested_eku, "extKeyUsage of an intermediate limits what it may issue for.",
                   "extKeyUsage is looked at in the leaf only."),
    MTL_TRAIT_MASK(mtl_policy, eku[MTL_CLIENT], eku_names, "If there is an extKeyUsage, a client's needs one of: {}.",
                   "extKeyUsage of client certificates is not looked at."),
    MTL_TRAIT_MASK(mtl_policy, eku[MTL_SERVER], eku_names, "If there is an extKeyUsage, a server's needs one of: {}.",
                   "extKeyUsage of server certificates is not looked at."),
    MTL_TRAIT_MASK(mtl_policy, issuer_eku[MTL_CLIENT], eku_names,
                   "An intermediate above a client's certificate needs one of these in its extKeyUsage: {}.", NULL),
    MTL_TRAIT_MASK(mtl_policy, issuer_eku[MTL_SERVER], eku_names,
                   "An intermediate above a server's certificate needs one of these in its extKeyUsage: {}.", NULL),
    MTL_TRAIT_MASK(mtl_policy, key_usage[MTL_CLIENT], mtl_key_usage_names,
                   "If there is a keyUsage, a client's needs one of: {}.",
                   "keyUsage of client certificates is not looked at when the chain is judged."),
    MTL_TRAIT_MASK(mtl_policy, key_usage[MTL_SERVER], mtl_key_usage_names,
                   "If there is a keyUsage, a server's needs one of: {}.",
                   "keyUsage of server certificates is not looked at when the chain is judged."),
    MTL_TRAIT_MASK(mtl_policy, named_eku[MTL_CLIENT], eku_names,
                   "A client certificate must have a keyUsage, and an extKeyUsage with one of: {}.", NULL),
    MTL_TRAIT_MASK(mtl_policy, named_eku[MTL_SERVER], eku_names,
                   "A server certificate must have a keyUsage, and an extKeyUsage with one of: {}.", NULL),
    MTL_TRAIT_NUMBER(
        mtl_policy, longest_common_name,
        "No certificate may have an empty subject, and a leaf must have a common name of at most {} octets.", NULL),
    MTL_TRAIT_POINTER(mtl_policy, server_key_usage, "Which keyUsage a server's needs depends on its kind of key.",
                      NULL),
    MTL_TRAIT_MASK(mtl_policy, netscape_cert_type[MTL_CLIENT], ns_names,
                   "If there is an nsCertType, a client's must say: {}.", NULL),
    MTL_TRAIT_MASK(mtl_policy, netscape_cert_type[MTL_SERVER], ns_names,
                   "If there is an nsCertType, a server's must say: {}.", NULL),
    MTL_TRAIT_MASK(mtl_policy, known_curves, mtl_curve_names, "Keys on other curves than these have no strength: {}.",
                   NULL),
    MTL_TRAIT_NUMBER(mtl_policy, security_bits, "Keys and digests need a strength of {} bits.",
                     "It sets no least strength for keys and digests in bits."),
    MTL_TRAIT_MASK(mtl_policy, signature_digests, mtl_digest_names, "Digests of signatures that it verifies: {}.",
                   NULL),
    MTL_TRAIT_MASK(mtl_policy, signature_keys, mtl_key_names, "Signatures that it verifies: {}.", NULL),
    MTL_TRAIT_MASK(mtl_policy, signature_curves, mtl_curve_names,
                   "Signatures by issuers' keys on other curves than these fail: {}.", NULL),
    MTL_TRAIT_MASK(mtl_policy, ecdsa_digests, mtl_digest_names, "Digests of ECDSA signatures that it verifies: {}.",
                   NULL),
    MTL_TRAIT_MASK(mtl_policy, verifying_keys, mtl_key_names, "Keys that it verifies signatures with: {}.", NULL),
    MTL_TRAIT_MASK(mtl_policy, verifying_curves, mtl_curve_names, "Curves that it verifies signatures on: {}.", NULL),
    MTL_TRAIT_FLAG(mtl_policy, other_curves_are_weak, "Keys on other curves count as too weak.", NULL),
    MTL_TRAIT_NUMBER(mtl_policy, rsa_bits[0], "RSA keys that it verifies with have at least {} bits.", NULL),
    MTL_TRAIT_NUMBER(mtl_policy, rsa_bits[1], "RSA keys that it verifies with have at most {} bits.", NULL),
    MTL_TRAIT_CHOICE(mtl_policy, revocation, revocation_scopes),
    MTL_TRAIT_FLAG(mtl_policy, crls_need_next_update, "A CRL without nextUpdate counts as expired.", NULL),
    MTL_TRAIT_FLAG(mtl_policy, every_crl_counts,
                   "Yet an issuer without a CRL is no failure; of several every one counts, an old or a bad one too.",
                   NULL),
    MTL_TRAIT_FLAG(mtl_policy, crls_are_lists,
                   "All serial numbers in the newest CRL of an issuer's name are revoked, whatever else is with them.",
                   NULL),
    MTL_TRAIT_FLAG(mtl_policy, crls_are_answers,
                   "A CRL of the issuer's name that was loaded is taken as it is; without one a certificate fails.",
                   NULL),
    MTL_TRAIT_FLAG(mtl_policy, crls_may_be_missing,
                   "Yet if any is loaded, a certificate passes whose issuer has none among them.", NULL),
    MTL_TRAIT_FLAG(mtl_policy, first_crl_decides, "The first CRL in scope decides, whatever its dates.", NULL),
    MTL_TRAIT_FLAG(
        mtl_policy, crls_are_approved,
        "Every CRL of the issuer's name that holds in all respects counts, for the reasons that it speaks of; "
        "one without nextUpdate does not hold, and an entry with the reason removeFromCRL revokes. An issuer "
        "in the trust store may sign CRLs whatever its keyUsage says. Any other one without keyUsage is "
        "looked for once more as a signer of CRLs, and no certificate's status may then depend on itself.",
        NULL),
    MTL_TRAIT_NUMBER(mtl_policy, crl_skew_seconds, "A CRL may be early or late by {} seconds.", NULL),
    MTL_TRAIT_FLAG(mtl_policy, tells_misfit_keys_apart,
                   "A signature by another kind of key than the issuer's is told from a bad one.", NULL),
    MTL_TRAIT_FLAG(mtl_policy, negative_path_lengths_are_large, "A negative pathLenConstraint is read as a large one.",
                   NULL),
    MTL_TRAIT_FLAG(mtl_policy, early_are_not_late,
                   "A certificate that is not valid yet is not asked whether it has expired.", NULL),
    MTL_TRAIT_FLAG(mtl_policy, knows_no_delta_crls, "A delta CRL is one with an unknown critical extension.", NULL),
    MTL_TRAIT_FLAG(mtl_policy, removed_are_revoked, "An entry with the reason removeFromCRL revokes, too.", NULL),
    MTL_TRAIT_ELSEWHERE(mtl_policy, names),
    MTL_TRAIT_FLAG(mtl_policy, names_must_decode,
                   "A subjectAltName that does not decode is reported as malformed where a name is expected.", NULL),
    MTL_TRAIT_ELSEWHERE(mtl_policy, constraints),
    MTL_TRAIT_ELSEWHERE(mtl_policy, policies),
    MTL_TRAIT_FLAG(mtl_policy, self_issued_are_constrained,
                   "Self-issued certificates are subject to name constraints, like others.", NULL),
    MTL_TRAIT_ELSEWHERE(mtl_policy, phases),
    MTL_TRAIT_ELSEWHERE(mtl_policy, phase_count),
};
const struct mtl_trait_list mtl_policy_traits = {
    .title = "Rules",
    .base = offsetof(struct mtl_stack, policy),
    .traits = policy_traits,
    .count = sizeof(policy_traits) / sizeof(policy_traits[0]),
};

/* ---- from values to items ------------------------------------------------------------------------------------- */

const char *
mtl_mask_text(struct mtl_arena *arena, uint32_t mask, const char *const *names, size_t count)
{
    struct mtl_text text = {.arena = arena};

    for (size_t bit = 0; bit < count; bit++)
        if ((mask >> bit & 1) != 0)
            mtl_text_printf(&text, "%s%s", text.size == 0 ? "" : ", ", names[bit]);
    return text.size == 0 ? "" : text.text;
}

static uint32_t
value_of(const struct mtl_trait *trait, const unsigned char *record)
{
    const unsigned char *at = record + trait->offset;
    uint16_t half = 0;
    uint32_t word = 0;
    const void *pointer = NULL;

    switch (trait->size) {
    case 1:
        return *at;
    case 2:
        memcpy(&half, at, sizeof(half));
        return half;
    case 4:
        memcpy(&word, at, sizeof(word));
        return word;
    default:
        assert(trait->size == sizeof(pointer));
        memcpy(&pointer, at, sizeof(pointer));
        return pointer != NULL;
    }
}

/* The sentence with its {} filled in. */
static const char *
fill_in(struct mtl_arena *arena, const char *sentence, const char *value)
{
    const char *hole = sentence == NULL ? NULL : strstr(sentence, "{}");

    if (hole == NULL)
        return sentence;
    return mtl_arena_printf(arena, "%.*s%s%s", (int)(hole - sentence), sentence, value, hole + 2);
}

/* Of a trait that is a text and set. */
static const char *
text_of(const struct mtl_trait *trait, const unsigned char *record)
{
    const char *text;

    memcpy(&text, record + trait->offset, sizeof(text));
    return text;
}

static const char *
sentence_of(struct mtl_arena *arena, const struct mtl_trait *trait, const unsigned char *record)
{
    uint32_t value = value_of(trait, record);

    switch (trait->kind) {
    case MTL_TRAIT_KIND_TEXT:
        return value != 0 ? fill_in(arena, trait->set, text_of(trait, record)) : NULL;
    case MTL_TRAIT_KIND_CHOICE:
        return value < trait->name_count ? trait->names[value] : NULL;
    case MTL_TRAIT_KIND_MASK:
        return fill_in(arena, value != 0 ? trait->set : trait->unset,
                       mtl_mask_text(arena, value, trait->names, trait->name_count));
    case MTL_TRAIT_KIND_NUMBER:
        return fill_in(arena, value != 0 ? trait->set : trait->unset, mtl_arena_printf(arena, "%u", (unsigned)value));
    case MTL_TRAIT_KIND_FLAG:
    case MTL_TRAIT_KIND_POINTER:
        return value != 0 ? trait->set : trait->unset;
    case MTL_TRAIT_KIND_ELSEWHERE:
        break;
    }
    return NULL;
}

/* Traits that mean something only to a verifier that takes one of two steps. */
static const struct {
    const char *field;
    enum mtl_step step, other; /* MTL_STEP_END: none */
} conditions[] = {
    {"understood_extensions", MTL_STEP_CRITICAL_EXTENSIONS, MTL_STEP_END},
    {"purpose_needs_ca", MTL_STEP_PURPOSE, MTL_STEP_END},
    {"decodable_extensions", MTL_STEP_DECODABLE_EXTENSIONS, MTL_STEP_END},
    {"der_extensions", MTL_STEP_DECODABLE_EXTENSIONS, MTL_STEP_END},
    {"path_length_bits", MTL_STEP_DECODABLE_EXTENSIONS, MTL_STEP_IS_CA},
    {"self_issued_are_exempt_from_path_length", MTL_STEP_PATH_LENGTH, MTL_STEP_DEPTH_BELOW},
    {"nested_eku", MTL_STEP_PURPOSE, MTL_STEP_END},
    {"eku[MTL_CLIENT]", MTL_STEP_PURPOSE, MTL_STEP_LEAF_EKU},
    {"eku[MTL_SERVER]", MTL_STEP_PURPOSE, MTL_STEP_LEAF_EKU},
    {"key_usage[MTL_CLIENT]", MTL_STEP_PURPOSE, MTL_STEP_END},
    {"key_usage[MTL_SERVER]", MTL_STEP_PURPOSE, MTL_STEP_END},
    {"revocation", MTL_STEP_REVOCATION, MTL_STEP_END},
    {"first_crl_decides", MTL_STEP_REVOCATION, MTL_STEP_END},
    {"every_crl_counts", MTL_STEP_REVOCATION, MTL_STEP_END},
    {"crls_are_lists", MTL_STEP_REVOCATION, MTL_STEP_END},
    {"crls_are_answers", MTL_STEP_REVOCATION, MTL_STEP_END},
    {"self_issued_are_constrained", MTL_STEP_NAME_CONSTRAINTS, MTL_STEP_OWN_CONSTRAINTS},
    {"judged_depth", MTL_STEP_DEPTH, MTL_STEP_END},
    {"common_name", MTL_STEP_IDENTITY, MTL_STEP_END},
    {"wildcards", MTL_STEP_IDENTITY, MTL_STEP_END},
    {"final_dot_is_ignored", MTL_STEP_IDENTITY, MTL_STEP_END},
    {"names_may_end_in_dot", MTL_STEP_IDENTITY, MTL_STEP_END},
    {"addresses_are_texts", MTL_STEP_IDENTITY, MTL_STEP_END},
    {"addresses_count_too", MTL_STEP_IDENTITY, MTL_STEP_END},
    {"no_ipv6_addresses", MTL_STEP_IDENTITY, MTL_STEP_END},
    {"directory_names", MTL_STEP_NAME_CONSTRAINTS, MTL_STEP_OWN_CONSTRAINTS},
};

static bool
means_something(const struct mtl_trait *trait, const struct mtl_policy *policy)
{
    for (size_t i = 0; i < sizeof(conditions) / sizeof(conditions[0]); i++)
        if (strcmp(conditions[i].field, trait->field) == 0)
            return mtl_policy_runs(policy, conditions[i].step) || mtl_policy_runs(policy, conditions[i].other);
    if (strcmp(trait->field, "default_depth") == 0)
        return policy->default_depth != MTL_NO_DEPTH_LIMIT;
    return trait->kind != MTL_TRAIT_KIND_ELSEWHERE;
}

/* What was not found in documents is no trait of a stack that is told from them. */
static bool
is_left_open(const struct mtl_stack *stack, const struct mtl_trait *trait, const unsigned char *record)
{
    return stack->evidence == MTL_EVIDENCE_ASSUMED && trait->kind != MTL_TRAIT_KIND_ELSEWHERE &&
           value_of(trait, record) == 0;
}

void
mtl_sheet_traits(struct mtl_sheet *sheet, const struct mtl_stack *stack, const struct mtl_trait_list *list)
{
    const unsigned char *record = (const unsigned char *)stack + list->base;
    bool begun = false;

    for (size_t i = 0; i < list->count; i++) {
        const struct mtl_trait *trait = &list->traits[i];
        const char *sentence;

        if (!means_something(trait, &stack->policy) || is_left_open(stack, trait, record))
            continue;
        sentence = sentence_of(sheet->page.text.arena, trait, record);
        if (sentence == NULL)
            continue;
        if (!begun)
            mtl_sheet_section(sheet, list->title);
        begun = true;
        mtl_sheet_item(sheet, sentence);
    }
}
