/* What the traits of matching a server's name, of name constraints and of certificate policies mean, a sentence each.
 * SPDX-License-Identifier: Apache-2.0 */
#include "report/traits.h"

#include <stddef.h>

static const char *const name_type_names[] = {"otherName", "e-mail", "DNS",        "X.400",        "directory",
                                              "EDI",       "URI",    "IP address", "registered id"};

static const char *const common_names[] = {
    [MTL_CN_NEVER] = "The common name never counts as a host name.",
    [MTL_CN_IF_NO_DNS_SAN] = "The common name counts as a host name if there is no dNSName.",
    [MTL_CN_IF_NO_HOST_SAN] =
        "A common name counts as a host name if there is no dNSName, address or URI, and no other common name.",
    [MTL_CN_IF_NONE_OF_KIND] =
        "The common name counts if there is no dNSName, for an address if there is no iPAddress.",
    [MTL_CN_IF_NO_DNS_OR_ADDRESS] =
        "The common name counts as a host name or address if there is no dNSName and no iPAddress.",
    [MTL_CN_IF_NO_SAN] = "The common name counts as a host name if there is no subjectAltName.",
    [MTL_CN_IF_NO_DNS_URI_OR_ADDRESS] =
        "The common name counts as a host name if there is no dNSName, no URI and no iPAddress.",
    [MTL_CN_ALWAYS] = "The common name counts as a host name, also beside a dNSName.",
};
static const char *const wildcards[] = {
    [MTL_WILDCARD_WHOLE_LABEL] = "A star stands for the whole first label, with two labels behind it.",
    [MTL_WILDCARD_LEADING] = "A star may stand for the first label or its beginning, with two labels behind it.",
    [MTL_WILDCARD_SHORT] = "A star stands for the whole first label; one label behind it is enough.",
    [MTL_WILDCARD_PARTIAL] = "A star may stand for the beginning or the end of the first label.",
    [MTL_WILDCARD_TRAILING] = "A star may stand for the first label or its end, with two labels behind it.",
    [MTL_WILDCARD_FREE] = "Stars may stand for any part of the first label; one label behind it is enough.",
    [MTL_WILDCARD_ANY_LABEL] = "Stars may stand for any part of any label but the last.",
    [MTL_WILDCARD_INSIDE] =
        "A star may stand for any part of the first label, or for nothing, with two labels behind it.",
    [MTL_WILDCARD_FIRST_LABEL] =
        "A star stands for the whole first label, whatever characters it has; one label behind it is enough.",
    [MTL_WILDCARD_ANY_LETTERS] =
        "A star stands for the whole first label, whatever characters it has, with two labels behind it.",
    [MTL_WILDCARD_OF_HOSTS] =
        ("A star stands for the whole first label, one label behind it is enough; but in names of "
         "letters, digits, hyphens and underscores only. Others must be equal, with their final "
         "dots."),
    [MTL_WILDCARD_ONE_STAR] =
        "A star may stand anywhere in the first label, and for nothing; one label behind it is enough.",
};

static const struct mtl_trait name_traits[] = {
    MTL_TRAIT_CHOICE(mtl_name_policy, common_name, common_names),
    MTL_TRAIT_CHOICE(mtl_name_policy, wildcards, wildcards),
    MTL_TRAIT_FLAG(mtl_name_policy, only_last_common_name, "Of several common names only the last one counts.", NULL),
    MTL_TRAIT_FLAG(mtl_name_policy, only_first_common_name, "Of several common names only the first one counts.", NULL),
    MTL_TRAIT_FLAG(mtl_name_policy, addresses_may_be_common, "An address is looked for in every common name, too.",
                   NULL),
    MTL_TRAIT_FLAG(mtl_name_policy, uris_are_names, "A URI is compared as a dNSName is.", NULL),
    MTL_TRAIT_FLAG(mtl_name_policy, addresses_count_too, "But in iPAddress it is looked for, too.", NULL),
    MTL_TRAIT_FLAG(mtl_name_policy, mapped_addresses_match, "An IPv4 address matches its IPv6 form, ::ffff:192.0.2.10.",
                   NULL),
    MTL_TRAIT_FLAG(mtl_name_policy, strict_addresses, "192.0.2.010 is no address, but a name.", NULL),
    MTL_TRAIT_FLAG(mtl_name_policy, no_ipv6_addresses, "An IPv6 address matches nothing.", NULL),
    MTL_TRAIT_FLAG(mtl_name_policy, addresses_may_be_texts, "An address is looked for in every dNSName, too.", NULL),
    MTL_TRAIT_FLAG(
        mtl_name_policy, only_host_characters,
        "A name with other characters than letters, digits and hyphens matches nothing, nor does an expected "
        "name with labels that no host name has.",
        NULL),
    MTL_TRAIT_FLAG(mtl_name_policy, unsound_names_spoil_all,
                   "A subjectAltName with an address, mailbox or URI that is none does not decode, and "
                   "counts as absent.",
                   NULL),
    MTL_TRAIT_FLAG(mtl_name_policy, tells_common_name_apart,
                   "A common name that does not match fails with a message of its own.", NULL),
    MTL_TRAIT_FLAG(mtl_name_policy, final_dot_is_ignored, "A dot at the end of the expected name is ignored.", NULL),
    MTL_TRAIT_FLAG(mtl_name_policy, names_may_end_in_dot, "A dot at the end of a name of the certificate is ignored.",
                   NULL),
    MTL_TRAIT_FLAG(mtl_name_policy, addresses_are_texts,
                   "An address is looked for among the names, as a text; iPAddress does not count.", NULL),
};
const struct mtl_trait_list mtl_name_traits = {
    .title = "The server's name",
    .base = offsetof(struct mtl_stack, policy.names),
    .traits = name_traits,
    .count = sizeof(name_traits) / sizeof(name_traits[0]),
};

