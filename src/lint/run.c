/*
 * The runner: a subject for each thing that was read, every rule on every subject.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint/lint.h"

#include <string.h>

void
mtl_subject_tell_role(struct mtl_subject *subject, bool declared, enum mtl_role role)
{
    const uint16_t both = MTL_EKU_SERVER_AUTH | MTL_EKU_CLIENT_AUTH;
    uint16_t purposes = mtl_subject_leaf(subject)->cert->extended_key_usage & both;

    subject->role_declared = declared;
    subject->role_known = declared || (purposes != 0 && purposes != both);
    subject->role = declared ? role : purposes == MTL_EKU_CLIENT_AUTH ? MTL_CLIENT : MTL_SERVER;
}

/* The certificates are presented as they stand in the file: the first is the one that gets verified. */
void
mtl_subject_judge(const struct mtl_lint *lint, struct mtl_subject *subject)
{
    struct mtl_question question = {
        .policy = &lint->stack->policy,
        .presented = {subject->material->certs, subject->material->cert_count},
        .store = mtl_store_new(lint->arena, &subject->trust, 1),
        .subject = subject->role,
        .depth = lint->depth,
        .now = lint->now,
        .budget = mtl_default_budget,
        .crypto = lint->crypto,
    };

    subject->verdict = mtl_path_judge(lint->arena, &question);
}

static void
lint_file(struct mtl_report *report, const struct mtl_input *file)
{
    struct mtl_subject subject = {.scope = MTL_SCOPE_FILE, .material = file->material, .use = file->use};

    mtl_report_run(report, &subject, NULL);
}

/* Those of a file that were not read before. */
static void
lint_certs(const struct mtl_lint *lint, struct mtl_report *report, struct mtl_subject subject, size_t from, size_t to)
{
    subject.scope = MTL_SCOPE_CERT;
    for (size_t i = from; i < to; i++) {
        subject.cert = mtl_pool_at(lint->everything, i);
        mtl_report_run(report, &subject, NULL);
    }
}

static void
lint_store(const struct mtl_lint *lint, struct mtl_report *report, const struct mtl_input *file)
{
    const struct mtl_material *material = file->material;
    struct mtl_subject subject = {.scope = MTL_SCOPE_STORE, .material = material, .use = file->use};

    subject.pool = mtl_pool_new(lint->arena, material->certs, material->cert_count, false);
    mtl_report_run(report, &subject, NULL);
}

/* An option counts more than the project file, and that only if it leaves one role. */
static void
tell_role(const struct mtl_lint_request *request, const struct mtl_input *file, struct mtl_subject *subject)
{
    bool is_declared = file->in_role[MTL_CLIENT] != file->in_role[MTL_SERVER];
    enum mtl_role declared = file->in_role[MTL_CLIENT] ? MTL_CLIENT : MTL_SERVER;

    if (request->role_known)
        mtl_subject_tell_role(subject, true, request->role);
    else
        mtl_subject_tell_role(subject, is_declared, declared);
}

struct mtl_subject
mtl_subject_of_bundle(const struct mtl_lint *lint, const struct mtl_lint_request *request,
                      const struct mtl_keyring *keyring, const struct mtl_input *file)
{
    struct mtl_subject subject = {.scope = MTL_SCOPE_BUNDLE, .use = file->use};
    const struct mtl_material *material;

    subject.material = mtl_material_presented(lint->arena, file->material);

    mtl_keyring_pair(lint, keyring, &subject);
    material = subject.material = mtl_loose_chain(lint, file, &subject);
    tell_role(request, file, &subject);
    subject.survey = mtl_survey_new(lint->arena);
    subject.pool = mtl_pool_new(lint->arena, material->certs, material->cert_count, false);
    subject.reachable = mtl_subject_reachable(lint, &subject);
    return subject;
}

void
mtl_report_run_bundle(struct mtl_report *report, const struct mtl_lint *lint, struct mtl_subject subject,
                      const struct mtl_material *trust)
{
    mtl_report_run(report, &subject, NULL);
    if (trust == NULL || trust->cert_count == 0)
        return;
    subject.scope = MTL_SCOPE_PAIR;
    subject.trust = trust;
    subject.survey = mtl_survey_new(lint->arena);
    mtl_subject_judge(lint, &subject);
    mtl_report_run(report, &subject, NULL);
}

/* What the workers share. */
struct errand {
    const struct mtl_lint_request *request;
    const struct mtl_keyring *keyring;
    const struct mtl_input *trust;
    const size_t *first_cert; /* per file, and one more: where its certificates begin among all, each counted once */
};

