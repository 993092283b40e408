/*
 * What the project file says of one bundle: who presents it to whom.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "api/project.h"
#include "api/session.h"
#include "store/file.h"

#include <string.h>

/* A value that handshakes give; one that they do not agree on is none. */
struct agreed {
    const struct mtl_project_text *text;
    bool is_disputed;
};
struct gathered {
    struct agreed key, trust, name, stack;
};

static void
gather(struct agreed *agreed, const struct mtl_project_text *text)
{
    if (text->text == NULL)
        return;
    if (agreed->text == NULL)
        agreed->text = text;
    agreed->is_disputed |= strcmp(agreed->text->text, text->text) != 0;
}

/* Of several stacks none judges alone: all are asked anyway. */
static void
gather_stacks(struct agreed *agreed, const struct mtl_project_texts *stacks)
{
    for (size_t i = 0; i < stacks->count; i++)
        gather(agreed, &stacks->items[i]);
    agreed->is_disputed |= stacks->count == 1 && strcmp(stacks->items[0].text, "all") == 0;
}

static bool
presents(const struct mtl_project_side *side, const struct mtl_path_id *bundle)
{
    struct mtl_path_id cert;

    return side->cert.text != NULL && mtl_path_identify(side->cert.text, &cert) && cert.device == bundle->device &&
           cert.number == bundle->number;
}

static void
gather_peer(struct gathered *gathered, const struct mtl_project_side *owner, const struct mtl_project_side *peer)
{
    bool verifies = peer->verify.text == NULL || strcmp(peer->verify.text, "none") != 0;

    gather(&gathered->key, &owner->key);
    gather_stacks(&gathered->stack, &peer->stacks);
    if (verifies)
        gather(&gathered->trust, &peer->trust);
}

static void
fill(const char **value, const struct agreed *agreed)
{
    if (*value == NULL && agreed->text != NULL && !agreed->is_disputed)
        *value = agreed->text->text;
}

bool
mtl_project_bundle(struct mtl_session *session, const struct mtl_project *project, struct mtl_fix_request *request)
{
    struct gathered gathered = {0};
    struct mtl_path_id bundle;

    if (!mtl_path_identify(request->bundle, &bundle))
        return true; /* that it does not exist is said when it is read */
    for (size_t i = 0; i < project->handshake_count; i++) {
        const struct mtl_project_handshake *handshake = &project->handshakes[i];

        if (presents(&handshake->client, &bundle))
            gather_peer(&gathered, &handshake->client, &handshake->server);
        if (!presents(&handshake->server, &bundle))
            continue;
        gather_peer(&gathered, &handshake->server, &handshake->client);
        gather(&gathered.name, &handshake->server_name);
    }
    if (request->trust == NULL && gathered.trust.is_disputed) {
        mtl_error_set(&session->error, project->path, gathered.trust.text->line, "Choose with --trust",
                      "the handshakes that present %s differ in what their peers trust", request->bundle);
        return mtl_session_fail(session);
    }
    fill(&request->key, &gathered.key);
    fill(&request->trust, &gathered.trust);
    fill(&request->name, &gathered.name);
    fill(&request->stack, &gathered.stack);
    return true;
}