static const struct mtl_trait constraint_traits[] = {
    MTL_TRAIT_FLAG(mtl_constraint_policy, common_name_as_dns,
                   "The common name of a leaf without dNSName is constrained as a DNS name.", NULL),
    MTL_TRAIT_FLAG(mtl_constraint_policy, directory_names, "Constraints on directory names are compared.",
                   "Constraints on directory names are not compared."),
    MTL_TRAIT_FLAG(mtl_constraint_policy, ranges_are_ignored, "minimum and maximum are ignored.", NULL),
    MTL_TRAIT_MASK(mtl_constraint_policy, equal_only_types, name_type_names,
                   "Names of these types are within a constraint only if they equal it: {}.", NULL),
    MTL_TRAIT_FLAG(mtl_constraint_policy, any_range_fails, "Any minimum or maximum fails whatever is below.", NULL),
    MTL_TRAIT_FLAG(mtl_constraint_policy, common_names_are_strict,
                   "Common names of CAs are constrained likewise, and one of several labels with blanks or other "
                   "characters than ASCII fails below any constraint.",
                   NULL),
    MTL_TRAIT_FLAG(mtl_constraint_policy, common_name_of_cas,
                   "Common names of CAs, and of one label, are constrained likewise.", NULL),
    MTL_TRAIT_FLAG(mtl_constraint_policy, alt_names_hide_subject_email,
                   "A mailbox in the subject counts only without subjectAltName.", NULL),
    MTL_TRAIT_FLAG(
        mtl_constraint_policy, by_domain,
        "Only subjectAltName is constrained, not the subject. Mailboxes and URIs are compared by their domains, "
        "as dNSNames are; below a CA with any name constraints a name that does not parse fails.",
        NULL),
    MTL_TRAIT_FLAG(mtl_constraint_policy, any_text_is_mailbox, "A mailbox without \"@\" is compared as a domain.",
                   NULL),
    MTL_TRAIT_FLAG(mtl_constraint_policy, empty_bases_hold_all, "An empty constraint on mailboxes holds every mailbox.",
                   NULL),
    MTL_TRAIT_FLAG(mtl_constraint_policy, one_common_name,
                   "A common name is constrained whatever it looks like, and there must not be two.", NULL),
    MTL_TRAIT_FLAG(mtl_constraint_policy, wildcards_meet_exclusions,
                   "A wildcard is excluded where any of the hosts that it stands for is.", NULL),
    MTL_TRAIT_MASK(mtl_constraint_policy, known_types, name_type_names,
                   "Names that it compares: {}; a critical constraint on others is not understood.", NULL),
    MTL_TRAIT_MASK(mtl_constraint_policy, uncompared_types, name_type_names,
                   "A constraint of these types fails any name of its type, as one that is not supported: {}.", NULL),
    MTL_TRAIT_FLAG(
        mtl_constraint_policy, in_turn,
        "It holds name constraints against each alternative name in turn. It compares domains and addresses, "
        "takes a directory name or a URI to be outside of what is permitted and within what is excluded, and "
        "other types of names for violations. A range that is written, even the default, does not decode.",
        NULL),
    MTL_TRAIT_FLAG(mtl_constraint_policy, uris_need_host,
                   "Below a CA with any name constraints it takes no URI without a host or with an address for one.",
                   NULL),
    MTL_TRAIT_FLAG(mtl_constraint_policy, only_plain_names,
                   "Odd names (a dot at the end, wildcards that are excluded) are read in a way of its own; nothing is "
                   "predicted for them.",
                   NULL),
    MTL_TRAIT_FLAG(mtl_constraint_policy, dns_by_ending,
                   "Every DNS name that ends in a constraint is within it, also amid a label.", NULL),
    MTL_TRAIT_FLAG(mtl_constraint_policy, alt_names_are_dns,
                   "Addresses and URIs are held to constraints on DNS names, as if they were names.", NULL),
    MTL_TRAIT_MASK(mtl_constraint_policy, ignored_types, name_type_names, "Names that are not constrained: {}.", NULL),
    MTL_TRAIT_FLAG(mtl_constraint_policy, needs_alt_name,
                   "Below any constraint a leaf without subjectAltName must not name a host in its common name.", NULL),
    MTL_TRAIT_MASK(
        mtl_constraint_policy, compared_types, name_type_names,
        "Names that it compares: {}; constraints on others permit all and exclude all, those on otherNames nothing.",
        NULL),
    MTL_TRAIT_FLAG(mtl_constraint_policy, empty_directory_ends_list,
                   "A list of constraints ends at a directory name that is empty.", NULL),
    MTL_TRAIT_FLAG(mtl_constraint_policy, trips_over_empty_domains,
                   "An empty constraint on domains that meets a dNSName ends the verification with an internal error.",
                   NULL),
    MTL_TRAIT_FLAG(mtl_constraint_policy, unsound_names_spoil_all,
                   "A subjectAltName with an iPAddress that is no address, with or without a mask, counts as absent.",
                   NULL),
    MTL_TRAIT_FLAG(mtl_constraint_policy, families_are_apart,
                   "Constraints on IPv4 addresses say nothing of IPv6 addresses, and the other way round.", NULL),
    MTL_TRAIT_FLAG(mtl_constraint_policy, masks_are_prefixes, "An address mask with a gap is malformed.", NULL),
};
const struct mtl_trait_list mtl_constraint_traits = {
    .title = "Name constraints",
    .base = offsetof(struct mtl_stack, policy.constraints),
    .traits = constraint_traits,
    .count = sizeof(constraint_traits) / sizeof(constraint_traits[0]),
};