static void
lint_one(const void *context, const struct mtl_lint *lint, struct mtl_report *report, size_t index)
{
    const struct errand *errand = context;
    const struct mtl_input *file = &lint->files[index];
    struct mtl_subject subject = {.material = file->material, .use = file->use};

    lint_file(report, file);
    if (file->use == MTL_USE_STORE)
        lint_store(lint, report, file);
    if (file->use == MTL_USE_BUNDLE) {
        subject = mtl_subject_of_bundle(lint, errand->request, errand->keyring, file);
        mtl_report_run_bundle(report, lint, subject, errand->trust != NULL ? errand->trust->material : NULL);
    }
    lint_certs(lint, report, subject, errand->first_cert[index], errand->first_cert[index + 1]);
}

/* All certificates, each once, stand in the order of the files. */
static const size_t *
find_first_certs(const struct mtl_lint *lint)
{
    size_t *first = mtl_arena_array(lint->arena, lint->file_count + 1, sizeof(*first));
    size_t at = 0;

    for (size_t i = 0; i < lint->file_count; i++) {
        const struct mtl_material *material = lint->files[i].material;

        first[i] = at;
        for (size_t j = 0; j < material->cert_count && at < mtl_pool_count(lint->everything); j++)
            at += mtl_pool_at(lint->everything, at)->cert == material->certs[j].cert;
    }
    first[lint->file_count] = at;
    return first;
}

/* except: a file that does not count, or NULL. */
static size_t
count_certs(const struct mtl_lint *lint, const struct mtl_input *except)
{
    size_t count = 0;

    for (size_t i = 0; i < lint->file_count; i++) {
        if (&lint->files[i] != except)
            count += lint->files[i].material->cert_count;
    }
    return count;
}

/* The trust store stands among the paths as well: then it is to be linted for its own sake. */
static bool
is_among_paths(const struct mtl_lint_request *request, const char *path)
{
    for (size_t i = 0; i < request->path_count; i++) {
        if (strcmp(request->paths[i], path) == 0)
            return true;
    }
    return false;
}

/* Nothing linted is not clean. Names what stood in the way, if anything was noted. */
static bool
fail_without_certs(const struct mtl_lint *lint, const struct mtl_lint_request *request, struct mtl_error *error)
{
    for (size_t i = 0; i < lint->file_count; i++) {
        const struct mtl_material *material = lint->files[i].material;

        if (material->note_count > 0)
            return mtl_error_set(error, material->notes[0].source.path, material->notes[0].source.line,
                                 "Give at least one file with a certificate", "no certificate found: %s",
                                 material->notes[0].message);
    }
    return mtl_error_set(error, request->path_count == 1 ? request->paths[0] : "", 0,
                         "Give at least one file with a certificate", "no certificate found in %zu file%s",
                         lint->file_count, lint->file_count == 1 ? "" : "s");
}

struct mtl_lint
mtl_lint_for(struct mtl_arena *arena, const struct mtl_lint_request *request)
{
    return (struct mtl_lint){
        .arena = arena,
        .crypto = request->crypto,
        .now = request->now,
        .is_dated = request->is_dated,
        .is_isolated = request->is_isolated,
        .horizon = request->horizon,
        .stack = request->stack,
        .name = request->name,
        .depth = request->has_depth ? request->depth : -1,
        .strict = request->strict,
        .as_public = request->as_public,
        .root = request->root,
    };
}

bool
mtl_lint_run(struct mtl_arena *arena, const struct mtl_lint_request *request, const struct mtl_lint_result **result,
             struct mtl_error *error)
{
    struct mtl_lint lint = mtl_lint_for(arena, request);
    struct mtl_lint_result *out = mtl_arena_alloc(arena, sizeof(*out));
    struct errand errand = {.request = request};
    const struct mtl_crew_task task = {.lint_file = lint_one, .context = &errand};
    const struct mtl_input *trust;
    struct mtl_suppressions suppressions;
    struct mtl_report *report;

    if (!mtl_lint_load(arena, request, &lint, &trust, error))
        return false;
    if (!request->allow_empty && request->connection_count == 0 &&
        count_certs(&lint, trust != NULL && !is_among_paths(request, request->trust) ? trust : NULL) == 0)
        return fail_without_certs(&lint, request, error);
    report = mtl_report_new(&lint);
    errand.trust = trust;
    errand.keyring = mtl_keyring_new(&lint);
    errand.first_cert = find_first_certs(&lint);
    mtl_crew_run(&lint, report, &task, request->jobs);
    mtl_connections_lint(&lint, request->connections, request->connection_count, report);
    *out = (struct mtl_lint_result){.files = lint.files,
                                    .file_count = lint.file_count,
                                    .certificate_count = count_certs(&lint, NULL),
                                    .stack = request->stack,
                                    .now = request->now,
                                    .horizon = request->horizon,
                                    .root = request->root};
    suppressions = mtl_suppressions_read(&lint, request);
    mtl_report_suppress(report, &suppressions, &out->suppressed, &out->suppressed_count);
    out->findings = mtl_report_findings(report, &out->finding_count);
    *result = out;
    return true;
}
