/*
 * The project file in the public interface: found, read, and its handshakes turned into requests.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "project/project.h"
#include "api/project.h"
#include "api/session.h"
#include "report/schema.h"

#include <string.h>

/* ---- files that many handshakes name --------------------------------------------------------------------------- */

struct known_file {
    const char *path;
    uint64_t hash;
    enum mtl_expectation expectation;
    const struct mtl_material *material;
};
struct mtl_known_files {
    struct known_file *files;
    size_t count, capacity;
};

struct mtl_known_files *
mtl_known_files_new(struct mtl_session *session)
{
    return mtl_arena_alloc(session->arena, sizeof(struct mtl_known_files));
}

const struct mtl_material *
mtl_known_file(const struct mtl_session *session, const char *path, enum mtl_expectation expectation)
{
    uint64_t hash = mtl_slice_hash(mtl_slice_text(path));

    for (size_t i = 0; session->known != NULL && i < session->known->count; i++) {
        const struct known_file *file = &session->known->files[i];

        if (file->hash == hash && file->expectation == expectation && strcmp(file->path, path) == 0)
            return file->material;
    }
    return NULL;
}

void
mtl_known_file_add(struct mtl_session *session, const char *path, enum mtl_expectation expectation,
                   const struct mtl_material *material)
{
    struct mtl_known_files *known = session->known;

    if (known == NULL)
        return;
    known->files = mtl_arena_grow(session->arena, known->files, known->count, &known->capacity, sizeof(*known->files));
    known->files[known->count++] = (struct known_file){
        .path = path, .hash = mtl_slice_hash(mtl_slice_text(path)), .expectation = expectation, .material = material};
}

/* ---- passwords -------------------------------------------------------------------------------------------------- */

bool
mtl_project_read_passwords(struct mtl_session *session, const struct mtl_project *project)
{
    const struct mtl_project_text *file = &project->store_password_file;
    struct mtl_error what;

    if (file->text == NULL || session->passwords != NULL ||
        mtl_passwords_read(session->arena, file->text, &session->passwords, &what))
        return true;
    return mtl_error_set(&session->error, project->path, file->line, what.hint, "%s %s", file->text, what.message);
}

/* ---- from the file to a request -------------------------------------------------------------------------------- */

static void
fill(const char **out, const struct mtl_project_text *text)
{
    if (*out == NULL)
        *out = text->text;
}

/* "go,nginx"; "all" if that is among them. */
static const char *
join(struct mtl_session *session, const struct mtl_project_texts *texts)
{
    struct mtl_text out = {.arena = session->arena};

    for (size_t i = 0; i < texts->count; i++) {
        if (strcmp(texts->items[i].text, "all") == 0)
            return "all";
        mtl_text_printf(&out, "%s%s", i == 0 ? "" : ",", texts->items[i].text);
    }
    return out.text;
}

/* A stack that does not exist is reported with its line. */
static bool
check_stacks(struct mtl_session *session, const struct mtl_project *project, const struct mtl_project_texts *texts,
             enum mtl_role role)
{
    const struct mtl_stack *stack;

    for (size_t i = 0; i < texts->count; i++) {
        struct mtl_error what;

        if (strcmp(texts->items[i].text, "all") == 0 ||
            mtl_session_stack_for(session, texts->items[i].text, role, &stack))
            continue;
        what = session->error;
        return mtl_error_set(&session->error, project->path, texts->items[i].line, what.hint, "%s", what.message);
    }
    return true;
}

static bool
fill_side(struct mtl_session *session, const struct mtl_project *project, const struct mtl_project_side *side,
          enum mtl_role role, struct mtl_side_files *files)
{
    fill(&files->cert, &side->cert);
    fill(&files->key, &side->key);
    fill(&files->trust, &side->trust);
    fill(&files->crl, &side->crl);
    fill(&files->verify, &side->verify);
    fill(&files->default_cert, &side->default_cert);
    fill(&files->default_key, &side->default_key);
    fill(&files->sends_server_name, &side->sends_server_name);
    if (!files->has_depth && side->depth.line > 0) {
        files->has_depth = true;
        files->depth = (int)side->depth.value;
    }
    if (files->stack != NULL)
        return true;
    files->stack = join(session, &side->stacks);
    return check_stacks(session, project, &side->stacks, role);
}

