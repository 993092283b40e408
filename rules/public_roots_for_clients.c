/*
 * A server lets in clients whose certificates any public authority issued.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/rule.h"

static size_t
count_public(const struct mtl_lint *lint, const struct mtl_material *store, const struct mtl_loaded_cert **first)
{
    size_t count = 0;

    for (size_t i = store->cert_count; i-- > 0;) {
        if (!mtl_cert_is_self_signed(store->certs[i].cert) || !mtl_rule_is_public(lint, store->certs[i].cert))
            continue;
        *first = &store->certs[i];
        count++;
    }
    return count;
}

/* What judges clients' certificates here; NULL: nothing does. */
static const struct mtl_material *
store_for_clients(const struct mtl_lint *lint, const struct mtl_subject *subject)
{
    const struct mtl_side *server;
    const struct mtl_input *file;

    if (subject->scope == MTL_SCOPE_STORE) {
        file = mtl_rule_file(lint, subject->material->path);
        return file != NULL && file->judges[MTL_CLIENT] ? subject->material : NULL;
    }
    if (subject->scope == MTL_SCOPE_PAIR)
        return subject->role_declared && subject->role == MTL_CLIENT ? subject->trust : NULL;
    server = &subject->connection->question->sides[MTL_SERVER];
    return server->verify == MTL_VERIFY_NONE ? NULL : server->trusts;
}

static void
check(const struct mtl_lint *lint, const struct mtl_subject *subject, struct mtl_report *report)
{
    const struct mtl_material *store = store_for_clients(lint, subject);
    const struct mtl_loaded_cert *first = NULL;
    size_t count = store == NULL ? 0 : count_public(lint, store, &first);

    if (count == 0)
        return;
    mtl_report_begin(report, first, "anyone with a public certificate gets in as a client");
    mtl_report_evidence(report, "%zu of %zu trusted certificates %s root%s of browsers, %s among them", count,
                        store->cert_count, count == 1 ? "is a" : "are", count == 1 ? "" : "s",
                        mtl_rule_label(lint, first->cert));
    if (subject->scope == MTL_SCOPE_HANDSHAKE)
        mtl_report_also(report, &subject->connection->lines[MTL_SERVER].trust, "where the server gets it from");
    mtl_report_why(report, "Public authorities issue to whoever holds a name. A server that trusts them for clients "
                           "tells friend from stranger only if it compares the name afterwards.");
    mtl_report_fix(report, "Trust the private root that issues for these clients, and nothing else.");
}

const struct mtl_rule rule_public_roots_for_clients = {
    .code = "MTL218",
    .name = "public-roots-for-clients",
    .title = "Public authorities are trusted for clients",
    .severity = MTL_WARNING,
    .scopes = MTL_SCOPE_STORE | MTL_SCOPE_PAIR | MTL_SCOPE_HANDSHAKE,
    .rationale = "The system's bundle of public authorities was given to a server as the store for clients. It makes "
                 "every holder of a public certificate a client with a valid certificate.",
    .fix = "Trust a private root that issues for the clients of this service only.",
    .references = "RFC 8446 4.4.2.4",
    .check = check,
};
