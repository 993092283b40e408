/*
 * From the project file to what the linter judges: connections with their lines, and files whose use it tells.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "api/project.h"
#include "api/session.h"
#include "store/file.h"

#include <string.h>

/* ---- lines ----------------------------------------------------------------------------------------------------- */

static struct mtl_source
at_line(const struct mtl_project *project, unsigned line, unsigned otherwise)
{
    unsigned at = line > 0 ? line : otherwise;

    return (struct mtl_source){.path = project->path, .line = at, .end_line = at, .label = ""};
}

static struct mtl_side_lines
side_lines(const struct mtl_project *project, const struct mtl_project_handshake *handshake,
           const struct mtl_project_side *side)
{
    unsigned begin = side->name.line;

    return (struct mtl_side_lines){
        .side = at_line(project, begin, begin),
        .cert = at_line(project, side->cert.line, begin),
        .key = at_line(project, side->key.line, begin),
        .trust = at_line(project, side->trust.line, begin),
        .crl = at_line(project, side->crl.line, begin),
        .stack = at_line(project, side->stacks.line, begin),
        .verify = at_line(project, side->verify.line, begin),
        .depth = at_line(project, side->depth.line, begin),
        .default_cert = at_line(project, side->default_cert.line, begin),
        .default_key = at_line(project, side->default_key.line, begin),
        .naming = at_line(project, side->sends_server_name.line, begin),
        .tls = at_line(project, side->tls.count > 0 ? side->tls.line : handshake->tls.line, begin),
    };
}

static const struct mtl_project_text *
named_file(const struct mtl_project_side *side, const char *path)
{
    const struct mtl_project_text *const files[] = {&side->cert, &side->key,          &side->trust,
                                                    &side->crl,  &side->default_cert, &side->default_key};

    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        if (files[i]->text != NULL && strncmp(files[i]->text, path, sizeof(((struct mtl_error *)0)->path) - 1) == 0)
            return files[i];
    }
    return NULL;
}

/* What is wrong with a file is said with the line that names it. */
static bool
refuse(struct mtl_session *session, const struct mtl_project *project, const struct mtl_project_handshake *handshake)
{
    struct mtl_error what = session->error;
    const struct mtl_project_text *named = named_file(&handshake->client, what.path);

    if (strcmp(what.path, project->path) == 0)
        return false;
    if (named == NULL)
        named = named_file(&handshake->server, what.path);
    return mtl_error_set(&session->error, project->path, named == NULL ? handshake->name.line : named->line, what.hint,
                         "%s%s%s", what.path, what.path[0] == '\0' ? "" : " ", what.message);
}

/* ---- connections ----------------------------------------------------------------------------------------------- */

static bool
fill_connection(struct mtl_session *session, const struct mtl_project *project,
                const struct mtl_project_handshake *handshake, mtl_time now, struct mtl_connection *out)
{
    struct mtl_handshake_request request = {.now = now};
    struct mtl_handshake_question *question = mtl_arena_alloc(session->arena, sizeof(*question));

    if (!mtl_project_fill(session, project, handshake, &request) || !mtl_session_question(session, &request, question))
        return refuse(session, project, handshake);
    *out = (struct mtl_connection){
        .name = handshake->name.text,
        .question = question,
        .varied = {mtl_session_names_many_stacks(request.client.stack),
                   mtl_session_names_many_stacks(request.server.stack)},
        .versions = {[MTL_CLIENT] = mtl_project_versions(handshake, &handshake->client),
                     [MTL_SERVER] = mtl_project_versions(handshake, &handshake->server)},
        .at = at_line(project, handshake->name.line, 0),
        .server_name = at_line(project, handshake->server_name.line, handshake->name.line),
        .lines = {[MTL_CLIENT] = side_lines(project, handshake, &handshake->client),
                  [MTL_SERVER] = side_lines(project, handshake, &handshake->server)},
    };
    return true;
}

static bool
fill_connections(struct mtl_session *session, const struct mtl_project *project, mtl_time now,
                 struct mtl_connection *out)
{
    for (size_t i = 0; i < project->handshake_count; i++) {
        if (!fill_connection(session, project, &project->handshakes[i], now, &out[i]))
            return false;
    }
    return true;
}

bool
mtl_project_connections(struct mtl_session *session, const struct mtl_project *project, mtl_time now,
                        const struct mtl_connection **connections, size_t *count)
{
    struct mtl_connection *out = mtl_arena_array(session->arena, project->handshake_count, sizeof(*out));
    bool done;

    session->known = mtl_known_files_new(session);
    done = fill_connections(session, project, now, out);
    session->known = NULL;
    *connections = out;
    *count = project->handshake_count;
    return done;
}

/* ---- files ----------------------------------------------------------------------------------------------------- */

static void
declare_side(const struct mtl_project_side *side, enum mtl_role role, struct mtl_declared_file *out, size_t *count)
{
    const char *const presented[] = {side->cert.text, side->default_cert.text};

    for (size_t i = 0; i < 2; i++) {
        if (presented[i] == NULL)
            continue;
        out[*count] = (struct mtl_declared_file){.path = presented[i]};
        out[(*count)++].in_role[role] = true;
    }
    if (side->trust.text != NULL)
        out[(*count)++] = (struct mtl_declared_file){.path = side->trust.text, .is_store = true};
}