static uint32_t
versions_of(const struct mtl_project_texts *tls)
{
    uint32_t versions = 0;

    for (size_t i = 0; i < tls->count; i++)
        versions |= mtl_request_versions(&(struct mtl_handshake_request){.tls = tls->items[i].text});
    return tls->count == 0 ? UINT32_MAX : versions;
}

uint32_t
mtl_project_versions(const struct mtl_project_handshake *handshake, const struct mtl_project_side *side)
{
    uint32_t both = mtl_request_versions(&(struct mtl_handshake_request){.tls = NULL});

    return both & versions_of(side->tls.count > 0 ? &side->tls : &handshake->tls);
}

/* Both versions, and none, are NULL. */
static const char *
tls_of(const struct mtl_project_handshake *handshake)
{
    uint32_t versions =
        mtl_project_versions(handshake, &handshake->client) & mtl_project_versions(handshake, &handshake->server);

    for (int tls = 0; tls < MTL_TLS_COUNT; tls++)
        if (versions == 1U << tls)
            return mtl_tls_text((enum mtl_tls)tls);
    return NULL;
}

bool
mtl_project_fill(struct mtl_session *session, const struct mtl_project *project,
                 const struct mtl_project_handshake *handshake, struct mtl_handshake_request *request)
{
    fill(&request->server_name, &handshake->server_name);
    if (request->tls == NULL)
        request->tls = tls_of(handshake);
    return fill_side(session, project, &handshake->client, MTL_CLIENT, &request->client) &&
           fill_side(session, project, &handshake->server, MTL_SERVER, &request->server);
}

/* ---- the interface --------------------------------------------------------------------------------------------- */

const char *
mtl_find_project(struct mtl_session *session, const char *path, const char *home)
{
    return mtl_project_find(session->arena, path, home);
}

bool
mtl_read_project(struct mtl_session *session, const char *file, const struct mtl_project **project)
{
    return mtl_project_load(session->arena, file, project, &session->error) || mtl_session_fail(session);
}

const char *
mtl_project_handshake_name(const struct mtl_project *project, size_t index)
{
    return index < project->handshake_count ? project->handshakes[index].name.text : NULL;
}

int64_t
mtl_project_horizon(const struct mtl_project *project)
{
    return project->horizon.value;
}

static bool
refuse_name(struct mtl_session *session, const struct mtl_project *project, const char *name)
{
    const char **names = mtl_arena_array(session->arena, project->handshake_count, sizeof(*names));
    struct mtl_text list = {.arena = session->arena};
    const char *nearest;

    for (size_t i = 0; i < project->handshake_count; i++) {
        names[i] = project->handshakes[i].name.text;
        if (i < 8)
            mtl_text_printf(&list, "%s%s", i == 0 ? "It names: " : ", ", names[i]);
    }
    nearest = mtl_text_nearest(name, names, project->handshake_count);
    if (nearest != NULL)
        mtl_error_set(&session->error, project->path, 0, NULL, "names no handshake '%.80s'; did you mean '%s'?", name,
                      nearest);
    else
        mtl_error_set(&session->error, project->path, 0, list.text, "names no handshake '%.80s'", name);
    return mtl_session_fail(session);
}

bool
mtl_project_request(struct mtl_session *session, const struct mtl_project *project, const char *name,
                    struct mtl_handshake_request *request)
{
    const struct mtl_project_handshake *handshake = mtl_project_handshake_find(project, name);

    if (handshake == NULL)
        return refuse_name(session, project, name);
    if (request->tls == NULL && (mtl_project_versions(handshake, &handshake->client) &
                                 mtl_project_versions(handshake, &handshake->server)) == 0) {
        mtl_error_set(&session->error, project->path, handshake->name.line, "Give one with --tls, or see MTL512",
                      "the sides have no TLS version in common, so there is no handshake to predict");
        return mtl_session_fail(session);
    }
    return (mtl_project_read_passwords(session, project) && mtl_project_fill(session, project, handshake, request)) ||
           mtl_session_fail(session);
}

bool
mtl_report_schema(struct mtl_session *session, mtl_write *write, void *context)
{
    if (mtl_report_schema_json(write, context))
        return true;
    mtl_error_set(&session->error, NULL, 0, NULL, "the schema could not be written");
    return mtl_session_fail(session);
}

bool
mtl_report_project_manual(struct mtl_session *session, mtl_write *write, void *context)
{
    if (mtl_report_manual(session->arena, mtl_version(), write, context))
        return true;
    mtl_error_set(&session->error, NULL, 0, NULL, "the manual page could not be written");
    return mtl_session_fail(session);
}