static const char *const any_mappings[] = {
    [MTL_ANY_MAPPING_FAILS] = "A mapping from or to anyPolicy fails.",
    [MTL_ANY_MAPPING_FAILS_WHILE_VALID] = "A mapping from or to anyPolicy fails where any policy is still valid.",
    [MTL_ANY_MAPPING_FAILS_IF_MAPPED] =
        "A mapping from or to anyPolicy fails where mapping is allowed and all certificates above have policies.",
};
static const struct mtl_trait policy_rules[] = {
    MTL_TRAIT_FLAG(mtl_policy_rules, demands_policy, "Every chain needs a policy that is valid throughout.",
                   "A chain needs a policy that is valid throughout where a CA demands it (requireExplicitPolicy)."),
    MTL_TRAIT_FLAG(mtl_policy_rules, allows_no_map, "No policy may be mapped.", NULL),
    MTL_TRAIT_FLAG(mtl_policy_rules, allows_no_any, "anyPolicy stands for no policy.", NULL),
    MTL_TRAIT_FLAG(mtl_policy_rules, flaws_fail,
                   "An extension on policies that does not decode fails, and so do lists without an element, a policy "
                   "that stands twice in certificatePolicies, and negative numbers.",
                   NULL),
    MTL_TRAIT_FLAG(mtl_policy_rules, demands_once_mapped,
                   "It asks whether a policy is left once those of an issuer were mapped.", NULL),
    MTL_TRAIT_FLAG(mtl_policy_rules, self_issued_leaf_is_free,
                   "A self-issued leaf does not count for requireExplicitPolicy.", NULL),
    MTL_TRAIT_FLAG(mtl_policy_rules, uncritical_inhibits_not, "inhibitAnyPolicy is not heeded unless it is critical.",
                   NULL),
    MTL_TRAIT_FLAG(mtl_policy_rules, qualified_critical_fail,
                   "Policies with qualifiers in critical certificatePolicies fail, but for those of anyPolicy.", NULL),
    MTL_TRAIT_FLAG(mtl_policy_rules, blames_leaf, "Whichever certificate fails, the leaf is named.", NULL),
    MTL_TRAIT_CHOICE(mtl_policy_rules, any_mapping, any_mappings),
};
const struct mtl_trait_list mtl_certificate_policy_traits = {
    .title = "Certificate policies",
    .base = offsetof(struct mtl_stack, policy.policies),
    .traits = policy_rules,
    .count = sizeof(policy_rules) / sizeof(policy_rules[0]),
};
