/*
 * A server's certificate with which one could log in as a client.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

#define MAX_ANCHORS 256U /* of a store; one with more trusts whole authorities, which other rules tell */

static bool
accepts(const struct mtl_lint *lint, const struct mtl_material *store, const struct mtl_cert *top)
{
    for (size_t i = 0; i < store->cert_count && i < MAX_ANCHORS; i++)
        if (mtl_cert_same(store->certs[i].cert, top) || mtl_rule_issued(lint, store->certs[i].cert, top))
            return true;
    return false;
}

/* A store by which servers of the project judge clients, and that trusts this chain; NULL: there is none. */
static const struct mtl_material *
find_store(const struct mtl_lint *lint, const struct mtl_cert *top)
{
    for (size_t i = 0; i < lint->file_count; i++)
        if (lint->files[i].judges[MTL_CLIENT] && accepts(lint, lint->files[i].material, top))
            return lint->files[i].material;
    return NULL;
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const uint16_t both = MTL_EKU_SERVER_AUTH | MTL_EKU_CLIENT_AUTH;
    const struct mtl_loaded_cert *leaf = mtl_subject_leaf(subject);
    const struct mtl_input *file = mtl_rule_file(lint, leaf->source.path);
    const struct mtl_material *store;

    if (file == NULL || !file->in_role[MTL_SERVER] || file->in_role[MTL_CLIENT] ||
        (leaf->cert->extended_key_usage & both) != both)
        return;
    store = find_store(lint, mtl_rule_top_of_chain(lint, subject)->cert);
    if (store == NULL)
        return;
    mtl_report_begin(report, leaf,
                     "%s is presented by a server only, and yet servers that trust %s accept it as a client's",
                     mtl_rule_label(lint, leaf->cert), mtl_rule_path(lint, store->path));
    mtl_report_names(report, leaf->cert);
    mtl_report_evidence(report, "extKeyUsage %s", mtl_rule_purposes(lint, leaf->cert));
    mtl_report_fix(report,
                   "Have it issued with serverAuth alone, unless the service is a client as well: then say so in "
                   "the project file.");
}

const struct mtl_rule rule_dual_role = {
    .code = "MTL304",
    .name = "dual-role",
    .title = "Server's certificate that also serves as a client's",
    .severity = MTL_INFO,
    .scopes = MTL_SCOPE_BUNDLE,
    .rationale = "A certificate for both purposes is needed where one program is server and client, as members of a "
                 "cluster are. Elsewhere it hands out more than is used: whoever gets the key of one server can log in "
                 "at every other that trusts the same authority for clients. The rule speaks of what the project file "
                 "has in the role of a server only, while a store that it lists under trust_stores, as one that judges "
                 "clients, trusts the authority. What the sides of its handshakes trust is not looked at.",
    .fix = "Issue servers' certificates with serverAuth and clients' with clientAuth, and give both to those that are "
           "both.",
    .references = "RFC 5280 4.2.1.12",
    .check = check,
};