static struct mtl_declared_file
declare_store(const struct mtl_project_store *store)
{
    const char *judges = store->judges.text == NULL ? "" : store->judges.text;
    bool both = strcmp(judges, "both") == 0;

    return (struct mtl_declared_file){
        .path = store->path.text,
        .is_store = true,
        .judges = {[MTL_CLIENT] = both || strcmp(judges, "clients") == 0,
                   [MTL_SERVER] = both || strcmp(judges, "servers") == 0},
    };
}

/* The bundles and trust stores it names. */
static const struct mtl_declared_file *
declare(struct mtl_session *session, const struct mtl_project *project, size_t *count)
{
    struct mtl_declared_file *out =
        mtl_arena_array(session->arena, project->handshake_count * 6 + project->store_count, sizeof(*out));

    *count = 0;
    for (size_t i = 0; i < project->handshake_count; i++) {
        declare_side(&project->handshakes[i].client, MTL_CLIENT, out, count);
        declare_side(&project->handshakes[i].server, MTL_SERVER, out, count);
    }
    for (size_t i = 0; i < project->store_count; i++)
        out[(*count)++] = declare_store(&project->stores[i]);
    return out;
}

/* They are read only if they are among what is checked, but a slip in a path would go unnoticed. */
static bool
stores_exist(struct mtl_session *session, const struct mtl_project *project)
{
    for (size_t i = 0; i < project->store_count; i++) {
        const struct mtl_project_text *path = &project->stores[i].path;
        struct mtl_error what;
        bool is_directory;

        if (!mtl_path_look(path->text, &is_directory, &what))
            return mtl_error_set(&session->error, project->path, path->line, what.hint, "%s %s", path->text,
                                 what.message);
    }
    return true;
}

static const char *const *
patterns(struct mtl_session *session, const struct mtl_project_texts *texts)
{
    const char **out = mtl_arena_array(session->arena, texts->count, sizeof(*out));

    for (size_t i = 0; i < texts->count; i++)
        out[i] = texts->items[i].text;
    return out;
}

bool
mtl_project_describe(struct mtl_session *session, const struct mtl_project *project, struct mtl_lint_request *lint)
{
    if (lint->horizon == 0)
        lint->horizon = project->horizon.value;
    lint->declared = declare(session, project, &lint->declared_count);
    lint->left_out = patterns(session, &project->ignore_paths);
    lint->left_out_count = project->ignore_paths.count;
    lint->left_out_folder = project->folder;
    lint->remarks = project->remarks;
    lint->remark_count = project->remark_count;
    if (!mtl_project_read_passwords(session, project))
        return false;
    lint->passwords = session->passwords;
    return stores_exist(session, project) && mtl_project_ignores(session, project, &lint->ignores, &lint->ignore_count);
}

bool
mtl_project_apply(struct mtl_session *session, const struct mtl_project *project, struct mtl_lint_request *lint)
{
    return mtl_project_describe(session, project, lint) &&
           mtl_project_connections(session, project, lint->now, &lint->connections, &lint->connection_count);
}

/* ---- rules ----------------------------------------------------------------------------------------------------- */

typedef bool choose(struct mtl_selection *selection, const char *words, struct mtl_error *error);

/* What is no rule is said with its line. */
static bool
choose_rule(struct mtl_session *session, const struct mtl_project *project, struct mtl_selection *selection,
            const char *words, unsigned line, choose *choose_words)
{
    struct mtl_error what;

    if (choose_words(selection, words, &session->error))
        return true;
    what = session->error;
    mtl_error_set(&session->error, project->path, line, what.hint, "%s", what.message);
    return mtl_session_fail(session);
}

static bool
choose_rules(struct mtl_session *session, const struct mtl_project *project, struct mtl_selection *selection,
             const struct mtl_project_texts *texts, choose *choose_words)
{
    for (size_t i = 0; i < texts->count; i++) {
        if (!choose_rule(session, project, selection, texts->items[i].text, texts->items[i].line, choose_words))
            return false;
    }
    return true;
}

bool
mtl_project_select(struct mtl_session *session, const struct mtl_check_request *request,
                   struct mtl_selection *selection)
{
    const struct mtl_project *project = request->project;
    const struct mtl_project_texts none = {.count = 0};
    const struct mtl_project_rules *rules = project == NULL ? NULL : &project->rules;

    if (project == NULL)
        return true;
    for (size_t i = 0; i < rules->severity_count; i++) {
        const struct mtl_project_severity *severity = &rules->severities[i];
        const char *pair = mtl_arena_printf(session->arena, "%s=%s", severity->name.text, severity->level.text);

        if (!choose_rule(session, project, selection, pair, severity->name.line, mtl_selection_grade))
            return false;
    }
    return choose_rules(session, project, selection, request->select_count > 0 ? &none : &rules->select,
                        mtl_selection_select) &&
           choose_rules(session, project, selection, request->ignore_count > 0 ? &none : &rules->ignore,
                        mtl_selection_ignore);
}
